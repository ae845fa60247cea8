using System.Runtime.InteropServices;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax.Turtle;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>A dataset collected to be written in order.</summary>
internal sealed class QuadTable : OrderedQuads
{
    private readonly Dictionary<byte[], int> _numbers = new(new Utf8Comparer());
    private readonly List<byte[]> _terms = [];
    private readonly List<QuadRow> _rows = [];
    private int[] _ranks = [];
    private int[] _order = [];

    public QuadTable() => Number(default);

    /// <inheritdoc/>
    public override ReadOnlySpan<QuadRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <inheritdoc/>
    public override int RankEnd => _order.Length + 1;

    public void Add(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        _rows.Add(new QuadRow(Number(graph), Number(subject), Number(predicate), Number(@object)));

    /// <summary>Adds a statement of numbers; 0 is the default graph.</summary>
    public void Add(uint subject, uint predicate, uint @object, uint graph) =>
        _rows.Add(new QuadRow((int)graph, (int)subject, (int)predicate, (int)@object));

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
        var rows = CollectionsMarshal.AsSpan(_rows);
        foreach (ref var row in rows)
        {
            var (g, s, p, o) = row;
            row = new QuadRow(_ranks[g], _ranks[s], p == type ? 0 : _ranks[p], _ranks[o]);
        }

        rows.Sort();
        var count = 0;
        foreach (var row in rows)
        {
            if (count == 0 || row != rows[count - 1])
            {
                rows[count++] = row;
            }
        }

        CollectionsMarshal.SetCount(_rows, count);
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
