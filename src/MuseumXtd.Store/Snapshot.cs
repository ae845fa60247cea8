namespace MuseumXtd.Store;

/// <summary>
/// An immutable state of the dataset. Whoever holds it reads it without locks for as long as needed, whatever is written
/// meanwhile.
/// </summary>
public sealed class Snapshot
{
    /// <summary>Counts the states published since the store began, from 0 for the empty one.</summary>
    public long Generation => throw new NotImplementedException();

    /// <summary>A hash of the set of quads, independent of their order and of ids: the same data, the same hash.</summary>
    public UInt128 ContentHash => throw new NotImplementedException();

    /// <summary>The terms.</summary>
    public TermDictionary Dictionary => throw new NotImplementedException();

    /// <summary>The unnamed graph of the dataset.</summary>
    public TripleIndex DefaultGraph => throw new NotImplementedException();

    /// <summary>
    /// The union of the unnamed and all named graphs, each triple once; graphs that <see cref="StoreOptions.OutsideUnion"/>
    /// names are left out.
    /// </summary>
    public TripleIndex Union => throw new NotImplementedException();

    /// <summary>The names of the named graphs, sorted by id; a graph without triples has no name here.</summary>
    public ReadOnlySpan<uint> GraphNames => throw new NotImplementedException();

    /// <summary>How many quads.</summary>
    public long QuadCount => throw new NotImplementedException();

    /// <summary>The triples of a named graph.</summary>
    public bool TryGetGraph(TermId name, out TripleIndex graph) => throw new NotImplementedException();

    /// <summary>The merge of some graphs, each triple once; <see cref="TermId.Unbound"/> stands for the unnamed graph. Kept for the next caller.</summary>
    public TripleIndex Merge(ReadOnlySpan<TermId> graphs) => throw new NotImplementedException();

    /// <summary>The names of the named graphs that hold a triple, sorted by id; the span is valid as long as the snapshot.</summary>
    public ReadOnlySpan<uint> GraphsOf(TermId subject, TermId predicate, TermId @object) => throw new NotImplementedException();

    /// <summary>
    /// The triples of all named graphs together, each once, to scan before <see cref="GraphsOf"/> for patterns in a variable graph.
    /// </summary>
    public TripleIndex NamedGraphs => throw new NotImplementedException();
}
