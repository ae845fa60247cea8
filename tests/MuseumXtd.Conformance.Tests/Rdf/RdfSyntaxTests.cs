using System.Text;
using MuseumXtd.Conformance.Tests.Manifests;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using Xunit.Abstractions;

namespace MuseumXtd.Conformance.Tests.Rdf;

/// <summary>The W3C's tests of RDF 1.1 and 1.2 syntaxes: everything that is good is read right, everything that is bad is refused.</summary>
public sealed class RdfSyntaxTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("rdf11/n-triples")]
    [InlineData("rdf11/n-quads")]
    [InlineData("rdf11/turtle")]
    [InlineData("rdf11/trig")]
    [InlineData("rdf11/xml")]
    [InlineData("rdf12/n-triples")]
    [InlineData("rdf12/n-quads")]
    [InlineData("rdf12/turtle")]
    [InlineData("rdf12/trig")]
    [InlineData("rdf12/xml")]
    public void All_tests_of_the_suite_pass(string suite)
    {
        var tests = Suites.Load(suite);
        if (tests is null)
        {
            output.WriteLine($"{suite}: skipped, the suites are not here.");
            return;
        }

        var report = new SuiteReport(suite);
        foreach (var test in tests)
        {
            report.Run(test, Run);
        }

        report.Print(output);
        Assert.NotEqual(0, report.Total);
        Assert.Empty(report.Failures);
    }

    private static void Run(ManifestTest test)
    {
        var action = (Iri)test.Get(Manifest.Mf + "action")!;
        var type = test.Types.Single(t => t.StartsWith("Test", StringComparison.Ordinal));
        if (type.Contains("Negative", StringComparison.Ordinal))
        {
            Assert.Throws<RdfSyntaxException>(() => Read(test, action));
            return;
        }

        if (type.EndsWith("PositiveC14N", StringComparison.Ordinal))
        {
            Assert.Equal(File.ReadAllText(test.Root.FileOf(((Iri)test.Get(Manifest.Mf + "result")!).Value)), Canonical(test, action));
            return;
        }

        var dataset = Read(test, action);
        if (test.Get(Manifest.Mf + "result") is Iri result)
        {
            Assert.True(Isomorphism.AreIsomorphic(dataset, Read(test, result)), "The graphs differ.");
        }
    }

    /// <summary>What the writer makes of a document, statement by statement: its form is the canonical one.</summary>
    private static string Canonical(ManifestTest test, Iri file)
    {
        var format = RdfFormats.BySuffix(file.Value)!;
        using var input = File.OpenRead(test.Root.FileOf(file.Value));
        using var output = new MemoryStream();
        using (var writer = format.CreateWriter!(output, new WriterOptions { IsCanonical = true }))
        {
            format.CreateReader().Read(input, writer, new ReaderOptions());
            writer.Complete();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static Dataset Read(ManifestTest test, Iri file)
    {
        using var stream = File.OpenRead(test.Root.FileOf(file.Value));
        var name = file.Value[(test.Document.LastIndexOf('/') + 1)..];
        var baseIri = test.AssumedBase is null ? file.Value : test.AssumedBase + name;
        return Dataset.Read(stream, RdfFormats.BySuffix(file.Value)!, new ReaderOptions { BaseIri = baseIri });
    }
}
