using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store.Durability;

/// <summary>
/// One step of a transaction as it stands in a journal: a header with length and checksum, then terms, each once, and the triples that are
/// removed and added by the numbers of their terms. A large transaction has several records; only the last is marked as such, and
/// only with it the others count.
/// </summary>
/// <remarks>
/// Header of 40 bytes, little-endian: <c>MXJ1</c>, flags (4), length of the content (4), zero (4), sequence of the transaction (8), how much
/// of the file was known to last when the record was written (8), XXH3 of the header so far and the content (8). Content: operations of
/// one byte with numbers of variable length, as <see cref="Operation"/> says.
/// </remarks>
internal sealed class JournalRecord : IDisposable
{
    public const int HeaderLength = 40;
    private const uint Magic = 0x314A584D;
    private const uint Last = 1;

    private readonly TermDictionary? _dictionary;
    private readonly ByteBuffer _content = new();
    private readonly ByteBuffer _scratch = new();
    private readonly Dictionary<uint, uint> _terms = [];

    /// <summary>An empty record.</summary>
    /// <param name="dictionary">The terms of what it is to hold; null where it stays empty.</param>
    public JournalRecord(TermDictionary? dictionary) => _dictionary = dictionary;

    /// <summary>What stands in a record.</summary>
    private enum Operation : byte
    {
        /// <summary>A term: length and encoded form. Terms are numbered from 1 in the order they come.</summary>
        Term = 1,

        /// <summary>What follows is about this graph: its term, 0 for the unnamed one.</summary>
        Graph = 2,

        /// <summary>A triple that is added: three terms.</summary>
        Add = 3,

        /// <summary>A triple that is removed: three terms.</summary>
        Remove = 4,

        /// <summary>The graph has no triples and stays.</summary>
        StaysEmpty = 5,

        /// <summary>The graph has no triples and is gone.</summary>
        Gone = 6,
    }

    /// <summary>How long the content is so far.</summary>
    public int ContentLength => _content.Length;

    /// <summary>Begins a new record.</summary>
    public void Clear()
    {
        _content.Clear();
        _terms.Clear();
    }

    public void Graph(uint name)
    {
        var term = NumberOf(name);
        Write(Operation.Graph);
        WriteNumber(term);
    }

    public void Add(Triple triple) => Write(Operation.Add, triple);

    public void Remove(Triple triple) => Write(Operation.Remove, triple);

    public void StaysEmpty() => Write(Operation.StaysEmpty);

    public void Gone() => Write(Operation.Gone);

    /// <summary>Writes the record at the end of a file.</summary>
    public void AppendTo(IJournalFile file, long sequence, long lasting, bool isLast)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(HeaderLength + _content.Length);
        var header = bytes.AsSpan(0, HeaderLength);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], isLast ? Last : 0);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], _content.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], lasting);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], Checksum(header, _content.Written));
        _content.Written.CopyTo(bytes.AsSpan(HeaderLength));
        try
        {
            file.Append(bytes.AsSpan(0, HeaderLength + _content.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Reads a record at a place of a file; null when none is there, or it is not whole.</summary>
    public static ReadRecord? ReadAt(IJournalFile file, long position, long length)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (length - position < HeaderLength || file.Read(position, header) < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic)
        {
            return null;
        }

        var contentLength = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (contentLength < 0 || contentLength > length - position - HeaderLength)
        {
            return null;
        }

        var content = new byte[contentLength];
        if (file.Read(position + HeaderLength, content) < contentLength || Checksum(header, content) != BinaryPrimitives.ReadUInt64LittleEndian(header[32..]))
        {
            return null;
        }

        return new ReadRecord(
            content,
            BinaryPrimitives.ReadInt64LittleEndian(header[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[24..]),
            (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) & Last) != 0);
    }

    /// <summary>Carries out what a record says.</summary>
    public static void Apply(ReadOnlySpan<byte> content, StoreTransaction transaction)
    {
        var terms = new List<TermId> { default };
        var graph = default(TermId);
        while (!content.IsEmpty)
        {
            var operation = (Operation)content[0];
            content = content[1..];
            switch (operation)
            {
                case Operation.Term:
                    var length = (int)ReadNumber(ref content);
                    terms.Add(transaction.Intern(content[..length]));
                    content = content[length..];
                    break;
                case Operation.Graph:
                    graph = terms[(int)ReadNumber(ref content)];
                    break;
                case Operation.Add:
                    transaction.Add(terms[(int)ReadNumber(ref content)], terms[(int)ReadNumber(ref content)], terms[(int)ReadNumber(ref content)], graph);
                    break;
                case Operation.Remove:
                    transaction.Remove(terms[(int)ReadNumber(ref content)], terms[(int)ReadNumber(ref content)], terms[(int)ReadNumber(ref content)], graph);
                    break;
                case Operation.StaysEmpty:
                    transaction.Clear(graph);
                    transaction.Create(graph);
                    break;
                case Operation.Gone:
                    transaction.Clear(graph);
                    break;
                default:
                    throw new JournalException($"The journal has an operation {(byte)operation} that this version does not know. Use the version that wrote it.");
            }
        }
    }

    public void Dispose()
    {
        _content.Dispose();
        _scratch.Dispose();
    }

    private static ulong Checksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> content)
    {
        var hash = new XxHash3();
        hash.Append(header[..32]);
        hash.Append(content);
        return hash.GetCurrentHashAsUInt64();
    }

    private void Write(Operation operation, Triple triple)
    {
        var (a, b, c) = (NumberOf(triple.A), NumberOf(triple.B), NumberOf(triple.C));
        Write(operation);
        WriteNumber(a);
        WriteNumber(b);
        WriteNumber(c);
    }

    /// <summary>The number of a term in this record, which begins to be known with it.</summary>
    private uint NumberOf(uint id)
    {
        if (id == 0)
        {
            return 0;
        }

        if (!_terms.TryGetValue(id, out var number))
        {
            number = (uint)_terms.Count + 1;
            _terms.Add(id, number);
            var encoded = _dictionary!.Encoded(new TermId(id), _scratch);
            Write(Operation.Term);
            WriteNumber((uint)encoded.Length);
            _content.Append(encoded);
        }

        return number;
    }

    private void Write(Operation operation) => _content.Append((byte)operation);

    private void WriteNumber(uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            _content.Append((byte)((number & 0x7F) | 0x80));
        }

        _content.Append((byte)number);
    }

    private static uint ReadNumber(ref ReadOnlySpan<byte> content)
    {
        var number = 0u;
        for (var shift = 0; ; shift += 7)
        {
            var next = content[0];
            content = content[1..];
            number |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}

/// <summary>A record as it was read.</summary>
/// <param name="Content">The operations.</param>
/// <param name="Sequence">The sequence of its transaction.</param>
/// <param name="Lasting">How much of the file was known to last before it.</param>
/// <param name="IsLast">Whether it ends its transaction.</param>
internal sealed record ReadRecord(byte[] Content, long Sequence, long Lasting, bool IsLast);
