using MuseumXtd.Rdf;

namespace MuseumXtd.Store;

/// <summary>How a store is set up.</summary>
public sealed record StoreOptions
{
    /// <summary>The defaults.</summary>
    public static StoreOptions Default { get; } = new();

    /// <summary>Named graphs that are only found by their name, never in the union: annotations about statements, for example.</summary>
    public IReadOnlySet<Iri> OutsideUnion { get; init; } = new HashSet<Iri>();

    /// <summary>How many terms of earlier states the dictionary keeps at least, before they are let go where they are a third of all.</summary>
    public int LeastUnusedTerms { get; init; } = 1 << 14;
}
