using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Results;

public sealed class ResultWriterTests
{
    private static readonly Term?[][] Rows =
    [
        [new Iri("http://example.org/a?b&c"), new Literal("plain")],
        [null, new Literal("é \"quoted\", <tag> & \\ \t\r\n", "fr")],
        [new BlankNode("b1"), new Literal("5", Xsd.Integer)],
        [new Literal("ا", "ar", BaseDirection.RightToLeft), new Literal("2020-01-01", Xsd.Date)],
        [new TripleTerm(new Iri("http://s"), new Iri("http://p"), new Literal("o")), null],
    ];

    [Fact]
    public void Json_is_that_of_the_standard()
    {
        using var document = JsonDocument.Parse(Write(ResultFormats.Json, Rows));
        var bindings = document.RootElement.GetProperty("results").GetProperty("bindings");
        Assert.Equal(["x", "y"], document.RootElement.GetProperty("head").GetProperty("vars").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal(5, bindings.GetArrayLength());
        Assert.Equal("""{"type":"uri","value":"http://example.org/a?b&c"}""", bindings[0].GetProperty("x").GetRawText());
        Assert.False(bindings[1].TryGetProperty("x", out _));
        Assert.Equal("é \"quoted\", <tag> & \\ \t\r\n", bindings[1].GetProperty("y").GetProperty("value").GetString());
        Assert.Equal("fr", bindings[1].GetProperty("y").GetProperty("xml:lang").GetString());
        Assert.Equal("""{"type":"bnode","value":"b1"}""", bindings[2].GetProperty("x").GetRawText());
        Assert.Equal(Xsd.Integer.Value, bindings[2].GetProperty("y").GetProperty("datatype").GetString());
        Assert.Equal("rtl", bindings[3].GetProperty("x").GetProperty("its:dir").GetString());
        Assert.Equal("http://p", bindings[4].GetProperty("x").GetProperty("value").GetProperty("predicate").GetProperty("value").GetString());
    }

    [Fact]
    public void Xml_is_that_of_the_standard()
    {
        XNamespace ns = "http://www.w3.org/2005/sparql-results#";
        var document = XDocument.Parse(Write(ResultFormats.Xml, Rows), LoadOptions.PreserveWhitespace);
        var results = document.Root!.Element(ns + "results")!.Elements(ns + "result").ToList();
        Assert.Equal(["x", "y"], document.Root.Element(ns + "head")!.Elements().Select(v => v.Attribute("name")!.Value));
        Assert.Equal("http://example.org/a?b&c", results[0].Elements().First().Element(ns + "uri")!.Value);
        var literal = results[1].Elements().Single().Element(ns + "literal")!;
        Assert.Equal("é \"quoted\", <tag> & \\ \t\r\n", literal.Value);
        Assert.Equal("fr", literal.Attribute(XNamespace.Xml + "lang")!.Value);
        Assert.Equal(Xsd.Date.Value, results[3].Elements().Last().Element(ns + "literal")!.Attribute("datatype")!.Value);
        Assert.NotNull(results[4].Descendants(ns + "predicate").Single());
    }

    [Fact]
    public void Xml_never_holds_what_XML_forbids() =>
        Assert.Equal("a\uFFFDb", XDocument.Parse(Write(ResultFormats.Xml, [[null, new Literal("a\u0001b")]])).Root!.Elements().Last().Value.Trim());

    [Fact]
    public void Csv_quotes_what_must_be_quoted() => Assert.Equal(
        "x,y\r\nhttp://example.org/a?b&c,plain\r\n,\"é \"\"quoted\"\", <tag> & \\ \t\r\n\"\r\n_:b1,5\r\nا,2020-01-01\r\n\"<<( <http://s> <http://p> \"\"o\"\" )>>\",\r\n",
        Write(ResultFormats.Csv, Rows));

    [Fact]
    public void Tsv_has_terms_as_Turtle_writes_them() => Assert.Equal(
        "?x\t?y\n<http://example.org/a?b&c>\t\"plain\"\n\t\"é \\\"quoted\\\", <tag> & \\\\ \\t\\r\\n\"@fr\n_:b1\t5\n\"ا\"@ar--rtl\t\"2020-01-01\"^^<http://www.w3.org/2001/XMLSchema#date>\n<<( <http://s> <http://p> \"o\" )>>\t\n",
        Write(ResultFormats.Tsv, Rows));

    [Fact]
    public void A_table_has_aligned_columns() => Assert.Equal(
        "x           y\n----------  --------\n<http://a>  long one\n            é\n2 rows\n",
        Write(ResultFormats.Table, [[new Iri("http://a"), new Literal("long one")], [null, new Literal("é")]]));

    [Theory]
    [InlineData("json", "{\"head\":{},\"boolean\":true}\n")]
    [InlineData("csv", "true\r\n")]
    [InlineData("tsv", "true\n")]
    [InlineData("table", "true\n")]
    public void Booleans_are_written_too(string format, string expected)
    {
        using var results = new BooleanResults(new QueryTerms(new TermDictionary()), true);
        Assert.Equal(expected, Write(ResultFormats.ByName(format)!, results));
        using var same = new BooleanResults(new QueryTerms(new TermDictionary()), true);
        Assert.Contains("<boolean>true</boolean>", Write(ResultFormats.Xml, same), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_gets_the_same_bytes_as_a_stream()
    {
        var rows = Enumerable.Range(0, 3_000).Select(i => new Term?[] { new Iri("http://example.org/" + i), new Literal("text " + i) }).ToArray();
        foreach (var format in ResultFormats.All)
        {
            using var stream = new MemoryStream();
            using var results = Results(rows);
            using var writer = format.CreateWriter();
            var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
            await writer.WriteAsync(results, pipe);
            await pipe.CompleteAsync();
            Assert.Equal(Write(format, rows), Encoding.UTF8.GetString(stream.ToArray()));
        }
    }

    [Fact]
    public void Every_format_is_found_by_its_names()
    {
        foreach (var format in ResultFormats.All)
        {
            Assert.Same(format, ResultFormats.ByName(format.Name.ToUpperInvariant()));
            Assert.All(format.MediaTypes, type => Assert.Same(format, ResultFormats.ByMediaType(type + "; charset=utf-8")));
            Assert.All(format.Suffixes, suffix => Assert.Same(format, ResultFormats.BySuffix("results." + suffix)));
        }

        Assert.Null(ResultFormats.ByName("yaml"));
    }

    private static string Write(ResultFormat format, Term?[][] rows)
    {
        using var results = Results(rows);
        return Write(format, results);
    }

    private static string Write(ResultFormat format, QueryResults results)
    {
        using var stream = new MemoryStream();
        using var writer = format.CreateWriter();
        writer.Write(results, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static GivenSolutions Results(Term?[][] rows)
    {
        var terms = new QueryTerms(new TermDictionary());
        return new GivenSolutions(terms, [.. rows.Select(row => row.Select(term => term is null ? 0 : terms.Intern(term).Value).ToArray())]);
    }

    /// <summary>Solutions of two variables, in batches of 700.</summary>
    private sealed class GivenSolutions(QueryTerms terms, uint[][] rows) : SolutionResults(terms, [new Variable("x"), new Variable("y")])
    {
        private const int Size = 700;
        private int _start = -Size;
        private uint[][] _columns = [];

        public override int RowCount => Math.Min(Size, rows.Length - _start);

        public override bool NextBatch()
        {
            _start += Size;
            if (_start >= rows.Length)
            {
                return false;
            }

            _columns = [.. Enumerable.Range(0, 2).Select(index => rows.Skip(_start).Take(RowCount).Select(row => row[index]).ToArray())];
            return true;
        }

        public override ReadOnlySpan<uint> Column(int index) => _columns[index];

        protected override void Dispose(bool disposing)
        {
        }
    }
}
