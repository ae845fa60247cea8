using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store;

/// <summary>
/// Hashes quads by the text of their terms; the sum over a set of quads is the same in whatever order and with whatever ids. The hash of a
/// quad is that of the hashes of its terms, so that the text of a term is read once, however many quads have it.
/// </summary>
internal sealed class QuadHasher(TermDictionary dictionary) : IDisposable
{
    private const int ManyTriples = 1 << 16;

    private readonly ByteBuffer _text = new();

    /// <summary>The sum of the hashes of some triples in a graph.</summary>
    public UInt128 Sum(uint graph, TripleIndex triples, CancellationToken cancellation)
    {
        var known = triples.Count >= ManyTriples && dictionary.Count / 4 <= triples.Count ? HashAll(cancellation) : null;
        var parts = known is null ? 1 : Environment.ProcessorCount;
        if (parts == 1)
        {
            return Sum(graph, triples.Triples, 0, triples.Triples.Directory.Keys.Length, known, cancellation);
        }

        var sums = new UInt128[parts];
        var keys = triples.Triples.Directory.Keys.Length;
        Parallel.For(0, parts, part =>
        {
            using var hasher = new QuadHasher(dictionary);
            var (start, end) = ((int)((long)keys * part / parts), (int)((long)keys * (part + 1) / parts));
            sums[part] = hasher.Sum(graph, triples.Triples, start, end, known, cancellation);
        });
        return sums.Aggregate(UInt128.Zero, (sum, part) => sum + part);
    }

    /// <summary>The hash of a graph that is there without triples.</summary>
    public UInt128 Of(uint graph)
    {
        Span<UInt128> name = [Hash(graph, null)];
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(name));
    }

    public void Dispose() => _text.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private UInt128 Sum(uint graph, SortedOrder order, int firstKey, int endKey, UInt128[]? known, CancellationToken cancellation)
    {
        var sum = UInt128.Zero;
        Span<UInt128> quad = stackalloc UInt128[4];
        quad[0] = graph == 0 ? 0 : Hash(graph, known);
        var keys = order.Directory.Keys;
        var starts = order.Directory.Starts;
        var second = order.Second;
        var third = order.Third;
        for (var key = firstKey; key < endKey; key++)
        {
            if ((key & 0xFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            quad[1] = Hash(keys[key], known);
            for (var row = starts[key]; row < starts[key + 1]; row++)
            {
                quad[2] = Hash(second[row], known);
                quad[3] = Hash(third[row], known);
                sum += XxHash128.HashToUInt128(MemoryMarshal.AsBytes(quad));
            }
        }

        return sum;
    }

    private UInt128[] HashAll(CancellationToken cancellation)
    {
        var hashes = GC.AllocateUninitializedArray<UInt128>(dictionary.Count);
        const int Step = 1 << 14;
        Parallel.For(0, (hashes.Length + Step - 1) / Step, new ParallelOptions { CancellationToken = cancellation }, step =>
        {
            for (var index = step * Step; index < Math.Min(hashes.Length, (step + 1) * Step); index++)
            {
                hashes[index] = XxHash128.HashToUInt128(dictionary.Heap[(uint)index]);
            }
        });
        return hashes;
    }

    private UInt128 Hash(uint term, UInt128[]? known)
    {
        var id = new TermId(term);
        return known is not null && !TermDictionary.IsInline(id.Tag) ? known[id.Payload] : XxHash128.HashToUInt128(dictionary.Encoded(id, _text));
    }
}
