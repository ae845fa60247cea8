using MuseumXtd.Store.Memory;

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
    // Two columns, and beside them what a sort needs, with its rows twice.
    private const int BytesOfRow = 8;
    private const int BytesOfSort = BytesOfRow + 24;

    private readonly SortedOrder?[] _orders;
    private Lock[]? _making;
    private IndexLayer? _layer;
    private Action<long>? _room;

    private TripleIndex(SortedOrder?[] orders)
    {
        _orders = orders;
        Count = orders[(int)TripleOrder.Spo]!.Count;
    }

    private TripleIndex(IndexLayer layer)
    {
        _orders = new SortedOrder?[6];
        _layer = layer;
        Count = layer.Count;
    }

    /// <summary>The empty index.</summary>
    public static TripleIndex Empty { get; } = new([SortedOrder.Empty, null, null, null, null, null]);

    /// <summary>How many triples.</summary>
    public int Count { get; }

    /// <summary>
    /// Whether an order is there as one: <see cref="All"/>, <see cref="Keys"/> and <see cref="Starts"/> then cost nothing. After a small change
    /// they put the whole order together anew; <see cref="NextKey"/> and <see cref="Range(TripleOrder, TermId)"/> do not.
    /// </summary>
    public bool IsMerged(TripleOrder order) => LayerOver(order) is null;

    /// <summary>The first term, from a given one on, that stands in first position of an order; unbound behind the last.</summary>
    public TermId NextKey(TripleOrder order, TermId from) =>
        LayerOver(order) is { } layer ? layer.NextKey(order, from) : In(order).NextKey(from);

    /// <summary>How many distinct terms stand in first position of an order.</summary>
    public int CountKeys(TripleOrder order) => LayerOver(order) is { } layer ? layer.CountKeys(order) : In(order).Directory.Keys.Length;

    /// <summary>The distinct terms in first position of an order, sorted by id.</summary>
    public ReadOnlySpan<uint> Keys(TripleOrder order) => In(order).Directory.Keys;

    /// <summary>Where the triples of each key begin in the columns of <see cref="All"/>; one entry more than keys.</summary>
    public ReadOnlySpan<int> Starts(TripleOrder order) => In(order).Directory.Starts;

    /// <summary>All triples in an order: the second and third columns; <see cref="Starts"/> tells which rows belong to which key.</summary>
    public TripleRange All(TripleOrder order) => In(order).All;

    /// <summary>The triples with one term given.</summary>
    public TripleRange Range(TripleOrder order, TermId first) =>
        Made(order) is { } made ? made.Range(first.Value) : RangeWithoutOrder(order, first);

    /// <summary>The triples with two terms given.</summary>
    public TripleRange Range(TripleOrder order, TermId first, TermId second) =>
        Made(order) is { } made ? made.Range(first.Value, second.Value) : RangeWithoutOrder(order, first, second);

    /// <summary>
    /// The first triples with one term given, or two where the second is bound: all of them, or so many at least. Of an index that has just been
    /// changed, whoever may be content with a few asks for these, since the range would be merged as a whole.
    /// </summary>
    public TripleRange Prefix(TripleOrder order, TermId first, TermId second, int rows) =>
        LayerOver(order) is { } layer ? layer.Prefix(order, first, second, rows)
        : second.IsBound ? Range(order, first, second) : Range(order, first);

    /// <summary>Whether the triple is there.</summary>
    public bool Contains(TermId subject, TermId predicate, TermId @object) =>
        Contains(new Triple(subject.Value, predicate.Value, @object.Value));

    /// <summary>How many triples match exactly; an unbound term matches any.</summary>
    public int CountMatches(TermId subject, TermId predicate, TermId @object) =>
        (subject.IsBound, predicate.IsBound, @object.IsBound) switch
        {
            (false, false, false) => Count,
            (true, false, false) => CountRows(TripleOrder.Spo, subject),
            (false, true, false) => CountRows(TripleOrder.Pso, predicate),
            (false, false, true) => CountRows(TripleOrder.Osp, @object),
            (true, true, false) => CountRows(TripleOrder.Spo, subject, predicate),
            (true, false, true) => CountRows(TripleOrder.Sop, subject, @object),
            (false, true, true) => CountRows(TripleOrder.Pos, predicate, @object),
            _ => Contains(subject, predicate, @object) ? 1 : 0,
        };

    /// <summary>
    /// This index or, where small changes are kept beside a large one, that one: what is counted of it is nearly true of this, and stays known from
    /// one change to the next.
    /// </summary>
    public TripleIndex Settled => Volatile.Read(ref _layer)?.Base ?? this;

    /// <summary>Called before an order of many triples is made or merged, with how many bytes that takes; see <see cref="QuadStore.Room"/>.</summary>
    internal Action<long>? Room
    {
        set
        {
            // The empty index belongs to every store.
            if (Count > 0 && !ReferenceEquals(Volatile.Read(ref _room), value))
            {
                Volatile.Write(ref _room, value);
                if (Volatile.Read(ref _layer) is { } layer)
                {
                    layer.Base.Room = value;
                }
            }
        }
    }

    /// <summary>What small changes are kept beside, and these changes; null where all is in one.</summary>
    internal (TripleIndex Base, TripleIndex Added, TripleIndex Removed)? Parts =>
        Volatile.Read(ref _layer) is { } layer ? (layer.Base, layer.Added, layer.Removed) : null;

    /// <summary>Two terms between which those in second position after <paramref name="first"/> lie; false where there are none.</summary>
    public bool TryGetBounds(TripleOrder order, TermId first, out TermId least, out TermId greatest)
    {
        if (LayerOver(order) is { } layer)
        {
            return layer.TryGetBounds(order, first, out least, out greatest);
        }

        var second = Range(order, first).Second;
        (least, greatest) = second.IsEmpty ? default : (new TermId(second[0]), new TermId(second[^1]));
        return !second.IsEmpty;
    }

    /// <summary>How many distinct terms stand in second position after <paramref name="first"/>: for (Pso, p) the distinct subjects of p.</summary>
    public int CountDistinctSecond(TripleOrder order, TermId first) =>
        LayerOver(order) is { } layer ? layer.CountDistinctSecond(order, first) : In(order).CountDistinctSecond(first.Value);

    /// <summary>
    /// An index of triples in any order, repeated or not: subjects, and predicate and object as a <see cref="Pair"/>. The arrays are used up.
    /// </summary>
    internal static TripleIndex Build(uint[] subjects, ulong[] tails, int count) =>
        count == 0 ? Empty : new([SortedOrderBuilder.FromTriples(subjects, tails, count), null, null, null, null, null]);

    /// <summary>The same of many triples: subjects as keys, pairs as rows.</summary>
    internal static TripleIndex Build(SortScratch triples) => new([SortedOrderBuilder.FromTriples(triples), null, null, null, null, null]);

    /// <summary>An index of orders that were made before; subject-predicate-object order is among them.</summary>
    internal static TripleIndex Of(SortedOrder?[] orders) => new(orders);

    /// <summary>All triples of some indexes, each once.</summary>
    internal static TripleIndex Gather(IReadOnlyCollection<TripleIndex> indexes)
    {
        if (indexes.Count == 0)
        {
            return Empty;
        }

        // Where one index is most of the whole, its orders are kept and the rest is merged into them.
        var largest = indexes.MaxBy(i => i.Count)!;
        var rest = indexes.Where(i => i != largest).ToList();
        var restCount = rest.Sum(i => (long)i.Count);
        if (restCount == 0)
        {
            return largest;
        }

        if (restCount < largest.Count / 2)
        {
            return largest.Apply(Gather(rest).Except(largest), Empty);
        }

        var triples = new TripleBuffer();
        foreach (var index in indexes)
        {
            triples.AddAll(index);
        }

        return triples.ToIndex();
    }

    /// <summary>This index with some triples more and some less; those to add are not here, those to remove are.</summary>
    /// <param name="added">Triples that are not here.</param>
    /// <param name="removed">Triples that are here.</param>
    /// <param name="isOfLayer">Whether this is what a layer keeps beside its base, which changes all the time: a layer then pays sooner.</param>
    internal TripleIndex Apply(TripleIndex added, TripleIndex removed, bool isOfLayer = false)
    {
        if (added.Count == 0 && removed.Count == 0)
        {
            return this;
        }

        if (Count == 0)
        {
            return added;
        }

        if (Volatile.Read(ref _layer) is not { } layer)
        {
            return IndexLayer.IsWorthwhile(Count, added.Count + removed.Count, isOfLayer)
                ? new TripleIndex(new IndexLayer(this, added, removed, isOfLayer).Settled())
                : Merge(added, removed);
        }

        layer = layer.Then(added, removed);
        return layer.IsStillWorthwhile ? new TripleIndex(layer.Settled()) : layer.Flatten();
    }

    /// <summary>The same, merged at once in all orders that are made. This index has no layer.</summary>
    /// <param name="added">Triples that are not here.</param>
    /// <param name="removed">Triples that are here.</param>
    /// <param name="inParallel">Whether other cores may help; not where others are to have them.</param>
    internal TripleIndex Merge(TripleIndex added, TripleIndex removed, bool inParallel = true)
    {
        // What shrinks always may, or nothing could be deleted where no room is left.
        if (Count >= SortedOrderBuilder.ManyRows && added.Count > removed.Count)
        {
            Volatile.Read(ref _room)?.Invoke((long)Count * BytesOfRow * _orders.Count(o => o is not null));
        }

        var orders = new SortedOrder?[_orders.Length];
        InParallel(
            inParallel,
            () => Change(TripleOrder.Spo),
            () => Change(TripleOrder.Pso),
            () => Change(TripleOrder.Osp));
        InParallel(
            inParallel,
            () => Change(TripleOrder.Sop),
            () => Change(TripleOrder.Pos),
            () => Change(TripleOrder.Ops));
        return new TripleIndex(orders);

        void Change(TripleOrder order)
        {
            if (Made(order) is { } before)
            {
                orders[(int)order] = before.Apply(added.In(order), removed.In(order), orders[(int)Sibling(order)]);
            }
        }
    }

    /// <summary>Whether so many changes are kept beside this index, or copied with it in a moment: <see cref="Apply"/> then merges nothing large.</summary>
    internal bool TakesInAMoment(int changes)
    {
        return Volatile.Read(ref _layer) is { } layer
            ? layer.TakesInAMoment(changes)
            : Count <= IndexLayer.SmallBase || IndexLayer.IsWorthwhile(Count, changes, isOfLayer: false);
    }

    /// <summary>The triples that another index does not have.</summary>
    internal TripleIndex Except(TripleIndex other, bool isOfLayer = false)
    {
        // Of many triples those few are looked for that might be here.
        const int Many = 8;
        return other.Count == 0 || Count == 0 ? this
            : other.Count < Count / Many ? Apply(Empty, other.Where(Contains), isOfLayer)
            : Where(t => !other.Contains(t));
    }

    /// <summary>The triples that pass a test.</summary>
    internal TripleIndex Where(Func<Triple, bool> test)
    {
        var kept = new TripleBuffer();
        foreach (var triple in Triples)
        {
            if (test(triple))
            {
                kept.Add(triple);
            }
        }

        return kept.Count == Count ? this : kept.ToIndex();
    }

    internal bool Contains(Triple triple) => LayerOver(TripleOrder.Spo) is { } layer ? layer.Contains(triple) : Triples.Contains(triple);

    /// <summary>An order, if it is made.</summary>
    internal SortedOrder? Made(TripleOrder order) => Volatile.Read(ref _orders[(int)order]);

    /// <summary>Whether somebody has asked for an order, of this or of what small changes are kept beside.</summary>
    internal bool IsAsked(TripleOrder order) => Made(order) is not null || Settled.Made(order) is not null;

    /// <summary>An order as one, which is not kept here where it is put together for that.</summary>
    internal SortedOrder Whole(TripleOrder order) => Made(order) ?? Volatile.Read(ref _layer)?.Merge(order, null) ?? In(order);

    /// <summary>Makes all orders now, rather than in the first query that needs them.</summary>
    internal void MakeAllOrders()
    {
        if (Volatile.Read(ref _layer) is { } layer)
        {
            // Ranges are merged with those of the base as they are asked for.
            layer.Base.MakeAllOrders();
            return;
        }

        InParallel(true, () => In(TripleOrder.Osp), () => In(TripleOrder.Pso));
        InParallel(true, () => In(TripleOrder.Pos), () => In(TripleOrder.Ops), () => In(TripleOrder.Sop));
    }

    /// <summary>All triples as subject, predicate, object, sorted.</summary>
    internal SortedOrder Triples => In(TripleOrder.Spo);

    /// <summary>Threads pay only for large indexes.</summary>
    private void InParallel(bool isWanted, params Action[] steps)
    {
        const int Large = 1 << 17;
        if (isWanted && Count >= Large)
        {
            Parallel.Invoke(steps);
            return;
        }

        foreach (var step in steps)
        {
            step();
        }
    }

    /// <summary>The layer that answers for an order which is not merged yet.</summary>
    private IndexLayer? LayerOver(TripleOrder order) => Made(order) is null ? Volatile.Read(ref _layer) : null;

    private TripleRange RangeWithoutOrder(TripleOrder order, TermId first) =>
        LayerOver(order) is { } layer ? layer.Range(order, first) : In(order).Range(first.Value);

    private TripleRange RangeWithoutOrder(TripleOrder order, TermId first, TermId second) =>
        LayerOver(order) is { } layer ? layer.Range(order, first, second) : In(order).Range(first.Value, second.Value);

    /// <summary>How many triples have one term given; nothing is merged to tell.</summary>
    internal int CountRows(TripleOrder order, TermId first) =>
        LayerOver(order) is { } layer ? layer.CountRows(order, first) : In(order).Range(first.Value).Count;

    /// <summary>How many triples have two terms given.</summary>
    internal int CountRows(TripleOrder order, TermId first, TermId second) =>
        LayerOver(order) is { } layer ? layer.CountRows(order, first, second) : In(order).Range(first.Value, second.Value).Count;

    /// <summary>The order with the same first position.</summary>
    internal static TripleOrder Sibling(TripleOrder order) => order switch
    {
        TripleOrder.Spo => TripleOrder.Sop,
        TripleOrder.Sop => TripleOrder.Spo,
        TripleOrder.Pso => TripleOrder.Pos,
        TripleOrder.Pos => TripleOrder.Pso,
        TripleOrder.Osp => TripleOrder.Ops,
        _ => TripleOrder.Osp,
    };

    internal SortedOrder In(TripleOrder order) => Made(order) ?? Make(order);

    private SortedOrder Make(TripleOrder order)
    {
        if (Count == 0)
        {
            return SortedOrder.Empty;
        }

        // A lock an order, so that several can be made at once. No circle: an order waits only for one that waits for none.
        var making = LazyInitializer.EnsureInitialized(ref _making, static () => [new(), new(), new(), new(), new(), new()]);
        lock (making[(int)order])
        {
            ref var place = ref _orders[(int)order];
            if (place is null)
            {
                if (Count >= SortedOrderBuilder.ManyRows)
                {
                    Volatile.Read(ref _room)?.Invoke((long)Count * BytesOfSort);
                }

                var sibling = Made(Sibling(order));
                Volatile.Write(ref place, Volatile.Read(ref _layer)?.Merge(order, sibling) ?? order switch
                {
                    TripleOrder.Sop => SortedOrderBuilder.SwapTails(Triples),
                    TripleOrder.Pso => SortedOrderBuilder.MiddleToFront(Triples, sibling),
                    TripleOrder.Osp => SortedOrderBuilder.LastToFront(Triples, sibling),
                    TripleOrder.Pos => SortedOrderBuilder.LastToFront(In(TripleOrder.Osp), sibling),
                    _ => SortedOrderBuilder.LastToFront(In(TripleOrder.Pso), sibling),
                });
                if (Volatile.Read(ref _layer)?.IsReplacedBy(_orders) == true)
                {
                    Volatile.Write(ref _layer, null);
                }
            }

            return place!;
        }
    }
}
