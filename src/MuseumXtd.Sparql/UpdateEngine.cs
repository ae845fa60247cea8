using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql;

/// <summary>Carries out update requests on transactions of a store. It holds no state and is safe for any number of threads.</summary>
public sealed class UpdateEngine
{
    private readonly TimeProvider _clock;

    /// <summary>An engine.</summary>
    /// <param name="clock">What NOW() reads; null for the system's clock.</param>
    public UpdateEngine(TimeProvider? clock = null) => _clock = clock ?? TimeProvider.System;

    /// <summary>
    /// Carries out all operations in order; each sees what those before it did. The caller commits, so that a request is one change for
    /// everyone else; after an exception the transaction is to be dropped.
    /// </summary>
    /// <exception cref="UpdateException">An operation cannot be carried out and is not SILENT.</exception>
    /// <exception cref="QueryBudgetException">Time or memory are used up.</exception>
    /// <exception cref="ServiceException">A pattern asks another endpoint, which is not allowed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Execute(UpdateRequest request, StoreTransaction transaction, UpdateOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(options);
        var now = options.Now ?? _clock.GetLocalNow();
        var execution = new UpdateExecution(transaction, options with { Now = now }, request.BaseIri, cancellation);
        foreach (var operation in request.Operations)
        {
            execution.Run(operation);
        }
    }
}
