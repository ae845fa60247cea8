using System.Buffers;
using System.Runtime.CompilerServices;
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
    private readonly List<Row> _triples = [];
    private Comparison<int>? _compare;
    private int[] _order = [];
    private int[] _other = [];
    private int[] _ranks = [];
    private int[] _places = [];
    private int[] _rows = [];

    public void Add(Term subject, Iri predicate, Term @object) => _triples.Add(new Row(NumberOf(subject), NumberOf(predicate), NumberOf(@object)));

    /// <summary>The part, after which the builder is empty; <paramref name="rows"/> tells the row of each statement in the order in which they came, until the next part is begun.</summary>
    public GraphPart Build(out ReadOnlySpan<int> rows)
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
            (_ends.Capacity, _triples.Capacity, _order, _other, _ranks, _places, _rows, _bytes) = (0, 0, [], [], [], [], [], new(16 * 1024));
        }

        return part;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private GraphPart Sort(out ReadOnlySpan<int> rows)
    {
        var (bytes, ends) = SortTerms();
        var triples = CollectionsMarshal.AsSpan(_triples);
        foreach (ref var triple in triples)
        {
            triple = new Row(_ranks[triple.S], _ranks[triple.P], _ranks[triple.O]);
        }

        // Ranks are dense, so rows are put in order by counting, by the last column first.
        var order = Room(ref _order, triples.Length);
        var other = Room(ref _other, triples.Length);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (var column = 2; column >= 0; column--)
        {
            Order(triples, column, ends.Length, order, other);
            var ordered = other;
            other = order;
            order = ordered;
        }

        var distinct = 1;
        for (var i = 1; i < order.Length; i++)
        {
            distinct += triples[order[i]] == triples[order[i - 1]] ? 0 : 1;
        }

        var rowOf = Room(ref _rows, order.Length);
        var columns = new int[3 * distinct];
        var row = -1;
        for (var i = 0; i < order.Length; i++)
        {
            var triple = triples[order[i]];
            if (i == 0 || triple != triples[order[i - 1]])
            {
                row++;
                (columns[3 * row], columns[(3 * row) + 1], columns[(3 * row) + 2]) = (triple.S, triple.P, triple.O);
            }

            rowOf[order[i]] = row;
        }

        rows = rowOf;
        return new GraphPart(bytes, ends, columns);
    }

    /// <summary>Puts rows in the order of one column; those that are equal in it stay in the order in which they were.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Order(ReadOnlySpan<Row> triples, int column, int ranks, ReadOnlySpan<int> order, Span<int> ordered)
    {
        var places = Room(ref _places, ranks + 1);
        places.Clear();
        foreach (ref readonly var triple in triples)
        {
            places[triple[column] + 1]++;
        }

        for (var rank = 1; rank < places.Length; rank++)
        {
            places[rank] += places[rank - 1];
        }

        foreach (var row in order)
        {
            ordered[places[triples[row][column]]++] = row;
        }
    }

    private static Span<int> Room(ref int[] array, int length)
    {
        if (array.Length < length)
        {
            array = new int[2 * length];
        }

        return array.AsSpan(0, length);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (byte[] Bytes, int[] Ends) SortTerms()
    {
        var order = Room(ref _order, _ends.Count);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        order.Sort(_compare ??= Compare);
        var ranks = Room(ref _ranks, order.Length);
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

    /// <summary>A statement of numbers of terms, then of their ranks.</summary>
    private readonly record struct Row(int S, int P, int O)
    {
        public int this[int column] => column switch { 0 => S, 1 => P, _ => O };
    }
}
