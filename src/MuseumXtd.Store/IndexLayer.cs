using System.Collections.Immutable;

namespace MuseumXtd.Store;

/// <summary>
/// A large index with some triples more and some less, which are kept beside it: a small change then costs what it changes, not what is there.
/// Ranges that the change does not touch are those of the base; the others are merged when they are asked for, and long ones kept. The base has no
/// layer itself.
/// </summary>
/// <remarks>
/// The latest changes are kept as they came; when they are many, they join the sorted ones. When those are many, another thread merges them with the
/// base, while readers and writers go on; what is changed meanwhile is then kept beside the new base. So whoever reads looks at no more than three
/// places, and whoever writes never waits for a merge of the whole.
/// </remarks>
internal sealed class IndexLayer
{
    // Beyond, the merge beside is not fast enough for the writers, and they do it themselves.
    private const int MostChanges = 1 << 17;

    /// <summary>An index of so many triples is merged with a few changes in a moment.</summary>
    public const int SmallBase = 1 << 14;

    private readonly TripleIndex _base;
    private readonly TripleIndex _added;
    private readonly TripleIndex _removed;
    private readonly RecentChanges _recent;
    private readonly IndexMerge? _merge;
    private readonly bool _isOfLayer;
    private readonly int[] _keyCounts = [-1, -1, -1, -1, -1, -1];
    private readonly ChangedTerms _changed;
    private readonly MergedRanges _merged;
    private ImmutableDictionary<(TripleOrder Order, uint First), int> _distinct = ImmutableDictionary<(TripleOrder Order, uint First), int>.Empty;
    private IndexLayer? _sorted;

    /// <summary>A layer with many changes, or few.</summary>
    public IndexLayer(TripleIndex @base, TripleIndex added, TripleIndex removed, bool isOfLayer = false)
        : this(@base, TripleIndex.Empty, TripleIndex.Empty, default, null, isOfLayer, new ChangedTerms(@base.Count), new MergedRanges(@base.Count))
    {
        _changed.Add(added);
        _changed.Add(removed);
        if (isOfLayer || !_recent.TryAdd(added, removed, out _recent))
        {
            (_added, _removed) = (added, removed);
        }
    }

    private IndexLayer(
        TripleIndex @base,
        TripleIndex added,
        TripleIndex removed,
        RecentChanges recent,
        IndexMerge? merge,
        bool isOfLayer,
        ChangedTerms changed,
        MergedRanges merged)
    {
        _base = @base;
        _added = added;
        _removed = removed;
        _recent = recent;
        _merge = merge;
        _isOfLayer = isOfLayer;
        _changed = changed;
        _merged = merged;
    }

    /// <summary>What the changes are kept beside.</summary>
    public TripleIndex Base => _base;

    /// <summary>What is added to the base.</summary>
    public TripleIndex Added => Sorted._added;

    /// <summary>What is taken from it.</summary>
    public TripleIndex Removed => Sorted._removed;

    public int Count => _base.Count + _added.Count - _removed.Count + _recent.Sum;

    /// <summary>Whether the changes are still not so many that merging costs less.</summary>
    public bool IsStillWorthwhile => IsWorthwhile(_base.Count, Changes, _isOfLayer);

    private int Changes => _added.Count + _removed.Count + _recent.Count;

    /// <summary>Whether more changes are only put to those that are here: they are not too many, and no merge waits to be taken over.</summary>
    public bool TakesInAMoment(int changes) => _merge?.Result is null && IsWorthwhile(_base.Count, Changes + changes, _isOfLayer);

    /// <summary>Whether looking twice costs less than merging: not for small indexes, and not when many changes have come together.</summary>
    public static bool IsWorthwhile(int baseCount, int changes, bool isOfLayer) =>
        isOfLayer ? PaysOfLayer(baseCount, changes) : MergesBeside(baseCount) ? changes <= MostChanges : PaysFor(baseCount, changes);

    /// <summary>Whether a base of some size is better kept apart from so many changes.</summary>
    public static bool PaysFor(int baseCount, int changes)
    {
        const int ManyChanges = 1 << 12;
        return baseCount >= SmallBase && changes <= Math.Min(ManyChanges, baseCount / 16);
    }

    /// <summary>Whether that which a layer keeps is better kept in two parts: the latest changes then join the small one, which joins the large one now and then.</summary>
    private static bool PaysOfLayer(int baseCount, int changes) => baseCount >= 1 << 12 && changes <= baseCount / 8;

    /// <summary>This layer after another change. What is added again was only marked as removed, and the reverse.</summary>
    public IndexLayer Then(TripleIndex added, TripleIndex removed)
    {
        _changed.Add(added);
        _changed.Add(removed);
        if (_isOfLayer || !_recent.TryAdd(added, removed, out var recent))
        {
            return _recent.Count > 0 ? Sorted.Then(added, removed) : With(added, removed);
        }

        var next = new IndexLayer(_base, _added, _removed, recent, _merge, _isOfLayer, _changed, _merged);
        const int Few = 64;
        if (added.Count + removed.Count <= Few)
        {
            next.CarryKeyCounts(this);
            next.CarryDistinct(this);
        }

        return next;
    }

    /// <summary>The same layer with the latest changes among the sorted ones.</summary>
    private IndexLayer Sorted
    {
        get
        {
            return _recent.Count == 0 ? this : Volatile.Read(ref _sorted) ?? Sort();

            IndexLayer Sort()
            {
                var (more, less) = _recent.ToIndexes();
                var sorted = With(more, less);
                _keyCounts.CopyTo(sorted._keyCounts, 0);
                sorted._distinct = Volatile.Read(ref _distinct);
                Volatile.Write(ref _sorted, sorted);
                return sorted;
            }
        }
    }

    /// <summary>This layer, without its latest changes, after others.</summary>
    private IndexLayer With(TripleIndex added, TripleIndex removed)
    {
        var allAdded = _added.Except(removed, isOfLayer: true).Apply(added.Except(_removed), TripleIndex.Empty, isOfLayer: true);
        var allRemoved = _removed.Except(added, isOfLayer: true).Apply(removed.Except(_added), TripleIndex.Empty, isOfLayer: true);
        var changed = _changed;
        if (changed.IsWornOut(allAdded.Count + allRemoved.Count))
        {
            changed = new ChangedTerms(_base.Count);
            changed.Add(allAdded);
            changed.Add(allRemoved);
        }

        return new IndexLayer(_base, allAdded, allRemoved, default, _merge, _isOfLayer, changed, _merged);
    }

    /// <summary>Numbers of keys that are known go on from a small change, so that the first reader of each state need not count them anew.</summary>
    private void CarryKeyCounts(IndexLayer before)
    {
        for (var place = 0; place < _keyCounts.Length; place++)
        {
            var count = Volatile.Read(ref before._keyCounts[place]);
            if (count < 0)
            {
                continue;
            }

            var order = (TripleOrder)place;
            var keys = _recent.Column(order, 0)[before._recent.Count..];
            for (var at = 0; at < keys.Length; at++)
            {
                if (!keys[..at].Contains(keys[at]))
                {
                    var key = new TermId(keys[at]);
                    count += Math.Sign(CountRows(order, key)) - Math.Sign(before.CountRows(order, key));
                }
            }

            _keyCounts[place] = count;
        }
    }

    /// <summary>The same for what is known of single keys.</summary>
    private void CarryDistinct(IndexLayer before)
    {
        const int Most = 64;
        var known = Volatile.Read(ref before._distinct);
        if (known.Count > Most)
        {
            return;
        }

        _distinct = known;
        var from = before._recent.Count;
        foreach (var ((order, first), count) in known)
        {
            var keys = _recent.Column(order, 0)[from..];
            var thens = _recent.Column(order, 1)[from..];
            var (key, change) = (new TermId(first), 0);
            for (var at = 0; at < keys.Length; at++)
            {
                if (keys[at] == first && !IsRepeated(keys, thens, at))
                {
                    var then = new TermId(thens[at]);
                    change += Math.Sign(CountRows(order, key, then)) - Math.Sign(before.CountRows(order, key, then));
                }
            }

            _distinct = change == 0 ? _distinct : _distinct.SetItem((order, first), count + change);
        }

        static bool IsRepeated(ReadOnlySpan<uint> keys, ReadOnlySpan<uint> thens, int at)
        {
            for (var earlier = 0; earlier < at; earlier++)
            {
                if (keys[earlier] == keys[at] && thens[earlier] == thens[at])
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>One index of both.</summary>
    public TripleIndex Flatten() => _base.Merge(Added, Removed);

    /// <summary>The same layer, on the new base when that is done; a merge is begun when it is due.</summary>
    public IndexLayer Settled()
    {
        if (_merge is { Result: { } merged })
        {
            var settled = new IndexLayer(
                merged,
                TripleIndex.Gather([Added.Except(_merge.Added), _merge.Removed.Except(Removed)]),
                TripleIndex.Gather([_merge.Added.Except(Added), Removed.Except(_merge.Removed)]));
            _keyCounts.CopyTo(settled._keyCounts, 0);
            return settled;
        }

        // A merge costs what the base has, so a large base waits for more.
        var due = Math.Min(_base.Count / 16, 1 << 16);
        return _merge is null && Changes > due && MergesBeside(_base.Count)
            ? Sorted.Merging()
            : this;
    }

    private IndexLayer Merging()
    {
        var merging = new IndexLayer(_base, _added, _removed, _recent, IndexMerge.Begin(_base, _added, _removed), _isOfLayer, _changed, _merged);
        _keyCounts.CopyTo(merging._keyCounts, 0);
        return merging;
    }

    /// <summary>The first key from a term on.</summary>
    public TermId NextKey(TripleOrder order, TermId from)
    {
        while (true)
        {
            var key = First(First(_base.NextKey(order, from), _added.NextKey(order, from)), _recent.NextKey(order, from));
            if (!key.IsBound || CountRows(order, key) > 0)
            {
                return key;
            }

            from = new TermId(key.Value + 1);
        }

        static TermId First(TermId one, TermId other) => !one.IsBound || (other.IsBound && other < one) ? other : one;
    }

    /// <summary>How many keys there are: those of the base, and what the changes make of it.</summary>
    public int CountKeys(TripleOrder order)
    {
        var known = Volatile.Read(ref _keyCounts[(int)order]);
        if (known >= 0)
        {
            return known;
        }

        var keys = new HashSet<uint>();
        AddTo(keys, _added.Keys(order));
        AddTo(keys, _removed.Keys(order));
        AddTo(keys, _recent.Column(order, 0));
        var count = _base.CountKeys(order);
        foreach (var key in keys)
        {
            count += Math.Sign(CountRows(order, new TermId(key))) - Math.Sign(_base.CountRows(order, new TermId(key)));
        }

        Volatile.Write(ref _keyCounts[(int)order], count);
        return count;
    }

    private static void AddTo(HashSet<uint> keys, ReadOnlySpan<uint> more)
    {
        foreach (var key in more)
        {
            keys.Add(key);
        }
    }

    // From this size on a merge of the whole takes long enough to be somebody else's work.
    private static bool MergesBeside(int baseCount) => baseCount >= 1 << 18;

    public bool Contains(Triple triple)
    {
        if (!_changed.MayHave(triple))
        {
            return _base.Contains(triple);
        }

        var sign = _recent.SignOf(triple);
        return sign == 0 ? _added.Contains(triple) || (_base.Contains(triple) && !_removed.Contains(triple)) : sign > 0;
    }

    public int CountRows(TripleOrder order, TermId first)
    {
        var count = _base.CountRows(order, first);
        return _changed.MayHave(order, first)
            ? count + _added.CountRows(order, first) - _removed.CountRows(order, first) + _recent.CountRows(order, first)
            : count;
    }

    public int CountRows(TripleOrder order, TermId first, TermId second)
    {
        var count = _base.CountRows(order, first, second);
        return _changed.MayHave(order, first, second)
            ? count + _added.CountRows(order, first, second) - _removed.CountRows(order, first, second) + _recent.CountRows(order, first, second)
            : count;
    }

    public TripleRange Range(TripleOrder order, TermId first) => Range(order, first, default);

    /// <summary>The rows with two terms given, or one where the second is unbound.</summary>
    public TripleRange Range(TripleOrder order, TermId first, TermId second)
    {
        var before = RangeOf(_base, order, first, second);
        return TryGetChanges(order, first, second, int.MaxValue, out var added, out var removed)
            ? Merged((order, first.Value, second.Value), before, added, removed)
            : before;
    }

    /// <summary>The first rows of a range: all that are there, or so many at least. What is beyond is not merged for them.</summary>
    public TripleRange Prefix(TripleOrder order, TermId first, TermId second, int rows)
    {
        var count = second.IsBound ? CountRows(order, first, second) : CountRows(order, first);
        if (count / 2 <= rows)
        {
            return Range(order, first, second);
        }

        var before = RangeOf(_base, order, first, second);
        return TryGetChanges(order, first, second, rows, out var added, out var removed) ? Merge(before, added, removed, rows) : before;
    }

    /// <summary>How many distinct values follow a term: those of the base, and what the changes make of it. The range itself is not merged for that.</summary>
    public int CountDistinctSecond(TripleOrder order, TermId first)
    {
        if (_changed.MayHave(order, first) && Volatile.Read(ref _distinct).TryGetValue((order, first.Value), out var count))
        {
            return count;
        }

        count = _base.CountDistinctSecond(order, first);
        if (TryGetChanges(order, first, default, int.MaxValue, out var added, out var removed))
        {
            count += Distinct(added.Second, then => _base.CountRows(order, first, then) == 0)
                - Distinct(removed.Second, then => CountRows(order, first, then) == 0);
            ImmutableInterlocked.TryAdd(ref _distinct, (order, first.Value), count);
        }

        return count;
    }

    /// <summary>How many different values of a sorted column pass a test.</summary>
    private static int Distinct(ReadOnlySpan<uint> sorted, Func<TermId, bool> test)
    {
        var count = 0;
        for (var row = 0; row < sorted.Length; row++)
        {
            count += (row == 0 || sorted[row] != sorted[row - 1]) && test(new TermId(sorted[row])) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Terms between which the values lie that follow a term; what was removed may have been the first or last of them.</summary>
    public bool TryGetBounds(TripleOrder order, TermId first, out TermId least, out TermId greatest)
    {
        var has = _base.TryGetBounds(order, first, out least, out greatest);
        if (!_changed.MayHave(order, first))
        {
            return has;
        }

        var added = _added.Range(order, first).Second;
        if (!added.IsEmpty)
        {
            Include(added[0], ref least, ref greatest);
            Include(added[^1], ref least, ref greatest);
        }

        var keys = _recent.Column(order, 0);
        var thens = _recent.Column(order, 1);
        for (var at = 0; at < keys.Length; at++)
        {
            if (keys[at] == first.Value)
            {
                Include(thens[at], ref least, ref greatest);
            }
        }

        return has;

        void Include(uint value, ref TermId least, ref TermId greatest)
        {
            var term = new TermId(value);
            (least, greatest) = (has && least < term ? least : term, has && term < greatest ? greatest : term);
            has = true;
        }
    }

    /// <summary>The whole order, merged.</summary>
    public SortedOrder Merge(TripleOrder order, SortedOrder? sibling) => _base.In(order).Apply(Added.In(order), Removed.In(order), sibling);

    /// <summary>Whether the base has no order that is missing among some.</summary>
    public bool IsReplacedBy(ReadOnlySpan<SortedOrder?> orders)
    {
        for (var order = 0; order < orders.Length; order++)
        {
            if (orders[order] is null && _base.Made((TripleOrder)order) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What is added to a range and taken from it, of the added so many at least; of all rows with the first term where the second is unbound. False when
    /// that is nothing.
    /// </summary>
    private bool TryGetChanges(TripleOrder order, TermId first, TermId second, int most, out TripleRange added, out TripleRange removed)
    {
        added = default;
        removed = default;
        if (!(second.IsBound ? _changed.MayHave(order, first, second) : _changed.MayHave(order, first)))
        {
            return false;
        }

        var isChanged = _recent.TryGetRows(order, first, second, out var more, out var less);

        // Of so many rows more as may be taken away again, that what is behind them does not matter.
        added = most == int.MaxValue ? RangeOf(_added, order, first, second) : _added.Prefix(order, first, second, most + less.Length);
        removed = RangeOf(_removed, order, first, second);
        if (isChanged)
        {
            // What was there and is not any more was added, or is of the base.
            var restored = Split(more, removed, isIn: true);
            var others = Split(less, RangeOf(_base, order, first, second), isIn: true);
            added = Merge(added, Split(more, removed, isIn: false), Split(less, added, isIn: true), most);
            removed = Merge(removed, others, restored, int.MaxValue);
        }

        return added.Count + removed.Count > 0;
    }

    private static TripleRange RangeOf(TripleIndex index, TripleOrder order, TermId first, TermId second) =>
        second.IsBound ? index.Range(order, first, second) : index.Range(order, first);

    /// <summary>The rows that a range has, or has not.</summary>
    private static TripleRange Split(ReadOnlySpan<ulong> rows, TripleRange range, bool isIn)
    {
        var (seconds, thirds) = (new uint[rows.Length], new uint[rows.Length]);
        var count = 0;
        foreach (var row in rows)
        {
            var place = PlaceOf(row, range.Second, range.Third);
            if ((place < range.Count && PairAt(range, place) == row) == isIn)
            {
                (seconds[count], thirds[count]) = (Pair.First(row), Pair.Second(row));
                count++;
            }
        }

        return new TripleRange(seconds.AsSpan(0, count), thirds.AsSpan(0, count));
    }

    private TripleRange Merged(
        (TripleOrder Order, uint First, uint Second) key, TripleRange rows, TripleRange added, TripleRange removed)
    {
        // Of a short range, keeping costs more than merging.
        const int Short = 64;
        if (rows.Count < Short || rows.Count < added.Count / 8)
        {
            return Merge(rows, added, removed, int.MaxValue);
        }

        if (!_merged.TryGet(key, added, removed, out var range))
        {
            var (second, third) = MergeToArrays(rows, added, removed, int.MaxValue);
            range = new TripleRange(second, third);
            _merged.Keep(key, new MergedRange(second, third, added, removed));
        }

        return range;
    }

    /// <summary>Rows with others more and others less, at most so many.</summary>
    private static TripleRange Merge(TripleRange rows, TripleRange added, TripleRange removed, int most)
    {
        if (added.Count + removed.Count == 0 || rows.IsEmpty)
        {
            return rows.IsEmpty ? added : rows;
        }

        var (second, third) = MergeToArrays(rows, added, removed, most);
        return new TripleRange(second, third);
    }

    private static (uint[] Second, uint[] Third) MergeToArrays(TripleRange rows, TripleRange added, TripleRange removed, int most)
    {
        if (added.Count > rows.Count)
        {
            // Rows between changes are copied as blocks, so those that are fewer are the changes.
            return MergeToArrays(added, Merge(rows, default, removed, int.MaxValue), default, most);
        }

        var second = GC.AllocateUninitializedArray<uint>(Math.Min(rows.Count + added.Count - removed.Count, most));
        var third = GC.AllocateUninitializedArray<uint>(second.Length);
        int from = 0, to = 0, add = 0, remove = 0;
        while (to < second.Length && (add < added.Count || remove < removed.Count))
        {
            var isAdd = remove == removed.Count || (add < added.Count && PairAt(added, add) < PairAt(removed, remove));
            var change = isAdd ? PairAt(added, add) : PairAt(removed, remove);
            Copy(PlaceOf(change, rows.Second[from..], rows.Third[from..]), rows);
            if (to == second.Length)
            {
                break;
            }

            if (isAdd)
            {
                (second[to], third[to]) = (Pair.First(change), Pair.Second(change));
                to++;
                add++;
            }
            else
            {
                from++;
                remove++;
            }
        }

        Copy(rows.Count - from, rows);
        return (second, third);

        void Copy(int count, TripleRange rows)
        {
            count = Math.Min(count, second.Length - to);
            rows.Second.Slice(from, count).CopyTo(second.AsSpan(to));
            rows.Third.Slice(from, count).CopyTo(third.AsSpan(to));
            from += count;
            to += count;
        }
    }

    private static ulong PairAt(TripleRange range, int row) => Pair.Of(range.Second[row], range.Third[row]);

    private static int PlaceOf(ulong pair, ReadOnlySpan<uint> second, ReadOnlySpan<uint> third)
    {
        var start = KeyDirectory.LowerBound(second, Pair.First(pair));
        var end = start + KeyDirectory.LowerBound(second[start..], Pair.First(pair) + 1);
        return start + KeyDirectory.LowerBound(third[start..end], Pair.Second(pair));
    }
}
