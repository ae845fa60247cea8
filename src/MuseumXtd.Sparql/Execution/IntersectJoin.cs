using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Adds one variable that several patterns bind at once: for each row the sorted ranges of the patterns are intersected, the shortest
/// leading. With one such step a variable, cyclic patterns never make more rows than their worst case allows (Ngo, Ré and Rudra 2013).
/// </summary>
internal sealed class IntersectJoin : Operator
{
    private readonly Operator _input;
    private readonly TripleIndex _index;
    private readonly IReadOnlyList<TriplePattern> _patterns;
    private readonly Lookup[] _lookups;
    private readonly Batch _output;
    private uint[] _found = new uint[64];
    private uint[] _narrowed = new uint[64];
    private int _foundCount;
    private int _foundAt;
    private Batch? _rows;
    private int _row;

    /// <summary>A join.</summary>
    /// <param name="input">Rows that bind all variables of the patterns but one.</param>
    /// <param name="added">That one, which stands once in each pattern.</param>
    /// <param name="patterns">Two patterns or more, the most selective first.</param>
    /// <param name="index">Where they are matched.</param>
    public IntersectJoin(Operator input, Variable added, IReadOnlyList<TriplePattern> patterns, TripleIndex index)
        : base(input.Context, new Schema([.. input.Schema.Variables, added]), new VariableSet(input.Certain.Append(added)), input)
    {
        _input = input;
        _index = index;
        _patterns = patterns;
        _lookups = [.. patterns.Select(p => LookupOf(p, Positions.Of(p, added)))];
        _output = Context.NewBatch(Schema.Width);
    }

    /// <inheritdoc/>
    public override string Details => string.Join(" . ", _patterns);

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override double WorkFor(double rows) => WorkInProportion(rows);

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new IntersectJoin(to.Of(_input), Schema.Variables[^1], _patterns, _index);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _output.Count = 0;
        while (true)
        {
            if (_rows is null || _row == _rows.Count)
            {
                _rows = _output.Count > 0 ? null : _input.Next();
                if (_rows is null)
                {
                    return _output.Count > 0 ? _output : null;
                }

                _row = 0;
                Intersect(_rows);
            }

            while (_row < _rows.Count)
            {
                var count = Math.Min(_foundCount - _foundAt, Context.BatchRows - _output.Count);
                for (var column = 0; column < _rows.Columns.Length; column++)
                {
                    _output.Columns[column].AsSpan(_output.Count, count).Fill(_rows.Columns[column][_row]);
                }

                _found.AsSpan(_foundAt, count).CopyTo(_output.Columns[^1].AsSpan(_output.Count));
                _output.Count += count;
                _foundAt += count;
                if (_foundAt < _foundCount)
                {
                    return _output;
                }

                if (++_row < _rows.Count)
                {
                    Intersect(_rows);
                }
            }

            if (_output.Count > 0)
            {
                return _output;
            }
        }
    }

    /// <inheritdoc/>
    protected override long CountPulled()
    {
        long count = 0;
        while (_input.Next() is { } rows)
        {
            for (_row = 0; _row < rows.Count; _row++)
            {
                if (_lookups.Length == 2)
                {
                    var a = RangeOf(0, rows);
                    var b = RangeOf(1, rows);
                    Context.Check(this, Math.Min(a.Length, b.Length));
                    count += SortedIds.CountCommon(a, b);
                }
                else
                {
                    Intersect(rows);
                    count += _foundCount;
                }
            }
        }

        return count;
    }

    private Lookup LookupOf(TriplePattern pattern, int added)
    {
        var (x, y) = added == 0 ? (1, 2) : added == 1 ? (0, 2) : (0, 1);

        // The directory finds the first term at once, and what is searched behind it is short if that term is a row's own.
        var (first, second) = Positions.At(pattern, x) is ConstantTerm && Positions.At(pattern, y) is Variable ? (y, x) : (x, y);
        return new Lookup(Positions.Order(first, second), SideOf(Positions.At(pattern, first)), SideOf(Positions.At(pattern, second)));
    }

    private Side SideOf(PatternTerm term) => term is Variable variable
        ? new Side(0, _input.Schema.SlotOf(variable))
        : new Side(Context.Terms.Intern(((ConstantTerm)term).Term).Value, -1);

    private ReadOnlySpan<uint> RangeOf(int pattern, Batch rows)
    {
        var (order, first, second) = _lookups[pattern];
        return _index.Range(order, new TermId(first.In(rows, _row)), new TermId(second.In(rows, _row))).Third;
    }

    private void Intersect(Batch rows)
    {
        _foundAt = 0;
        var a = RangeOf(0, rows);
        var b = RangeOf(1, rows);
        Context.Check(this, Math.Min(a.Length, b.Length));
        Reserve(ref _found, Math.Min(a.Length, b.Length));
        _foundCount = SortedIds.Common(a, b, _found);
        for (var i = 2; i < _lookups.Length && _foundCount > 0; i++)
        {
            Reserve(ref _narrowed, _foundCount);
            _foundCount = SortedIds.Common(_found.AsSpan(0, _foundCount), RangeOf(i, rows), _narrowed);
            (_found, _narrowed) = (_narrowed, _found);
        }
    }

    private void Reserve(ref uint[] ids, int count)
    {
        if (ids.Length < count)
        {
            var length = Math.Max(count, ids.Length * 2);
            Context.Charge((length - ids.Length) * (long)sizeof(uint), this);
            ids = new uint[length];
        }
    }

    /// <summary>A given position of a pattern: a constant, or a column of the input.</summary>
    private readonly record struct Side(uint Constant, int Slot)
    {
        public uint In(Batch rows, int row) => Slot < 0 ? Constant : rows.Columns[Slot][row];
    }

    private readonly record struct Lookup(TripleOrder Order, Side First, Side Second);
}
