using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>An immutable set of statements: sorted, without duplicates, in encoded form.</summary>
internal sealed class GraphPart
{
    private readonly byte[][] _terms;
    private readonly int[] _triples;

    private GraphPart(byte[][] terms, int[] triples)
    {
        _terms = terms;
        _triples = triples;
        Hash = HashOf(terms, triples);
    }

    public static GraphPart Empty { get; } = new([], []);

    public int Count => _triples.Length / 3;

    /// <summary>SHA-256 of the statements.</summary>
    public byte[] Hash { get; }

    /// <summary>The encoded subjects of the statements, each once.</summary>
    public IEnumerable<byte[]> Subjects
    {
        get
        {
            for (var i = 0; i < _triples.Length; i += 3)
            {
                if (i == 0 || _triples[i] != _triples[i - 3])
                {
                    yield return _terms[_triples[i]];
                }
            }
        }
    }

    public static GraphPart Create(IReadOnlyCollection<(Term Subject, Iri Predicate, Term Object)> statements) => Create(statements, out _);

    /// <summary>Sorts statements; <paramref name="rows"/> tells the row of each of them.</summary>
    public static GraphPart Create(IReadOnlyCollection<(Term Subject, Iri Predicate, Term Object)> statements, out int[] rows)
    {
        var ids = new Dictionary<Term, int>();
        var encoded = new List<byte[]>();
        var triples = new (int S, int P, int O)[statements.Count];
        var count = 0;
        foreach (var (s, p, o) in statements)
        {
            triples[count++] = (IdOf(s), IdOf(p), IdOf(o));
        }

        // Ids in byte order, so that sorting triples compares integers and the result does not depend on the order of statements.
        var order = Identity(encoded.Count);
        var terms = encoded.ToArray();
        Array.Sort(terms, order, ByteOrder.Instance);
        var rank = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        for (var i = 0; i < triples.Length; i++)
        {
            var (s, p, o) = triples[i];
            triples[i] = (rank[s], rank[p], rank[o]);
        }

        var statementOf = Identity(triples.Length);
        Array.Sort(triples, statementOf);
        rows = new int[triples.Length];
        var columns = new List<int>(triples.Length * 3);
        (int, int, int) last = (-1, -1, -1);
        for (var i = 0; i < triples.Length; i++)
        {
            if (triples[i] != last)
            {
                last = triples[i];
                columns.Add(last.Item1);
                columns.Add(last.Item2);
                columns.Add(last.Item3);
            }

            rows[statementOf[i]] = (columns.Count / 3) - 1;
        }

        return new GraphPart(terms, [.. columns]);

        int IdOf(Term term)
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, term, out var known);
            if (!known)
            {
                id = encoded.Count;
                encoded.Add(term.Encode());
            }

            return id;
        }
    }

    /// <summary>The encoded terms of a row.</summary>
    public (byte[] Subject, byte[] Predicate, byte[] Object) this[int row] =>
        (_terms[_triples[3 * row]], _terms[_triples[(3 * row) + 1]], _terms[_triples[(3 * row) + 2]]);

    /// <summary>The row of a statement, or a negative number.</summary>
    public int Find(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object)
    {
        var (s, p, o) = (IdOf(subject), IdOf(predicate), IdOf(@object));
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

    public void WriteTo(IQuadSink sink, ReadOnlySpan<byte> graph)
    {
        for (var i = 0; i < _triples.Length; i += 3)
        {
            sink.Quad(_terms[_triples[i]], _terms[_triples[i + 1]], _terms[_triples[i + 2]], graph);
        }
    }

    private static int[] Identity(int length)
    {
        var result = new int[length];
        for (var i = 0; i < length; i++)
        {
            result[i] = i;
        }

        return result;
    }

    private static byte[] HashOf(byte[][] terms, int[] triples)
    {
        // The terms are sorted and distinct, so equal statements have equal tables and equal rows.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lengths = Array.ConvertAll(terms, t => t.Length);
        hash.AppendData(MemoryMarshal.AsBytes(lengths.AsSpan()));
        foreach (var term in terms)
        {
            hash.AppendData(term);
        }

        hash.AppendData(MemoryMarshal.AsBytes(triples.AsSpan()));
        return hash.GetHashAndReset();
    }

    private int IdOf(ReadOnlySpan<byte> term)
    {
        var (low, high) = (0, _terms.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _terms[middle].AsSpan().SequenceCompareTo(term);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
