using System.IO.Compression;
using MuseumXtd.Rdf.Buffers;
using ZstdSharp;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>A way to compress whole documents: gzip (RFC 1952) and Zstandard (RFC 8878).</summary>
public sealed record Compression
{
    private readonly byte[] _magic;
    private readonly Func<Stream, Stream> _decompress;
    private readonly Func<Stream, Stream> _compress;

    private Compression(string name, string suffix, byte[] magic, Func<Stream, Stream> decompress, Func<Stream, Stream> compress)
    {
        Name = name;
        Suffix = suffix;
        _magic = magic;
        _decompress = decompress;
        _compress = compress;
    }

    /// <summary>gzip.</summary>
    public static Compression Gzip { get; } = new(
        "gzip",
        "gz",
        [0x1F, 0x8B],
        s => new GzipInput(s),
        s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true));

    /// <summary>Zstandard.</summary>
    public static Compression Zstandard { get; } = new(
        "zstd",
        "zst",
        [0x28, 0xB5, 0x2F, 0xFD],
        s => new ZstandardInput(new DecompressionStream(s, leaveOpen: false)),
        s => new CompressionStream(s, leaveOpen: true));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Compression> All { get; } = [Gzip, Zstandard];

    /// <summary>The name, which is also the content coding of HTTP.</summary>
    public string Name { get; }

    /// <summary>The file suffix without the dot.</summary>
    public string Suffix { get; }

    /// <summary>The compression that the last suffix of a file's name tells, or null.</summary>
    public static Compression? BySuffix(string path) =>
        All.FirstOrDefault(c => path.EndsWith("." + c.Suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// What a stream holds, decompressed if its first bytes say that it is compressed: no RDF syntax begins with them. Whatever its name
    /// says: a pipe has none, and some servers and clients unpack files without renaming them.
    /// </summary>
    /// <param name="input">The stream, which is disposed of with the one that is returned.</param>
    /// <returns>A stream that gives <see cref="InvalidDataException"/> or <see cref="EndOfStreamException"/> when the data is damaged.</returns>
    public static Stream Decompress(Stream input)
    {
        var start = new byte[All.Max(c => c._magic.Length)];
        var read = input.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new PrefixedStream(start.AsMemory(0, read), input);
        var compression = All.FirstOrDefault(c => start.AsSpan(0, read).StartsWith(c._magic));
        return compression is null ? whole : compression._decompress(whole);
    }

    /// <summary>A stream that writes compressed to another, which stays open; disposing it ends the compressed data.</summary>
    public Stream Compress(Stream output) => _compress(output);

    /// <summary>Bytes that were read already, and the rest of the stream they came from.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> start, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override int Read(Span<byte> buffer)
        {
            if (_start.IsEmpty)
            {
                return rest.Read(buffer);
            }

            var count = Math.Min(buffer.Length, _start.Length);
            _start.Span[..count].CopyTo(buffer);
            _start = _start[count..];
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            rest.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>Says of damaged data what the other streams of the platform say.</summary>
    private sealed class ZstandardInput(DecompressionStream stream) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer)
        {
            try
            {
                return stream.Read(buffer);
            }
            catch (ZstdException e)
            {
                throw new InvalidDataException($"The Zstandard data is damaged: {e.Message}", e);
            }
        }

        protected override void Dispose(bool disposing)
        {
            stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
