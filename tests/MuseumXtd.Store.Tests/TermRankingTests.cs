using CsCheck;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store.Tests;

public class TermRankingTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["ab\0"], 0, 40],
        Gen.String[Gen.Char["ab\0"], 0, 12].Select(s => "https://example.org/a/common/beginning/" + s),
        Gen.Int[-50, 50].Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static readonly Gen<Term> AnyTerm = Gen.OneOf(
        Text.Where(t => t.All(c => c > ' ')).Select(t => (Term)new Iri("x:" + t)),
        Text.Select(t => (Term)new Literal(t)),
        Text.Select(t => (Term)new Literal(t, "fr")),
        Gen.Int[-50, 50].Select(i => (Term)new Literal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), Rdf.Vocabulary.Xsd.Integer)));

    [Fact]
    public void Ranks_are_the_order_of_bytes() => AnyTerm.List[1, 300].Sample(
        terms =>
        {
            var dictionary = new TermDictionary();
            var ids = terms.Select(t => dictionary.GetOrAdd(t.Encode())).ToList();
            using var ranking = new TermRanking(dictionary);
            ids.ForEach(ranking.Add);
            ranking.Sort(default);

            var expected = terms.Select(t => t.Encode().ToArray()).Distinct(new Bytes()).Order(new Bytes()).ToList();
            Assert.Equal(expected.Count + 1, ranking.RankEnd);
            for (var rank = 1; rank < ranking.RankEnd; rank++)
            {
                Assert.Equal(expected[rank - 1], ranking.Term(rank).ToArray());
                Assert.Equal(rank, ranking.RankOf(expected[rank - 1]));
            }

            Assert.All(ids.Zip(terms), p => Assert.Equal(ranking.RankOf(p.Second.Encode()), ranking.RankOf(p.First)));
        },
        iter: 200,
        threads: 1);

    [Fact]
    public void Many_terms_are_sorted_in_parts_on_several_cores()
    {
        const int Count = 200_000;
        var random = new Random(7);
        var dictionary = new TermDictionary();
        var ids = new TermId[Count];
        for (var i = 0; i < Count; i++)
        {
            ids[i] = dictionary.GetOrAdd(new Iri($"https://example.org/{random.Next(40)}/thing/{random.Next()}").Encode());
        }

        using var ranking = new TermRanking(dictionary);
        Array.ForEach(ids, ranking.Add);
        ranking.Sort(default);
        for (var rank = 2; rank < ranking.RankEnd; rank++)
        {
            Assert.True(ranking.Term(rank - 1).SequenceCompareTo(ranking.Term(rank)) < 0);
        }
    }

    [Fact]
    public void Blank_nodes_within_triple_terms_have_ranks()
    {
        var dictionary = new TermDictionary();
        var inner = new BlankNode("inner");
        var triple = dictionary.GetOrAdd(new TripleTerm(inner, new Iri("x:p"), new Literal("o")).Encode());
        using var ranking = new TermRanking(dictionary);
        ranking.Add(triple);
        ranking.Sort(default);
        Assert.Equal(3, ranking.RankEnd);
        Assert.Equal(inner.Encode().ToArray(), ranking.Term(ranking.RankOf(inner.Encode())).ToArray());
        Assert.Throws<KeyNotFoundException>(() => ranking.RankOf(new Iri("x:p").Encode()));
    }

    private sealed class Bytes : IComparer<byte[]>, IEqualityComparer<byte[]>
    {
        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes) => bytes.Length;
    }
}
