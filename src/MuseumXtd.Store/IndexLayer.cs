using System.Collections.Immutable;

namespace MuseumXtd.Store;

/// <summary>
/// A large index with some triples more and some less, which are kept beside it: a small change then costs what it changes, not what is there.
/// Ranges that the change does not touch are those of the base; the others are merged when they are asked for, and long ones kept. The base has no
/// layer itself.
/// </summary>
/// <remarks>
/// When the changes are many, another thread merges them with the base, while readers and writers go on; what is changed meanwhile is then kept
/// beside the new base. So whoever reads looks at no more than three places, and whoever writes never waits for a merge of the whole.
/// </remarks>
internal sealed class IndexLayer
{
    // Beyond, the merge beside is not fast enough for the writers, and they do it themselves.
    private const int MostChanges = 1 << 16;

    /// <summary>An index of so many triples is merged with a few changes in a moment.</summary>
    public const int SmallBase = 1 << 14;

    private readonly TripleIndex _base;
    private readonly TripleIndex _added;
    private readonly TripleIndex _removed;
    private readonly IndexMerge? _merge;
    private readonly bool _isOfLayer;
    private readonly int[] _keyCounts = [-1, -1, -1, -1, -1, -1];
    private readonly ChangedTerms _changed;
    private readonly MergedRanges _merged;
    private ImmutableDictionary<(TripleOrder Order, uint First), int> _distinct = ImmutableDictionary<(TripleOrder Order, uint First), int>.Empty;

    public IndexLayer(TripleIndex @base, TripleIndex added, TripleIndex removed, bool isOfLayer = false)
        : this(@base, added, removed, null, isOfLayer, new ChangedTerms(@base.Count), new MergedRanges(@base.Count))
    {
        _changed.Add(added);
        _changed.Add(removed);
    }

    private IndexLayer(
        TripleIndex @base, TripleIndex added, TripleIndex removed, IndexMerge? merge, bool isOfLayer, ChangedTerms changed, MergedRanges merged)
    {
        _base = @base;
        _added = added;
        _removed = removed;
        _merge = merge;
        _isOfLayer = isOfLayer;
        _changed = changed;
        _merged = merged;
    }

    /// <summary>What the changes are kept beside.</summary>
    public TripleIndex Base => _base;

    /// <summary>What is added to the base.</summary>
    public TripleIndex Added => _added;

    /// <summary>What is taken from it.</summary>
    public TripleIndex Removed => _removed;

    public int Count => _base.Count + _added.Count - _removed.Count;

    /// <summary>Whether the changes are still not so many that merging costs less.</summary>
    public bool IsStillWorthwhile => IsWorthwhile(_base.Count, Changes, _isOfLayer);

    private int Changes => _added.Count + _removed.Count;

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

    /// <summary>Whether that which a layer keeps is better kept in two parts: whoever changes it copies the small one only, and the large one now and then.</summary>
    private static bool PaysOfLayer(int baseCount, int changes)
    {
        const int SmallPart = 1 << 8;
        return baseCount >= SmallPart && (long)changes * changes <= 4L * baseCount;
    }

    /// <summary>This layer after another change. What is added again was only marked as removed, and the reverse.</summary>
    public IndexLayer Then(TripleIndex added, TripleIndex removed)
    {
        _changed.Add(added);
        _changed.Add(removed);
        var next = new IndexLayer(
            _base,
            _added.Except(removed, isOfLayer: true).Apply(added.Except(_removed), TripleIndex.Empty, isOfLayer: true),
            _removed.Except(added, isOfLayer: true).Apply(removed.Except(_added), TripleIndex.Empty, isOfLayer: true),
            _merge,
            _isOfLayer,
            _changed,
            _merged);
        const int Few = 64;
        if (added.Count + removed.Count <= Few)
        {
            next.CarryKeyCounts(this, added, removed);
            next.CarryDistinct(this, added, removed);
        }

        return next;
    }

    /// <summary>Numbers of keys that are known go on from a small change, so that the first reader of each state need not count them anew.</summary>
    private void CarryKeyCounts(IndexLayer before, TripleIndex added, TripleIndex removed)
    {
        for (var place = 0; place < _keyCounts.Length; place++)
        {
            var count = Volatile.Read(ref before._keyCounts[place]);
            if (count < 0)
            {
                continue;
            }

            var order = (TripleOrder)place;
            foreach (var key in added.Keys(order))
            {
                count += before.CountRows(order, new TermId(key)) == 0 ? 1 : 0;
            }

            foreach (var key in removed.Keys(order))
            {
                count -= CountRows(order, new TermId(key)) == 0 ? 1 : 0;
            }

            _keyCounts[place] = count;
        }
    }

    /// <summary>The same for what is known of single keys.</summary>
    private void CarryDistinct(IndexLayer before, TripleIndex added, TripleIndex removed)
    {
        const int Most = 64;
        var known = Volatile.Read(ref before._distinct);
        if (known.Count > Most)
        {
            return;
        }

        _distinct = known;
        foreach (var ((order, first), count) in known)
        {
            var key = new TermId(first);
            if (added.CountRows(order, key) + removed.CountRows(order, key) > 0)
            {
                _distinct = _distinct.SetItem(
                    (order, first),
                    count + Distinct(added.Range(order, key).Second, then => before.CountRows(order, key, then) == 0)
                        - Distinct(removed.Range(order, key).Second, then => CountRows(order, key, then) == 0));
            }
        }
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

    /// <summary>One index of both.</summary>
    public TripleIndex Flatten() => _base.Merge(_added, _removed);

    /// <summary>The same layer, on the new base when that is done; a merge is begun when it is due.</summary>
    public IndexLayer Settled()
    {
        if (_merge is { Result: { } merged })
        {
            var settled = new IndexLayer(
                merged,
                TripleIndex.Gather([_added.Except(_merge.Added), _merge.Removed.Except(_removed)]),
                TripleIndex.Gather([_merge.Added.Except(_added), _removed.Except(_merge.Removed)]));
            _keyCounts.CopyTo(settled._keyCounts, 0);
            return settled;
        }

        // A merge costs what the base has, so a large base waits for more.
        var due = Math.Clamp(_base.Count / 64, 1 << 12, 1 << 14);
        return _merge is null && Changes > due && MergesBeside(_base.Count)
            ? Merging()
            : this;

        IndexLayer Merging()
        {
            var merging = new IndexLayer(_base, _added, _removed, IndexMerge.Begin(_base, _added, _removed), _isOfLayer, _changed, _merged);
            _keyCounts.CopyTo(merging._keyCounts, 0);
            return merging;
        }
    }

    /// <summary>The first key from a term on.</summary>
    public TermId NextKey(TripleOrder order, TermId from)
    {
        while (true)
        {
            var (old, added) = (_base.NextKey(order, from), _added.NextKey(order, from));
            var key = !old.IsBound || (added.IsBound && added < old) ? added : old;
            if (!key.IsBound || CountRows(order, key) > 0)
            {
                return key;
            }

            from = new TermId(key.Value + 1);
        }
    }

    /// <summary>How many keys there are: those of the base, and what the changes make of it.</summary>
    public int CountKeys(TripleOrder order)
    {
        var known = Volatile.Read(ref _keyCounts[(int)order]);
        if (known >= 0)
        {
            return known;
        }

        var count = _base.CountKeys(order);
        foreach (var key in _added.Keys(order))
        {
            count += _base.Range(order, new TermId(key)).IsEmpty ? 1 : 0;
        }

        foreach (var key in _removed.Keys(order))
        {
            count -= CountRows(order, new TermId(key)) == 0 ? 1 : 0;
        }

        Volatile.Write(ref _keyCounts[(int)order], count);
        return count;
    }

    // From this size on a merge of the whole takes long enough to be somebody else's work.
    private static bool MergesBeside(int baseCount) => baseCount >= 1 << 18;

    public bool Contains(Triple triple) =>
        _changed.MayHave(triple) ? _added.Contains(triple) || (_base.Contains(triple) && !_removed.Contains(triple)) : _base.Contains(triple);

    public int CountRows(TripleOrder order, TermId first)
    {
        var count = _base.CountRows(order, first);
        return _changed.MayHave(order, first) ? count + _added.CountRows(order, first) - _removed.CountRows(order, first) : count;
    }

    public int CountRows(TripleOrder order, TermId first, TermId second)
    {
        var count = _base.CountRows(order, first, second);
        return _changed.MayHave(order, first, second) ? count + _added.CountRows(order, first, second) - _removed.CountRows(order, first, second) : count;
    }

    public TripleRange Range(TripleOrder order, TermId first)
    {
        if (!_changed.MayHave(order, first))
        {
            return _base.Range(order, first);
        }

        var added = _added.Range(order, first);
        var removed = _removed.Range(order, first);
        return added.IsEmpty && removed.IsEmpty
            ? _base.Range(order, first)
            : Merged((order, first.Value, 0), _base.Range(order, first), added, removed);
    }

    public TripleRange Range(TripleOrder order, TermId first, TermId second)
    {
        if (!_changed.MayHave(order, first, second))
        {
            return _base.Range(order, first, second);
        }

        var added = _added.Range(order, first, second);
        var removed = _removed.Range(order, first, second);
        return added.IsEmpty && removed.IsEmpty
            ? _base.Range(order, first, second)
            : Merged((order, first.Value, second.Value), _base.Range(order, first, second), added, removed);
    }

    /// <summary>The first rows of a range: all that are there, or so many at least. What is beyond is not merged for them.</summary>
    public TripleRange Prefix(TripleOrder order, TermId first, TermId second, int rows)
    {
        if (!(second.IsBound ? _changed.MayHave(order, first, second) : _changed.MayHave(order, first)))
        {
            return second.IsBound ? _base.Range(order, first, second) : _base.Range(order, first);
        }

        var added = _added.Prefix(order, first, second, rows);
        var removed = second.IsBound ? _removed.Range(order, first, second) : _removed.Range(order, first);
        var before = second.IsBound ? _base.Range(order, first, second) : _base.Range(order, first);
        if (added.IsEmpty && removed.IsEmpty)
        {
            return before;
        }

        if (before.Count / 2 <= rows)
        {
            return second.IsBound ? Range(order, first, second) : Range(order, first);
        }

        var merged = Merge(before, added, removed, rows);
        return new TripleRange(merged.Second, merged.Third);
    }

    /// <summary>How many distinct values follow a term: those of the base, and what the changes make of it. The range itself is not merged for that.</summary>
    public int CountDistinctSecond(TripleOrder order, TermId first)
    {
        if (!_changed.MayHave(order, first) || _added.CountRows(order, first) + _removed.CountRows(order, first) == 0)
        {
            return _base.CountDistinctSecond(order, first);
        }

        if (!Volatile.Read(ref _distinct).TryGetValue((order, first.Value), out var count))
        {
            count = _base.CountDistinctSecond(order, first)
                + Distinct(_added.Range(order, first).Second, then => _base.CountRows(order, first, then) == 0)
                - Distinct(_removed.Range(order, first).Second, then => CountRows(order, first, then) == 0);
            ImmutableInterlocked.TryAdd(ref _distinct, (order, first.Value), count);
        }

        return count;
    }

    /// <summary>Terms between which the values lie that follow a term; what was removed may have been the first or last of them.</summary>
    public bool TryGetBounds(TripleOrder order, TermId first, out TermId least, out TermId greatest)
    {
        var isInBase = _base.TryGetBounds(order, first, out least, out greatest);
        if (_changed.MayHave(order, first) && _added.TryGetBounds(order, first, out var leastAdded, out var greatestAdded))
        {
            least = isInBase && least < leastAdded ? least : leastAdded;
            greatest = isInBase && greatestAdded < greatest ? greatest : greatestAdded;
            return true;
        }

        return isInBase;
    }

    /// <summary>The whole order, merged.</summary>
    public SortedOrder Merge(TripleOrder order, SortedOrder? sibling) => _base.In(order).Apply(_added.In(order), _removed.In(order), sibling);

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

    private TripleRange Merged(
        (TripleOrder Order, uint First, uint Second) key, TripleRange rows, TripleRange added, TripleRange removed)
    {
        // Of a short range, keeping costs more than merging.
        const int Short = 64;
        if (rows.Count < Short)
        {
            var (second, third) = Merge(rows, added, removed, int.MaxValue);
            return new TripleRange(second, third);
        }

        if (!_merged.TryGet(key, added, removed, out var range))
        {
            var (second, third) = Merge(rows, added, removed, int.MaxValue);
            range = new TripleRange(second, third);
            _merged.Keep(key, new MergedRange(second, third, added, removed));
        }

        return range;
    }

    /// <summary>Rows with others more and others less, at most so many.</summary>
    private static (uint[] Second, uint[] Third) Merge(TripleRange rows, TripleRange added, TripleRange removed, int most)
    {
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
