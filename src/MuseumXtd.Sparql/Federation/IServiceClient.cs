using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Federation;

/// <summary>
/// Sends queries to other endpoints for SERVICE (SPARQL 1.1 Federated Query), by whatever protocol, and says which endpoints may be asked. It is used by several
/// threads at once.
/// </summary>
public interface IServiceClient
{
    /// <summary>Sends a SELECT query.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellation">Ends the request when the query that asks is cancelled or its time is up.</param>
    /// <returns>The answer, to be read once and disposed.</returns>
    /// <exception cref="ServiceException">The endpoint may not be asked, cannot be reached, or answered with an error.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    ServiceAnswer Ask(Iri endpoint, string query, CancellationToken cancellation);
}

/// <summary>What an endpoint answered: a document of solutions, not yet read.</summary>
/// <param name="Body">The document. Reading it may throw <see cref="ServiceException"/> when it is too long or breaks off.</param>
/// <param name="MediaType">Its media type, without parameters.</param>
public sealed record ServiceAnswer(Stream Body, string MediaType) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Body.Dispose();
}
