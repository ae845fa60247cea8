using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Ids that were given with the query.</summary>
internal sealed class GivenRows : Operator
{
    private readonly ReadOnlyMemory<uint> _ids;
    private readonly Batch _output;
    private int _next;

    public GivenRows(QueryContext context, GivenIds given)
        : base(context, new Schema([given.Variable]), new VariableSet(given.Variable))
    {
        _ids = given.Ids;
        _output = context.NewBatch(1);
        Estimate = _ids.Length;
    }

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _output.Count = Math.Min(Context.BatchRows, _ids.Length - _next);
        _ids.Span.Slice(_next, _output.Count).CopyTo(_output.Columns[0]);
        _next += _output.Count;
        return _output.Count == 0 ? null : _output;
    }
}
