using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Store.Loading;

/// <summary>
/// Quads on their way into a store: what can be done without the dictionary's one writer is done here, in whatever thread reads. Terms are
/// hashed, and those that were met lately are the same term.
/// </summary>
internal sealed class TermBatch(TermDictionary dictionary) : IQuadSink, IDisposable
{
    private const int RecentTerms = 1 << 12;

    private readonly ByteBuffer _text = new();
    private readonly List<int> _ends = [];
    private readonly List<uint> _hashes = [];
    private readonly List<BatchQuad> _quads = [];
    private readonly int[] _recent = new int[RecentTerms];
    private uint[] _ids = [];

    /// <summary>Hashes of the terms; 0 where the id is known without the dictionary.</summary>
    public ReadOnlySpan<uint> Hashes => CollectionsMarshal.AsSpan(_hashes);

    /// <summary>The ids of the terms.</summary>
    public Span<uint> Ids => _ids.AsSpan(0, _hashes.Count);

    /// <summary>Quads by the numbers of their terms.</summary>
    public ReadOnlySpan<BatchQuad> Quads => CollectionsMarshal.AsSpan(_quads);

    /// <summary>How many bytes of text it has.</summary>
    public int TextLength => _text.Length;

    public ReadOnlySpan<byte> Encoded(int term)
    {
        var start = term == 0 ? 0 : _ends[term - 1];
        return _text.Written[start.._ends[term]];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        _quads.Add(new BatchQuad(NumberOf(subject), NumberOf(predicate), NumberOf(@object), graph.IsEmpty ? -1 : NumberOf(graph)));

    public void Clear()
    {
        _text.Clear();
        _ends.Clear();
        _hashes.Clear();
        _quads.Clear();
        Array.Clear(_recent);
    }

    public void Dispose() => _text.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NumberOf(ReadOnlySpan<byte> encoded)
    {
        if (TermDictionary.TryInline(encoded, out var id))
        {
            return Add(default, 0, id.Value);
        }

        var hash = dictionary.Hash(encoded);
        ref var recent = ref _recent[hash >> (32 - 12)];
        if (recent > 0 && _hashes[recent - 1] == hash && Encoded(recent - 1).SequenceEqual(encoded))
        {
            return recent - 1;
        }

        var number = Add(encoded, hash, 0);
        recent = number + 1;
        return number;
    }

    private int Add(ReadOnlySpan<byte> encoded, uint hash, uint id)
    {
        var number = _hashes.Count;
        if (number == _ids.Length)
        {
            Array.Resize(ref _ids, Math.Max(1024, number * 2));
        }

        _text.Append(encoded);
        _ends.Add(_text.Length);
        _hashes.Add(hash);
        _ids[number] = id;
        return number;
    }
}

/// <summary>A quad by the numbers of its terms in a batch; the graph is negative for the unnamed one.</summary>
internal readonly record struct BatchQuad(int Subject, int Predicate, int Object, int Graph);
