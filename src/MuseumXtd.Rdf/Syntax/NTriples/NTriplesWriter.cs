using System.Runtime.CompilerServices;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.NTriples;

/// <summary>Writes N-Triples or N-Quads, one statement a line, as they come.</summary>
internal sealed class NTriplesWriter(Stream output, bool quads, bool canonical) : IRdfWriter
{
    private const int FlushSize = 32 * 1024;

    private readonly ByteBuffer _buffer = new(2 * FlushSize);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        TermWriter.Write(subject, _buffer, canonical);
        _buffer.Append((byte)' ');
        TermWriter.Write(predicate, _buffer, canonical);
        _buffer.Append((byte)' ');
        TermWriter.Write(@object, _buffer, canonical);
        if (quads && !graph.IsEmpty)
        {
            _buffer.Append((byte)' ');
            TermWriter.Write(graph, _buffer, canonical);
        }

        _buffer.Append(" .\n"u8);
        if (_buffer.Length >= FlushSize)
        {
            Flush();
        }
    }

    public void Complete()
    {
        Flush();
        output.Flush();
    }

    public void Dispose() => _buffer.Dispose();

    private void Flush()
    {
        output.Write(_buffer.Written);
        _buffer.Clear();
    }
}
