using System.Text;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>The prefixes that make the garden's graphs readable.</summary>
public static class GardenPrefixes
{
    /// <summary>Prefix and namespace, in the order of prefixes.</summary>
    public static IReadOnlyList<(string Prefix, string Iri)> All { get; } =
    [
        ("dcterms", "http://purl.org/dc/terms/"),
        ("edtf", "http://id.loc.gov/datatypes/edtf/"),
        ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
        ("mxtd", "https://w3id.org/museumxtd/ns#"),
        ("oa", "http://www.w3.org/ns/oa#"),
        ("owl", "http://www.w3.org/2002/07/owl#"),
        ("prov", "http://www.w3.org/ns/prov#"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    /// <summary>The namespaces by prefix, as writers of RDF want them.</summary>
    public static IReadOnlyDictionary<string, string> ByPrefix { get; } =
        All.ToDictionary(p => p.Prefix, p => p.Iri, StringComparer.Ordinal);

    /// <summary>Declares all prefixes to a sink.</summary>
    public static void WriteTo(IQuadSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        foreach (var (prefix, iri) in All)
        {
            sink.Prefix(Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(iri));
        }
    }
}
