using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>The triples of one predicate whose objects are in some ranges of ids, in the order of the objects.</summary>
internal sealed class RangeScan : Operator
{
    private readonly TripleIndex _index;
    private readonly TriplePattern _pattern;
    private readonly TermId _predicate;
    private readonly List<Range> _parts;
    private readonly Batch _output;
    private int _part;
    private int _at;

    /// <summary>A scan.</summary>
    /// <param name="context">The query.</param>
    /// <param name="pattern">Two different variables around a constant predicate.</param>
    /// <param name="index">Where it is matched.</param>
    /// <param name="parts">The rows of the predicate's triples, sorted by object.</param>
    public RangeScan(QueryContext context, TriplePattern pattern, TripleIndex index, List<Range> parts)
        : base(context, new Schema([(Variable)pattern.Subject, (Variable)pattern.Object]), new VariableSet((Variable)pattern.Subject, (Variable)pattern.Object))
    {
        _index = index;
        _pattern = pattern;
        _predicate = context.Terms.Intern(((ConstantTerm)pattern.Predicate).Term);
        _parts = parts;
        _at = parts.Count > 0 ? parts[0].Start.Value : 0;
        _output = Context.NewBatch(2);
    }

    /// <inheritdoc/>
    public override string Details => $"{_pattern} between bounds";

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (_part == _parts.Count)
        {
            return null;
        }

        var all = _index.Range(TripleOrder.Pos, _predicate);
        _output.Count = Math.Min(Context.BatchRows, _parts[_part].End.Value - _at);
        all.Third.Slice(_at, _output.Count).CopyTo(_output.Columns[0]);
        all.Second.Slice(_at, _output.Count).CopyTo(_output.Columns[1]);
        _at += _output.Count;
        if (_at == _parts[_part].End.Value)
        {
            _part++;
            _at = _part < _parts.Count ? _parts[_part].Start.Value : 0;
        }

        return _output;
    }
}
