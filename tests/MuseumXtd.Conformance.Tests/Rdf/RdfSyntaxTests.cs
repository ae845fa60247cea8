using MuseumXtd.Conformance.Tests.Manifests;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using Xunit.Abstractions;

namespace MuseumXtd.Conformance.Tests.Rdf;

/// <summary>The W3C's tests of RDF 1.1 syntaxes: everything that is good is read right, everything that is bad is refused.</summary>
public sealed class RdfSyntaxTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("rdf11/n-triples")]
    [InlineData("rdf11/n-quads")]
    [InlineData("rdf11/turtle")]
    [InlineData("rdf11/trig")]
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

        var dataset = Read(test, action);
        if (test.Get(Manifest.Mf + "result") is Iri result)
        {
            Assert.True(Isomorphism.AreIsomorphic(dataset, Read(test, result)), "The graphs differ.");
        }
    }

    private static Dataset Read(ManifestTest test, Iri file)
    {
        using var stream = File.OpenRead(test.Root.FileOf(file.Value));
        var name = file.Value[(file.Value.LastIndexOf('/') + 1)..];
        var baseIri = test.AssumedBase is null ? file.Value : test.AssumedBase + name;
        return Dataset.Read(stream, RdfFormats.BySuffix(file.Value)!, new ReaderOptions { BaseIri = baseIri });
    }
}
