using System.Buffers;

namespace MuseumXtd.Store;

/// <summary>Stable least-significant-digit sort of three parallel columns by one of them.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;

    /// <summary>
    /// Sorts rows by a column, keeping the order of rows with equal keys. The arrays passed in hold the result afterwards or are
    /// exchanged with the scratch ones.
    /// </summary>
    public static void ByKey(ref uint[] key, ref uint[] x, ref uint[] y, ref uint[] keyScratch, ref uint[] xScratch, ref uint[] yScratch, int count)
    {
        var offsets = ArrayPool<int>.Shared.Rent(Buckets);
        for (var shift = 0; shift < 32; shift += DigitBits)
        {
            var counts = offsets.AsSpan(0, Buckets);
            counts.Clear();
            var keys = key.AsSpan(0, count);
            foreach (var k in keys)
            {
                counts[(int)(k >> shift) & (Buckets - 1)]++;
            }

            if (count == 0 || counts[(int)(keys[0] >> shift) & (Buckets - 1)] == count)
            {
                continue;
            }

            var sum = 0;
            for (var i = 0; i < Buckets; i++)
            {
                (counts[i], sum) = (sum, sum + counts[i]);
            }

            for (var i = 0; i < count; i++)
            {
                var k = key[i];
                var to = offsets[(int)(k >> shift) & (Buckets - 1)]++;
                keyScratch[to] = k;
                xScratch[to] = x[i];
                yScratch[to] = y[i];
            }

            (key, keyScratch) = (keyScratch, key);
            (x, xScratch) = (xScratch, x);
            (y, yScratch) = (yScratch, y);
        }

        ArrayPool<int>.Shared.Return(offsets);
    }
}
