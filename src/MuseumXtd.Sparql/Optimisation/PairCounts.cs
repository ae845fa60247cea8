using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>A sorted column of an index: what follows one term, or what follows two.</summary>
internal readonly record struct SortedColumn(TripleOrder Order, TermId First, TermId Second)
{
    /// <summary>The terms, repeated where one term is given only.</summary>
    public ReadOnlySpan<uint> In(TripleIndex index) => Second.IsBound ? index.Range(Order, First, Second).Third : index.Range(Order, First).Second;
}

/// <summary>
/// How many pairs of two sorted columns of an index are equal: the size of a join of two patterns, exact but for the changes that are kept beside a
/// large index.
/// </summary>
internal sealed class PairCounts
{
    private static readonly ConditionalWeakTable<TripleIndex, PairCounts> Known = [];

    private readonly TripleIndex _index;
    private readonly ConcurrentDictionary<(SortedColumn, SortedColumn), double> _shares = new();

    private PairCounts(TripleIndex index) => _index = index;

    /// <summary>The equal pairs, as a share of all pairs.</summary>
    public static double Share(TripleIndex index, SortedColumn a, SortedColumn b)
    {
        var settled = index.Settled;
        var share = Known.GetValue(settled, i => new PairCounts(i)).Share(a, b);
        if (share > 0 || settled == index)
        {
            return share;
        }

        // What only the latest changes have is little.
        var x = a.In(settled);
        var y = b.In(settled);
        return x.IsEmpty || y.IsEmpty ? Sample(x.IsEmpty ? a.In(index) : x, y.IsEmpty ? b.In(index) : y) : 0;
    }

    private double Share(SortedColumn a, SortedColumn b)
    {
        // Queries name ever new constants: only what took a while is worth the memory, and not without end.
        const int Long = 4096;
        const int Most = 1 << 14;
        if (_shares.TryGetValue((a, b), out var share))
        {
            return share;
        }

        var x = a.In(_index);
        var y = b.In(_index);
        if (x.IsEmpty || y.IsEmpty)
        {
            return 0;
        }

        if (Math.Min(x.Length, y.Length) < Long)
        {
            return Sample(x, y);
        }

        share = Count(x, y) / ((double)x.Length * y.Length);
        if (_shares.Count < Most)
        {
            _shares.TryAdd((a, b), share);
        }

        return share;
    }

    /// <summary>The share as a sample of the shorter column has it.</summary>
    private static double Sample(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        const int Samples = 64;
        var shorter = a.Length < b.Length ? a : b;
        var longer = a.Length < b.Length ? b : a;
        if (shorter.IsEmpty)
        {
            return 0;
        }

        var (taken, equal) = (Math.Min(Samples, shorter.Length), 0L);
        for (var i = 0; i < taken; i++)
        {
            var id = shorter[(int)((long)i * shorter.Length / taken)];
            var start = LowerBound(longer, id);
            equal += EndOf(longer, start, id) - start;
        }

        return equal / ((double)taken * longer.Length);
    }

    private static int LowerBound(ReadOnlySpan<uint> sorted, uint id)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static double Count(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y)
    {
        var count = 0.0;
        int i = 0, j = 0;
        while (i < x.Length && j < y.Length)
        {
            if (x[i] == y[j])
            {
                var (endX, endY) = (EndOf(x, i, x[i]), EndOf(y, j, x[i]));
                count += (double)(endX - i) * (endY - j);
                (i, j) = (endX, endY);
            }
            else if (x[i] < y[j])
            {
                i = Execution.SortedIds.Leap(x, i, y[j]);
            }
            else
            {
                j = Execution.SortedIds.Leap(y, j, x[i]);
            }
        }

        return count;
    }

    private static int EndOf(ReadOnlySpan<uint> ids, int at, uint id) => Execution.SortedIds.Leap(ids, at, id + 1);
}
