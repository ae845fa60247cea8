using System.Text;
using System.Text.RegularExpressions;
using MuseumXtd.Conformance.Tests.Manifests;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;
using Xunit.Abstractions;

namespace MuseumXtd.Conformance.Tests.Sparql;

/// <summary>The W3C's tests of SPARQL queries: their syntax and what they answer, run in process.</summary>
public sealed partial class SparqlTests(ITestOutputHelper output)
{
    private const string Qt = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("sparql10", 1)]
    [InlineData("sparql11", 1)]
    [InlineData("sparql12", 1)]
    public void Tests_of_queries_pass(string suite, double floor)
    {
        var tests = Suites.Load(suite);
        if (tests is null)
        {
            output.WriteLine($"{suite}: skipped, the suites are not here.");
            return;
        }

        var report = new SuiteReport(suite);
        var spellings = new List<string>();
        foreach (var test in tests)
        {
            if (IsOfQueries(test))
            {
                report.Run(test, t => Run(t, spellings));
            }
            else
            {
                report.NotRun(test);
            }
        }

        report.Print(output);
        output.WriteLine($"{spellings.Count} right in value but written otherwise:\n  {string.Join("\n  ", spellings)}");
        Assert.NotEqual(0, report.Total);
        Assert.True(report.Passed >= floor * report.Total, $"{report.Passed} of {report.Total} passed.");
    }

    /// <summary>Updates, protocols and inference are other matters.</summary>
    private static bool IsOfQueries(ManifestTest test) =>
        test.Types.Any(t => t is "QueryEvaluationTest" or "CSVResultFormatTest" || t.Contains("SyntaxTest", StringComparison.Ordinal))
        && !test.Types.Any(t => t.Contains("Update", StringComparison.Ordinal))
        && !test.Id.Contains("/entailment/", StringComparison.Ordinal);

    private static void Run(ManifestTest test, List<string> spellings)
    {
        var action = test.Get(Manifest.Mf + "action")!;
        if (test.Types.FirstOrDefault(t => t.Contains("SyntaxTest", StringComparison.Ordinal)) is { } syntax)
        {
            if (syntax.StartsWith("Negative", StringComparison.Ordinal))
            {
                Assert.Throws<SparqlSyntaxException>(() => Parse(test, (Iri)action));
            }
            else
            {
                Parse(test, (Iri)action);
            }

            return;
        }

        var query = Parse(test, (Iri)test.Get(action, Qt + "query")!);
        using var store = Load(test, action, query);
        using var services = Services(test, action);
        var options = QueryOptions.Default with { DefaultGraph = DefaultGraphMode.Own, Timeout = Patience, Services = services };
        using var results = new QueryEngine().Execute(query, store.Current, options);
        var file = (Iri)test.Get(Manifest.Mf + "result")!;
        if (test.Is("CSVResultFormatTest"))
        {
            Assert.Equal(Lines(File.ReadAllText(test.Root.FileOf(file.Value))), Lines(Csv(results)));
            return;
        }

        Compare(test, ResultReader.Read(test.Root.FileOf(file.Value), file.Value), results, spellings);
    }

    private static void Compare(ManifestTest test, ExpectedResult expected, QueryResults results, List<string> spellings)
    {
        switch (results)
        {
            case BooleanResults boolean:
                Assert.Equal(expected.Boolean, boolean.Value);
                break;
            case GraphResults graph:
                var written = new Dataset();
                graph.WriteTo(written);
                Assert.True(Isomorphism.AreIsomorphic(expected.Graph!, written), $"The graphs differ: {string.Join(" | ", written)}");
                break;
            case SolutionResults solutions:
                var actual = ResultTable.Of(solutions);
                var table = expected.Table!;
                if ((test.Get(Manifest.Mf + "resultCardinality") as Iri)?.Value == Manifest.Mf + "LaxCardinality")
                {
                    (actual, table) = (actual.Distinct(), table.Distinct());
                }

                if (!actual.IsSameAs(table))
                {
                    (actual, table) = (actual.Canonical(), table.Canonical());
                    Assert.True(actual.IsSameAs(table), $"Expected {table} but was {actual}");
                    spellings.Add($"{test.Id[(test.Id.LastIndexOf('/', test.Id.IndexOf('#', StringComparison.Ordinal)) + 1)..]} {test.Name}");
                }

                if (test.Id.Contains("/sort/", StringComparison.Ordinal) && !table.Rows.Any(row => row.Values.Any(v => v is BlankNode)))
                {
                    Assert.True(actual.IsSameInOrder(table), $"Expected in the order {table} but was {actual}");
                }

                break;
        }
    }

    private static Query Parse(ManifestTest test, Iri file)
    {
        var name = file.Value[(file.Value.LastIndexOf('/') + 1)..];
        var text = new UTF8Encoding(false, true).GetString(File.ReadAllBytes(test.Root.FileOf(file.Value)));
        return SparqlParser.ParseQuery(text, test.AssumedBase is null ? file.Value : test.AssumedBase + name);
    }

    /// <summary>A store with the graphs that the test names and those that its query names.</summary>
    private static QuadStore Load(ManifestTest test, Term action, Query query)
    {
        var store = new QuadStore();
        using var transaction = store.Begin();
        var scope = 0;
        foreach (var data in test.All(action, Qt + "data").OfType<Iri>())
        {
            Load(test, data, null, transaction, ref scope);
        }

        foreach (var graph in test.All(action, Qt + "graphData"))
        {
            var file = graph as Iri ?? (Iri)(test.Get(graph, Qt + "graph") ?? test.Get(graph, Qt + "data"))!;
            var label = test.Get(graph, "http://www.w3.org/2000/01/rdf-schema#label") as Literal;
            Load(test, file, label is null ? file : new Iri(label.LexicalForm), transaction, ref scope);
        }

        foreach (var graph in query.Dataset is { } dataset ? dataset.Default.Concat(dataset.Named).Distinct() : [])
        {
            if (graph.Value.StartsWith(test.Root.Base, StringComparison.Ordinal) && File.Exists(test.Root.FileOf(graph.Value)))
            {
                Load(test, graph, graph, transaction, ref scope);
            }
        }

        transaction.Commit();
        return store;
    }

    /// <summary>The endpoints that a test of federation has.</summary>
    private static FakeServices Services(ManifestTest test, Term action)
    {
        var stores = new Dictionary<string, QuadStore>();
        foreach (var service in test.All(action, Qt + "serviceData"))
        {
            var store = new QuadStore();
            using var transaction = store.Begin();
            var scope = 0;
            foreach (var data in test.All(service, Qt + "data").OfType<Iri>())
            {
                Load(test, data, null, transaction, ref scope);
            }

            transaction.Commit();
            stores.Add(((Iri)test.Get(service, Qt + "endpoint")!).Value, store);
        }

        return new FakeServices(stores);
    }

    private static void Load(ManifestTest test, Iri file, Iri? graph, StoreTransaction transaction, ref int scope)
    {
        using var stream = File.OpenRead(test.Root.FileOf(file.Value));
        var options = new ReaderOptions { BaseIri = file.Value, BlankNodeScope = $"g{scope++}" };
        var format = RdfFormats.BySuffix(file.Value) ?? throw new NotSupportedException($"No reader for {file.Value}.");
        format.CreateReader().Read(stream, graph is null ? transaction : new GraphSink(transaction, graph.Encode()), options);
    }

    private static string Csv(QueryResults results)
    {
        using var stream = new MemoryStream();
        using var writer = ResultFormats.Csv.CreateWriter();
        writer.Write(results, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The lines of a file, sorted, with one name for all blank nodes: the tests have one at most.</summary>
    private static IEnumerable<string> Lines(string csv) =>
        csv.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => BlankNodes().Replace(line, "_:b")).Order(StringComparer.Ordinal);

    [GeneratedRegex("_:[A-Za-z0-9]+")]
    private static partial Regex BlankNodes();

    /// <summary>Puts what it gets into one graph.</summary>
    private sealed class GraphSink(IQuadSink sink, byte[] name) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            sink.Quad(subject, predicate, @object, name);
    }
}
