using System.IO.Compression;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// Reads gzip and finds out when it was cut short, which the platform's stream takes for the end. Members of gzip may follow each other (RFC
/// 1952, section 2.2), so one more is put behind the input, with a mark in it: it comes out last if and only if all before it was whole.
/// </summary>
internal sealed class GzipInput : ReadOnlyStream
{
    private static readonly byte[] Mark = "\0MuseumXtd\0end\0\0"u8.ToArray();
    private static readonly byte[] MarkMember = Pack(Mark);

    private readonly GZipStream _stream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public GzipInput(Stream input) => _stream = new GZipStream(new MarkedStream(input), CompressionMode.Decompress);

    public override int Read(Span<byte> buffer)
    {
        while (_end - _start <= Mark.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            if (read == 0)
            {
                return _buffer.AsSpan(0, _end).SequenceEqual(Mark)
                    ? 0
                    : throw new InvalidDataException("The gzip data is cut short: its end is missing.");
            }
        }

        var count = Math.Min(buffer.Length, _end - _start - Mark.Length);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _stream.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var stream = new GZipStream(output, CompressionLevel.NoCompression, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return output.ToArray();
    }

    private sealed class MarkedStream(Stream input) : ReadOnlyStream
    {
        private bool _isEnded;
        private int _given;

        public override int Read(Span<byte> buffer)
        {
            var read = _isEnded ? 0 : input.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
            {
                return read;
            }

            _isEnded = true;
            var count = Math.Min(buffer.Length, MarkMember.Length - _given);
            MarkMember.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            input.Dispose();
            base.Dispose(disposing);
        }
    }
}
