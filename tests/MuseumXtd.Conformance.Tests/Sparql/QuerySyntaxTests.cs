using MuseumXtd.Conformance.Tests.Manifests;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Syntax;
using Xunit.Abstractions;

namespace MuseumXtd.Conformance.Tests.Sparql;

/// <summary>The W3C's tests of the query grammar: good queries are read, bad ones refused with a syntax error.</summary>
public sealed class QuerySyntaxTests(ITestOutputHelper output)
{
    private static readonly string[] Good = ["PositiveSyntaxTest", "PositiveSyntaxTest11"];
    private static readonly string[] Bad = ["NegativeSyntaxTest", "NegativeSyntaxTest11"];

    [Theory]
    [InlineData("sparql10")]
    [InlineData("sparql11")]
    public void All_syntax_tests_of_the_suite_pass(string suite)
    {
        var tests = Suites.Load(suite);
        if (tests is null)
        {
            output.WriteLine($"{suite}: skipped, the suites are not here.");
            return;
        }

        var report = new SuiteReport(suite + "-syntax");
        foreach (var test in tests.Where(t => Good.Concat(Bad).Any(t.Is) && ActionOf(t).EndsWith(".rq", StringComparison.Ordinal)))
        {
            report.Run(test, Run);
        }

        report.Print(output);
        Assert.NotEqual(0, report.Total);
        Assert.Empty(report.Failures);
    }

    private static void Run(ManifestTest test)
    {
        var file = ActionOf(test);
        var text = File.ReadAllText(test.Root.FileOf(file));
        if (Bad.Any(test.Is))
        {
            Assert.Throws<SparqlSyntaxException>(() => SparqlParser.ParseQuery(text, file));
        }
        else
        {
            SparqlParser.ParseQuery(text, file);
        }
    }

    private static string ActionOf(ManifestTest test) => ((Iri)test.Get(Manifest.Mf + "action")!).Value;
}
