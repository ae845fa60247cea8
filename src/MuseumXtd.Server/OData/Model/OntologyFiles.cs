using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using Vocabulary = MuseumXtd.Rdf.Model.Dataset;

namespace MuseumXtd.Server.OData.Model;

/// <summary>The statements of all Turtle files of a folder, by subject and by predicate.</summary>
internal sealed class OntologyFiles
{
    public const string Owl = "http://www.w3.org/2002/07/owl#";
    public const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";
    public const string Schema = "https://schema.org/";
    public const string Shacl = "http://www.w3.org/ns/shacl#";
    public const string Skos = "http://www.w3.org/2004/02/skos/core#";
    public const string Vann = "http://purl.org/vocab/vann/";

    private readonly ILookup<(Term, string), Term> _objects;
    private readonly ILookup<(string, Term), Term> _subjects;
    private readonly ILookup<string, Quad> _byPredicate;

    private OntologyFiles(IReadOnlyCollection<Quad> quads)
    {
        _objects = quads.ToLookup(q => (q.Subject, q.Predicate.Value), q => q.Object);
        _subjects = quads.ToLookup(q => (q.Predicate.Value, q.Object), q => q.Subject);
        _byPredicate = quads.ToLookup(q => q.Predicate.Value);
    }

    /// <summary>Reads the folder. Files with shapes and with concepts are files like others.</summary>
    /// <exception cref="RdfSyntaxException">A file is not well formed.</exception>
    public static OntologyFiles Read(string directory)
    {
        var quads = new List<Quad>();
        foreach (var path in Directory.EnumerateFiles(directory, "*.ttl").Order(StringComparer.Ordinal))
        {
            using var stream = File.OpenRead(path);
            quads.AddRange(Vocabulary.Read(stream, RdfFormats.Turtle));
        }

        return new OntologyFiles(quads);
    }

    public IEnumerable<Term> Objects(Term subject, string predicate) => _objects[(subject, predicate)];

    public IEnumerable<Term> Subjects(string predicate, Term @object) => _subjects[(predicate, @object)];

    public IEnumerable<Quad> With(string predicate) => _byPredicate[predicate];

    public bool IsA(Term subject, string type) => Objects(subject, RdfNames.Type.Value).Any(t => t is Iri iri && iri.Value == type);

    /// <summary>The IRIs that have a type, in order.</summary>
    public IEnumerable<Iri> Instances(string type) =>
        Subjects(RdfNames.Type.Value, new Iri(type)).OfType<Iri>().Distinct().OrderBy(i => i.Value, StringComparer.Ordinal);

    public IEnumerable<Iri> Links(Term subject, string predicate) => Objects(subject, predicate).OfType<Iri>();

    /// <summary>A text in a language, or in any where there is none in it.</summary>
    public string? Text(Term subject, string predicate, string language)
    {
        var texts = Objects(subject, predicate).OfType<Literal>().OrderBy(l => l.Language, StringComparer.Ordinal).ToList();
        return (texts.FirstOrDefault(t => t.Language == language) ?? texts.FirstOrDefault())?.LexicalForm;
    }
}
