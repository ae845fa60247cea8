using System.Runtime.CompilerServices;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store;

/// <summary>Makes sorted orders: the first from triples as they came, the others each from another by one stable sort on one column.</summary>
internal static class SortedOrderBuilder
{
    /// <summary>From how many rows on a sort is worth room of its own.</summary>
    public const int ManyRows = 1 << 16;

    /// <summary>
    /// Subject-predicate-object order of triples in any order, repeated or not: subjects, and predicate and object as a pair.
    /// The arrays are used up.
    /// </summary>
    public static SortedOrder FromTriples(uint[] subjects, ulong[] tails, int count)
    {
        RadixSort.ByKey(ref subjects, ref tails, count);
        return FromSorted(subjects.AsSpan(0, count), tails.AsSpan(0, count));
    }

    /// <summary>The same of subjects as keys and pairs as rows.</summary>
    public static SortedOrder FromTriples(SortScratch triples)
    {
        triples.Sort();
        return FromSorted(triples.Keys, triples.Rows);
    }

    /// <summary>From (a, b, c) the order (c, a, b): rows with the same c stay in the order they were in.</summary>
    public static SortedOrder LastToFront(SortedOrder from, SortedOrder? sibling) => ToFront(from, from.Third, from.Second, sibling);

    /// <summary>From (a, b, c) the order (b, a, c).</summary>
    public static SortedOrder MiddleToFront(SortedOrder from, SortedOrder? sibling) => ToFront(from, from.Second, from.Third, sibling);

    /// <summary>From (a, b, c) the order (a, c, b): the rows of each key are sorted by the other column.</summary>
    public static SortedOrder SwapTails(SortedOrder from)
    {
        var (second, third) = (GC.AllocateUninitializedArray<uint>(from.Count), GC.AllocateUninitializedArray<uint>(from.Count));
        var oldSecond = from.Second;
        var oldThird = from.Third;
        var starts = from.Directory.Starts;
        var rows = Array.Empty<ulong>();
        for (var key = 0; key + 1 < starts.Length; key++)
        {
            var (start, end) = (starts[key], starts[key + 1]);
            if (rows.Length < end - start)
            {
                rows = GC.AllocateUninitializedArray<ulong>((end - start) * 2);
            }

            for (var row = start; row < end; row++)
            {
                rows[row - start] = Pair.Of(oldThird[row], oldSecond[row]);
            }

            Pair.Sort(rows.AsSpan(0, end - start));
            for (var row = start; row < end; row++)
            {
                (second[row], third[row]) = (Pair.First(rows[row - start]), Pair.Second(rows[row - start]));
            }
        }

        return new SortedOrder(from.Directory, second, third);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PairWithKeys(KeyDirectory directory, ReadOnlySpan<uint> column, Span<ulong> rows)
    {
        var keys = directory.Keys;
        var starts = directory.Starts;
        for (var key = 0; key < keys.Length; key++)
        {
            for (var row = starts[key]; row < starts[key + 1]; row++)
            {
                rows[row] = Pair.Of(keys[key], column[row]);
            }
        }
    }

    private static SortedOrder ToFront(SortedOrder from, ReadOnlySpan<uint> column, ReadOnlySpan<uint> other, SortedOrder? sibling)
    {
        var count = from.Count;
        if (count >= ManyRows)
        {
            using var scratch = new SortScratch(count);
            column.CopyTo(scratch.Keys);
            PairWithKeys(from.Directory, other, scratch.Rows);
            scratch.Sort();
            return Split(sibling?.Directory ?? KeyDirectory.FromColumn(scratch.Keys), scratch.Rows);
        }

        var keys = column.ToArray();
        var rows = GC.AllocateUninitializedArray<ulong>(count);
        PairWithKeys(from.Directory, other, rows);
        RadixSort.ByKey(ref keys, ref rows, count);
        return Split(sibling?.Directory ?? KeyDirectory.FromColumn(keys.AsSpan(0, count)), rows.AsSpan(0, count));
    }

    private static SortedOrder FromSorted(Span<uint> subjects, Span<ulong> tails)
    {
        var kept = SortTails(subjects, tails);
        return Split(KeyDirectory.FromColumn(subjects[..kept]), tails[..kept]);
    }

    /// <summary>Sorts the rows of each subject, and drops repeated ones; how many are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SortTails(Span<uint> subjects, Span<ulong> tails)
    {
        var count = subjects.Length;
        var kept = 0;
        for (var start = 0; start < count;)
        {
            var subject = subjects[start];
            var end = start + 1;
            while (end < count && subjects[end] == subject)
            {
                end++;
            }

            Pair.Sort(tails[start..end]);
            var first = kept;
            for (var row = start; row < end; row++)
            {
                if (kept == first || tails[kept - 1] != tails[row])
                {
                    (subjects[kept], tails[kept]) = (subject, tails[row]);
                    kept++;
                }
            }

            start = end;
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static SortedOrder Split(KeyDirectory directory, ReadOnlySpan<ulong> rows)
    {
        var second = GC.AllocateUninitializedArray<uint>(rows.Length);
        var third = GC.AllocateUninitializedArray<uint>(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            (second[i], third[i]) = (Pair.First(rows[i]), Pair.Second(rows[i]));
        }

        return new SortedOrder(directory, second, third);
    }
}
