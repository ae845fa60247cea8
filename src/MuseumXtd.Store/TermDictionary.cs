using System.Buffers;
using System.Buffers.Text;
using System.IO.Hashing;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store;

/// <summary>
/// Terms to ids and back. It only grows: ids are never given anew, so every snapshot shares one dictionary. One writer
/// at a time adds terms; any number of readers look up at the same time without locks.
/// </summary>
/// <remarks>
/// Encoded terms lie one after another in large segments, each after its length; four bytes a term say where. A second table, open
/// addressed, holds hash and id in one word, so that a probe touches the text only when 32 bits of hash agree. A reader that still sees
/// an older table misses only terms that its snapshot cannot hold.
/// </remarks>
public sealed class TermDictionary
{
    private const int SegmentBits = 20;
    private const int SegmentSize = 1 << SegmentBits;
    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    private static ReadOnlySpan<byte> NumericTypes =>
        "integer decimal double float int long nonNegativeInteger positiveInteger short byte nonPositiveInteger negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte"u8;

    private static ReadOnlySpan<byte> TemporalTypes =>
        "dateTime date gYear gYearMonth time duration dateTimeStamp yearMonthDuration dayTimeDuration gMonth gMonthDay gDay"u8;

    private byte[][] _segments = [new byte[SegmentSize]];
    private uint[][] _places = [new uint[ChunkSize]];
    private ulong[] _table = new ulong[1024];
    private int _count;
    private int _segment;
    private int _used;

    /// <summary>How many terms it holds; inline values are not counted.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The bytes that the terms and tables take.</summary>
    public long Bytes =>
        ((long)_segment << SegmentBits) + _used + (_places.Length * (long)ChunkSize * sizeof(uint)) + (_table.Length * (long)sizeof(ulong));

    /// <summary>The id of an encoded term, when it is an inline value or the dictionary holds it.</summary>
    public bool TryGetId(ReadOnlySpan<byte> encoded, out TermId id)
    {
        if (TryInline(encoded, out id))
        {
            return true;
        }

        return TryFind(Volatile.Read(ref _table), encoded, Hash(encoded), out id, out _);
    }

    /// <summary>The id of an encoded term, which is added when it is new. For the one writer.</summary>
    public TermId GetOrAdd(ReadOnlySpan<byte> encoded)
    {
        if (TryInline(encoded, out var id))
        {
            return id;
        }

        var hash = Hash(encoded);
        if (TryFind(_table, encoded, hash, out id, out var slot))
        {
            return id;
        }

        if (_count >= _table.Length / 2)
        {
            Grow();
            TryFind(_table, encoded, hash, out _, out slot);
        }

        id = TermId.Of(Classify(encoded), (uint)_count);
        Store(encoded);
        Volatile.Write(ref _table[slot], ((ulong)hash << 32) | id.Value);
        return id;
    }

    /// <summary>
    /// The encoded form of a term. The span is valid until <paramref name="scratch"/> is used again; scratch is cleared
    /// and written only where the form is not stored in one piece.
    /// </summary>
    public ReadOnlySpan<byte> Encoded(TermId id, ByteBuffer scratch)
    {
        if (!IsInline(id.Tag))
        {
            return Stored(id.Payload);
        }

        scratch.Clear();
        AppendInline(id, scratch);
        return scratch.Written;
    }

    /// <summary>Adds the encoded form of a term at the end of <paramref name="output"/>.</summary>
    public void Append(TermId id, ByteBuffer output)
    {
        if (IsInline(id.Tag))
        {
            AppendInline(id, output);
        }
        else
        {
            output.Append(Stored(id.Payload));
        }
    }

    /// <summary>
    /// The value of a literal as a double, for ids with tag <see cref="TermTag.InlineInteger"/> or
    /// <see cref="TermTag.Numeric"/>; false when it is ill-typed. It is exact for doubles and for integers below 2^53.
    /// </summary>
    public bool TryGetDouble(TermId id, out double value)
    {
        if (id.Tag == TermTag.InlineInteger)
        {
            value = InlineValue.Integer(id);
            return true;
        }

        value = 0;
        if (id.Tag != TermTag.Numeric)
        {
            return false;
        }

        var text = new EncodedTerm(Stored(id.Payload)).LexicalForm;
        if (text.SequenceEqual("INF"u8) || text.SequenceEqual("+INF"u8))
        {
            value = double.PositiveInfinity;
            return true;
        }

        if (text.SequenceEqual("-INF"u8))
        {
            value = double.NegativeInfinity;
            return true;
        }

        if (text.SequenceEqual("NaN"u8))
        {
            value = double.NaN;
            return true;
        }

        return !text.IsEmpty
            && !text.ContainsAnyExcept(NumberBytes)
            && Utf8Parser.TryParse(text, out value, out var used)
            && used == text.Length;
    }

    internal static bool IsInline(TermTag tag) => tag is TermTag.InlineInteger or TermTag.InlineBoolean or TermTag.InlineDate;

    /// <summary>The tag that an encoded term gets in a dictionary.</summary>
    public static TermTag Classify(ReadOnlySpan<byte> encoded)
    {
        var term = new EncodedTerm(encoded);
        switch (term.Kind)
        {
            case TermKind.BlankNode:
                return TermTag.BlankNode;
            case TermKind.Iri:
                return TermTag.Iri;
            case TermKind.TripleTerm:
                return TermTag.TripleTerm;
            default:
                var suffix = term.Suffix;
                if (suffix.IsEmpty)
                {
                    return TermTag.String;
                }

                return suffix[0] == (byte)'@' ? TermTag.LangString : ClassifyDatatype(suffix[3..]);
        }
    }

    private static TermTag ClassifyDatatype(ReadOnlySpan<byte> datatype)
    {
        var xsd = "http://www.w3.org/2001/XMLSchema#"u8;
        if (!datatype.StartsWith(xsd))
        {
            return TermTag.OtherLiteral;
        }

        var name = datatype[xsd.Length..];
        return IsOneOf(NumericTypes, name) ? TermTag.Numeric
            : IsOneOf(TemporalTypes, name) ? TermTag.Temporal
            : TermTag.OtherLiteral;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> words, ReadOnlySpan<byte> name)
    {
        foreach (var word in words.Split((byte)' '))
        {
            if (words[word].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryInline(ReadOnlySpan<byte> encoded, out TermId id)
    {
        id = default;
        if (encoded[0] != (byte)'"')
        {
            return false;
        }

        // Only integers, booleans and dates are inlined; the last letter of the type tells most others apart at once.
        if (encoded[^1] is not ((byte)'r' or (byte)'n' or (byte)'e') || encoded.Length > 60)
        {
            return false;
        }

        var term = new EncodedTerm(encoded);
        var suffix = term.Suffix;
        return suffix.Length > 3 && suffix[0] == (byte)'^' && InlineValue.TryEncode(term.LexicalForm, suffix[3..], out id);
    }

    private static void AppendInline(TermId id, ByteBuffer output)
    {
        output.Append((byte)'"');
        output.Advance(InlineValue.WriteLexicalForm(id, output.GetSpan(16)));
        output.Append(InlineValue.Suffix(id.Tag));
    }

    private static uint Hash(ReadOnlySpan<byte> encoded) => (uint)(XxHash3.HashToUInt64(encoded) >> 32) | 1;

    private bool TryFind(ulong[] table, ReadOnlySpan<byte> encoded, uint hash, out TermId id, out int slot)
    {
        var mask = table.Length - 1;
        for (slot = Spread(hash) & mask; ; slot = (slot + 1) & mask)
        {
            var entry = Volatile.Read(ref table[slot]);
            if (entry == 0)
            {
                id = default;
                return false;
            }

            if ((uint)(entry >> 32) == hash)
            {
                id = new TermId((uint)entry);
                if (Stored(id.Payload).SequenceEqual(encoded))
                {
                    return true;
                }
            }
        }
    }

    private static int Spread(uint hash) => (int)((hash * 0x9E3779B1u) >> 1);

    private ReadOnlySpan<byte> Stored(uint index)
    {
        var place = _places[index >> ChunkBits][index & (ChunkSize - 1)];
        var segment = _segments[place >> SegmentBits].AsSpan((int)(place & (SegmentSize - 1)));
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = segment[0];
            segment = segment[1..];
            length |= (b & 0x7F) << shift;
            if (b < 0x80)
            {
                return segment[..length];
            }
        }
    }

    private void Store(ReadOnlySpan<byte> encoded)
    {
        const int LongestLength = 5;
        if (_used + encoded.Length + LongestLength > _segments[_segment].Length)
        {
            AddSegment(encoded.Length + LongestLength);
        }

        var index = _count;
        if (index > TermId.PayloadMask || _segment >= 1 << (32 - SegmentBits))
        {
            throw new InvalidOperationException("The dictionary is full: it holds at most 268 million terms and 4 GB of text.");
        }

        if (index >> ChunkBits == _places.Length)
        {
            var places = new uint[_places.Length + 1][];
            _places.CopyTo(places, 0);
            places[^1] = new uint[ChunkSize];
            Volatile.Write(ref _places, places);
        }

        _places[index >> ChunkBits][index & (ChunkSize - 1)] = ((uint)_segment << SegmentBits) | (uint)_used;
        var segment = _segments[_segment];
        var length = encoded.Length;
        for (; length >= 0x80; length >>= 7)
        {
            segment[_used++] = (byte)(length | 0x80);
        }

        segment[_used++] = (byte)length;
        encoded.CopyTo(segment.AsSpan(_used));
        _used += encoded.Length;
        Volatile.Write(ref _count, index + 1);
    }

    private void AddSegment(int atLeast)
    {
        var segments = new byte[_segments.Length + 1][];
        _segments.CopyTo(segments, 0);
        segments[^1] = new byte[Math.Max(SegmentSize, atLeast)];
        _segment = segments.Length - 1;
        _used = 0;
        Volatile.Write(ref _segments, segments);
    }

    private void Grow()
    {
        var table = new ulong[_table.Length * 2];
        var mask = table.Length - 1;
        foreach (var entry in _table)
        {
            if (entry != 0)
            {
                var slot = Spread((uint)(entry >> 32)) & mask;
                while (table[slot] != 0)
                {
                    slot = (slot + 1) & mask;
                }

                table[slot] = entry;
            }
        }

        Volatile.Write(ref _table, table);
    }
}
