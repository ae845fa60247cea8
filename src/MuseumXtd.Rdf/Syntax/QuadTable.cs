using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax.Turtle;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// A dataset collected to be written in order. A term is its rank in the order of bytes, from 1; as a graph, 0 is the default one, and as a
/// predicate, 0 is <c>rdf:type</c>, which so comes first.
/// </summary>
internal sealed class QuadTable
{
    private readonly Dictionary<byte[], int> _numbers = new(new Utf8Comparer());
    private readonly List<byte[]> _terms = [];
    private readonly List<Row> _added = [];
    private int[] _ranks = [];
    private int[] _order = [];
    private Row[] _rows = [];

    public QuadTable() => Number(default);

    public static ReadOnlySpan<byte> Type => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8;

    /// <summary>The statements, each once, in order of graph, subject, predicate and object.</summary>
    public ReadOnlySpan<Row> Rows => _rows;

    /// <summary>One more than the last rank.</summary>
    public int RankEnd => _order.Length + 1;

    public void Add(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        _added.Add(new Row(Number(graph), Number(subject), Number(predicate), Number(@object)));

    /// <summary>Ranks the terms and sorts the statements, after the last was added.</summary>
    public void Sort()
    {
        _order = new int[_terms.Count - 1];
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i + 1;
        }

        Array.Sort(_order, (x, y) => _terms[x].AsSpan().SequenceCompareTo(_terms[y]));
        _ranks = new int[_terms.Count];
        for (var i = 0; i < _order.Length; i++)
        {
            _ranks[_order[i]] = i + 1;
        }

        var type = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(Type, out var found) ? found : -1;
        var sorted = new Row[_added.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            var (g, s, p, o) = _added[i];
            sorted[i] = new Row(_ranks[g], _ranks[s], p == type ? 0 : _ranks[p], _ranks[o]);
        }

        Array.Sort(sorted);
        var count = 0;
        foreach (var row in sorted)
        {
            if (count == 0 || row != sorted[count - 1])
            {
                sorted[count++] = row;
            }
        }

        _rows = sorted[..count];
    }

    /// <summary>The encoded term of a rank; nothing for the default graph.</summary>
    public ReadOnlySpan<byte> Term(int rank) => rank == 0 ? default : _terms[_order[rank - 1]];

    public ReadOnlySpan<byte> Predicate(int rank) => rank == 0 ? Type : Term(rank);

    /// <summary>The rank of a term that is there, also of a blank node within a triple term.</summary>
    public int RankOf(ReadOnlySpan<byte> term) => _ranks[_numbers.GetAlternateLookup<ReadOnlySpan<byte>>()[term]];

    public void WriteTo(IQuadSink sink)
    {
        foreach (var (g, s, p, o) in _rows)
        {
            sink.Quad(Term(s), Predicate(p), Term(o), Term(g));
        }
    }

    private int Number(ReadOnlySpan<byte> term)
    {
        var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!numbers.TryGetValue(term, out var number))
        {
            number = _terms.Count;
            var bytes = term.ToArray();
            _terms.Add(bytes);
            _numbers.Add(bytes, number);
            if (!term.IsEmpty && EncodedTerm.KindOf(term) == TermKind.TripleTerm)
            {
                NumberBlankNodes(new EncodedTerm(bytes));
            }
        }

        return number;
    }

    private void NumberBlankNodes(EncodedTerm triple)
    {
        if (EncodedTerm.KindOf(triple.Subject) == TermKind.BlankNode)
        {
            Number(triple.Subject);
        }

        if (EncodedTerm.KindOf(triple.Object) is TermKind.BlankNode or TermKind.TripleTerm)
        {
            Number(triple.Object);
        }
    }

    /// <summary>A statement of ranks.</summary>
    internal readonly record struct Row(int Graph, int Subject, int Predicate, int Object) : IComparable<Row>
    {
        public int CompareTo(Row other) =>
            Graph != other.Graph ? Graph.CompareTo(other.Graph)
            : Subject != other.Subject ? Subject.CompareTo(other.Subject)
            : Predicate != other.Predicate ? Predicate.CompareTo(other.Predicate)
            : Object.CompareTo(other.Object);
    }
}
