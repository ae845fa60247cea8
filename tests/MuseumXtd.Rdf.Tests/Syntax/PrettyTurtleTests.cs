using System.Text;
using CsCheck;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Rdf.Tests.Syntax;

/// <summary>Turtle and TriG for people: short where that means the same, and the same for isomorphic datasets.</summary>
public sealed class PrettyTurtleTests
{
    private static readonly Iri[] Predicates =
        [RdfNames.First, RdfNames.Rest, RdfNames.First, RdfNames.Rest, new("http://x/p"), new("http://x/q"), RdfNames.Type];

    private static readonly Gen<Term> Node = Gen.Int[0, 9].Select(i => i switch
    {
        < 7 => (Term)new BlankNode("n" + i),
        7 => RdfNames.Nil,
        _ => new Iri("http://x/" + i),
    });

    private static readonly Gen<Term> Object = Gen.Frequency(
        (6, Node),
        (2, Gen.Const((Term)RdfNames.Nil)),
        (1, Gen.Int[0, 2].Select(i => (Term)new Literal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), Xsd.Integer))),
        (1, Gen.Select(Node, Node, (s, o) => (Term)new TripleTerm(s, Predicates[4], new TripleTerm(o, Predicates[5], s)))));

    private static readonly Gen<Quad> AnyQuad = Gen.Select(
        Node,
        Gen.Int[0, Predicates.Length - 1],
        Object,
        Gen.Frequency((8, Gen.Const((Term?)null)), (1, Node.Select(n => (Term?)n))),
        (s, p, o, g) => new Quad(s, Predicates[p], o, g));

    [Theory]
    [InlineData("turtle")]
    [InlineData("trig")]
    public void Graphs_of_blank_nodes_survive(string name) =>
        AnyQuad.Array[0, 14].Sample(
            quads =>
            {
                var format = RdfFormats.ByName(name)!;
                var expected = new Dataset();
                foreach (var quad in quads)
                {
                    expected.Add(format.SupportsDatasets ? quad : quad with { Graph = null });
                }

                var bytes = Write(expected, format);
                var actual = Dataset.Read(new MemoryStream(bytes), format);
                Assert.True(Isomorphism.AreIsomorphic(expected, actual), Encoding.UTF8.GetString(bytes));
            },
            iter: 3_000);

    [Theory]
    [InlineData("turtle")]
    [InlineData("trig")]
    public void Neither_order_nor_labels_change_the_bytes(string name) =>
        Gen.Select(AnyQuad.Array[0, 14], Gen.Shuffle(Enumerable.Range(0, 7).ToArray()), Gen.Int).Sample(
            (quads, permutation, seed) =>
            {
                var format = RdfFormats.ByName(name)!;
                var renamed = quads.Select(q => new Quad(Rename(q.Subject), q.Predicate, Rename(q.Object), q.Graph is null ? null : Rename(q.Graph))).ToArray();
                new Random(seed).Shuffle(renamed);
                Assert.Equal(Encoding.UTF8.GetString(Write(quads, format)), Encoding.UTF8.GetString(Write(renamed, format)));

                Term Rename(Term term) => term switch
                {
                    BlankNode node => new BlankNode("m" + permutation[node.Label[1] - '0']),
                    TripleTerm triple => new TripleTerm(Rename(triple.Subject), triple.Predicate, Rename(triple.Object)),
                    _ => term,
                };
            },
            iter: 10_000);

    [Fact]
    public void It_reads_as_a_person_would_write_it()
    {
        const string text = """
            @prefix ex: <http://x/> .

            ex:a a ex:Thing ;
                ex:empty () ;
                ex:knows _:b1 , [
                    ex:name "Ada" ;
                    ex:tags ( "x" ( 1 2 ) [] )
                ] , [
                    ex:name "Bob"
                ] ;
                ex:says <<( _:b1 ex:name "C" )>> .

            ex:b ex:knows _:b1 .

            _:b1 ex:name "Cy" .

            [] ex:name "nobody knows" .

            """;
        Assert.Equal(text, Pretty(text, RdfFormats.Turtle));
    }

    [Fact]
    public void Graphs_follow_the_default_graph()
    {
        const string text = """
            @prefix ex: <http://x/> .

            ex:a ex:p 1 .

            ex:g {
                ex:a ex:p [
                        ex:q 2
                    ] .

                ex:b ex:p 3 .
            }

            _:b1 {
                ex:a ex:p _:b1 .
            }

            """;
        Assert.Equal(text, Pretty(text, RdfFormats.TriG));
    }

    [Theory]
    [InlineData("<http://x/s> <http://x/p> _:a . _:a <http://x/p> _:c . _:c <http://x/p> _:a .")]
    [InlineData("_:a <http://x/p> _:a .")]
    [InlineData("<http://x/s> <http://x/p> _:a . _:a rdf:first 1 ; rdf:rest rdf:nil , <http://x/o> .")]
    [InlineData("<http://x/s> <http://x/p> _:a . _:a rdf:first 1 , 2 ; rdf:rest rdf:nil .")]
    [InlineData("<http://x/s> <http://x/p> _:a . _:a rdf:first 1 ; rdf:rest _:a .")]
    [InlineData("<http://x/s> <http://x/p> _:a . _:a rdf:first 1 ; rdf:rest _:c . _:c rdf:first 1 ; rdf:rest rdf:nil ; <http://x/p> 1 .")]
    [InlineData("_:a rdf:first 1 ; rdf:rest () .")]
    public void What_is_no_list_and_no_tree_keeps_its_meaning(string statements)
    {
        var text = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . " + statements;
        Assert.True(Isomorphism.AreIsomorphic(Read(text, RdfFormats.Turtle), Read(Pretty(text, RdfFormats.Turtle), RdfFormats.Turtle)));
    }

    [Fact]
    public void Long_lists_and_deep_trees_are_written_and_read_within_the_limits()
    {
        var text = new StringBuilder("<http://x/s> <http://x/p> (").Append(string.Concat(Enumerable.Repeat(" []", 20_000))).Append(" ) .\n");
        text.Append("<http://x/s> <http://x/q> _:d0 .\n");
        for (var i = 0; i < 5_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"_:d{i} <http://x/q> _:d{i + 1} .\n");
        }

        var pretty = Pretty(text.ToString(), RdfFormats.Turtle);
        var again = Dataset.Read(new MemoryStream(Encoding.UTF8.GetBytes(pretty)), RdfFormats.Turtle, new ReaderOptions { MaxDepth = 40 });
        Assert.Equal(1 + (2 * 20_000) + 1 + 5_000, again.Count);
        Assert.Equal(pretty, Encoding.UTF8.GetString(Write(again, RdfFormats.Turtle)));
    }

    private static string Pretty(string text, RdfFormat format)
    {
        var dataset = Read(text, format);
        return Encoding.UTF8.GetString(Write(dataset, format, dataset.Prefixes));
    }

    private static Dataset Read(string text, RdfFormat format) => Dataset.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), format);

    private static byte[] Write(IEnumerable<Quad> quads, RdfFormat format, IReadOnlyDictionary<string, string>? prefixes = null)
    {
        using var output = new MemoryStream();
        using var writer = new SortedWriter(output, format, new WriterOptions { Prefixes = prefixes ?? new Dictionary<string, string>() });
        foreach (var quad in quads)
        {
            writer.Quad(
                quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), format.SupportsDatasets ? quad.Graph?.Encode() ?? [] : []);
        }

        writer.Complete();
        return output.ToArray();
    }
}
