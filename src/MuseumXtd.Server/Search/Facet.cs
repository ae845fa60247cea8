using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Server.Search;

/// <summary>A property by whose values hits are counted and can be narrowed.</summary>
/// <param name="Name">Its name in addresses and answers.</param>
/// <param name="Property">The property.</param>
internal sealed record Facet(string Name, Iri Property)
{
    /// <summary>All facets, in the order in which they are shown.</summary>
    public static IReadOnlyList<Facet> All { get; } =
    [
        new("type", RdfNames.Type),
        new("kind", new Iri("https://w3id.org/museumxtd/ns#kind")),
        new("place", new Iri("https://w3id.org/museumxtd/ns#place")),
        new("status", new Iri("https://w3id.org/museumxtd/ns#status")),
    ];
}
