namespace MuseumXtd.Store;

/// <summary>A graph as a transaction leaves it, and by which triples it differs from before.</summary>
internal sealed record GraphDelta(uint Graph, TripleIndex Index, TripleIndex Added, TripleIndex Removed)
{
    /// <summary>Whether the graph is there without triples.</summary>
    public bool StaysEmpty { get; init; }

    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0;
}
