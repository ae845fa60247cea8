using System.Collections.Immutable;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>The solutions of a plan, pulled as they are asked for.</summary>
internal sealed class PlanSolutions : SolutionResults
{
    private readonly QueryContext _context;
    private readonly Operator _plan;
    private readonly int[] _slots;
    private readonly uint[] _unbound;
    private Batch? _batch;
    private long _rows;

    public PlanSolutions(QueryContext context, Operator plan, ImmutableArray<Variable> variables)
        : base(context.Terms, variables, plan)
    {
        _context = context;
        _plan = plan;
        _slots = [.. variables.Select(plan.Schema.SlotOf)];
        _unbound = _slots.Contains(-1) ? context.NewColumn() : [];
    }

    /// <inheritdoc/>
    public override bool IsBrief => _context.IsBrief;

    /// <inheritdoc/>
    public override int RowCount => _batch?.Count ?? 0;

    /// <inheritdoc/>
    public override bool NextBatch()
    {
        _batch = NextOf(_plan);
        _rows += RowCount;
        if (_rows > _context.MaxRows)
        {
            throw new QueryBudgetException("rows", $"The query has more than {_context.MaxRows} solutions (in {_plan}). Add a LIMIT.", _plan.ToString());
        }

        return _batch is not null;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<uint> Column(int index) =>
        _slots[index] < 0 ? _unbound.AsSpan(0, RowCount) : _batch!.Columns[_slots[index]].AsSpan(0, RowCount);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _batch = null;
        _context.Release();
    }
}
