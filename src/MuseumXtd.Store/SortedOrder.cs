using System.Collections.Concurrent;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store;

/// <summary>One sorted order of an index: a directory of the first terms, and the two other columns.</summary>
internal sealed class SortedOrder(KeyDirectory directory, Column<uint> second, Column<uint> third)
{
    private ConcurrentDictionary<uint, int>? _distinct;

    public static SortedOrder Empty { get; } = new(KeyDirectory.Empty, Array.Empty<uint>(), Array.Empty<uint>());

    public KeyDirectory Directory => directory;

    public ReadOnlySpan<uint> Second => second.Span;

    public ReadOnlySpan<uint> Third => third.Span;

    public Column<uint> SecondColumn => second;

    public Column<uint> ThirdColumn => third;

    public TripleRange All => new(Second, Third);

    public int Count => third.Length;

    public TripleRange Range(uint first)
    {
        var (start, end) = directory.Rows(first);
        return new TripleRange(Second.Slice(start, end - start), Third.Slice(start, end - start));
    }

    public TripleRange Range(uint first, uint then)
    {
        var (start, end) = Rows(first, then);
        return new TripleRange(Second.Slice(start, end - start), Third.Slice(start, end - start));
    }

    public (int Start, int End) Rows(uint first, uint then)
    {
        var (start, end) = directory.Rows(first);
        var rows = Second.Slice(start, end - start);
        var at = KeyDirectory.LowerBound(rows, then);
        var length = at < rows.Length && rows[at] == then ? LengthOfRun(rows[at..]) : 0;
        return (start + at, start + at + length);
    }

    public bool Contains(Triple triple)
    {
        var (start, end) = Rows(triple.A, triple.B);
        var rows = Third.Slice(start, end - start);
        var at = KeyDirectory.LowerBound(rows, triple.C);
        return at < rows.Length && rows[at] == triple.C;
    }

    /// <summary>How many distinct values the second column has among the rows of a key; for long ranges it is counted once and kept.</summary>
    public int CountDistinctSecond(uint first)
    {
        const int Long = 256;
        var (start, end) = directory.Rows(first);
        if (end - start < Long)
        {
            return KeyDirectory.CountDistinct(Second.Slice(start, end - start));
        }

        var known = LazyInitializer.EnsureInitialized(ref _distinct);
        if (!known.TryGetValue(first, out var count))
        {
            count = KeyDirectory.CountDistinct(Second.Slice(start, end - start));
            known[first] = count;
        }

        return count;
    }

    /// <summary>The first key that is not below a term.</summary>
    public TermId NextKey(TermId from)
    {
        var keys = directory.Keys;
        var at = directory.FindPlace(from.Value);
        return at < keys.Length ? new TermId(keys[at]) : default;
    }

    /// <summary>Where a triple is, or would be.</summary>
    public int PlaceOf(Triple triple)
    {
        var key = directory.FindPlace(triple.A);
        var start = directory.Starts[key];
        if (key == directory.Keys.Length || directory.Keys[key] != triple.A)
        {
            return start;
        }

        var end = directory.Starts[key + 1];
        start += KeyDirectory.LowerBound(Second.Slice(start, end - start), triple.B);
        if (start < end && Second[start] == triple.B)
        {
            end = start + LengthOfRun(Second.Slice(start, end - start));
            start += KeyDirectory.LowerBound(Third.Slice(start, end - start), triple.C);
        }

        return start;
    }

    /// <summary>
    /// This order with some rows more and some less; those to add are not here, those to remove are. Stretches between changes are copied
    /// as blocks. The directory is taken from the order that has the same first position, if that was made.
    /// </summary>
    public SortedOrder Apply(SortedOrder added, SortedOrder removed, SortedOrder? sibling)
    {
        var count = Count + added.Count - removed.Count;
        var newSecond = GC.AllocateUninitializedArray<uint>(count);
        var newThird = GC.AllocateUninitializedArray<uint>(count);
        int from = 0, to = 0;
        var (add, remove) = (added.GetEnumerator(), removed.GetEnumerator());
        var (hasAdd, hasRemove) = (add.MoveNext(), remove.MoveNext());
        while (hasAdd || hasRemove)
        {
            var isAdd = !hasRemove || (hasAdd && add.Current.CompareTo(remove.Current) < 0);
            var change = isAdd ? add.Current : remove.Current;
            CopyUpTo(PlaceOf(change));
            if (isAdd)
            {
                (newSecond[to], newThird[to]) = (change.B, change.C);
                to++;
                hasAdd = add.MoveNext();
            }
            else
            {
                from++;
                hasRemove = remove.MoveNext();
            }
        }

        CopyUpTo(Count);
        return new SortedOrder(sibling?.Directory ?? directory.Apply(added.Directory, removed.Directory), newSecond, newThird);

        void CopyUpTo(int end)
        {
            Second.Slice(from, end - from).CopyTo(newSecond.AsSpan(to));
            Third.Slice(from, end - from).CopyTo(newThird.AsSpan(to));
            to += end - from;
            from = end;
        }
    }

    /// <summary>All rows, in this order.</summary>
    public RowEnumerator GetEnumerator() => new(this);

    /// <summary>How many values at the start are equal, found by doubling steps: runs are mostly short.</summary>
    private static int LengthOfRun(ReadOnlySpan<uint> sorted)
    {
        var value = sorted[0];
        var step = 1;
        while (step < sorted.Length && sorted[step] == value)
        {
            step <<= 1;
        }

        var low = step >> 1;
        return low + KeyDirectory.LowerBound(sorted[low..Math.Min(step, sorted.Length)], value + 1);
    }

    /// <summary>Goes through the rows of an order.</summary>
    internal struct RowEnumerator(SortedOrder order)
    {
        private readonly Column<uint> _second = order.SecondColumn;
        private readonly Column<uint> _third = order.ThirdColumn;
        private int _key = -1;
        private int _row = -1;
        private int _end;

        public readonly Triple Current => new(order.Directory.Keys[_key], _second.Span[_row], _third.Span[_row]);

        public bool MoveNext()
        {
            if (++_row == _third.Length)
            {
                return false;
            }

            if (_row == _end)
            {
                _end = order.Directory.Starts[++_key + 1];
            }

            return true;
        }
    }
}
