using MuseumXtd.Conformance.Tests.Manifests;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Sparql;
using MuseumXtd.Store;
using Xunit.Abstractions;

namespace MuseumXtd.Conformance.Tests.Shacl;

/// <summary>The W3C's tests of SHACL Core and SHACL-SPARQL: whole reports are compared.</summary>
public sealed class ShaclTests(ITestOutputHelper output)
{
    private const string Sh = "http://www.w3.org/ns/shacl#";
    private const string Sht = "http://www.w3.org/ns/shacl-test#";

    [Fact]
    public void All_tests_of_the_suite_pass()
    {
        var tests = Suites.Load("shacl");
        if (tests is null)
        {
            output.WriteLine("shacl: skipped, the suites are not here.");
            return;
        }

        var report = new SuiteReport("shacl");
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
        var action = test.Get(Manifest.Mf + "action")!;
        var data = Read(test, (Iri)test.Get(action, Sht + "dataGraph")!);
        var shapes = Read(test, (Iri)test.Get(action, Sht + "shapesGraph")!);
        var result = test.Get(Manifest.Mf + "result")!;
        if (result is Iri { Value: Sht + "Failure" })
        {
            Assert.Throws<ShapesException>(() => Validate(data, shapes));
            return;
        }

        var expected = ReportIn(test.Manifest, result);
        var actual = new Dataset();
        var report = Validate(data, shapes);
        ReportGraph.Write(report, actual);
        var expectsMessages = expected.Any(q => q.Predicate.Value == Sh + "resultMessage");
        var compared = actual.Where(q => expectsMessages || q.Predicate.Value != Sh + "resultMessage").ToList();
        Assert.True(
            Isomorphism.AreIsomorphic(expected, compared),
            $"The reports differ.\nexpected\n{Lines(expected)}\nactual\n{Lines(compared)}");
    }

    private static ValidationReport Validate(Dataset data, Dataset shapes)
    {
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            foreach (var quad in data)
            {
                transaction.Quad(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), default);
            }

            transaction.Commit();
        }

        return Validator.Validate(ShapeSet.Compile(shapes), store.Current, new ValidationOptions { DefaultGraph = DefaultGraphMode.Own });
    }

    /// <summary>
    /// The report that a test expects. It stands in the document of the shapes: blank nodes that are shapes, constraints or nodes of the data
    /// are part of it by name only. A test without a type for its report, or its results, means the usual one.
    /// </summary>
    private static List<Quad> ReportIn(Dataset document, Term root)
    {
        var quads = new HashSet<Quad>();
        Take(root);
        Add(root, "ValidationReport");
        foreach (var result in document.Objects(root, new Iri(Sh + "result")))
        {
            Take(result);
            Add(result, "ValidationResult");
            if (document.Objects(result, new Iri(Sh + "resultPath")).FirstOrDefault() is BlankNode path)
            {
                TakeAll(path);
            }
        }

        return [.. quads];

        void Add(Term node, string type) => quads.Add(new Quad(node, RdfNames.Type, new Iri(Sh + type)));

        void Take(Term node) => quads.UnionWith(document.Where(q => q.Subject == node));

        void TakeAll(Term node)
        {
            Take(node);
            foreach (var next in document.Where(q => q.Subject == node).Select(q => q.Object).OfType<BlankNode>())
            {
                TakeAll(next);
            }
        }
    }

    private static string Lines(IEnumerable<Quad> quads) =>
        string.Join('\n', quads.Select(q => $"{q.Subject} {q.Predicate} {q.Object}").Order(StringComparer.Ordinal));

    private static Dataset Read(ManifestTest test, Iri file)
    {
        // The data, the shapes and the expected report may be one document: the same labels in all of them make it one.
        using var stream = File.OpenRead(test.Root.FileOf(file.Value));
        return Dataset.Read(stream, RdfFormats.Turtle, new ReaderOptions { BaseIri = file.Value });
    }
}
