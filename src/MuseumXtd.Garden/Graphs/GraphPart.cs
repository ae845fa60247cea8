using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>
/// An immutable set of statements: sorted, without duplicates, in encoded form. Its distinct terms lie in byte order one behind the other, and a
/// statement is three of their numbers, so that a garden of many thousand parts is few objects.
/// </summary>
internal sealed class GraphPart : IStatementSet
{
    // There are as many parts as notes and resources; what makes one is used again by its thread.
    [ThreadStatic]
    private static GraphPartBuilder? _builder;

    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly int[] _triples;

    internal GraphPart(byte[] bytes, int[] ends, int[] triples)
    {
        _bytes = bytes;
        _ends = ends;
        _triples = triples;
    }

    public static GraphPart Empty { get; } = new([], [], []);

    public int Count => _triples.Length / 3;

    GraphPart IStatementSet.Part() => this;

    /// <summary>The rows at which another subject begins.</summary>
    public IEnumerable<int> SubjectRows
    {
        get
        {
            for (var i = 0; i < _triples.Length; i += 3)
            {
                if (i == 0 || _triples[i] != _triples[i - 3])
                {
                    yield return i / 3;
                }
            }
        }
    }

    public static GraphPart Create(List<(Term Subject, Iri Predicate, Term Object)> statements) => Create(statements, out _);

    /// <summary>Sorts statements; <paramref name="rows"/> tells the row of each of them, until the thread makes another part.</summary>
    public static GraphPart Create(List<(Term Subject, Iri Predicate, Term Object)> statements, out ReadOnlySpan<int> rows)
    {
        var builder = _builder ??= new GraphPartBuilder();
        foreach (var (s, p, o) in CollectionsMarshal.AsSpan(statements))
        {
            builder.Add(s, p, o);
        }

        return builder.Build(out rows);
    }

    /// <summary>The encoded subject of a row.</summary>
    public ReadOnlySpan<byte> Subject(int row) => TermAt(_triples[3 * row]);

    /// <summary>The encoded predicate of a row.</summary>
    public ReadOnlySpan<byte> Predicate(int row) => TermAt(_triples[(3 * row) + 1]);

    /// <summary>The encoded object of a row.</summary>
    public ReadOnlySpan<byte> Object(int row) => TermAt(_triples[(3 * row) + 2]);

    /// <summary>The rows of a subject: the first one and the one behind the last.</summary>
    public (int First, int End) Rows(ReadOnlySpan<byte> subject)
    {
        var number = NumberOf(subject);
        return number < 0 ? (0, 0) : (FirstRow(number), FirstRow(number + 1));
    }

    /// <summary>The row of a statement, or a negative number.</summary>
    public int Find(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object)
    {
        var (s, p, o) = (NumberOf(subject), NumberOf(predicate), NumberOf(@object));
        if (s < 0 || p < 0 || o < 0)
        {
            return -1;
        }

        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = (_triples[3 * middle], _triples[(3 * middle) + 1], _triples[(3 * middle) + 2]).CompareTo((s, p, o));
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>Adds the rows of each subject in turn.</summary>
    public void AddSubjectsTo(List<SubjectRows> subjects)
    {
        for (var (first, row) = (0, 1); first < Count; row++)
        {
            if (row == Count || _triples[3 * row] != _triples[3 * first])
            {
                subjects.Add(new SubjectRows(this, first, row));
                first = row;
            }
        }
    }

    public void WriteRowTo(IQuadSink sink, int row, ReadOnlySpan<byte> graph) => sink.Quad(Subject(row), Predicate(row), Object(row), graph);

    public void WriteTo(IQuadSink sink, ReadOnlySpan<byte> graph)
    {
        if (sink is INumberedQuadSink numbered)
        {
            WriteTo(numbered, graph);
            return;
        }

        for (var i = 0; i < _triples.Length; i += 3)
        {
            sink.Quad(TermAt(_triples[i]), TermAt(_triples[i + 1]), TermAt(_triples[i + 2]), graph);
        }
    }

    private void WriteTo(INumberedQuadSink sink, ReadOnlySpan<byte> graph)
    {
        sink.BeginGraph(graph);
        var numbers = ArrayPool<uint>.Shared.Rent(_ends.Length);
        sink.NumbersOf(_bytes, _ends, numbers);
        for (var i = 0; i < _triples.Length; i += 3)
        {
            sink.Quad(numbers[_triples[i]], numbers[_triples[i + 1]], numbers[_triples[i + 2]]);
        }

        ArrayPool<uint>.Shared.Return(numbers);
    }

    /// <summary>Adds the statements to a hash: equal statements have equal terms and equal rows, since both are sorted.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        hash.AppendData(MemoryMarshal.AsBytes(_ends.AsSpan()));
        hash.AppendData(_bytes);
        hash.AppendData(MemoryMarshal.AsBytes(_triples.AsSpan()));
    }

    private ReadOnlySpan<byte> TermAt(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        return _bytes.AsSpan(start, _ends[number] - start);
    }

    /// <summary>The first row whose subject is a term with this number or a later one.</summary>
    private int FirstRow(int number)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _triples[3 * middle] < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int NumberOf(ReadOnlySpan<byte> term)
    {
        var (low, high) = (0, _ends.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = TermAt(middle).SequenceCompareTo(term);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
