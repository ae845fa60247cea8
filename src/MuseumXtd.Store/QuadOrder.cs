namespace MuseumXtd.Store;

/// <summary>
/// All quads sorted by subject, predicate, object, graph: which graphs hold a triple. Its rows are those of the union in subject order,
/// repeated where several graphs say the same. Graph 0 is the unnamed one.
/// </summary>
internal sealed class QuadOrder
{
    private readonly uint[] _s;
    private readonly uint[] _p;
    private readonly uint[] _o;
    private readonly uint[] _g;

    private QuadOrder(uint[] s, uint[] p, uint[] o, uint[] g)
    {
        _s = s;
        _p = p;
        _o = o;
        _g = g;
    }

    public int Count => _g.Length;

    public static QuadOrder Build(IEnumerable<KeyValuePair<uint, TripleIndex>> graphs)
    {
        var quads = new List<(Triple Triple, uint Graph)>();
        foreach (var (name, index) in graphs)
        {
            quads.AddRange(index.Triples().Select(t => (t, name)));
        }

        quads.Sort(Compare);
        return new QuadOrder(
            [.. quads.Select(q => q.Triple.A)], [.. quads.Select(q => q.Triple.B)], [.. quads.Select(q => q.Triple.C)], [.. quads.Select(q => q.Graph)]);
    }

    /// <summary>The names of the graphs that hold a triple, sorted.</summary>
    public ReadOnlySpan<uint> GraphsOf(Triple triple)
    {
        var start = PlaceOf(triple, 0);
        var end = start;
        while (end < Count && TripleAt(end) == triple)
        {
            end++;
        }

        return _g.AsSpan(start, end - start);
    }

    /// <summary>The distinct triples of the graphs that a choice keeps.</summary>
    public TripleIndex Distinct(Func<uint, bool> keeps)
    {
        var (s, p, o) = (new uint[Count], new uint[Count], new uint[Count]);
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            if (keeps(_g[i]) && (count == 0 || new Triple(s[count - 1], p[count - 1], o[count - 1]) != TripleAt(i)))
            {
                (s[count], p[count], o[count]) = (_s[i], _p[i], _o[i]);
                count++;
            }
        }

        return TripleIndex.FromSorted(s[..count], p[..count], o[..count]);
    }

    /// <summary>This order with quads more and less; those to add are not here, those to remove are.</summary>
    public QuadOrder Apply(List<(Triple Triple, uint Graph)> added, List<(Triple Triple, uint Graph)> removed)
    {
        added.Sort(Compare);
        removed.Sort(Compare);
        var count = Count + added.Count - removed.Count;
        var (s, p, o, g) = (new uint[count], new uint[count], new uint[count], new uint[count]);
        int from = 0, to = 0, add = 0, remove = 0;
        while (add < added.Count || remove < removed.Count)
        {
            var takeAdd = remove == removed.Count || (add < added.Count && Compare(added[add], removed[remove]) < 0);
            var (triple, graph) = takeAdd ? added[add] : removed[remove];
            var at = PlaceOf(triple, graph);
            Copy(at - from);
            if (takeAdd)
            {
                (s[to], p[to], o[to], g[to]) = (triple.A, triple.B, triple.C, graph);
                to++;
                add++;
            }
            else
            {
                from++;
                remove++;
            }
        }

        Copy(Count - from);
        return new QuadOrder(s, p, o, g);

        void Copy(int length)
        {
            Array.Copy(_s, from, s, to, length);
            Array.Copy(_p, from, p, to, length);
            Array.Copy(_o, from, o, to, length);
            Array.Copy(_g, from, g, to, length);
            from += length;
            to += length;
        }
    }

    private static int Compare((Triple Triple, uint Graph) x, (Triple Triple, uint Graph) y)
    {
        var order = x.Triple.CompareTo(y.Triple);
        return order == 0 ? x.Graph.CompareTo(y.Graph) : order;
    }

    private Triple TripleAt(int row) => new(_s[row], _p[row], _o[row]);

    private int PlaceOf(Triple triple, uint graph)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (Compare((TripleAt(middle), _g[middle]), (triple, graph)) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
