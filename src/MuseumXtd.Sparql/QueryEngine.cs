using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Optimisation;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql;

/// <summary>
/// Answers queries in algebra on snapshots: the one question language of everything above. It holds no state of its own but
/// what it may keep to be faster, and is safe for any number of threads.
/// </summary>
public sealed class QueryEngine
{
    private readonly TimeProvider _clock;

    /// <summary>An engine.</summary>
    /// <param name="clock">What NOW() reads; null for the system's clock.</param>
    public QueryEngine(TimeProvider? clock = null) => _clock = clock ?? TimeProvider.System;

    /// <summary>
    /// Plans a query. The work is done as the results are asked for; they keep the snapshot.
    /// </summary>
    /// <returns><see cref="SolutionResults"/>, <see cref="BooleanResults"/> or <see cref="GraphResults"/>, by the form of the query.</returns>
    /// <exception cref="QueryBudgetException">Time, memory or rows are used up.</exception>
    /// <exception cref="ServiceException">The query asks another endpoint, which is not allowed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public QueryResults Execute(Query query, Snapshot snapshot, QueryOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(options);
        var dataset = ActiveDataset.Of(snapshot, options.Dataset ?? query.Dataset, options.DefaultGraph);
        var context = new QueryContext(snapshot, dataset, options with { Now = options.Now ?? _clock.GetLocalNow() }, query.BaseIri, cancellation);
        try
        {
            var plan = new Planner(context).Plan(query.Pattern);
            context.Begin(plan, rows: query is AskQuery ? 1 : double.PositiveInfinity);
            return query switch
            {
                SelectQuery select => new PlanSolutions(context, plan, select.Variables),
                AskQuery => new BooleanResults(context, plan),
                ConstructQuery construct => new ConstructedGraph(context, plan, construct.Template),
                DescribeQuery describe => new DescribedGraph(context, plan, describe.Targets),
                _ => throw new ArgumentException($"Unknown query form {query.GetType().Name}.", nameof(query)),
            };
        }
        catch
        {
            // There is nothing to dispose of.
            context.Release();
            throw;
        }
    }

    /// <inheritdoc cref="Execute"/>
    public SolutionResults Select(SelectQuery query, Snapshot snapshot, QueryOptions options, CancellationToken cancellation = default) =>
        (SolutionResults)Execute(query, snapshot, options, cancellation);
}
