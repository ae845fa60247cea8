using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// The rows of some operators in one schema: one operator after another, or, where they begin with a <see cref="Seed"/>, all that comes of one row of the seed
/// before what comes of the next. So the order does not depend on how the rows of the seed were cut into batches.
/// </summary>
internal sealed class UnionRows : Operator
{
    private readonly IReadOnlyList<Operator> _inputs;

    // For each input its own columns' places among those of all: with a variable or two a branch, most columns are none of an input's.
    private readonly int[][] _places;
    private readonly uint[] _unbound;
    private readonly Head[] _heads;
    private readonly Batch _output;
    private bool _isMerging;
    private int _current;

    public UnionRows(QueryContext context, IReadOnlyList<Operator> inputs)
        : base(context, new Schema([.. inputs.SelectMany(i => i.Schema.Variables).Distinct()]), CertainOf(inputs), [.. inputs])
    {
        _inputs = inputs;
        _unbound = context.NewColumn();
        _places = [.. inputs.Select(i => i.Schema.Variables.Select(Schema.SlotOf).ToArray())];
        Estimate = inputs.Sum(i => i.Estimate);
        var isSeeded = Schema.SlotOf(Seed.RowNumber) >= 0;
        _heads = isSeeded ? [.. inputs.Select(i => new Head(i, i.Schema.SlotOf(Seed.RowNumber)))] : [];
        _output = context.NewBatch(isSeeded ? Schema.Width : 0);
    }

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new UnionRows(to.Context, [.. _inputs.Select(to.Of)]);

    /// <inheritdoc/>
    protected override Batch? Pull() => _heads.Length > 0 ? Merged() : OneAfterAnother();

    private static VariableSet CertainOf(IReadOnlyList<Operator> inputs) =>
        inputs.Count == 0 ? VariableSet.Empty : new VariableSet(inputs[0].Certain.Where(v => inputs.All(i => i.Certain.Contains(v))));

    private Batch? OneAfterAnother()
    {
        for (; _current < _inputs.Count; _current++)
        {
            if (_inputs[_current].Next() is { } batch)
            {
                Context.Check(this, Schema.Width);
                var columns = new uint[Schema.Width][];
                Array.Fill(columns, _unbound);
                var places = _places[_current];
                for (var slot = 0; slot < places.Length; slot++)
                {
                    columns[places[slot]] = batch.Columns[slot];
                }

                return new Batch(columns, batch.Count);
            }
        }

        _current = 0;
        return null;
    }

    /// <summary>Rows by the number of the seed's row that they come of, and those of one row in the order of the inputs: each input gives its own so.</summary>
    private Batch? Merged()
    {
        if (!_isMerging)
        {
            Array.ForEach(_heads, h => h.Advance(0));
        }

        _output.Count = 0;
        while (_output.Count < Context.BatchRows)
        {
            var (least, until) = Least();
            if (least < 0)
            {
                break;
            }

            var head = _heads[least];
            var count = head.CountUntil(until, Context.BatchRows - _output.Count);
            Context.Check(this, Schema.Width);
            var places = _places[least];
            if (places.Length < _output.Columns.Length)
            {
                foreach (var column in _output.Columns)
                {
                    column.AsSpan(_output.Count, count).Clear();
                }
            }

            for (var slot = 0; slot < places.Length; slot++)
            {
                head.Batch!.Columns[slot].AsSpan(head.At, count).CopyTo(_output.Columns[places[slot]].AsSpan(_output.Count, count));
            }

            _output.Count += count;
            head.Advance(count);
        }

        // The inputs may begin anew when the seeds below them are filled again.
        _isMerging = _output.Count > 0;
        return _isMerging ? _output : null;
    }

    /// <summary>The input whose turn it is, and up to which number it is.</summary>
    private (int Input, uint Until) Least()
    {
        var (least, until) = (-1, uint.MaxValue);
        for (var i = 0; i < _heads.Length; i++)
        {
            if (_heads[i].Batch is null)
            {
                continue;
            }

            var number = _heads[i].Number;
            if (least < 0)
            {
                least = i;
            }
            else if (number < _heads[least].Number)
            {
                // What stands before this input comes first where the numbers are the same.
                (least, until) = (i, _heads[least].Number - 1);
            }
            else
            {
                until = Math.Min(until, number);
            }
        }

        return (least, until);
    }

    /// <summary>How far an input was given out.</summary>
    private sealed class Head(Operator input, int numbers)
    {
        public Batch? Batch { get; private set; }

        public int At { get; private set; }

        public uint Number => Batch!.Columns[numbers][At];

        /// <summary>How many rows from here on, at most so many, have numbers up to one.</summary>
        public int CountUntil(uint number, int most)
        {
            var rows = Batch!.Columns[numbers].AsSpan(At, Math.Min(most, Batch.Count - At));
            var count = 1;
            while (count < rows.Length && rows[count] <= number)
            {
                count++;
            }

            return count;
        }

        /// <summary>Goes on by some rows, or to the first.</summary>
        public void Advance(int rows)
        {
            At += rows;
            if (Batch is null || At == Batch.Count)
            {
                (Batch, At) = (input.Next(), 0);
            }
        }
    }
}
