using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Projection;

/// <summary>Names of the vocabulary and of the few others that the projection uses.</summary>
internal static class Mxtd
{
    public const string Namespace = "https://w3id.org/museumxtd/ns#";
    public const string Concepts = "https://w3id.org/museumxtd/";

    public static readonly Iri Type = Rdf.Vocabulary.RdfNames.Type;
    public static readonly Iri Label = new("http://www.w3.org/2000/01/rdf-schema#label");
    public static readonly Iri Edtf = new("http://id.loc.gov/datatypes/edtf/EDTF");
    public static readonly Iri HasBody = new("http://www.w3.org/ns/oa#hasBody");
    public static readonly Iri Deprecated = new("http://www.w3.org/2002/07/owl#deprecated");
    public static readonly Iri IsReplacedBy = new("http://purl.org/dc/terms/isReplacedBy");

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Iri> Names = new(StringComparer.Ordinal);

    /// <summary>A name of the vocabulary.</summary>
    public static Iri Name(string local) => Names.GetOrAdd(local, static l => new Iri(Namespace + l));

    /// <summary>A concept of one of our schemes.</summary>
    public static Iri Concept(string scheme, string slug) => new($"{Concepts}{scheme}/{slug}");
}
