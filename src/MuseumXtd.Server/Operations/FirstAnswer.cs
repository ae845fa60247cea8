using System.IO.Pipelines;
using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Operations;

/// <summary>
/// Answers a query over next to nothing, so that what parses, plans, executes and writes is compiled before somebody waits for it. It happens once
/// a process, beside other work, and nothing depends on it.
/// </summary>
internal static class FirstAnswer
{
    private const string Query = "SELECT ?s (COUNT(?o) AS ?n) { ?s a ?type ; ?p ?o } GROUP BY ?s";

    private const string Data = "@prefix : <urn:x:> . :a a :T ; :name \"one\" . :b a :T ; :name \"two\"@en , 2 .";

    private static readonly Lazy<Task> Prepared = new(() => Task.Run(AnswerAsync));

    /// <summary>Begins, unless it was begun before.</summary>
    public static void Prepare() => _ = Prepared.Value;

    private static async Task AnswerAsync()
    {
        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var data = new MemoryStream(Encoding.UTF8.GetBytes(Data));
        RdfFormats.Turtle.CreateReader().Read(data, transaction, new ReaderOptions(), CancellationToken.None);
        var snapshot = transaction.Commit();
        var query = (SelectQuery)SparqlParser.ParseQuery(Query, "urn:x:");
        foreach (var format in (ResultFormat[])[ResultFormats.Json, ResultFormats.Csv])
        {
            using var results = new QueryEngine().Execute(query, snapshot, new QueryOptions());
            using var writer = format.CreateWriter();
            await writer.WriteAsync(results, PipeWriter.Create(Stream.Null), _ => { }, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
