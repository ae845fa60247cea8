using MuseumXtd.Rdf;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Federation;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Conformance.Tests.Sparql;

/// <summary>Endpoints in this process, each over a store of its own; any other cannot be reached. They ask each other for nested SERVICE patterns.</summary>
internal sealed class FakeServices(IReadOnlyDictionary<string, QuadStore> stores) : IServiceClient, IDisposable
{
    public ServiceAnswer Ask(Iri endpoint, string query, CancellationToken cancellation)
    {
        if (!stores.TryGetValue(endpoint.Value, out var store))
        {
            throw new ServiceException($"There is no {endpoint}.");
        }

        var options = QueryOptions.Default with { DefaultGraph = DefaultGraphMode.Own, Services = this };
        using var results = new QueryEngine().Execute(SparqlParser.ParseQuery(query), store.Current, options, cancellation);
        var body = new MemoryStream();
        using var writer = ResultFormats.Json.CreateWriter();
        writer.Write(results, body);
        body.Position = 0;
        return new ServiceAnswer(body, ResultFormats.Json.MediaTypes[0]);
    }

    public void Dispose()
    {
        foreach (var store in stores.Values)
        {
            store.Dispose();
        }
    }
}
