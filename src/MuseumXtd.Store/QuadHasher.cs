using System.IO.Hashing;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store;

/// <summary>Hashes quads by their text; the sum over a set of quads is the same in whatever order and with whatever ids.</summary>
internal sealed class QuadHasher(TermDictionary dictionary) : IDisposable
{
    // No UTF-8 text holds it, so that no two quads run together to the same bytes.
    private const byte End = 0xFF;

    private readonly ByteBuffer _text = new();

    /// <summary>The sum of the hashes of some triples in a graph.</summary>
    public UInt128 Sum(uint graph, TripleIndex triples, CancellationToken cancellation)
    {
        var sum = UInt128.Zero;
        var order = triples.Triples;
        for (var key = 0; key < order.Directory.Keys.Length; key++)
        {
            cancellation.ThrowIfCancellationRequested();

            // The graph and the subject stand before what differs from row to row.
            _text.Clear();
            Append(graph);
            Append(order.Directory.Keys[key]);
            var length = _text.Length;
            for (var row = order.Directory.Starts[key]; row < order.Directory.Starts[key + 1]; row++)
            {
                _text.Truncate(length);
                Append(order.Second[row]);
                Append(order.Third[row]);
                sum += XxHash128.HashToUInt128(_text.Written);
            }
        }

        return sum;
    }

    /// <summary>The hash of a graph that is there without triples.</summary>
    public UInt128 Of(uint graph)
    {
        _text.Clear();
        Append(graph);
        return XxHash128.HashToUInt128(_text.Written);
    }

    public void Dispose() => _text.Dispose();

    private void Append(uint term)
    {
        if (term != 0)
        {
            dictionary.Append(new TermId(term), _text);
        }

        _text.Append(End);
    }
}
