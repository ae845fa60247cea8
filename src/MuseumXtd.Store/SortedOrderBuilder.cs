namespace MuseumXtd.Store;

/// <summary>Makes sorted orders: the first from triples as they came, the others each from another by one stable sort on one column.</summary>
internal static class SortedOrderBuilder
{
    /// <summary>
    /// Subject-predicate-object order of triples in any order, repeated or not: subjects, and predicate and object as a pair.
    /// The arrays are used up.
    /// </summary>
    public static SortedOrder FromTriples(uint[] subjects, ulong[] tails, int count)
    {
        RadixSort.ByKey(ref subjects, ref tails, count);
        var kept = SortTails(subjects, tails, count);
        return Split(KeyDirectory.FromColumn(subjects.AsSpan(0, kept)), tails.AsSpan(0, kept));
    }

    /// <summary>From (a, b, c) the order (c, a, b): rows with the same c stay in the order they were in.</summary>
    public static SortedOrder LastToFront(SortedOrder from, SortedOrder? sibling)
    {
        var rows = GC.AllocateUninitializedArray<ulong>(from.Count);
        PairWithKeys(from.Directory, from.Second, rows);
        return BySort([.. from.Third], rows, sibling);
    }

    /// <summary>From (a, b, c) the order (b, a, c).</summary>
    public static SortedOrder MiddleToFront(SortedOrder from, SortedOrder? sibling)
    {
        var rows = GC.AllocateUninitializedArray<ulong>(from.Count);
        PairWithKeys(from.Directory, from.Third, rows);
        return BySort([.. from.Second], rows, sibling);
    }

    /// <summary>From (a, b, c) the order (a, c, b): the rows of each key are sorted by the other column.</summary>
    public static SortedOrder SwapTails(SortedOrder from)
    {
        var rows = GC.AllocateUninitializedArray<ulong>(from.Count);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = Pair.Of(from.Third[row], from.Second[row]);
        }

        var starts = from.Directory.Starts;
        for (var key = 0; key + 1 < starts.Length; key++)
        {
            Pair.Sort(rows.AsSpan(starts[key], starts[key + 1] - starts[key]));
        }

        return Split(from.Directory, rows);
    }

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

    private static SortedOrder BySort(uint[] keys, ulong[] rows, SortedOrder? sibling)
    {
        var count = keys.Length;
        RadixSort.ByKey(ref keys, ref rows, count);
        return Split(sibling?.Directory ?? KeyDirectory.FromColumn(keys.AsSpan(0, count)), rows.AsSpan(0, count));
    }

    /// <summary>Sorts the rows of each subject, and drops repeated ones; how many are left.</summary>
    private static int SortTails(uint[] subjects, ulong[] tails, int count)
    {
        var kept = 0;
        for (var start = 0; start < count;)
        {
            var subject = subjects[start];
            var end = start + 1;
            while (end < count && subjects[end] == subject)
            {
                end++;
            }

            Pair.Sort(tails.AsSpan(start, end - start));
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
