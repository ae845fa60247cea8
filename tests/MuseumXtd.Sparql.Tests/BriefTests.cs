using System.Buffers;
using System.Text;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests;

/// <summary>Queries that expect to be over at once, and what happens when they are mistaken.</summary>
public sealed class BriefTests
{
    private static readonly Snapshot Graph = Load();

    [Theory]
    [InlineData("SELECT * { :s7 ?p ?o }", true)]
    [InlineData("ASK { :s7 :next ?o . ?o :text ?t }", true)]
    [InlineData("SELECT ?t { ?s :next :s8 ; :text ?t } ORDER BY ?t", true)]
    [InlineData("SELECT * { ?s ?p ?o } LIMIT 10", true)]
    [InlineData("SELECT ?c { ?a :next ?b . ?b :next ?c } OFFSET 100 LIMIT 10", true)]
    [InlineData("SELECT * { ?a :next ?b BIND(?b AS ?c) } LIMIT 10", true)]
    [InlineData("ASK { ?a :next ?b . ?b :next ?c }", true)]
    [InlineData("SELECT * { ?s ?p ?o }", false)]
    [InlineData("SELECT * { ?s ?p ?o } OFFSET 5000", false)]
    [InlineData("SELECT * { ?s ?p ?o } LIMIT 5000", false)]
    [InlineData("SELECT * { ?s ?p ?o } ORDER BY ?o LIMIT 10", false)]
    [InlineData("SELECT DISTINCT ?s ?o { ?s ?p ?o } LIMIT 10", false)]
    [InlineData("SELECT * { ?s ?p ?o FILTER(STRLEN(STR(?o)) = 3) } LIMIT 10", false)]
    [InlineData("SELECT * { { ?s ?p ?o } UNION { ?o :next ?s } } LIMIT 10", false)]
    [InlineData("SELECT (COUNT(*) AS ?n) { ?a :next ?b . ?b :next ?c }", false)]
    [InlineData("ASK { ?a :text ?t FILTER(CONTAINS(?t, 'nothing')) }", false)]
    [InlineData("SELECT * { GRAPH ?g { SERVICE <http://example.org/sparql> { ?s ?p ?o } } }", false)]
    [InlineData("SELECT * { SERVICE SILENT <http://example.org/sparql> { ?s ?p ?o } }", false)]
    public void Look_ups_are_brief(string text, bool isBrief)
    {
        using var results = Execute(text, TimeSpan.FromMinutes(1));
        Assert.Equal(isBrief, results.IsBrief);
    }

    [Theory]
    [InlineData("SELECT * { :s7 ?p ?o }")]
    [InlineData("SELECT * { :s7 :nothing ?o }")]
    [InlineData("ASK { :s7 :next ?o }")]
    public void A_short_result_is_what_is_written_else(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        var length = 0;
        using var results = Execute(text, TimeSpan.FromMinutes(1));
        using var writer = ResultFormats.Json.CreateWriter();
        Assert.True(writer.TryWriteShort(results, output, l => length = l));

        using var stream = new MemoryStream();
        using var others = Execute(text, null);
        Assert.False(others.IsBrief);
        using var otherWriter = ResultFormats.Json.CreateWriter();
        otherWriter.Write(others, stream);
        Assert.Equal(Encoding.UTF8.GetString(stream.ToArray()), Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(stream.Length, length);
    }

    [Theory]
    [InlineData("SELECT * { :s7 ?p ?o }")]
    [InlineData("ASK { :s7 :next ?o }")]
    public void Nothing_is_written_of_a_query_that_is_not_over_in_its_short_time(string text)
    {
        using var results = Execute(text, TimeSpan.FromTicks(1));
        Assert.True(results.IsBrief);
        AssertNothingWritten(results);
    }

    [Fact]
    public void Nothing_is_written_of_a_result_that_turns_out_long()
    {
        using var results = Execute("SELECT * { ?s :long ?o }", TimeSpan.FromMinutes(1));
        Assert.True(results.IsBrief);
        AssertNothingWritten(results);
    }

    [Fact]
    public void Other_budgets_are_those_of_any_query()
    {
        using var results = Execute("SELECT * { ?s :long ?o }", TimeSpan.FromMinutes(1), maxRows: 10);
        using var writer = ResultFormats.Json.CreateWriter();
        var error = Assert.Throws<QueryBudgetException>(() => writer.TryWriteShort(results, new ArrayBufferWriter<byte>(), _ => { }));
        Assert.Equal("rows", error.Budget);
    }

    private static void AssertNothingWritten(QueryResults results)
    {
        var output = new ArrayBufferWriter<byte>();
        var isTold = false;
        using var writer = ResultFormats.Json.CreateWriter();
        Assert.False(writer.TryWriteShort(results, output, _ => isTold = true));
        Assert.Equal((0, false), (output.WrittenCount, isTold));
    }

    private static QueryResults Execute(string text, TimeSpan? brief, long maxRows = long.MaxValue) => new QueryEngine().Execute(
        SparqlParser.ParseQuery("PREFIX : <http://x/> " + text), Graph, new QueryOptions { BriefTimeout = brief, MaxRows = maxRows, Services = new Nobody() });

    private static Snapshot Load()
    {
        using var store = new QuadStore();
        using var transaction = store.Begin();
        var data = string.Concat(Enumerable.Range(0, 3000).Select(i => $":s{i} :next :s{i + 1} ; :text 'text {i}' . "))
            + string.Concat(Enumerable.Range(0, 100).Select(i => $":l{i} :long '{new string('x', 1000)}{i}' . "));
        new UpdateEngine().Execute(SparqlParser.ParseUpdate("PREFIX : <http://x/> INSERT DATA { " + data + " }"), transaction, UpdateOptions.Default);
        return transaction.Commit();
    }

    private sealed class Nobody : Sparql.Federation.IServiceClient
    {
        public Sparql.Federation.ServiceAnswer Ask(Rdf.Iri endpoint, string query, CancellationToken cancellation) => throw new ServiceException("Nobody is there.");
    }
}
