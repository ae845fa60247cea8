using System.Buffers;
using System.Runtime.InteropServices;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden;

/// <summary>
/// Makes a <see cref="GraphPart"/>. Statements repeat the same objects for most of their terms, so terms are told apart by reference first, and by their
/// bytes when these are sorted, which they have to be in any case.
/// </summary>
internal sealed class GraphPartBuilder
{
    // What a part of unusual size needed is not kept for the next ones.
    private const int MostKept = 10_000;

    private readonly Dictionary<Term, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private readonly List<int> _ends = [];
    private readonly List<(int S, int P, int O)> _triples = [];
    private Comparison<int>? _compare;
    private UInt128[] _keys = [];
    private int[] _order = [];
    private int[] _ranks = [];

    public void Add(Term subject, Iri predicate, Term @object) => _triples.Add((NumberOf(subject), NumberOf(predicate), NumberOf(@object)));

    /// <summary>The part, after which the builder is empty; <paramref name="rows"/> tells the row of each statement in the order in which they came.</summary>
    public GraphPart Build(out int[] rows)
    {
        if (_triples.Count == 0)
        {
            rows = [];
            return GraphPart.Empty;
        }

        var part = Sort(out rows);
        _numbers.Clear();
        _bytes.ResetWrittenCount();
        _ends.Clear();
        _triples.Clear();
        if (_order.Length > MostKept)
        {
            _numbers.TrimExcess();
            (_ends.Capacity, _triples.Capacity, _keys, _order, _ranks, _bytes) = (0, 0, [], [], [], new(16 * 1024));
        }

        return part;
    }

    private GraphPart Sort(out int[] rows)
    {
        var (bytes, ends) = SortTerms();
        var ranks = _ranks;
        var keys = (_keys.Length < _triples.Count ? _keys = new UInt128[2 * _triples.Count] : _keys).AsSpan(0, _triples.Count);
        var order = (_order.Length < _triples.Count ? _order = new int[2 * _triples.Count] : _order).AsSpan(0, _triples.Count);
        for (var i = 0; i < keys.Length; i++)
        {
            var (s, p, o) = _triples[i];
            keys[i] = new UInt128((uint)ranks[s], ((ulong)(uint)ranks[p] << 32) | (uint)ranks[o]);
            order[i] = i;
        }

        keys.Sort(order);
        var distinct = 1;
        for (var i = 1; i < keys.Length; i++)
        {
            distinct += keys[i] == keys[i - 1] ? 0 : 1;
        }

        rows = new int[keys.Length];
        var columns = new int[3 * distinct];
        var row = -1;
        for (var i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
            {
                row++;
                columns[3 * row] = (int)(uint)(ulong)(keys[i] >> 64);
                columns[(3 * row) + 1] = (int)(uint)(ulong)(keys[i] >> 32);
                columns[(3 * row) + 2] = (int)(uint)(ulong)keys[i];
            }

            rows[order[i]] = row;
        }

        return new GraphPart(bytes, ends, columns);
    }

    private int NumberOf(Term term)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, term, out var known);
        if (!known)
        {
            number = _ends.Count;
            term.Encode(_bytes);
            _ends.Add(_bytes.WrittenCount);
        }

        return number;
    }

    /// <summary>The distinct terms in byte order; <see cref="_ranks"/> takes the rank of each number among them.</summary>
    private (byte[] Bytes, int[] Ends) SortTerms()
    {
        var order = (_order.Length < _ends.Count ? _order = new int[2 * _ends.Count] : _order).AsSpan(0, _ends.Count);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        order.Sort(_compare ??= Compare);
        var ranks = _ranks.Length < order.Length ? _ranks = new int[2 * order.Length] : _ranks;
        var (length, count) = (0, 0);
        for (var i = 0; i < order.Length; i++)
        {
            var term = TermAt(order[i]);
            if (i == 0 || !term.SequenceEqual(TermAt(order[i - 1])))
            {
                length += term.Length;
                count++;
            }

            ranks[order[i]] = count - 1;
        }

        var bytes = GC.AllocateUninitializedArray<byte>(length);
        var ends = new int[count];
        var end = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (i == 0 || ranks[order[i]] != ranks[order[i - 1]])
            {
                var term = TermAt(order[i]);
                term.CopyTo(bytes.AsSpan(end));
                end += term.Length;
                ends[ranks[order[i]]] = end;
            }
        }

        return (bytes, ends);
    }

    private int Compare(int one, int other) => TermAt(one).SequenceCompareTo(TermAt(other));

    private ReadOnlySpan<byte> TermAt(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        return _bytes.WrittenSpan[start.._ends[number]];
    }
}
