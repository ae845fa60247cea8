using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Store;

/// <summary>
/// Terms to ids and back. It only grows: ids are never given anew, so every snapshot shares one dictionary. One writer
/// at a time adds terms; any number of readers look up at the same time without locks.
/// </summary>
/// <remarks>
/// The text is in a <see cref="TermHeap"/>. Beside it an open-addressed table holds hash and id in one word, so that a probe touches the
/// text only when 32 bits of hash agree. A reader that still sees an older table misses only terms that its snapshot cannot hold.
/// Whole terms are kept, without sharing of namespaces or datatypes: a term is one slice for writers, comparisons and hashes, and 25 bytes
/// a triple, table included, leave the whole store well below its aim.
/// </remarks>
public sealed class TermDictionary
{
    // The bits of a NaN that no parser gives.
    private const ulong IllTyped = ulong.MaxValue;

    private readonly TermHeap _heap = new();

    // Chosen anew for each dictionary, so that nobody can prepare terms that all fall in one place of the table.
    private readonly long _seed = Random.Shared.NextInt64();
    private ulong[] _table = new ulong[1024];

    /// <summary>How many terms it holds; inline values are not counted.</summary>
    public int Count => _heap.Count;

    /// <summary>The bytes that the terms and tables take.</summary>
    public long Bytes => _heap.Bytes + (_table.Length * (long)sizeof(ulong));

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

        if (_heap.Count >= _table.Length / 3 * 2)
        {
            Grow();
            TryFind(_table, encoded, hash, out _, out slot);
        }

        var tag = Classify(encoded);
        id = TermId.Of(tag, (uint)_heap.Add(encoded, tag == TermTag.Numeric ? NumericBits(encoded) : null));
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
            return _heap[id.Payload];
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
            output.Append(_heap[id.Payload]);
        }
    }

    /// <summary>
    /// The value of a literal as a double, for ids with tag <see cref="TermTag.InlineInteger"/> or
    /// <see cref="TermTag.Numeric"/>; false when it is ill-typed. It is exact for doubles and for integers below 2^53. No text is read:
    /// the value was worked out when the term was added.
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

        var bits = _heap.Value(id.Payload);
        value = BitConverter.UInt64BitsToDouble(bits);
        return bits != IllTyped;
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
        return NumericLiteral.IsNumeric(name) ? TermTag.Numeric
            : IsTemporal(name) ? TermTag.Temporal
            : TermTag.OtherLiteral;
    }

    private static bool IsTemporal(ReadOnlySpan<byte> name)
    {
        var types = "dateTime date gYear gYearMonth time duration dateTimeStamp yearMonthDuration dayTimeDuration gMonth gMonthDay gDay"u8;
        foreach (var type in types.Split((byte)' '))
        {
            if (types[type].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private static ulong NumericBits(ReadOnlySpan<byte> encoded)
    {
        var literal = new EncodedTerm(encoded);
        return NumericLiteral.TryParse(literal.LexicalForm, literal.Datatype[Xsd.Namespace.Length..], out var value)
            ? BitConverter.DoubleToUInt64Bits(value)
            : IllTyped;
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

    private uint Hash(ReadOnlySpan<byte> encoded) => (uint)(TermEquality.Hash(encoded, _seed) >> 32) | 1;

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
                if (TermEquality.AreSame(_heap[id.Payload], encoded))
                {
                    return true;
                }
            }
        }
    }

    private static int Spread(uint hash) => (int)((hash * 0x9E3779B1u) >> 1);

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
