using System.Security.Cryptography;
using System.Text.Json;
using MuseumXtd.Conformance.Tests.Manifests;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using Xunit.Abstractions;

namespace MuseumXtd.Conformance.Tests.Rdf;

/// <summary>The W3C's tests of RDF Dataset Canonicalization.</summary>
public sealed class CanonicalizationTests(ITestOutputHelper output)
{
    [Fact]
    public void All_tests_of_the_suite_pass()
    {
        var tests = Suites.Load("rdf-canon");
        if (tests is null)
        {
            output.WriteLine("rdf-canon: skipped, the suites are not here.");
            return;
        }

        var report = new SuiteReport("rdf-canon");
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
        using var stream = File.OpenRead(FileOf(test, "action"));
        var dataset = Dataset.Read(stream, RdfFormats.NQuads);
        var hash = test.Text("https://w3c.github.io/rdf-canon/tests/vocab#hashAlgorithm") == "SHA384" ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        var options = new CanonicalizationOptions { Hash = hash };
        if (test.Is("RDFC10NegativeEvalTest"))
        {
            Assert.Throws<CanonicalizationException>(() => Canonicalization.Canonicalize(dataset, options));
            return;
        }

        var canonical = Canonicalization.Canonicalize(dataset, options);
        var expected = File.ReadAllText(FileOf(test, "result"));
        if (test.Is("RDFC10MapTest"))
        {
            Assert.Equal(JsonSerializer.Deserialize<SortedDictionary<string, string>>(expected), new SortedDictionary<string, string>(canonical.Labels.ToDictionary()));
        }
        else
        {
            Assert.Equal(expected, canonical.NQuads);
        }
    }

    private static string FileOf(ManifestTest test, string property) =>
        test.Root.FileOf(((Iri)test.Get(Manifest.Mf + property)!).Value);
}
