using System.Text;
using MuseumXtd.Conformance.Tests.Manifests;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;
using Xunit.Abstractions;
using ReaderOptions = MuseumXtd.Rdf.Syntax.ReaderOptions;

namespace MuseumXtd.Conformance.Tests.Sparql;

/// <summary>The W3C's tests of SPARQL Update: its syntax and what it makes of a dataset, run in process.</summary>
public sealed class UpdateTests(ITestOutputHelper output)
{
    private const string Ut = "http://www.w3.org/2009/sparql/tests/test-update#";

    [Theory]
    [InlineData("sparql11", 1)]
    [InlineData("sparql12", 0)]
    public void Tests_of_updates_pass(string suite, double floor)
    {
        var tests = Suites.Load(suite);
        if (tests is null)
        {
            output.WriteLine($"{suite}: skipped, the suites are not here.");
            return;
        }

        var report = new SuiteReport(suite + "-update");
        foreach (var test in tests.Where(t => t.Types.Any(type => type.Contains("Update", StringComparison.Ordinal))))
        {
            report.Run(test, Run);
        }

        report.Print(output);
        Assert.NotEqual(0, report.Total);
        Assert.True(report.Passed >= floor * report.Total, $"{report.Passed} of {report.Total} passed.");
    }

    private static void Run(ManifestTest test)
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

        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            Load(test, action, transaction);
            transaction.Commit();
        }

        using (var transaction = store.Begin())
        {
            new UpdateEngine().Execute(Parse(test, (Iri)test.Get(action, Ut + "request")!), transaction, UpdateOptions.Default);
            transaction.Commit();
        }

        var expected = new Dataset();
        Load(test, test.Get(Manifest.Mf + "result")!, expected);
        var actual = QuadsOf(store.Current);
        Assert.True(Isomorphism.AreIsomorphic(expected, actual), $"Expected {string.Join(" | ", expected)} but was {string.Join(" | ", actual)}");
    }

    private static MuseumXtd.Sparql.Algebra.UpdateRequest Parse(ManifestTest test, Iri file) =>
        SparqlParser.ParseUpdate(new UTF8Encoding(false, true).GetString(File.ReadAllBytes(test.Root.FileOf(file.Value))), file.Value);

    private static void Load(ManifestTest test, Term node, IQuadSink sink)
    {
        foreach (var data in test.All(node, Ut + "data").OfType<Iri>())
        {
            Read(test, data, null, sink);
        }

        foreach (var graph in test.All(node, Ut + "graphData"))
        {
            var label = (Literal)test.Get(graph, "http://www.w3.org/2000/01/rdf-schema#label")!;
            Read(test, (Iri)test.Get(graph, Ut + "graph")!, new Iri(label.LexicalForm), sink);
        }
    }

    private static void Read(ManifestTest test, Iri file, Iri? graph, IQuadSink sink)
    {
        using var stream = File.OpenRead(test.Root.FileOf(file.Value));
        var format = RdfFormats.BySuffix(file.Value) ?? throw new NotSupportedException($"No reader for {file.Value}.");
        format.CreateReader().Read(stream, graph is null ? sink : new GraphSink(sink, graph), new ReaderOptions { BaseIri = file.Value });
    }

    private static Dataset QuadsOf(Snapshot snapshot)
    {
        var dataset = new Dataset();
        AddAll(snapshot.DefaultGraph, default);
        foreach (var name in snapshot.GraphNames)
        {
            snapshot.TryGetGraph(new TermId(name), out var graph);
            AddAll(graph, new TermId(name));
        }

        return dataset;

        void AddAll(TripleIndex index, TermId graph)
        {
            var keys = index.Keys(TripleOrder.Spo);
            var starts = index.Starts(TripleOrder.Spo);
            var all = index.All(TripleOrder.Spo);
            for (var key = 0; key < keys.Length; key++)
            {
                for (var row = starts[key]; row < starts[key + 1]; row++)
                {
                    dataset.Add(new Quad(
                        Decode(new TermId(keys[key])), (Iri)Decode(new TermId(all.Second[row])), Decode(new TermId(all.Third[row])), graph.IsBound ? Decode(graph) : null));
                }
            }
        }

        Term Decode(TermId id)
        {
            using var scratch = new ByteBuffer();
            return Term.Decode(snapshot.Dictionary.Encoded(id, scratch));
        }
    }

    /// <summary>Puts what it gets into one graph.</summary>
    private sealed class GraphSink(IQuadSink sink, Iri name) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            sink.Quad(subject, predicate, @object, name.Encode());
    }
}
