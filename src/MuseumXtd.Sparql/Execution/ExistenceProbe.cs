using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Sparql.Optimisation;

namespace MuseumXtd.Sparql.Execution;

/// <summary>EXISTS within a larger expression, asked row by row. Where it stands alone, a <see cref="SeededJoin"/> answers it for batches.</summary>
internal sealed class ExistenceProbe : IExistenceProbe
{
    private readonly Schema _outer;
    private readonly Seed _seed;
    private readonly Operator _pipeline;

    public ExistenceProbe(GraphPattern pattern, Schema outer, QueryContext context)
    {
        _outer = outer;
        var before = context.ExchangeAskedDepth(0);
        _seed = Seed.For(context, outer, VariableSet.Empty);
        _pipeline = new Planner(context).PlanCorrelated(pattern, _seed, context.CompiledIn ?? PatternSource.OfDefaultGraph(context.Dataset));
        context.ExchangeAskedDepth(Math.Max(before, _pipeline.Depth));
    }

    /// <inheritdoc/>
    public bool Any(Batch batch, int row)
    {
        var columns = new uint[batch.Columns.Length][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = [batch.Columns[i][row]];
        }

        _seed.Fill(new Batch(columns, 1), _outer);
        var any = false;
        while (_pipeline.Next() is not null)
        {
            // The pipeline is emptied, so that the next row finds it at its beginning.
            any = true;
        }

        return any;
    }
}
