namespace MuseumXtd.Store;

/// <summary>
/// An immutable set of triples in all six sorted orders. Each order is a directory over the distinct terms in first
/// position, with two columns behind it; so the count for any prefix is exact and costs at most two binary searches.
/// </summary>
/// <remarks>
/// Subject-predicate-object order is always there; the others are made when they are first asked for, each from another by one stable
/// sort on one column. Small graphs that are read only through a union never make them.
/// </remarks>
public sealed class TripleIndex
{
    private readonly SortedOrder?[] _orders = new SortedOrder?[6];
    private readonly Lock _making = new();

    private TripleIndex(SortedOrder spo) => _orders[(int)TripleOrder.Spo] = spo;

    /// <summary>The empty index.</summary>
    public static TripleIndex Empty { get; } = new(SortedOrder.FromColumns([], [], [], null));

    /// <summary>How many triples.</summary>
    public int Count => _orders[0]!.Count;

    /// <summary>The distinct terms in first position of an order, sorted by id.</summary>
    public ReadOnlySpan<uint> Keys(TripleOrder order) => In(order).Keys;

    /// <summary>Where the triples of each key begin in the columns of <see cref="All"/>; one entry more than keys.</summary>
    public ReadOnlySpan<int> Starts(TripleOrder order) => In(order).Starts;

    /// <summary>All triples in an order: the second and third columns; <see cref="Starts"/> tells which rows belong to which key.</summary>
    public TripleRange All(TripleOrder order) => In(order).All;

    /// <summary>The triples with one term given.</summary>
    public TripleRange Range(TripleOrder order, TermId first) => In(order).Range(first.Value);

    /// <summary>The triples with two terms given.</summary>
    public TripleRange Range(TripleOrder order, TermId first, TermId second) => In(order).Range(first.Value, second.Value);

    /// <summary>Whether the triple is there.</summary>
    public bool Contains(TermId subject, TermId predicate, TermId @object) =>
        In(TripleOrder.Spo).Contains(subject.Value, predicate.Value, @object.Value);

    /// <summary>How many triples match exactly; an unbound term matches any.</summary>
    public int CountMatches(TermId subject, TermId predicate, TermId @object) =>
        (subject.IsBound, predicate.IsBound, @object.IsBound) switch
        {
            (false, false, false) => Count,
            (true, false, false) => Length(In(TripleOrder.Spo).Rows(subject.Value)),
            (false, true, false) => Length(In(TripleOrder.Pso).Rows(predicate.Value)),
            (false, false, true) => Length(In(TripleOrder.Osp).Rows(@object.Value)),
            (true, true, false) => Length(In(TripleOrder.Spo).Rows(subject.Value, predicate.Value)),
            (true, false, true) => Length(In(TripleOrder.Sop).Rows(subject.Value, @object.Value)),
            (false, true, true) => Length(In(TripleOrder.Pos).Rows(predicate.Value, @object.Value)),
            _ => Contains(subject, predicate, @object) ? 1 : 0,
        };

    /// <summary>How many distinct terms stand in second position after <paramref name="first"/>: for (Pso, p) the distinct subjects of p.</summary>
    public int CountDistinctSecond(TripleOrder order, TermId first) => In(order).CountDistinctSecond(first.Value);

    /// <summary>An index of triples in any order, repeated or not. The columns are used up.</summary>
    internal static TripleIndex Build(uint[] s, uint[] p, uint[] o, int count)
    {
        var (s2, p2, o2) = (new uint[count], new uint[count], new uint[count]);
        RadixSort.ByKey(ref o, ref s, ref p, ref o2, ref s2, ref p2, count);
        RadixSort.ByKey(ref p, ref s, ref o, ref p2, ref s2, ref o2, count);
        RadixSort.ByKey(ref s, ref p, ref o, ref s2, ref p2, ref o2, count);
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (kept == 0 || s[i] != s[kept - 1] || p[i] != p[kept - 1] || o[i] != o[kept - 1])
            {
                (s[kept], p[kept], o[kept]) = (s[i], p[i], o[i]);
                kept++;
            }
        }

        return FromSorted(Trim(s, kept), Trim(p, kept), Trim(o, kept));
    }

    /// <summary>An index of triples that are sorted by subject, predicate and object, each once. It keeps the columns.</summary>
    internal static TripleIndex FromSorted(uint[] s, uint[] p, uint[] o) => new(SortedOrder.FromColumns(s, p, o, null));

    /// <summary>This index with some triples more and some less; those to add are not here, those to remove are.</summary>
    internal TripleIndex Apply(List<Triple> added, List<Triple> removed)
    {
        if (added.Count == 0 && removed.Count == 0)
        {
            return this;
        }

        var next = new TripleIndex(Applied(TripleOrder.Spo, null));
        foreach (var order in (ReadOnlySpan<TripleOrder>)[TripleOrder.Sop, TripleOrder.Pso, TripleOrder.Pos, TripleOrder.Osp, TripleOrder.Ops])
        {
            if (_orders[(int)order] is not null)
            {
                next._orders[(int)order] = Applied(order, next._orders[(int)Sibling(order)]);
            }
        }

        return next;

        SortedOrder Applied(TripleOrder order, SortedOrder? sameFirst)
        {
            var adds = added.Select(t => t.In(order)).ToArray();
            var removes = removed.Select(t => t.In(order)).ToArray();
            Array.Sort(adds);
            Array.Sort(removes);
            return _orders[(int)order]!.Apply(adds, removes, sameFirst);
        }
    }

    /// <summary>Makes all orders now, rather than in the first query that needs them.</summary>
    internal void MakeAllOrders()
    {
        for (var order = TripleOrder.Spo; order <= TripleOrder.Ops; order++)
        {
            In(order);
        }
    }

    /// <summary>All triples as subject, predicate, object.</summary>
    internal IEnumerable<Triple> Triples()
    {
        var spo = _orders[0]!;
        for (var key = 0; key < spo.Keys.Length; key++)
        {
            for (var row = spo.Starts[key]; row < spo.Starts[key + 1]; row++)
            {
                yield return new Triple(spo.Keys[key], spo.All.Second[row], spo.All.Third[row]);
            }
        }
    }

    private static int Length((int Start, int End) rows) => rows.End - rows.Start;

    private static uint[] Trim(uint[] column, int count) => column.Length == count ? column : column[..count];

    private static TripleOrder Sibling(TripleOrder order) => order switch
    {
        TripleOrder.Spo => TripleOrder.Sop,
        TripleOrder.Sop => TripleOrder.Spo,
        TripleOrder.Pso => TripleOrder.Pos,
        TripleOrder.Pos => TripleOrder.Pso,
        TripleOrder.Osp => TripleOrder.Ops,
        _ => TripleOrder.Osp,
    };

    private SortedOrder In(TripleOrder order) => Volatile.Read(ref _orders[(int)order]) ?? Make(order);

    private SortedOrder Make(TripleOrder order)
    {
        lock (_making)
        {
            if (_orders[(int)order] is { } made)
            {
                return made;
            }

            // A stable sort on the last column of one order gives the order that begins with that column.
            var source = order switch
            {
                TripleOrder.Osp => TripleOrder.Spo,
                TripleOrder.Pos => TripleOrder.Osp,
                TripleOrder.Pso => TripleOrder.Sop,
                TripleOrder.Sop => TripleOrder.Ops,
                _ => TripleOrder.Pso,
            };
            if (order == TripleOrder.Sop)
            {
                // Ops itself comes from Pso, which comes from Sop: the one order that is sorted from scratch, on two columns.
                return _orders[(int)order] = SwapTails(_orders[(int)TripleOrder.Spo]!);
            }

            var from = In(source);
            var second = from.ExpandFirst();
            var third = from.All.Second.ToArray();
            var first = from.All.Third.ToArray();
            var (firstScratch, secondScratch, thirdScratch) = (new uint[first.Length], new uint[first.Length], new uint[first.Length]);
            RadixSort.ByKey(ref first, ref second, ref third, ref firstScratch, ref secondScratch, ref thirdScratch, first.Length);
            var sorted = SortedOrder.FromColumns(first, second, third, _orders[(int)Sibling(order)]);
            Volatile.Write(ref _orders[(int)order], sorted);
            return sorted;
        }
    }

    /// <summary>Sorts the rows of each key by the third column instead of the second.</summary>
    private static SortedOrder SwapTails(SortedOrder order)
    {
        var second = order.All.Third.ToArray();
        var third = order.All.Second.ToArray();
        for (var key = 0; key < order.Keys.Length; key++)
        {
            var (start, end) = (order.Starts[key], order.Starts[key + 1]);
            if (end - start > 1)
            {
                SortPairs(second.AsSpan(start, end - start), third.AsSpan(start, end - start));
            }
        }

        return SortedOrder.FromColumns([], second, third, order);
    }

    /// <summary>Sorts by the first column; the second is sorted already where the first is equal, and stays so.</summary>
    private static void SortPairs(Span<uint> first, Span<uint> second)
    {
        if (first.Length > 32)
        {
            var pairs = new ulong[first.Length];
            for (var i = 0; i < pairs.Length; i++)
            {
                pairs[i] = ((ulong)first[i] << 32) | second[i];
            }

            Array.Sort(pairs);
            for (var i = 0; i < pairs.Length; i++)
            {
                (first[i], second[i]) = ((uint)(pairs[i] >> 32), (uint)pairs[i]);
            }

            return;
        }

        for (var i = 1; i < first.Length; i++)
        {
            var (a, b) = (first[i], second[i]);
            var at = i;
            for (; at > 0 && first[at - 1] > a; at--)
            {
                (first[at], second[at]) = (first[at - 1], second[at - 1]);
            }

            (first[at], second[at]) = (a, b);
        }
    }
}
