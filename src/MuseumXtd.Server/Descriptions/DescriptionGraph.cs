using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Server.Descriptions;

/// <summary>Statements in the making, with names in short.</summary>
internal sealed class DescriptionGraph
{
    private readonly List<Quad> _statements = [];

    /// <summary>The prefixes of the vocabularies that describe datasets.</summary>
    public static IReadOnlyDictionary<string, string> Prefixes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["as"] = "https://www.w3.org/ns/activitystreams#",
        ["dcat"] = "http://www.w3.org/ns/dcat#",
        ["dcatap"] = "http://data.europa.eu/r5r/",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["foaf"] = "http://xmlns.com/foaf/0.1/",
        ["ldes"] = "https://w3id.org/ldes#",
        ["mxtd"] = "https://w3id.org/museumxtd/ns#",
        ["owl"] = "http://www.w3.org/2002/07/owl#",
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["schema"] = "https://schema.org/",
        ["skos"] = "http://www.w3.org/2004/02/skos/core#",
        ["spdx"] = "http://spdx.org/rdf/terms#",
        ["tree"] = "https://w3id.org/tree#",
        ["vcard"] = "http://www.w3.org/2006/vcard/ns#",
        ["void"] = "http://rdfs.org/ns/void#",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
    };

    /// <summary>The statements, in the order in which they were added.</summary>
    public IReadOnlyList<Quad> Statements => _statements;

    /// <summary>An IRI from a prefixed name.</summary>
    public static Iri Name(string prefixed)
    {
        var colon = prefixed.IndexOf(':', StringComparison.Ordinal);
        return new Iri(Prefixes[prefixed[..colon]] + prefixed[(colon + 1)..]);
    }

    /// <summary>A whole number.</summary>
    public static Literal Number(long number) => new(number.ToString(CultureInfo.InvariantCulture), Xsd.Integer);

    /// <summary>A moment in UTC.</summary>
    public static Literal Time(DateTimeOffset time) =>
        new(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), Xsd.DateTime);

    /// <summary>Adds a statement.</summary>
    public void Add(Iri subject, string predicate, Term value) => _statements.Add(new Quad(subject, Name(predicate), value, null));

    /// <summary>Adds that a thing is of some classes.</summary>
    public void AddTypes(Iri subject, params ReadOnlySpan<string> classes)
    {
        foreach (var name in classes)
        {
            Add(subject, "rdf:type", Name(name));
        }
    }

    /// <summary>Adds a text in French and English.</summary>
    public void AddText(Iri subject, string predicate, string french, string english)
    {
        Add(subject, predicate, new Literal(french, "fr"));
        Add(subject, predicate, new Literal(english, "en"));
    }

    /// <summary>Writes all statements.</summary>
    public void WriteTo(IQuadSink sink)
    {
        foreach (var statement in _statements)
        {
            sink.Quad(statement.Subject.Encode(), statement.Predicate.Encode(), statement.Object.Encode(), default);
        }
    }
}
