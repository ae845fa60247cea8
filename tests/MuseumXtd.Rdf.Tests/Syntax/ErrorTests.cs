using System.Text;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Rdf.Tests.Syntax;

/// <summary>What readers say of bad input, how they go on behind it, and the limits they keep.</summary>
public sealed class ErrorTests
{
    private const string S = "<http://x/s> <http://x/p> ";

    [Theory]
    [InlineData("ntriples", S + "\"a\" .\n" + S + "oops .\n" + S + "\"b\" .\n" + S + "\"c .\n" + S + "\"d\" .", 3, "2:27 4:31")]
    [InlineData("nquads", S + "1 .\n\n# no\n<x> .\n" + S + "<http://x/o> <http://x/g> .", 1, "1:27 4:1")]
    [InlineData("turtle", S + "1 .\n" + S + "x:a .\n" + S + "2 .", 2, "2:27")]
    [InlineData("turtle", S + "x:a.b, <http://x/a.b#.>, 1.5, \"a . b\", '''\n. ''' # . \n .\n" + S + "2 .", 1, "1:27")]
    [InlineData("turtle", S + "[ <http://x/p> x:a ; <http://x/p> (1 2 ] .\n" + S + "2 .", 1, "1:42")]
    [InlineData("turtle", S + "1 ; <http://x/p> \"\\q . \", 3 .\n" + S + "2 .", 2, "1:45")]
    [InlineData("turtle", S + "<<( <http://x/a> x:b 1 )>> .\n" + S + "2 .", 1, "1:44")]
    [InlineData("turtle", S + "1 {| <http://x/q> x:b |} . " + S + "2 .", 3, "1:45")]
    [InlineData("turtle", S + "1", 1, "1:28")]
    [InlineData("turtle", "x:a.x:b .", 0, "1:1")]
    [InlineData("trig", "<http://x/g> { " + S + "1 . " + S + "x:b . " + S + "2 }\n" + S + "3 .", 3, "1:72")]
    [InlineData("trig", "x:g { " + S + "1 . " + S + "2 }\n" + S + "3 .", 1, "1:1")]
    [InlineData("trig", "<http://x/g> { " + S + "x:b }\n" + S + "3 .", 1, "1:42")]
    [InlineData("trig", "<http://x/g> { " + S + "1 {| x:a 1 |} . " + S + "2 . ", 3, "1:47 1:88")]
    public void Reading_goes_on_behind_each_error(string name, string text, int statements, string places)
    {
        var errors = new List<RdfSyntaxException>();
        var read = Read(name, Encoding.UTF8.GetBytes(text), new ReaderOptions { OnError = e => { errors.Add(e); return true; } });
        Assert.Equal(places, string.Join(' ', errors.Select(e => $"{e.Line}:{e.Column}")));
        Assert.Equal(statements, read.Count);
    }

    [Theory]
    [InlineData("ntriples")]
    [InlineData("turtle")]
    public void Bytes_that_are_no_UTF_8_cost_one_statement(string name)
    {
        var bytes = Encoding.Latin1.GetBytes(S + "\"\u00e9\u00e9\" .\n" + S + "\"b\" .\n" + S + "\"\u00e9");
        var errors = new List<string>();
        var read = Read(name, bytes, new ReaderOptions { OnError = e => { errors.Add($"{e.Line}:{e.Column} {e.Code}"); return true; } });
        Assert.Equal([$"1:28 {name}-invalid-utf8", $"3:28 {name}-invalid-utf8"], errors);
        Assert.Single(read);
    }

    [Theory]
    [InlineData("ntriples")]
    [InlineData("turtle")]
    [InlineData("trig")]
    public void Reading_ends_when_enough_errors_are_found(string name)
    {
        var text = string.Concat(Enumerable.Repeat(S + "oops .\n", 50)) + S + "\"a\" .";
        var count = 0;
        var read = Read(name, Encoding.UTF8.GetBytes(text), new ReaderOptions { OnError = _ => ++count < 10 });
        Assert.Equal((10, 0), (count, read.Count));
    }

    [Fact]
    public void Reading_ends_in_a_graph_too()
    {
        var text = "<http://x/g> {" + string.Concat(Enumerable.Repeat(S + "oops .\n", 50)) + "}" + S + "\"a\" .";
        var count = 0;
        var read = Read("trig", Encoding.UTF8.GetBytes(text), new ReaderOptions { OnError = _ => ++count < 10 });
        Assert.Equal((10, 0), (count, read.Count));
    }

    [Theory]
    [InlineData("ntriples", 1)]
    [InlineData("turtle", 1)]
    public void A_token_beyond_the_limit_costs_one_statement(string name, int left)
    {
        var text = S + "\"" + new string('x', 300_000) + " . x\" .\n" + S + "\"b\" .";
        var errors = new List<string>();
        var read = Read(name, Encoding.UTF8.GetBytes(text), new ReaderOptions
        {
            MaxTokenBytes = 100_000,
            OnError = e => { errors.Add(e.Code); return true; },
        });
        Assert.Equal([$"{name}-token-too-long"], errors);
        Assert.Equal(left, read.Count);
    }

    [Theory]
    [InlineData("ntriples")]
    [InlineData("turtle")]
    [InlineData("trig")]
    public void A_document_beyond_the_limit_is_refused_where_the_limit_is(string name)
    {
        var line = S + "\"\u00e9\" .\n";
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 10_000)));
        var length = Encoding.UTF8.GetByteCount(line);
        foreach (var limit in (int[])[1, 28, 29, 3 * length + 28, 5_000 * length + 1])
        {
            var e = Assert.Throws<RdfSyntaxException>(() => Read(name, text, new ReaderOptions { MaxDocumentBytes = limit }));
            Assert.Equal(name + "-document-too-long", e.Code);
            Assert.Equal(limit / length + 1, e.Line);
            var errors = 0;
            var read = Read(name, text, new ReaderOptions { MaxDocumentBytes = limit, OnError = _ => { errors++; return true; } });
            Assert.Equal(1, errors);
            Assert.Equal(limit < length ? 0 : 1, read.Count);
        }

        Assert.Single(Read(name, text, new ReaderOptions { MaxDocumentBytes = text.Length }));
    }

    [Theory]
    [InlineData("rdfxml", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n<rdf:Description/>\n</rdf:RDF>", 70, 2)]
    [InlineData("jsonld", "{\n\n}", 2, 2)]
    public void Other_syntaxes_limit_documents_too(string name, string text, int limit, int line)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var e = Assert.Throws<RdfSyntaxException>(() => Read(name, bytes, new ReaderOptions { MaxDocumentBytes = limit }));
        Assert.Equal((name + "-document-too-long", line), (e.Code, (int)e.Line));
        Assert.Empty(Read(name, bytes, new ReaderOptions { MaxDocumentBytes = bytes.Length }));
    }

    [Theory]
    [InlineData("ntriples", "<<( <http://x/s> <http://x/p> ")]
    [InlineData("turtle", "<<( <http://x/s> <http://x/p> ")]
    [InlineData("turtle", "( ")]
    [InlineData("turtle", "[ <http://x/p> ")]
    [InlineData("turtle", "<< <http://x/s> <http://x/p> ")]
    [InlineData("trig", "1 {| <http://x/p> ")]
    public void Nesting_beyond_the_limit_is_refused(string name, string opening)
    {
        var text = Encoding.UTF8.GetBytes(S + string.Concat(Enumerable.Repeat(opening, 100_000)));
        var e = Assert.Throws<RdfSyntaxException>(() => Read(name, text, new ReaderOptions { MaxDepth = 20 }));
        Assert.Equal(name + "-too-deep", e.Code);
    }

    private static Dataset Read(string name, byte[] bytes, ReaderOptions options) =>
        Dataset.Read(new MemoryStream(bytes), RdfFormats.ByName(name)!, options);
}
