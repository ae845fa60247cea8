using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql;

/// <summary>
/// Answers queries in algebra on snapshots: the one question language of everything above. It holds no state of its own but
/// what it may keep to be faster, and is safe for any number of threads.
/// </summary>
public sealed class QueryEngine
{
    /// <summary>
    /// Starts a query. For SELECT the work is done as batches are asked for; the results keep the snapshot.
    /// </summary>
    /// <returns><see cref="SolutionResults"/>, <see cref="BooleanResults"/> or <see cref="GraphResults"/>, by the form of the query.</returns>
    /// <exception cref="QueryBudgetException">Time, memory or rows are used up.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public QueryResults Execute(Query query, Snapshot snapshot, QueryOptions options, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <inheritdoc cref="Execute"/>
    public SolutionResults Select(SelectQuery query, Snapshot snapshot, QueryOptions options, CancellationToken cancellation = default) =>
        (SolutionResults)Execute(query, snapshot, options, cancellation);
}
