using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Execution;

/// <summary>A query that several threads work on answers byte for byte as one that has a thread to itself, and ends as cleanly.</summary>
public sealed class ExchangeTests
{
    private const int Museums = 3000;
    private const string Prefix = "PREFIX : <http://x/> ";

    private static readonly Snapshot Graph = Load();

    public static TheoryData<string> Queries => new(
        "SELECT ?m ?n WHERE { ?m a :Museum . ?m :name ?n }",
        "SELECT ?m ?n ?o WHERE { ?m a :Museum . ?m :near ?n . ?n :near ?o }",
        "SELECT ?m WHERE { ?m a :Museum . ?m :name ?n FILTER(CONTAINS(?n, '7')) }",
        "SELECT ?m ?c WHERE { ?m a :Museum . ?m :name ?n BIND(CONCAT('Le ', ?n) AS ?c) }",
        "SELECT ?c ?d WHERE { ?m :size ?s BIND(STR(?s + 1) AS ?c) BIND(CONCAT('a', 'b', STR(?s)) AS ?d) }",
        "SELECT ?m ?n ?e WHERE { ?m a :Museum . ?m :name ?n OPTIONAL { ?m :size ?e FILTER(?e > 5000) } }",
        "SELECT ?m ?n ?e WHERE { ?m a :Museum . ?m :name ?n OPTIONAL { ?m :size ?e FILTER(?e > 50) } }",
        "SELECT * WHERE { ?m a :Museum OPTIONAL { ?m :size ?e FILTER(?e > 50) OPTIONAL { ?m :near ?x . ?x :size ?y FILTER(?y < 40) } } } LIMIT 2500",
        "SELECT * WHERE { ?m a :Museum OPTIONAL { { ?m :near ?x . ?x :size ?e FILTER(?e > 50) } UNION { ?m :size ?f FILTER(?f < 30) } } }",
        "SELECT ?m WHERE { ?m a :Museum . FILTER NOT EXISTS { ?m :near ?x . ?x :size 7 } }",
        "SELECT ?m WHERE { ?m a :Museum . MINUS { ?m :size 7 } }",
        "SELECT ?m ?x WHERE { ?m a :Museum . { ?m :near ?x } UNION { ?x :near ?m } }",
        "SELECT ?m ?x WHERE { ?m a :Museum . ?m :name ?n . { ?m :near ?x } UNION { ?m :size ?x } UNION { ?m :near ?y . ?y :near ?x } }",
        "SELECT ?m ?t WHERE { ?m :size ?s . ?m a :Museum . { SELECT ?s (COUNT(*) AS ?t) WHERE { ?x :size ?s } GROUP BY ?s } }",
        "SELECT ?m ?x WHERE { ?m a :Museum . ?m :near+ ?x } LIMIT 5000",
        "SELECT ?s (COUNT(?m) AS ?n) (GROUP_CONCAT(?m) AS ?g) WHERE { ?m a :Museum . ?m :near ?x . ?x :size ?s } GROUP BY ?s",
        "SELECT DISTINCT ?s WHERE { ?m a :Museum . ?m :near ?x . ?x :size ?s FILTER(?s != 3) }",
        "SELECT ?m ?s WHERE { ?m a :Museum . ?m :size ?s FILTER(?s > 10) } ORDER BY DESC(?s) ?m LIMIT 30",
        "SELECT ?m ?n WHERE { ?m a :Museum . ?m :name ?n } LIMIT 17 OFFSET 5",
        "SELECT (COUNT(*) AS ?c) WHERE { ?m a :Museum . ?m :near ?n . ?n :near ?o . ?o :near ?m }",
        "SELECT (COUNT(*) AS ?c) WHERE { ?m :near ?n . ?n :near ?o . ?n :size ?s }",
        "SELECT ?m ?g WHERE { GRAPH ?g { ?m a :Museum . ?m :name ?n } }",
        "SELECT * WHERE { GRAPH ?g { SELECT ?m ?n WHERE { ?m a :Museum . ?m :name ?n } LIMIT 3 } }",
        "SELECT ?m ?score ?t WHERE { (?m ?score) <https://w3id.org/museumxtd/ns#search> 'musee' . ?m :name ?n FILTER(?score > 0.001) BIND(CONCAT(?n, STR(?score)) AS ?t) }",
        "SELECT ?m ?b WHERE { ?m a :Museum . ?m :name ?n BIND(BNODE() AS ?b) }",
        "ASK { ?m a :Museum . ?m :near ?n . ?n :near ?m . ?m :size ?s FILTER(?s > 1000000) }");

    [Theory]
    [MemberData(nameof(Queries))]
    public void Parts_that_threads_do_come_in_the_order_of_one_thread(string query)
    {
        var alone = Answer(query, new QueryOptions());

        Assert.NotEmpty(alone);
        foreach (var size in (int[])[1, 7, 100])
        {
            Assert.Equal(alone, Answer(query, new QueryOptions { MorselSize = size }));
        }
    }

    [Fact]
    public void The_plan_says_that_several_threads_took_part_and_counts_what_all_of_them_did()
    {
        using var results = Start("SELECT ?m ?n WHERE { ?m a :Museum . ?m :name ?n FILTER(STRLEN(?n) > 1) }", new QueryOptions { MorselSize = 10, Explain = true });
        Assert.Equal(Museums, Count(results));

        var plan = results.Plan!;
        Assert.Equal(("ExchangeRows", "3 threads"), (plan.Operator, plan.Details));
        for (var step = plan; ; step = step.Children[0])
        {
            if (step.Details.Contains("name", StringComparison.Ordinal) && step.Operator == "IndexJoin")
            {
                Assert.Equal(Museums, step.Rows);
                break;
            }
        }
    }

    [Fact]
    public void Rows_that_nobody_fetches_any_more_are_not_made()
    {
        var results = Start("SELECT * WHERE { ?m a :Museum . ?m :near ?n . ?n :near ?o . ?o :near ?p }", new QueryOptions { MorselSize = 5 });
        Assert.True(results.NextBatch());

        // What other threads have in hand they give up; the columns go back once.
        results.Dispose();
        results.Dispose();

        Assert.Equal(Museums, Count(Start("SELECT ?m ?n WHERE { ?m a :Museum . ?m :name ?n }", new QueryOptions { MorselSize = 5 })));
    }

    [Theory]
    [InlineData("SELECT * WHERE { ?m a :Museum . ?n a :Museum . ?m :near ?o FILTER(?o != ?n) }")]
    [InlineData("SELECT (COUNT(*) AS ?c) WHERE { ?m a :Museum . ?n a :Museum . ?m :near ?o FILTER(?o != ?n) }")]
    public void Time_ends_all_threads_of_a_query(string query)
    {
        var error = Assert.Throws<QueryBudgetException>(() =>
        {
            using var results = Start(query, new QueryOptions { MorselSize = 5, Timeout = TimeSpan.FromMilliseconds(50) });
            Count(results);
        });

        Assert.Equal("time", error.Budget);
    }

    [Fact]
    public void Memory_is_counted_for_all_threads_together()
    {
        var error = Assert.Throws<QueryBudgetException>(() =>
        {
            using var results = Start(
                "SELECT ?t WHERE { ?m a :Museum . ?n a :Museum BIND(CONCAT(STR(?m), STR(?n)) AS ?t) } ORDER BY ?t", new QueryOptions { MorselSize = 5, MaxMemoryBytes = 1 << 20 });
            Count(results);
        });

        Assert.Equal("memory", error.Budget);
    }

    [Fact]
    public void Texts_that_other_threads_make_count_too()
    {
        // What all threads make together, and none alone.
        const int Length = 2000;
        var query = $"SELECT (COUNT(*) AS ?c) WHERE {{ ?m a :Museum . ?m :name ?n BIND(CONCAT(?n, '{new string('x', Length)}') AS ?t) FILTER(?t != '') }}";
        var options = new QueryOptions { MaxMemoryBytes = Museums * Length / 4 * 3 };
        foreach (var size in (int?[])[null, 1, 50])
        {
            var error = Assert.Throws<QueryBudgetException>(() => Answer(query, options with { MorselSize = size }));
            Assert.Equal("memory", error.Budget);
        }
    }

    [Fact]
    public void Cancelling_ends_all_threads_of_a_query()
    {
        using var cancellation = new CancellationTokenSource();
        using var results = Start("SELECT * WHERE { ?m a :Museum . ?n a :Museum . ?m :near ?o }", new QueryOptions { MorselSize = 5 }, cancellation.Token);
        Assert.True(results.NextBatch());

        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Count(results));
    }

    [Fact]
    public async Task Many_divided_queries_at_a_time_answer_even_with_few_threads_in_the_pool()
    {
        const string Query = "SELECT ?m ?n ?o WHERE { ?m a :Museum . ?m :near ?n . ?n :near ?o }";
        var alone = Answer(Query, new QueryOptions());

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Answer(Query, new QueryOptions { MorselSize = 20 }))));

        Assert.All(answers, a => Assert.Equal(alone, a));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("xml")]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("table")]
    public async Task Rows_that_two_threads_write_are_those_of_one(string format)
    {
        const string Query = "SELECT ?m ?n ?o WHERE { ?m a :Museum . ?m :name ?n . ?m :near ?o }";
        var busy = Cores.Count + 1;
        for (var i = 0; i < busy; i++)
        {
            Cores.Enter();
        }

        byte[] alone, aloneToPipe;
        try
        {
            (alone, aloneToPipe) = (Written(Query, format), await Piped(Query, format));
        }
        finally
        {
            for (var i = 0; i < busy; i++)
            {
                Cores.Leave();
            }
        }

        Assert.True(alone.Length > 100_000);
        Assert.Equal(alone, aloneToPipe);
        Assert.Equal(alone, Written(Query, format));
        Assert.Equal(alone, await Piped(Query, format));
    }

    private static byte[] Written(string query, string format)
    {
        using var results = Start(query, new QueryOptions());
        using var writer = ResultFormats.ByName(format)!.CreateWriter();
        using var output = new MemoryStream();
        writer.Write(results, output);
        return output.ToArray();
    }

    private static async Task<byte[]> Piped(string query, string format)
    {
        using var results = Start(query, new QueryOptions());
        using var writer = ResultFormats.ByName(format)!.CreateWriter();
        using var output = new MemoryStream();
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await writer.WriteAsync(results, pipe);
        await pipe.CompleteAsync();
        return output.ToArray();
    }

    private static Snapshot Load()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Museums; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                <http://x/m{i}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/Museum> <http://x/g{i % 3}> .
                <http://x/m{i}> <http://x/name> "Musée {i}" <http://x/g{i % 3}> .
                <http://x/m{i}> <http://x/size> "{i * 7919 % 97}"^^<http://www.w3.org/2001/XMLSchema#integer> .
                <http://x/m{i}> <http://x/near> <http://x/m{i * 3 % Museums}> .
                <http://x/m{i}> <http://x/near> <http://x/m{(i + 1) % Museums}> .

                """);
        }

        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        RdfFormats.NQuads.CreateReader().Read(input, transaction, new ReaderOptions());
        return transaction.Commit();
    }

    private static SolutionResults Start(string query, QueryOptions options, CancellationToken cancellation = default) =>
        (SolutionResults)new QueryEngine().Execute(SparqlParser.ParseQuery(Prefix + query), Graph, options, cancellation);

    private static long Count(SolutionResults results)
    {
        long count = 0;
        while (results.NextBatch())
        {
            count += results.RowCount;
        }

        return count;
    }

    private static string Answer(string query, QueryOptions options)
    {
        using var results = new QueryEngine().Execute(SparqlParser.ParseQuery(Prefix + query), Graph, options);
        using var writer = ResultFormats.Tsv.CreateWriter();
        using var output = new MemoryStream();
        writer.Write(results, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
