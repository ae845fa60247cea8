using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>The different values of one variable of a pattern, each once and in order, however many triples have it.</summary>
internal sealed class ValueScan : Operator
{
    private readonly TriplePattern _pattern;
    private readonly TripleIndex _index;
    private readonly TripleOrder _order;
    private readonly TermId _first;
    private readonly Batch _output;
    private int _at;

    /// <summary>A scan.</summary>
    /// <param name="context">The query.</param>
    /// <param name="pattern">A pattern with at most one constant, and different variables.</param>
    /// <param name="variable">One of them.</param>
    /// <param name="index">Where it is matched.</param>
    public ValueScan(QueryContext context, TriplePattern pattern, Variable variable, TripleIndex index)
        : base(context, new Schema([variable]), new VariableSet(variable))
    {
        _pattern = pattern;
        _index = index;
        var place = Positions.Of(pattern, variable);
        var constant = Enumerable.Range(0, 3).Where(p => Positions.At(pattern, p) is ConstantTerm).DefaultIfEmpty(-1).First();
        _order = constant < 0 ? Positions.Order(place, (place + 1) % 3) : Positions.Order(constant, place);
        _first = constant < 0 ? default : context.Terms.Intern(((ConstantTerm)Positions.At(pattern, constant)).Term);
        _output = context.NewBatch(1);
    }

    /// <inheritdoc/>
    public override string Details => $"{Schema.Variables[0]} of {_pattern}";

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        var ids = _first.IsBound ? _index.Range(_order, _first).Second : _index.Keys(_order);
        var values = _output.Columns[0];
        var count = 0;
        while (_at < ids.Length && count < Context.BatchRows)
        {
            var id = ids[_at];
            values[count++] = id;
            _at = SortedIds.Leap(ids, _at, id + 1);
        }

        _output.Count = count;
        return count == 0 ? null : _output;
    }
}
