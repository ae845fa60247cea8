namespace MuseumXtd.Store;

/// <summary>
/// What a transaction does to one graph, in the order of the calls. A removal after additions is kept with how many of them it came after,
/// and takes effect on those only.
/// </summary>
internal sealed class GraphChange(Action<long>? room)
{
    private readonly TripleBuffer _added = new(room);
    private Dictionary<Triple, int>? _removed;

    /// <summary>Whether the graph was emptied first.</summary>
    public bool IsCleared { get; private set; }

    /// <summary>Whether the graph is to stay even when it is empty.</summary>
    public bool IsCreated { get; private set; }

    /// <summary>How many additions and removals, with those that change nothing.</summary>
    public int Count => _added.Count + RemovalCount;

    public int RemovalCount => _removed?.Count ?? 0;

    public void Add(Triple triple) => _added.Add(triple);

    public void Remove(Triple triple) => (_removed ??= [])[triple] = _added.Count;

    public void Create() => IsCreated = true;

    public void Clear()
    {
        IsCleared = true;
        IsCreated = false;
        _removed = null;
        _added.Clear();
    }

    /// <summary>The graph after the change, and by which triples it differs.</summary>
    public GraphDelta ApplyTo(uint name, TripleIndex old)
    {
        // A sort needs its rows twice, and then come two columns and a directory; what differs is looked through in a buffer.
        const int BytesOfBuffer = sizeof(uint) + sizeof(ulong);
        const int BytesOfSort = (2 * (sizeof(uint) + sizeof(ulong))) + (4 * sizeof(uint)) + BytesOfBuffer;
        if (_added.Count >= SortedOrderBuilder.ManyRows)
        {
            room?.Invoke((_added.Count * (long)BytesOfSort) + (IsCleared ? old.Count * (long)BytesOfBuffer : 0));
        }

        var stated = Stated();
        var added = stated.Except(old);
        if (IsCleared)
        {
            var dropped = old.Except(stated);
            return new GraphDelta(name, added.Count == 0 && dropped.Count == 0 ? old : stated, added, dropped);
        }

        var removed = Removed(old, stated);
        return new GraphDelta(name, old.Apply(added, removed), added, removed);
    }

    /// <summary>What was added and not removed afterwards.</summary>
    private TripleIndex Stated()
    {
        if (_removed is null)
        {
            return _added.ToIndex();
        }

        var kept = new TripleBuffer();
        foreach (var (place, triple) in _added.Enumerate())
        {
            if (!_removed.TryGetValue(triple, out var removedAfter) || place >= removedAfter)
            {
                kept.Add(triple);
            }
        }

        return kept.ToIndex();
    }

    private TripleIndex Removed(TripleIndex old, TripleIndex stated)
    {
        var removed = new TripleBuffer();
        foreach (var triple in _removed?.Keys ?? Enumerable.Empty<Triple>())
        {
            if (old.Contains(triple) && !stated.Contains(triple))
            {
                removed.Add(triple);
            }
        }

        return removed.ToIndex();
    }
}
