using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store;

/// <summary>Remembers the last term in a position: statements in a row mostly share subject, graph or predicate.</summary>
internal sealed class RecentTerm : IDisposable
{
    private readonly ByteBuffer _bytes = new();
    private uint _id;

    public uint Get(ReadOnlySpan<byte> encoded, TermDictionary dictionary)
    {
        if (!encoded.SequenceEqual(_bytes.Written))
        {
            _id = dictionary.GetOrAdd(encoded).Value;
            _bytes.Clear();
            _bytes.Append(encoded);
        }

        return _id;
    }

    public void Dispose() => _bytes.Dispose();
}
