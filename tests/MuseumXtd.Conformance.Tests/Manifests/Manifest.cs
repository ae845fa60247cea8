using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Conformance.Tests.Manifests;

/// <summary>One entry of a manifest.</summary>
internal sealed record ManifestTest(SuiteRoot Root, Dataset Manifest, Term Node, string Name, IReadOnlyList<string> Types)
{
    /// <summary>The IRI of the test.</summary>
    public string Id => ((Iri)Node).Value;

    /// <summary>The IRI of the manifest.</summary>
    public required string Document { get; init; }

    /// <summary>The folder of the manifest in the suite.</summary>
    public string Folder => Document[Root.Base.Length..Document.LastIndexOf('/')];

    /// <summary>A name that no other test of a suite has: the manifest's folder and the test's own fragment.</summary>
    public string ShortName => Folder[(Folder.LastIndexOf('/') + 1)..] + Id[Id.LastIndexOf('#')..];

    /// <summary>The base IRI that the manifest says its documents have, or null.</summary>
    public string? AssumedBase { get; init; }

    public bool Is(string type) => Types.Contains(type);

    public Term? Get(string property) => Get(Node, property);

    public Term? Get(Term node, string property) => Manifest.Objects(node, new Iri(property)).FirstOrDefault();

    public IEnumerable<Term> All(Term node, string property) => Manifest.Objects(node, new Iri(property));

    /// <summary>The text that a property gives, when it is a literal.</summary>
    public string? Text(string property) => (Get(property) as Literal)?.LexicalForm;
}

/// <summary>Reads manifests of the W3C's test vocabularies, with those they include.</summary>
internal static class Manifest
{
    public const string Mf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

    public static IEnumerable<ManifestTest> Read(SuiteRoot root, string iri)
    {
        using var stream = File.OpenRead(root.FileOf(iri));
        var dataset = Dataset.Read(stream, RdfFormats.Turtle, new ReaderOptions { BaseIri = iri });
        var assumedBase = dataset.FirstOrDefault(q => q.Predicate.Value == Mf + "assumedTestBase").Object as Iri;
        foreach (var list in dataset.Where(q => q.Predicate.Value == Mf + "include").Select(q => q.Object).ToList())
        {
            // Some suites give a list, others one document after the other.
            foreach (var included in list is Iri && list != RdfNames.Nil ? [(Iri)list] : Items(dataset, list).Cast<Iri>())
            {
                foreach (var test in Read(root, included.Value))
                {
                    yield return test;
                }
            }
        }

        foreach (var list in dataset.Where(q => q.Predicate.Value == Mf + "entries").Select(q => q.Object).ToList())
        {
            foreach (var entry in Items(dataset, list))
            {
                var name = (dataset.Objects(entry, new Iri(Mf + "name")).FirstOrDefault() as Literal)?.LexicalForm;
                var types = dataset.Objects(entry, RdfNames.Type).OfType<Iri>().Select(t => t.Value[(t.Value.LastIndexOf('#') + 1)..]).ToList();
                yield return new ManifestTest(root, dataset, entry, name ?? entry.ToString()!, types)
                {
                    Document = iri,
                    AssumedBase = assumedBase?.Value,
                };
            }
        }
    }

    /// <summary>The items of an RDF list.</summary>
    public static IEnumerable<Term> Items(Dataset dataset, Term list)
    {
        while (list != RdfNames.Nil)
        {
            yield return dataset.Objects(list, RdfNames.First).Single();
            list = dataset.Objects(list, RdfNames.Rest).Single();
        }
    }
}
