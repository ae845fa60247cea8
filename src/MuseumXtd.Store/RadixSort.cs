using System.Runtime.CompilerServices;

namespace MuseumXtd.Store;

/// <summary>Stable least-significant-digit sort of rows by a column of 32-bit keys.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int Digits = 3;
    private const int InsertionLimit = 48;

    /// <summary>
    /// Sorts the first rows by their keys and keeps the order of rows with equal keys. The arrays may be exchanged for others of that
    /// length; what lies beyond the count is lost.
    /// </summary>
    public static void ByKey<TRow>(ref uint[] keys, ref TRow[] rows, int count)
        where TRow : unmanaged
    {
        if (count <= InsertionLimit)
        {
            Insert(keys.AsSpan(0, count), rows.AsSpan(0, count));
            return;
        }

        var (sortedKeys, sortedRows) = (GC.AllocateUninitializedArray<uint>(count), GC.AllocateUninitializedArray<TRow>(count));
        if (ByKey(keys.AsSpan(0, count), rows.AsSpan(0, count), sortedKeys, sortedRows))
        {
            (keys, rows) = (sortedKeys, sortedRows);
        }
    }

    /// <summary>The same with room of the same length beside the rows; whether they end there.</summary>
    public static bool ByKey<TRow>(Span<uint> keys, Span<TRow> rows, Span<uint> otherKeys, Span<TRow> otherRows)
        where TRow : unmanaged
    {
        Span<int> offsets = new int[Buckets * Digits];
        if (Count(keys, offsets))
        {
            return false;
        }

        var isOther = false;
        for (var digit = 0; digit < Digits; digit++)
        {
            var shift = digit * DigitBits;
            var places = offsets.Slice(digit * Buckets, Buckets);
            if (places[(int)(keys[0] >> shift) & (Buckets - 1)] == keys.Length)
            {
                continue;
            }

            var sum = 0;
            foreach (ref var place in places)
            {
                (place, sum) = (sum, sum + place);
            }

            Scatter(keys, rows, otherKeys, otherRows, places, shift);
            var lastKeys = keys;
            var lastRows = rows;
            keys = otherKeys;
            rows = otherRows;
            otherKeys = lastKeys;
            otherRows = lastRows;
            isOther = !isOther;
        }

        return isOther;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<TRow>(
        ReadOnlySpan<uint> keys, ReadOnlySpan<TRow> rows, Span<uint> keysTo, Span<TRow> rowsTo, Span<int> places, int shift)
        where TRow : unmanaged
    {
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i];
            var to = places[(int)(key >> shift) & (Buckets - 1)]++;
            keysTo[to] = key;
            rowsTo[to] = rows[i];
        }
    }

    /// <summary>Counts the values of every digit; true when the keys are sorted already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Count(ReadOnlySpan<uint> keys, Span<int> counts)
    {
        var sorted = true;
        var last = 0u;
        foreach (var key in keys)
        {
            sorted &= key >= last;
            last = key;
            counts[(int)key & (Buckets - 1)]++;
            counts[Buckets + ((int)(key >> DigitBits) & (Buckets - 1))]++;
            counts[(2 * Buckets) + (int)(key >> (2 * DigitBits))]++;
        }

        return sorted;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Insert<TRow>(Span<uint> keys, Span<TRow> rows)
        where TRow : unmanaged
    {
        for (var i = 1; i < keys.Length; i++)
        {
            var (key, row) = (keys[i], rows[i]);
            var at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
            {
                (keys[at], rows[at]) = (keys[at - 1], rows[at - 1]);
            }

            (keys[at], rows[at]) = (key, row);
        }
    }
}
