using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax.Turtle;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>A dataset collected to be written in order.</summary>
internal sealed class QuadTable : OrderedQuads
{
    private readonly Dictionary<byte[], int> _numbers = new(new Utf8Comparer());
    private readonly List<byte[]> _terms = [];
    private readonly List<QuadRow> _added = [];
    private int[] _ranks = [];
    private int[] _order = [];
    private QuadRow[] _rows = [];

    public QuadTable() => Number(default);

    /// <inheritdoc/>
    public override ReadOnlySpan<QuadRow> Rows => _rows;

    /// <inheritdoc/>
    public override int RankEnd => _order.Length + 1;

    public void Add(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        _added.Add(new QuadRow(Number(graph), Number(subject), Number(predicate), Number(@object)));

    /// <summary>Adds a statement of numbers; 0 is the default graph.</summary>
    public void Add(uint subject, uint predicate, uint @object, uint graph) =>
        _added.Add(new QuadRow((int)graph, (int)subject, (int)predicate, (int)@object));

    public uint NumberOf(ReadOnlySpan<byte> term) => (uint)Number(term);

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
        var sorted = new QuadRow[_added.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            var (g, s, p, o) = _added[i];
            sorted[i] = new QuadRow(_ranks[g], _ranks[s], p == type ? 0 : _ranks[p], _ranks[o]);
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

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Term(int rank) => rank == 0 ? default : _terms[_order[rank - 1]];

    /// <inheritdoc/>
    public override int RankOf(ReadOnlySpan<byte> term) => _ranks[_numbers.GetAlternateLookup<ReadOnlySpan<byte>>()[term]];

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
}
