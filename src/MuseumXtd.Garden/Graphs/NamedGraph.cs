using System.Security.Cryptography;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>An immutable named graph: sorted, without duplicates, in encoded form.</summary>
public sealed class NamedGraph
{
    private readonly byte[][] _terms;
    private readonly int[] _triples;
    private readonly byte[] _name;

    private NamedGraph(string iri, bool inUnion, byte[][] terms, int[] triples)
    {
        Iri = iri;
        InUnion = inUnion;
        _terms = terms;
        _triples = triples;
        _name = new Iri(iri).Encode();
        ContentHash = Hash(terms, triples);
    }

    /// <summary>The name of the graph.</summary>
    public string Iri { get; }

    /// <summary>Whether the graph belongs to the union that is served as the default graph.</summary>
    public bool InUnion { get; }

    /// <summary>The number of statements.</summary>
    public int Count => _triples.Length / 3;

    /// <summary>SHA-256 of the statements, in hexadecimal: equal for equal content. A graph whose hash did not change need not be replaced.</summary>
    public string ContentHash { get; }

    /// <summary>Writes all statements, as quads of this graph or as triples of the default graph.</summary>
    public void WriteTo(IQuadSink sink, bool asDefaultGraph = false)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ReadOnlySpan<byte> name = asDefaultGraph ? default : _name;
        for (var i = 0; i < _triples.Length; i += 3)
        {
            sink.Quad(_terms[_triples[i]], _terms[_triples[i + 1]], _terms[_triples[i + 2]], name);
        }
    }

    internal static NamedGraph Create(string iri, bool inUnion, IEnumerable<(Term Subject, Iri Predicate, Term Object)> statements)
    {
        var ids = new Dictionary<Term, int>();
        var encoded = new List<byte[]>();
        var triples = new List<(int S, int P, int O)>();
        foreach (var (s, p, o) in statements)
        {
            triples.Add((IdOf(s), IdOf(p), IdOf(o)));
        }

        // Ids in byte order, so that sorting triples compares integers and the result does not depend on the order of statements.
        var order = new int[encoded.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => encoded[a].AsSpan().SequenceCompareTo(encoded[b]));
        var rank = new int[order.Length];
        var terms = new byte[order.Length][];
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
            terms[i] = encoded[order[i]];
        }

        for (var i = 0; i < triples.Count; i++)
        {
            var (s, p, o) = triples[i];
            triples[i] = (rank[s], rank[p], rank[o]);
        }

        triples.Sort();
        var columns = new List<int>(triples.Count * 3);
        (int, int, int) last = (-1, -1, -1);
        foreach (var triple in triples)
        {
            if (triple != last)
            {
                columns.Add(triple.S);
                columns.Add(triple.P);
                columns.Add(triple.O);
                last = triple;
            }
        }

        return new NamedGraph(iri, inUnion, terms, [.. columns]);

        int IdOf(Term term)
        {
            if (!ids.TryGetValue(term, out var id))
            {
                id = encoded.Count;
                ids.Add(term, id);
                encoded.Add(term.Encode());
            }

            return id;
        }
    }

    private static string Hash(byte[][] terms, int[] triples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var term in triples)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, terms[term].Length);
            hash.AppendData(length);
            hash.AppendData(terms[term]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
