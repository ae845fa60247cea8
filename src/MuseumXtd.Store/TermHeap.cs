using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store;

/// <summary>
/// Encoded terms one after another in large segments, each after its length; four bytes a term say where. Numbers and times have
/// their value behind their text. It only grows: one writer adds, any number of readers read what was added before they began. It may begin with terms of a
/// mapped file.
/// </summary>
internal sealed class TermHeap
{
    public const int SegmentSize = 1 << SegmentBits;
    public const int ChunkSize = 1 << ChunkBits;
    private const int SegmentBits = 20;
    private const int MaxSegments = 1 << (32 - SegmentBits);
    private const int ChunkBits = 16;
    private const int LongestLength = 5;

    private Column<byte>[] _segments;
    private Column<uint>[] _places;
    private byte[] _segment = [];
    private uint[] _chunk = [];
    private int _count;
    private int _used;
    private long _bytes;

    public TermHeap()
    {
        _segments = [];
        _places = [];
    }

    /// <summary>A heap that begins with terms that are not changed: their segments, and where each is.</summary>
    public TermHeap(Column<byte>[] segments, Column<uint> places)
    {
        _segments = segments;
        _count = places.Length;
        _places = new Column<uint>[(places.Length + ChunkSize - 1) / ChunkSize];
        for (var chunk = 0; chunk < _places.Length; chunk++)
        {
            var start = chunk << ChunkBits;
            var length = Math.Min(ChunkSize, places.Length - start);
            if (length < ChunkSize)
            {
                // The last chunk goes on with terms that are added.
                _chunk = new uint[ChunkSize];
                places.Span.Slice(start, length).CopyTo(_chunk);
                _places[chunk] = _chunk;
            }
            else
            {
                _places[chunk] = places.Slice(start, length);
            }
        }
    }

    private TermHeap(Column<byte>[] segments, Column<uint>[] places, int count, long bytes)
    {
        _segments = segments;
        _places = places;
        _count = count;
        _bytes = bytes;
        if (count % ChunkSize > 0)
        {
            _chunk = new uint[ChunkSize];
            places[^1].Span[..(count % ChunkSize)].CopyTo(_chunk);
            places[^1] = _chunk;
        }
    }

    /// <summary>Called before memory is taken, with how many bytes; what it throws leaves all as it was.</summary>
    public Action<long>? Room { get; set; }

    public int Count => Volatile.Read(ref _count);

    /// <summary>The bytes in memory of its own; what is mapped does not count.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The encoded form of a term.</summary>
    public ReadOnlySpan<byte> this[uint index]
    {
        get
        {
            var rest = At(index, out var length);
            return rest[..length];
        }
    }

    /// <summary>The value that was added with a term. Only for terms that have one.</summary>
    public ulong Value(uint index)
    {
        var rest = At(index, out var length);
        return BinaryPrimitives.ReadUInt64LittleEndian(rest[length..]);
    }

    /// <summary>Adds a term, and a value if it has one; its index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<byte> encoded, ulong? value)
    {
        var index = _count;
        var size = LongestLength + encoded.Length + (value is null ? 0 : sizeof(ulong));
        if (_used + size > _segment.Length)
        {
            AddSegment(size);
        }

        if (index > TermId.PayloadMask)
        {
            throw new InvalidOperationException("The dictionary is full: it holds at most 268 million terms.");
        }

        if (index >> ChunkBits == _places.Length)
        {
            Room?.Invoke(ChunkSize * sizeof(uint));
            _chunk = new uint[ChunkSize];
            _bytes += ChunkSize * sizeof(uint);
            Volatile.Write(ref _places, [.. _places, _chunk]);
        }

        var segment = _segment;
        _chunk[index & (ChunkSize - 1)] = ((uint)(_segments.Length - 1) << SegmentBits) | (uint)_used;
        var length = encoded.Length;
        for (; length >= 0x80; length >>= 7)
        {
            segment[_used++] = (byte)(length | 0x80);
        }

        segment[_used++] = (byte)length;
        encoded.CopyTo(segment.AsSpan(_used));
        _used += encoded.Length;
        if (value is { } bits)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(segment.AsSpan(_used), bits);
            _used += sizeof(ulong);
        }

        Volatile.Write(ref _count, index + 1);
        return index;
    }

    /// <summary>A heap of the first terms, which shares their memory with this one and goes on by itself.</summary>
    /// <param name="count">How many terms; at least those of a mapped file.</param>
    /// <param name="hasValue">Whether a term has a value behind it.</param>
    public TermHeap First(int count, Func<uint, bool> hasValue)
    {
        Column<byte>[] segments = [.. Segments(count, hasValue)];
        Column<uint>[] places = [.. _places.Take((count + ChunkSize - 1) / ChunkSize)];
        var rest = _segments.Skip(segments.Length).Sum(s => (long)s.Length) + ((_places.Length - places.Length) * (long)ChunkSize * sizeof(uint));
        return new TermHeap(segments, places, count, Bytes - rest);
    }

    /// <summary>Where the first terms are.</summary>
    public IEnumerable<Column<uint>> Places(int count)
    {
        for (var chunk = 0; chunk << ChunkBits < count; chunk++)
        {
            var all = _places[chunk];
            var length = Math.Min(ChunkSize, count - (chunk << ChunkBits));
            yield return length == all.Length ? all : all.Slice(0, length);
        }
    }

    /// <summary>The segments that hold the first terms, the last one up to where the next term may begin.</summary>
    /// <param name="count">How many terms.</param>
    /// <param name="hasValue">Whether a term, given by its encoded form, has a value behind it.</param>
    public IEnumerable<Column<byte>> Segments(int count, Func<uint, bool> hasValue)
    {
        if (count == 0)
        {
            yield break;
        }

        var last = (uint)count - 1;
        var lastSegment = (int)(PlaceOf(last) >> SegmentBits);
        for (var segment = 0; segment < lastSegment; segment++)
        {
            yield return _segments[segment];
        }

        var all = _segments[lastSegment];
        yield return all.Slice(0, all.Length - At(last, out var length).Length + length + (hasValue(last) ? sizeof(ulong) : 0));
    }

    /// <summary>Asks for the place of a term, ahead of its use.</summary>
    public ref readonly uint PlaceAt(uint index) => ref _places[index >> ChunkBits].Span[(int)(index & (ChunkSize - 1))];

    /// <summary>The first byte of a term.</summary>
    public ref readonly byte StartOf(uint index)
    {
        var place = PlaceOf(index);
        return ref _segments[place >> SegmentBits].Span[(int)(place & (SegmentSize - 1))];
    }

    private uint PlaceOf(uint index) => PlaceAt(index);

    /// <summary>What is in a segment from the text of a term on.</summary>
    private ReadOnlySpan<byte> At(uint index, out int length)
    {
        var place = PlaceOf(index);
        var rest = _segments[place >> SegmentBits].Span[(int)(place & (SegmentSize - 1))..];
        length = rest[0];
        if (length < 0x80)
        {
            return rest[1..];
        }

        length &= 0x7F;
        var at = 1;
        for (var shift = 7; ; shift += 7)
        {
            var next = rest[at++];
            length |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return rest[at..];
            }
        }
    }

    private void AddSegment(int atLeast)
    {
        if (_segments.Length == MaxSegments)
        {
            throw new InvalidOperationException("The dictionary is full: it holds at most 4 GB of text.");
        }

        Room?.Invoke(Math.Max(SegmentSize, atLeast));

        // Where memory ends in between, nothing has changed.
        var segment = new byte[Math.Max(SegmentSize, atLeast)];
        Volatile.Write(ref _segments, [.. _segments, segment]);
        Volatile.Write(ref _bytes, _bytes + segment.Length);
        _segment = segment;
        _used = 0;
    }
}
