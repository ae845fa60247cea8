using System.Diagnostics;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Where a pipeline can be divided: gives on the rows of a scan in small parts (morsels, Leis et al. 2014). As long as nothing takes long it passes
/// them through; then it ends, and the <see cref="ExchangeRows"/> above lets it and its copies take one morsel at a time.
/// </summary>
internal sealed class MorselRows : Operator
{
    private const int Smallest = 64;
    private const int Largest = 512;
    private const int Parts = 64;

    // What is done before this is not worth waking another thread for.
    private static readonly TimeSpan Worthwhile = TimeSpan.FromMilliseconds(0.3);

    private readonly Scan _scan;
    private readonly Batch _rows;
    private bool _hasMorsel;
    private int _size;
    private long _start;

    /// <summary>A pipeline's place to be divided.</summary>
    /// <param name="input">The scan, which makes no terms: it is read by whichever thread is in need.</param>
    public MorselRows(Operator input)
        : base(input.Context, input.Schema, input.Certain, input)
    {
        Estimate = input.Estimate;
        var most = Context.MorselSize ?? (int)Math.Clamp(input.Estimate / Parts, Smallest, Largest);
        _scan = new Scan(input, most);
        _size = Context.MorselSize ?? Smallest;
        _rows = Context.NewBatch(Schema.Width);
    }

    private MorselRows(MorselRows original, QueryContext context)
        : base(context, original.Schema, original.Certain, original._scan.Input)
    {
        _scan = original._scan;
        IsDivided = true;
        _rows = Context.NewBatch(Schema.Width);
    }

    /// <summary>Whether somebody can do something about it when this takes long.</summary>
    public bool MayDivide { get; set; }

    /// <summary>Whether rows come only as <see cref="Take"/> is called.</summary>
    public bool IsDivided { get; private set; }

    /// <summary>Whether the scan is at its end.</summary>
    public bool IsAtEnd => _scan.IsAtEnd;

    /// <summary>Takes the next morsel of the scan, for <see cref="Operator.Next"/> to give out; false at the end. For one copy at a time.</summary>
    public bool Take() => _hasMorsel = _scan.Take(_rows, _scan.Most);

    /// <inheritdoc/>
    public override double WorkFor(double rows) => Children[0].WorkFor(rows);

    /// <inheritdoc/>
    public override PlanNode Describe() => _scan.Input.Describe();

    /// <inheritdoc/>
    public override void Prepare() => _scan.Input.Prepare();

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (IsDivided)
        {
            var given = _hasMorsel;
            _hasMorsel = false;
            return given ? _rows : null;
        }

        if (!MayDivide)
        {
            return _scan.Input.Next();
        }

        if (IsWorthDividing())
        {
            IsDivided = true;
            return null;
        }

        if (!_scan.Take(_rows, _size))
        {
            return null;
        }

        _size = Math.Min(_size * 2, Math.Min(Context.MorselSize ?? int.MaxValue, Context.BatchRows));
        return _rows;
    }

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new MorselRows(this, to.Context);

    private bool IsWorthDividing()
    {
        if (_start == 0)
        {
            _start = Stopwatch.GetTimestamp();
        }

        return Context.MorselSize is not null || (Stopwatch.GetElapsedTime(_start) > Worthwhile && !_scan.IsAtEnd && !Context.IsBrief && Cores.AnyFree);
    }

    /// <summary>The scan, and how far it was given out.</summary>
    private sealed class Scan(Operator input, int most)
    {
        private Batch? _batch;
        private int _at;

        public Operator Input { get; } = input;

        public int Most { get; } = most;

        public bool IsAtEnd { get; private set; }

        public bool Take(Batch into, int most)
        {
            if (_batch is null || _at == _batch.Count)
            {
                if (IsAtEnd)
                {
                    return false;
                }

                // Where it fails it ends as well.
                IsAtEnd = true;
                (_batch, _at) = (Input.Next(), 0);
                IsAtEnd = _batch is null;
                if (_batch is null)
                {
                    return false;
                }
            }

            into.Count = Math.Min(most, _batch.Count - _at);
            for (var i = 0; i < into.Columns.Length; i++)
            {
                _batch.Columns[i].AsSpan(_at, into.Count).CopyTo(into.Columns[i]);
            }

            _at += into.Count;
            return true;
        }
    }
}
