namespace MuseumXtd.Store;

/// <summary>
/// What a transaction does to one graph, in the order of the calls. Additions are columns, as bulk loading wants them; a removal after
/// additions is kept with how many of them it came after, and takes effect on those only.
/// </summary>
internal sealed class GraphChange
{
    private readonly List<Triple> _added = [];
    private Dictionary<Triple, int>? _removed;
    private bool _cleared;

    public void Add(Triple triple) => _added.Add(triple);

    public void Remove(Triple triple) => (_removed ??= [])[triple] = _added.Count;

    public void Clear()
    {
        _cleared = true;
        _removed = null;
        _added.Clear();
    }

    /// <summary>The graph after the change, and by which triples it differs.</summary>
    public TripleIndex ApplyTo(TripleIndex old, out List<Triple> added, out List<Triple> removed)
    {
        added = [];
        removed = [];
        var fresh = BuildAdded();
        if (old.Count == 0)
        {
            added.AddRange(fresh.Triples());
            return fresh;
        }

        foreach (var triple in fresh.Triples())
        {
            if (!Contains(old, triple))
            {
                added.Add(triple);
            }
        }

        if (_cleared)
        {
            removed.AddRange(old.Triples().Where(t => !Contains(fresh, t)));
            return added.Count == 0 && removed.Count == 0 ? old : fresh;
        }

        if (_removed is not null)
        {
            removed.AddRange(_removed.Keys.Where(t => Contains(old, t) && !Contains(fresh, t)));
        }

        return old.Apply(added, removed);
    }

    private static bool Contains(TripleIndex index, Triple triple) =>
        index.Contains(new TermId(triple.A), new TermId(triple.B), new TermId(triple.C));

    private TripleIndex BuildAdded()
    {
        var (s, p, o) = (new uint[_added.Count], new uint[_added.Count], new uint[_added.Count]);
        var count = 0;
        for (var i = 0; i < _added.Count; i++)
        {
            var triple = _added[i];
            if (_removed is null || !_removed.TryGetValue(triple, out var removedAfter) || i >= removedAfter)
            {
                (s[count], p[count], o[count]) = (triple.A, triple.B, triple.C);
                count++;
            }
        }

        return TripleIndex.Build(s, p, o, count);
    }
}
