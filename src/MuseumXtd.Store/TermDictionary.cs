using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Values;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Store.Loading;
using MuseumXtd.Store.Memory;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Store;

/// <summary>
/// Terms to ids and back. It only grows: ids are never given anew, so every snapshot shares one dictionary. One writer
/// at a time adds terms; any number of readers look up at the same time without locks.
/// </summary>
/// <remarks>
/// The text is in a <see cref="TermHeap"/>. Beside it an open-addressed table holds hash and id in one word, so that a probe touches the
/// text only when 32 bits of hash agree. A reader that still sees an older table misses only terms that its snapshot cannot hold.
/// A dictionary that begins with the terms of a mapped file looks into that file's table first, and keeps what is added in one of its own.
/// Whole terms are kept, without sharing of namespaces or datatypes: a term is one slice for writers, comparisons and hashes, and 25 bytes
/// a triple, table included, leave the whole store well below its aim.
/// </remarks>
public sealed class TermDictionary
{
    // Each look-up reads three places that are far apart. For some terms at a time, the places are asked for before they are needed, so that
    // the waits overlap.
    private const int Together = 32;

    // The bits of a NaN that no parser gives.
    private const ulong IllTyped = ulong.MaxValue;

    private readonly TermHeap _heap;
    private readonly Column<ulong> _mapped;
    private readonly int _mappedCount;

    // Chosen anew for each dictionary, so that nobody can prepare terms that all fall in one place of the table.
    private readonly long _seed;
    private ulong[] _table = new ulong[1024];

    /// <summary>An empty dictionary.</summary>
    public TermDictionary()
        : this(new TermHeap())
    {
    }

    private TermDictionary(TermHeap heap)
    {
        _heap = heap;
        _seed = Random.Shared.NextInt64();
        Text = new TextIndex(this);
    }

    /// <summary>A dictionary that begins with terms that were kept, and the table that was made of them.</summary>
    internal TermDictionary(TermHeap heap, Column<ulong> table, long seed)
    {
        _heap = heap;
        _mapped = table;
        _mappedCount = heap.Count;
        _seed = seed;
        Text = new TextIndex(this);
    }

    /// <summary>A dictionary of the first terms of another, with their ids.</summary>
    private TermDictionary(TermDictionary from, int count)
    {
        _heap = from._heap.First(count, i => HasValue(from._heap, i));
        _mapped = from._mapped;
        _mappedCount = from._mappedCount;
        _seed = from._seed;
        _table = new ulong[LengthFor(count - _mappedCount)];
        foreach (var entry in from._table)
        {
            if (entry != 0 && new TermId((uint)entry).Payload < count)
            {
                Insert(_table, entry);
            }
        }

        Text = from.Text.First(this, count);
        Room = from.Room;
    }

    /// <summary>A dictionary of terms that are all different.</summary>
    internal static TermDictionary Of(TermHeap terms)
    {
        var dictionary = new TermDictionary(terms);
        dictionary._table = MakeTable(terms, terms.Count, dictionary._seed);
        return dictionary;
    }

    /// <summary>How many terms it holds; inline values are not counted.</summary>
    public int Count => _heap.Count;

    /// <summary>Whether so many terms can be added in a moment: without a larger table for all, unless that one is still small.</summary>
    public bool HasRoomFor(int terms)
    {
        const int Small = 1 << 14;
        return _table.Length <= Small || _heap.Count - _mappedCount + terms < _table.Length / 3 * 2;
    }

    /// <summary>
    /// Called before memory is taken for terms and for what is made of many of them, with how many bytes: it throws <see cref="StoreFullException"/> where there are none.
    /// Null: there always are.
    /// </summary>
    internal Action<long>? Room
    {
        get => _heap.Room;
        set => _heap.Room = value;
    }

    /// <summary>Finds strings by their words.</summary>
    public TextIndex Text { get; }

    /// <summary>The bytes of memory that the terms and tables take; a mapped file is not counted.</summary>
    public long Bytes => _heap.Bytes + (_table.Length * (long)sizeof(ulong));

    /// <summary>The terms, to be kept.</summary>
    internal TermHeap Heap => _heap;

    /// <summary>The id of an encoded term, when it is an inline value or the dictionary holds it.</summary>
    public bool TryGetId(ReadOnlySpan<byte> encoded, out TermId id)
    {
        if (TryInline(encoded, out id))
        {
            return true;
        }

        var hash = Hash(encoded);
        return TryFindMapped(encoded, hash, out id) || TryFind(Volatile.Read(ref _table), encoded, hash, out id, out _);
    }

    /// <summary>The id of an encoded term, which is added when it is new. For the one writer.</summary>
    public TermId GetOrAdd(ReadOnlySpan<byte> encoded) => TryInline(encoded, out var id) ? id : GetOrAdd(encoded, Hash(encoded));

    /// <summary>Finds or adds all terms of a batch. For the one writer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void GetOrAdd(TermBatch batch)
    {
        var hashes = batch.Hashes;
        var ids = batch.Ids;
        for (var start = 0; start < hashes.Length; start += Together)
        {
            var end = Math.Min(start + Together, hashes.Length);
            Prefetch(hashes[start..end]);
            for (var term = start; term < end; term++)
            {
                if (hashes[term] != 0)
                {
                    ids[term] = GetOrAdd(batch.Encoded(term), hashes[term]).Value;
                }
            }
        }
    }

    /// <summary>Finds or adds terms that lie one behind the other, each up to its end. For the one writer.</summary>
    internal void GetOrAdd(ReadOnlySpan<byte> terms, ReadOnlySpan<int> ends, Span<uint> ids)
    {
        Span<uint> room = stackalloc uint[Together];
        var begin = 0;
        for (var first = 0; first < ends.Length; first += Together)
        {
            var hashes = room[..Math.Min(Together, ends.Length - first)];
            var start = begin;
            for (var i = 0; i < hashes.Length; i++)
            {
                var term = terms[start..ends[first + i]];
                hashes[i] = TryInline(term, out var id) ? 0 : Hash(term);
                ids[first + i] = id.Value;
                start += term.Length;
            }

            Prefetch(hashes);
            for (var i = 0; i < hashes.Length; i++)
            {
                if (hashes[i] != 0)
                {
                    ids[first + i] = GetOrAdd(terms[begin..ends[first + i]], hashes[i]).Value;
                }

                begin = ends[first + i];
            }
        }
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

    /// <summary>
    /// The value of an <c>xsd:dateTime</c> or <c>xsd:dateTimeStamp</c> literal with tag <see cref="TermTag.Temporal"/>, worked out when it was added. False for every
    /// other term, and where the text must be read: with a fraction of a second, or ill-typed.
    /// </summary>
    public bool TryGetDateTime(TermId id, out XsdDateTime value)
    {
        value = default;
        return id.Tag == TermTag.Temporal && TemporalLiteral.TryRead(_heap.Value(id.Payload), out value);
    }

    /// <summary>Whether terms with a tag have a value behind their text.</summary>
    internal static bool HasValue(TermTag tag) => tag is TermTag.Numeric or TermTag.Temporal;

    /// <summary>Whether a term of a heap has one.</summary>
    internal static bool HasValue(TermHeap heap, uint index) => HasValue(Classify(heap[index]));

    /// <summary>The encoded form of the term that was added at a place in the order of adding.</summary>
    internal ReadOnlySpan<byte> TermAt(uint index) => _heap[index];

    /// <summary>Whether an id with a tag is its value, and no place in a dictionary.</summary>
    public static bool IsInline(TermTag tag) => tag is TermTag.InlineInteger or TermTag.InlineBoolean or TermTag.InlineDate;

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

    private static ulong? ValueOf(ReadOnlySpan<byte> encoded, TermTag tag) => tag switch
    {
        TermTag.Numeric => NumericBits(encoded),
        TermTag.Temporal => TemporalLiteral.BitsOf(encoded),
        _ => null,
    };

    private static ulong NumericBits(ReadOnlySpan<byte> encoded)
    {
        var literal = new EncodedTerm(encoded);
        return NumericLiteral.TryParse(literal.LexicalForm, literal.Datatype[Xsd.Namespace.Length..], out var value)
            ? BitConverter.DoubleToUInt64Bits(value)
            : IllTyped;
    }

    internal static bool TryInline(ReadOnlySpan<byte> encoded, out TermId id)
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

    /// <summary>What a table knows a term by; never 0.</summary>
    internal uint Hash(ReadOnlySpan<byte> encoded) => Hash(encoded, _seed);

    internal static uint Hash(ReadOnlySpan<byte> encoded, long seed) => (uint)(TermEquality.Hash(encoded, seed) >> 32) | 1;

    /// <summary>A table of the first terms of a heap.</summary>
    internal static ulong[] MakeTable(TermHeap heap, int count, long seed)
    {
        var table = new ulong[LengthFor(count)];
        for (var index = 0u; index < count; index++)
        {
            var encoded = heap[index];
            Insert(table, ((ulong)Hash(encoded, seed) << 32) | TermId.Of(Classify(encoded), index).Value);
        }

        return table;
    }

    /// <summary>
    /// The first terms with their ids, in a dictionary of its own: what was added since goes with this one, once nobody reads it. For the one writer, in place of this dictionary.
    /// </summary>
    internal TermDictionary First(int count) => new(this, count);

    private static int LengthFor(int count)
    {
        var length = 1024;
        while (count >= length / 3 * 2)
        {
            length *= 2;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TermId GetOrAdd(ReadOnlySpan<byte> encoded, uint hash)
    {
        if (TryFindMapped(encoded, hash, out var id) || TryFind(_table, encoded, hash, out id, out var slot))
        {
            return id;
        }

        if (_heap.Count - _mappedCount >= _table.Length / 3 * 2)
        {
            Grow();
            TryFind(_table, encoded, hash, out _, out slot);
        }

        var tag = Classify(encoded);
        id = TermId.Of(tag, (uint)_heap.Add(encoded, ValueOf(encoded, tag)));
        Volatile.Write(ref _table[slot], ((ulong)hash << 32) | id.Value);
        return id;
    }

    private bool TryFindMapped(ReadOnlySpan<byte> encoded, uint hash, out TermId id)
    {
        id = default;
        return _mappedCount > 0 && TryFind(_mapped.Span, encoded, hash, out id, out _);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryFind(ReadOnlySpan<ulong> table, ReadOnlySpan<byte> encoded, uint hash, out TermId id, out int slot)
    {
        var mask = table.Length - 1;
        for (slot = Spread(hash) & mask; ; slot = (slot + 1) & mask)
        {
            var entry = Volatile.Read(in table[slot]);
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

    /// <summary>Asks the processor for what a look-up of each hash reads: its place in the table, then the place of the term, then its text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Prefetch(ReadOnlySpan<uint> hashes)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        var table = _table;
        var mask = table.Length - 1;
        foreach (var hash in hashes)
        {
            Fetch(in table[Spread(hash) & mask]);
        }

        foreach (var hash in hashes)
        {
            if (Likely(table, hash, out var index))
            {
                Fetch(in _heap.PlaceAt(index));
            }
        }

        foreach (var hash in hashes)
        {
            if (Likely(table, hash, out var index))
            {
                Fetch(in _heap.StartOf(index));
            }
        }

        static bool Likely(ulong[] table, uint hash, out uint index)
        {
            var mask = table.Length - 1;
            var slot = Spread(hash) & mask;
            while (table[slot] is var entry && entry != 0)
            {
                if ((uint)(entry >> 32) == hash)
                {
                    index = new TermId((uint)entry).Payload;
                    return true;
                }

                slot = (slot + 1) & mask;
            }

            index = 0;
            return false;
        }

        static unsafe void Fetch<T>(in T place) => Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }

    private static int Spread(uint hash) => (int)((hash * 0x9E3779B1u) >> 1);

    private static void Insert(ulong[] table, ulong entry)
    {
        var mask = table.Length - 1;
        var slot = Spread((uint)(entry >> 32)) & mask;
        while (table[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        table[slot] = entry;
    }

    private void Grow()
    {
        Room?.Invoke(_table.Length * 2L * sizeof(ulong));
        var table = new ulong[_table.Length * 2];
        foreach (var entry in _table)
        {
            if (entry != 0)
            {
                Insert(table, entry);
            }
        }

        Volatile.Write(ref _table, table);
    }
}
