using System.Runtime.InteropServices;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store;

/// <summary>
/// The terms that some triples use, in the order of their bytes, which depends on nothing but the terms themselves: ids depend on the order in
/// which terms came. Ranks begin with 1; 0 is no term.
/// </summary>
public sealed class TermRanking : IDisposable
{
    private readonly TermDictionary _dictionary;
    private readonly ulong[] _used;
    private readonly Dictionary<uint, uint> _inline = [];
    private readonly List<uint> _terms = [0];
    private readonly ByteBuffer _spelled = new(1024);
    private readonly List<(int Start, int Length)> _places = [];
    private readonly Dictionary<string, uint> _within = new(StringComparer.Ordinal);
    private int[] _ranks = [];
    private int[] _rankOfSpelled = [];
    private uint[] _order = [];

    /// <summary>A ranking of no terms yet, for those that a dictionary holds by now.</summary>
    public TermRanking(TermDictionary dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        _dictionary = dictionary;
        _used = new ulong[(dictionary.Count >> 6) + 1];
    }

    /// <summary>One more than the last rank, after <see cref="Sort"/>.</summary>
    public int RankEnd => _order.Length;

    /// <summary>Takes a term, once or more often.</summary>
    public void Add(TermId id)
    {
        if (TermDictionary.IsInline(id.Tag))
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_inline, id.Value, out var exists);
            if (!exists)
            {
                place = Spell(id);
            }

            return;
        }

        ref var word = ref _used[id.Payload >> 6];
        var bit = 1UL << (int)(id.Payload & 63);
        if ((word & bit) == 0)
        {
            word |= bit;
            _terms.Add(id.Value);
            if (id.Tag == TermTag.TripleTerm)
            {
                using var scratch = new ByteBuffer();
                AddBlankNodes(new EncodedTerm(_dictionary.Encoded(id, scratch)));
            }
        }
    }

    /// <summary>Orders the terms, after the last was added.</summary>
    public void Sort(CancellationToken cancellation)
    {
        _order = [.. _terms];
        _terms.Clear();
        new ByteSort(this, cancellation).Sort(_order.AsMemory(1));
        _ranks = new int[_dictionary.Count];
        _rankOfSpelled = new int[_places.Count];
        for (var rank = 1; rank < _order.Length; rank++)
        {
            var id = new TermId(_order[rank]);
            (id.Tag == TermTag.Local ? _rankOfSpelled : _ranks)[id.Payload] = rank;
        }
    }

    /// <summary>The rank of a term that was added.</summary>
    public int RankOf(TermId id) => TermDictionary.IsInline(id.Tag) ? _rankOfSpelled[_inline[id.Value] & TermId.PayloadMask] : _ranks[id.Payload];

    /// <summary>The rank of a term that was added, or of a blank node within a triple term that was.</summary>
    /// <exception cref="KeyNotFoundException">It is not there.</exception>
    public int RankOf(ReadOnlySpan<byte> term)
    {
        if (_dictionary.TryGetId(term, out var id) && IsRanked(id))
        {
            return RankOf(id);
        }

        return _within.TryGetValue(Encoding.UTF8.GetString(term), out var spelled)
            ? _rankOfSpelled[new TermId(spelled).Payload]
            : throw new KeyNotFoundException("The term is not among those that were ranked.");
    }

    /// <inheritdoc/>
    public void Dispose() => _spelled.Dispose();

    /// <summary>The encoded term of a rank above 0.</summary>
    public ReadOnlySpan<byte> Term(int rank) => Bytes(_order[rank]);

    /// <summary>The bytes of a term of the dictionary, or of one that is spelled here.</summary>
    internal ReadOnlySpan<byte> Bytes(uint value)
    {
        var id = new TermId(value);
        if (id.Tag != TermTag.Local)
        {
            return _dictionary.Encoded(id, _spelled);
        }

        var (start, length) = _places[(int)id.Payload];
        return _spelled.Written.Slice(start, length);
    }

    private bool IsRanked(TermId id) =>
        TermDictionary.IsInline(id.Tag) ? _inline.ContainsKey(id.Value) : id.Payload < _ranks.Length && _ranks[id.Payload] != 0;

    private uint Spell(TermId id)
    {
        var start = _spelled.Length;
        _dictionary.Append(id, _spelled);
        return Place(start);
    }

    private uint Place(int start)
    {
        var id = TermId.Of(TermTag.Local, (uint)_places.Count).Value;
        _places.Add((start, _spelled.Length - start));
        _terms.Add(id);
        return id;
    }

    /// <summary>Blank nodes have a rank also where they occur within triple terms only; the dictionary need not know these by themselves.</summary>
    private void AddBlankNodes(EncodedTerm triple)
    {
        AddBlankNode(triple.Subject);
        AddBlankNode(triple.Object);
    }

    private void AddBlankNode(ReadOnlySpan<byte> term)
    {
        switch (EncodedTerm.KindOf(term))
        {
            case TermKind.BlankNode when _dictionary.TryGetId(term, out var id):
                Add(id);
                break;
            case TermKind.BlankNode:
                ref var spelled = ref CollectionsMarshal.GetValueRefOrAddDefault(_within, Encoding.UTF8.GetString(term), out var exists);
                if (!exists)
                {
                    var start = _spelled.Length;
                    _spelled.Append(term);
                    spelled = Place(start);
                }

                break;
            case TermKind.TripleTerm:
                AddBlankNodes(new EncodedTerm(term));
                break;
            default:
                break;
        }
    }
}
