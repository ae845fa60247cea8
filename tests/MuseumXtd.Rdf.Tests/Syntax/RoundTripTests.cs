using System.Text;
using CsCheck;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Rdf.Tests.Syntax;

/// <summary>What is written is read back as the same graph, in every syntax and whatever the strings.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Hostile =
    [
        "", "\"", "'", "\\", "\n\r\t\b\f", "\u0000\u0001\u007f", "a\"\"\"b'''", "\ufffe\ud83d\ude00", "é\u0301", "\\u0041", "]]>", "<&>", " ends with space ", "\u2028", "\uffff", "\ud7ff\ue000\U0010ffff",
        "\ufeff", "\u0085", "\u200e\u202e", "^^<x>", "\"@fr", "--ltr", "{| ~ |}", "#", "\r", new string('"', 5), new string('\\', 5),
    ];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly Gen<string> Text = Gen.OneOf(OneOf(Hostile), Gen.String.Where(IsWellFormed));

    private static readonly Gen<Iri> AnyIri = OneOf(
        "http://x/a", "http://x/a#b", "http://x/", "http://x/é%20b", "http://x/-a", "http://x/1.2", "http://x/a.", "urn:x:y", "http://x/a:b", "http://x/a,b;c", "http://x/%41\ufffe\U0010ffff'\u00a0\u202e", "http://x/" + new string('é', 300),
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "x-y+z.1:").Select(i => new Iri(i));

    private static readonly Gen<Term> Node = Gen.OneOf(AnyIri.Select(i => (Term)i), Gen.Int[0, 4].Select(i => (Term)new BlankNode("a" + i)), Gen.Int[0, 2].Select(i => (Term)new BlankNode("~" + i)));

    private static readonly Gen<Term> PlainObject = Gen.OneOf(
        Node,
        Text.Select(t => (Term)new Literal(t)),
        Gen.Select(Text, OneOf("fr", "en-GB", "de-x-y1", "EN-gb", "i-klingon", "x-a-b-c1", "zh-Hant-CN-x-private1"), (t, l) => (Term)new Literal(t, l)),
        Gen.Select(
            OneOf("1", "+01", "-1.50", ".5", "1.", "1e3", "1.0E-7", "true", "1", "INF", "x"),
            OneOf(Xsd.Integer, Xsd.Decimal, Xsd.Double, Xsd.Boolean, new Iri("http://x/type")),
            (t, d) => (Term)new Literal(t, d)));

    private static readonly Gen<Term> InnerTriple =
        Gen.Select(Node, AnyIri, PlainObject, (s, p, o) => (Term)new TripleTerm(s, p, o));

    private static readonly Gen<Term> Object = Gen.Frequency(
        (8, PlainObject),
        (1, InnerTriple),
        (1, Gen.Select(Node, AnyIri, InnerTriple, (s, p, o) => (Term)new TripleTerm(s, p, o))),
        (1, Gen.Select(Text, OneOf(BaseDirection.LeftToRight, BaseDirection.RightToLeft), (t, d) => (Term)new Literal(t, "ar", d))));

    private static readonly Gen<Quad> AnyQuad = Gen.Select(
        Node, AnyIri, Object, Gen.OneOf(Gen.Const((Term?)null), Node.Select(n => (Term?)n)), (s, p, o, g) => new Quad(s, p, o, g));

    public static TheoryData<string, bool> Syntaxes()
    {
        var data = new TheoryData<string, bool>();
        foreach (var format in RdfFormats.Writable)
        {
            data.Add(format.Name, false);
            data.Add(format.Name, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void A_dataset_survives_writing_and_reading(string name, bool sorted)
    {
        var format = RdfFormats.ByName(name)!;
        AnyQuad.Array[0, 12].Sample(
            quads =>
            {
                var expected = new Dataset();
                foreach (var quad in quads)
                {
                    expected.Add(format.SupportsDatasets ? quad : quad with { Graph = null });
                }

                if (!CanCarry(format, expected))
                {
                    Assert.Throws<RdfWriteException>(() => Write(expected, format, sorted));
                    return;
                }

                var bytes = Write(expected, format, sorted);
                var actual = Read(new MemoryStream(bytes), format);
                Assert.True(Isomorphism.AreIsomorphic(expected, actual), Encoding.UTF8.GetString(bytes));
            },
            iter: 1500);
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void It_does_not_matter_in_what_pieces_the_input_comes(string name, bool sorted)
    {
        var format = RdfFormats.ByName(name)!;
        AnyQuad.Array[1, 8].Sample(
            quads =>
            {
                var dataset = new Dataset();
                foreach (var quad in quads)
                {
                    dataset.Add(format.SupportsDatasets ? quad : quad with { Graph = null });
                }

                if (!CanCarry(format, dataset))
                {
                    return;
                }

                var bytes = Write(dataset, format, sorted);
                Assert.True(Isomorphism.AreIsomorphic(dataset, Read(new OneByteStream(bytes), format)), Encoding.UTF8.GetString(bytes));
            },
            iter: 200);
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Terms_longer_than_any_buffer_are_kept(string name, bool sorted)
    {
        var format = RdfFormats.ByName(name)!;
        var dataset = new Dataset
        {
            new Quad(new Iri("http://x/" + new string('é', 200_000)), new Iri("http://x/p"), new Literal(new string('\n', 200_000) + "\u20ac")),
        };
        Assert.True(Isomorphism.AreIsomorphic(dataset, Read(new MemoryStream(Write(dataset, format, sorted)), format)));
    }

    [Fact]
    public void Sorted_output_does_not_depend_on_the_order_of_the_input() =>
        AnyQuad.Array[0, 15].Sample(
            quads =>
            {
                var forward = Write(quads, RdfFormats.TriG);
                Assert.Equal(forward, Write(quads.Reverse(), RdfFormats.TriG));
            },
            iter: 500);

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Damaged_documents_give_syntax_errors_and_nothing_else(string name, bool sorted)
    {
        var format = RdfFormats.ByName(name)!;
        Gen.Select(AnyQuad.Array[1, 6], Gen.Int[0, 1000], Gen.Byte).Sample(
            (quads, at, value) =>
            {
                var dataset = new Dataset();
                foreach (var quad in quads)
                {
                    dataset.Add(format.SupportsDatasets ? quad : quad with { Graph = null });
                }

                if (!CanCarry(format, dataset))
                {
                    return;
                }

                var bytes = Write(dataset, format, sorted);
                bytes[at % bytes.Length] = value;
                try
                {
                    Read(new MemoryStream(bytes), format);
                }
                catch (RdfSyntaxException e)
                {
                    Assert.True(e.Line > 0 && e.Column > 0 && e.Code.Length > 0);
                }
            },
            iter: 3000);
    }

    [Theory]
    [InlineData("turtle", "@prefix : <http://x/> .\n:s :p \"é\" ;\n  :q .", 3, 6, "turtle-expected-term")]
    [InlineData("turtle", "<http://x/s> x:p 1 .", 1, 14, "turtle-undeclared-prefix")]
    [InlineData("turtle", "<http://x/s> <http://x/p> \"a\nb\" .", 1, 29, "turtle-newline-in-string")]
    [InlineData("ntriples", "# ok\n<http://x/s> <http://x/p> <http://x/é é> .", 2, 38, "ntriples-bad-iri")]
    [InlineData("nquads", "<http://x/s> <http://x/p> \"x\" <http://x/g>", 1, 43, "nquads-expected-dot")]
    [InlineData("jsonld", "[\n  {\"@id\": 5}]", 2, 3, "jsonld-invalid-id-value")]
    [InlineData("jsonld", "{\"@context\": \"https://x.example/context\"}", 1, 1, "jsonld-loading-remote-context-failed")]
    [InlineData("jsonld", "[\n  {\"@id\" 5}]", 2, 10, "jsonld-not-well-formed")]
    [InlineData("rdfxml", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n  <rdf:li/>\n</rdf:RDF>", 2, 4, "rdfxml-bad-node")]
    [InlineData("rdfxml", "<a xmlns='http://x/'>\n  <b>\n</a>", 3, 3, "rdfxml-not-well-formed")]
    [InlineData("trig", "<http://x/g> { <http://x/s> <http://x/p> 1 ", 1, 44, "trig-expected-dot")]
    public void An_error_says_where_and_what(string name, string text, int line, int column, string code)
    {
        var e = Assert.Throws<RdfSyntaxException>(() => Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), RdfFormats.ByName(name)!));
        Assert.Equal((line, column, code), ((int)e.Line, (int)e.Column, e.Code));
    }

    [Fact]
    public void Deep_nesting_is_refused_not_a_crash()
    {
        var text = "<http://x/s> <http://x/p> " + string.Concat(Enumerable.Repeat("(", 100_000));
        var e = Assert.Throws<RdfSyntaxException>(() => Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), RdfFormats.Turtle));
        Assert.Equal("turtle-too-deep", e.Code);
    }

    [Fact]
    public void Invalid_UTF_8_is_found_where_it_is_and_what_came_before_is_kept()
    {
        var bytes = Encoding.UTF8.GetBytes("<http://x/s> <http://x/p> \"é\" .\n<http://x/s> <http://x/p> \"?\" .\n");
        bytes[Array.LastIndexOf(bytes, (byte)'?')] = 0xFF;
        var dataset = new Dataset();
        var e = Assert.Throws<RdfSyntaxException>(
            () => RdfFormats.NTriples.CreateReader().Read(new MemoryStream(bytes), dataset, ReaderOptions.Default));
        Assert.Equal((2L, 28L), (e.Line, e.Column));
        Assert.Single(dataset);
    }

    /// <summary>XML holds no control characters, RDF/XML no predicate that does not end with a name, and JSON-LD no triple terms.</summary>
    private static bool CanCarry(RdfFormat format, IEnumerable<Quad> quads) =>
        format == RdfFormats.JsonLd ? quads.All(q => q.Object is not TripleTerm)
        : format != RdfFormats.RdfXml || quads.All(q => IsName(q.Predicate) && CanCarry(q.Subject) && CanCarry(q.Object));

    private static bool CanCarry(Term term) => term switch
    {
        Literal literal => IsXml(literal.LexicalForm),
        Iri iri => IsXml(iri.Value),
        TripleTerm triple => IsName(triple.Predicate) && CanCarry(triple.Subject) && CanCarry(triple.Object),
        _ => true,
    };

    private static bool IsXml(string text) =>
        text.EnumerateRunes().All(r => r.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF));

    private static bool IsName(Iri iri) =>
        iri.Value is not ("http://x/" or "http://x/1.2" or "x-y+z.1:") && !iri.Value.EndsWith('\u202e');

    private static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static Dataset Read(Stream input, RdfFormat format) => Dataset.Read(input, format);

    private static byte[] Write(IEnumerable<Quad> quads, RdfFormat format, bool sorted = true)
    {
        using var output = new MemoryStream();
        var options = new WriterOptions { Prefixes = new Dictionary<string, string> { ["x"] = "http://x/", [""] = "http://x/a#" } };
        using var writer = sorted ? new SortedWriter(output, format, options) : format.CreateWriter!(output, options);
        foreach (var quad in quads)
        {
            writer.Quad(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), quad.Graph?.Encode() ?? []);
        }

        writer.Complete();
        return output.ToArray();
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
