using System.Buffers.Binary;

namespace MuseumXtd.Store;

/// <summary>
/// Encoded terms one after another in large segments, each after its length; four bytes a term say where. Numbers have their value behind
/// their text. It only grows: one writer adds, any number of readers read what was added before they began.
/// </summary>
internal sealed class TermHeap
{
    private const int SegmentBits = 20;
    private const int SegmentSize = 1 << SegmentBits;
    private const int MaxSegments = 1 << (32 - SegmentBits);
    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private const int LongestLength = 5;

    private byte[][] _segments = [new byte[SegmentSize]];
    private uint[][] _places = [new uint[ChunkSize]];
    private int _count;
    private int _used;
    private long _bytes = SegmentSize;

    public int Count => Volatile.Read(ref _count);

    public long Bytes => Volatile.Read(ref _bytes) + (Volatile.Read(ref _places).Length * (long)ChunkSize * sizeof(uint));

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
    public int Add(ReadOnlySpan<byte> encoded, ulong? value)
    {
        var index = _count;
        var size = LongestLength + encoded.Length + (value is null ? 0 : sizeof(ulong));
        if (_used + size > _segments[^1].Length)
        {
            AddSegment(size);
        }

        if (index > TermId.PayloadMask)
        {
            throw new InvalidOperationException("The dictionary is full: it holds at most 268 million terms.");
        }

        if (index >> ChunkBits == _places.Length)
        {
            Volatile.Write(ref _places, [.. _places, new uint[ChunkSize]]);
        }

        var segment = _segments[^1];
        _places[index >> ChunkBits][index & (ChunkSize - 1)] = ((uint)(_segments.Length - 1) << SegmentBits) | (uint)_used;
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

    /// <summary>What is in a segment from the text of a term on.</summary>
    private ReadOnlySpan<byte> At(uint index, out int length)
    {
        var place = _places[index >> ChunkBits][index & (ChunkSize - 1)];
        ReadOnlySpan<byte> rest = _segments[place >> SegmentBits].AsSpan((int)(place & (SegmentSize - 1)));
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

        var segment = new byte[Math.Max(SegmentSize, atLeast)];
        Volatile.Write(ref _segments, [.. _segments, segment]);
        Volatile.Write(ref _bytes, _bytes + segment.Length);
        _used = 0;
    }
}
