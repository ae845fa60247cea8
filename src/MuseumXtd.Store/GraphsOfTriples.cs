namespace MuseumXtd.Store;

/// <summary>Which graphs hold a triple: all quads in order, with some more and some less that are kept beside them until they are many.</summary>
internal sealed class GraphsOfTriples
{
    private readonly QuadOrder _base;
    private readonly QuadOrder _added;
    private readonly QuadOrder _removed;

    private GraphsOfTriples(QuadOrder @base, QuadOrder added, QuadOrder removed)
    {
        _base = @base;
        _added = added;
        _removed = removed;
    }

    public static GraphsOfTriples Build(IReadOnlyCollection<KeyValuePair<uint, TripleIndex>> graphs) =>
        new(QuadOrder.Build(graphs), QuadOrder.Empty, QuadOrder.Empty);

    public static GraphsOfTriples Of(QuadOrder quads) => new(quads, QuadOrder.Empty, QuadOrder.Empty);

    /// <summary>All quads as one order.</summary>
    public QuadOrder ToOrder() => _added.Count + _removed.Count == 0 ? _base : _base.Apply(_added, _removed);

    /// <summary>The names of the graphs that hold a triple, sorted; 0 is the unnamed one.</summary>
    public ReadOnlySpan<uint> Of(Triple triple)
    {
        var graphs = _base.GraphsOf(triple);
        var added = _added.GraphsOf(triple);
        var removed = _removed.GraphsOf(triple);
        if (added.IsEmpty && removed.IsEmpty)
        {
            return graphs;
        }

        var names = new SortedSet<uint>([.. graphs, .. added]);
        names.ExceptWith(removed.ToArray());
        return names.ToArray();
    }

    /// <summary>Whether so many changes are only kept beside all quads, or copied with them in a moment.</summary>
    public bool TakesInAMoment(int changes) =>
        _base.Count <= IndexLayer.SmallBase || IndexLayer.PaysFor(_base.Count, _added.Count + _removed.Count + changes);

    /// <summary>The same after quads were added, which are not here, and removed, which are.</summary>
    public GraphsOfTriples Apply(QuadOrder added, QuadOrder removed)
    {
        // What is added again was only marked as removed, and the reverse.
        var allAdded = _added.Apply(added.Where(_removed, has: false), removed.Where(_added, has: true));
        var allRemoved = _removed.Apply(removed.Where(_added, has: false), added.Where(_removed, has: true));
        return IndexLayer.PaysFor(_base.Count, allAdded.Count + allRemoved.Count)
            ? new GraphsOfTriples(_base, allAdded, allRemoved)
            : new GraphsOfTriples(_base.Apply(allAdded, allRemoved), QuadOrder.Empty, QuadOrder.Empty);
    }
}
