using System.Buffers.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql;

/// <summary>
/// The terms of one running query: those of the store's dictionary and, with tag <see cref="TermTag.Local"/>, those that the
/// query itself makes. A made term that the dictionary holds gets the dictionary's id, so equal terms have equal ids throughout
/// the query and joins compare ids only. For one thread at a time.
/// </summary>
public sealed class QueryTerms
{
    private const int FirstSegmentSize = 1 << 9;
    private const int SegmentSize = 1 << 16;

    /// <summary>A buffer for whoever needs one for a moment.</summary>
    internal ByteBuffer Scratch { get; } = new();

    private readonly List<byte[]> _segments = [];

    // What the store learns while the query runs is new to the query: else one thread of it might find a term there of which another has made its own.
    private readonly uint _known;
    private Place[] _places = [];
    private ulong[] _table = [];
    private int _count;
    private int _used;
    private long _segmentBytes;
    private long _blankNodes;

    /// <summary>The terms of a query on a dictionary.</summary>
    public QueryTerms(TermDictionary dictionary)
    {
        Dictionary = dictionary;
        _known = KnownBy(dictionary);
    }

    /// <summary>The terms of a query for another thread: what is known by now has the same ids, what comes is its own.</summary>
    internal QueryTerms(QueryTerms other)
    {
        Dictionary = other.Dictionary;
        _segments = [.. other._segments];
        (_places, _table) = ([.. other._places], [.. other._table]);
        (_count, _blankNodes, _known) = (other._count, other._blankNodes, other._known);

        // What is free in the last segment is the other's.
        _used = int.MaxValue;
    }

    /// <summary>How many terms of its own the query has.</summary>
    internal uint LocalCount => (uint)_count;

    /// <summary>The store's dictionary.</summary>
    public TermDictionary Dictionary { get; }

    /// <summary>The bytes that the query's own terms take, for its memory budget.</summary>
    public long LocalBytes =>
        _segmentBytes + (_places.Length * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<Place>()) + (_table.Length * (long)sizeof(ulong));

    /// <summary>The id of an encoded term: inline, the dictionary's, or a local one.</summary>
    public TermId Intern(ReadOnlySpan<byte> encoded)
    {
        var hash = (uint)TermEquality.Hash(encoded, seed: 1) | 1;
        if (_count > 0 && TryFind(encoded, hash, out var id, out _))
        {
            return id;
        }

        return Dictionary.TryGetId(encoded, out id) && (TermDictionary.IsInline(id.Tag) || id.Payload < _known) ? id : Add(encoded, hash);
    }

    /// <summary>The id of a term: inline, the dictionary's, or a local one.</summary>
    public TermId Intern(Term term)
    {
        Scratch.Clear();
        term.Encode(Scratch);
        return Intern(Scratch.Written);
    }

    /// <summary>The id of the triple term of bound ids. No triple has it where subject or predicate are of a wrong kind.</summary>
    public TermId InternTriple(TermId subject, TermId predicate, TermId @object)
    {
        using var parts = new ByteBuffer();
        using var triple = new ByteBuffer();
        var encoded = Encoded(subject, parts).ToArray();
        var second = Encoded(predicate, parts).ToArray();
        EncodedTerm.WriteTriple(encoded, second, Encoded(@object, parts), triple);
        return Intern(triple.Written);
    }

    /// <summary>The encoded form of a bound id; valid until <paramref name="scratch"/> is used again.</summary>
    public ReadOnlySpan<byte> Encoded(TermId id, ByteBuffer scratch) =>
        id.Tag == TermTag.Local ? Stored(id.Payload) : Dictionary.Encoded(id, scratch);

    /// <summary>The kind of a bound id's term.</summary>
    public TermKind KindOf(TermId id) => TagOf(id) switch
    {
        TermTag.BlankNode => TermKind.BlankNode,
        TermTag.Iri => TermKind.Iri,
        TermTag.TripleTerm => TermKind.TripleTerm,
        _ => TermKind.Literal,
    };

    /// <summary>The tag that the term of a bound id has or, for a local one, would have in a dictionary.</summary>
    public TermTag TagOf(TermId id) => id.Tag == TermTag.Local ? _places[id.Payload].Tag : id.Tag;

    /// <summary>The term as an object.</summary>
    public Term Decode(TermId id) => Term.Decode(Encoded(id, Scratch));

    /// <summary>A blank node that is no other.</summary>
    public TermId FreshBlankNode()
    {
        Span<byte> label = stackalloc byte[32];
        "_:q"u8.CopyTo(label);
        while (true)
        {
            Utf8Formatter.TryFormat(++_blankNodes, label[3..], out var digits);
            var encoded = label[..(3 + digits)];
            var hash = (uint)TermEquality.Hash(encoded, seed: 1) | 1;
            if (!Dictionary.TryGetId(encoded, out _) && (_count == 0 || !TryFind(encoded, hash, out _, out _)))
            {
                return Add(encoded, hash);
            }

            // Nodes that queries made before and updates kept need not be tried one by one.
            _blankNodes = Math.Max(_blankNodes, Dictionary.Count);
        }
    }

    private uint KnownBy(TermDictionary dictionary)
    {
        // A term that is being added may be counted before it can be found.
        var count = (uint)dictionary.Count;
        return count == 0 || dictionary.TryGetId(dictionary.Encoded(TermId.Of(TermTag.Iri, count - 1), Scratch), out _) ? count : count - 1;
    }

    private bool TryFind(ReadOnlySpan<byte> encoded, uint hash, out TermId id, out int slot)
    {
        var mask = _table.Length - 1;
        for (slot = (int)(hash >> 1) & mask; ; slot = (slot + 1) & mask)
        {
            var entry = _table[slot];
            if (entry == 0)
            {
                id = default;
                return false;
            }

            if ((uint)(entry >> 32) == hash && TermEquality.AreSame(Stored((uint)entry), encoded))
            {
                id = TermId.Of(TermTag.Local, (uint)entry);
                return true;
            }
        }
    }

    private TermId Add(ReadOnlySpan<byte> encoded, uint hash)
    {
        if (_count >= _table.Length / 2)
        {
            Grow();
        }

        if (_count == _places.Length)
        {
            Array.Resize(ref _places, Math.Max(8, _count * 2));
        }

        if (_segments.Count == 0 || _used > _segments[^1].Length - encoded.Length)
        {
            // Most queries make a term or two, some make millions.
            _segments.Add(new byte[Math.Max(Math.Min(SegmentSize, FirstSegmentSize << (2 * _segments.Count)), encoded.Length)]);
            _segmentBytes += _segments[^1].Length;
            _used = 0;
        }

        encoded.CopyTo(_segments[^1].AsSpan(_used));
        _places[_count] = new Place(_segments.Count - 1, _used, encoded.Length, TermDictionary.Classify(encoded));
        _used += encoded.Length;
        TryFind(encoded, hash, out _, out var slot);
        _table[slot] = ((ulong)hash << 32) | (uint)_count;
        return TermId.Of(TermTag.Local, (uint)_count++);
    }

    private ReadOnlySpan<byte> Stored(uint index)
    {
        ref readonly var place = ref _places[index];
        return _segments[place.Segment].AsSpan(place.Start, place.Length);
    }

    private void Grow()
    {
        var table = new ulong[Math.Max(16, _table.Length * 2)];
        var mask = table.Length - 1;
        foreach (var entry in _table)
        {
            if (entry != 0)
            {
                var slot = (int)(entry >> 33) & mask;
                while (table[slot] != 0)
                {
                    slot = (slot + 1) & mask;
                }

                table[slot] = entry;
            }
        }

        _table = table;
    }

    private readonly record struct Place(int Segment, int Start, int Length, TermTag Tag);
}
