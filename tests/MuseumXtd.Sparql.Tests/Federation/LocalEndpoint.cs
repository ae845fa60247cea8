using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Federation;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Federation;

/// <summary>An endpoint in this process, whatever its IRI, that keeps the queries it was sent.</summary>
internal sealed class LocalEndpoint(Snapshot snapshot, DefaultGraphMode mode = DefaultGraphMode.Own) : IServiceClient
{
    public List<string> Queries { get; } = [];

    /// <summary>The IRI that cannot be reached.</summary>
    public string? Broken { get; init; }

    public ResultFormat Format { get; init; } = ResultFormats.Json;

    public static Snapshot Load(string turtle)
    {
        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("PREFIX : <http://x/> " + turtle));
        RdfFormats.Turtle.CreateReader().Read(input, transaction, new ReaderOptions());
        return transaction.Commit();
    }

    public ServiceAnswer Ask(Iri endpoint, string query, CancellationToken cancellation)
    {
        Queries.Add(query);
        if (endpoint.Value == Broken)
        {
            throw new ServiceException($"{endpoint} is broken.");
        }

        using var results = new QueryEngine().Execute(
            SparqlParser.ParseQuery(query), snapshot, new QueryOptions { DefaultGraph = mode, Services = this }, cancellation);
        var body = new MemoryStream();
        using var writer = Format.CreateWriter();
        writer.Write(results, body);
        body.Position = 0;
        return new ServiceAnswer(body, Format.MediaTypes[0]);
    }
}
