using System.Globalization;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Sparql.Tests.Execution;

public sealed class TextSearchTests
{
    private const string Data = """
        @prefix : <http://x/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix mxtd: <https://w3id.org/museumxtd/ns#> .
        :qn a :Initiative ; mxtd:name "Québec numérique"@fr ; mxtd:altName "QN" ; :description "Une initiative du Québec pour l’École et les musées."@fr .
        :mnc a :Initiative ; mxtd:name "Musées numériques Canada"@fr, "Digital Museums Canada"@en ; :description "A fund for museums."@en .
        :q a :Place ; mxtd:name "Québec"@fr, "Quebec"@en .
        :n a :Note ; :text "Un mot de Québec numérique, et de beaucoup d'autres choses encore que personne ne cherche."@fr ; :count 5 .
        """;

    private const string Prefixes = "PREFIX : <http://x/> PREFIX mxtd: <https://w3id.org/museumxtd/ns#> ";

    [Theory]
    [InlineData("SELECT ?s { ?s mxtd:search 'québec' }", "n|q|qn")]
    [InlineData("SELECT ?s { ?s mxtd:search 'QUEBEC numerique' }", "n|qn")]
    [InlineData("SELECT ?s { ?s mxtd:search 'musees numeriques' }", "mnc")]
    [InlineData("SELECT ?s { ?s mxtd:search '\"numeriques musees\"' }", "")]
    [InlineData("SELECT ?s { ?s mxtd:search 'l\\'ecole' ; a :Initiative }", "qn")]
    [InlineData("SELECT ?s { ?s a :Place ; mxtd:search 'qu*' }", "q")]
    [InlineData("SELECT ?s { ?s mxtd:search 'absent' }", "")]
    [InlineData("SELECT ?s { ?s mxtd:search '' }", "")]
    [InlineData("SELECT ?s { ?s mxtd:search ('quebec' 1) }", "q")]
    [InlineData("SELECT ?s { ?s mxtd:search ('quebec' 0) }", "")]
    [InlineData("SELECT ?s { :qn mxtd:search 'quebec' . BIND(1 AS ?s) }", "1")]
    [InlineData("SELECT ?s { :mnc mxtd:search 'quebec' . BIND(1 AS ?s) }", "")]
    [InlineData("SELECT ?s { (?s ?score ?t mxtd:altName) mxtd:search 'qn' }", "qn")]
    [InlineData("SELECT ?s { (?s ?score ?t mxtd:name) mxtd:search 'qn' }", "")]
    [InlineData("SELECT ?s { (?s ?score 'Quebec'@en) mxtd:search 'quebec' }", "")]
    [InlineData("SELECT ?s { ?s a :Initiative FILTER EXISTS { ?s mxtd:search 'fund OR personne' } }", "mnc")]
    [InlineData("SELECT ?s { ?s a :Initiative FILTER NOT EXISTS { ?s mxtd:search 'fund' } }", "qn")]
    [InlineData("SELECT ?s { ?s a :Initiative MINUS { ?s mxtd:search 'fund' } }", "qn")]
    [InlineData("SELECT ?s { ?i a :Note . OPTIONAL { ?s mxtd:search 'fund' } }", "mnc")]
    [InlineData("SELECT ?s { { ?s mxtd:search 'fund' } UNION { ?s mxtd:search 'choses' } }", "mnc|n")]
    [InlineData("SELECT DISTINCT ?s { ?s mxtd:search 'quebec' ; mxtd:name ?n }", "q|qn")]
    [InlineData("SELECT ?s { (?t ?score) mxtd:searchText 'quebec' BIND(STR(?t) AS ?s) FILTER(STRLEN(?s) < 20) }", "Quebec|Québec|Québec numérique")]
    [InlineData("SELECT ?s { ?t mxtd:searchText ('quebec' 2) . ?s mxtd:name ?t }", "q|q")]
    [InlineData("SELECT (COUNT(*) AS ?s) { ?x mxtd:search 'quebec' ; ?p ?o }", "10")]
    public void Searches_join_like_tables(string query, string found) =>
        Assert.Equal(found.Split('|', StringSplitOptions.RemoveEmptyEntries), Ask(Load(Data), query).Order(StringComparer.Ordinal));

    [Fact]
    public void Names_come_before_prose_and_the_best_text_stands_for_a_resource()
    {
        var rows = Rows(Load(Data), "SELECT ?s ?score ?t ?p { (?s ?score ?t ?p) mxtd:search 'quebec' }", ["s", "score", "t", "p"]);
        Assert.Equal(["http://x/q", "http://x/qn", "http://x/n"], rows.Select(r => r[0]));
        Assert.Equal("https://w3id.org/museumxtd/ns#name", rows[1][3]);
        Assert.Equal("Québec numérique", rows[1][2]);
        Assert.All(rows, r => Assert.True(decimal.Parse(r[1], CultureInfo.InvariantCulture) > 0));
        Assert.Equal(rows.Select(r => decimal.Parse(r[1], CultureInfo.InvariantCulture)).OrderDescending(), rows.Select(r => decimal.Parse(r[1], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_limit_gives_the_best_of_all()
    {
        var random = new Random(7);
        var data = new StringBuilder("@prefix : <http://x/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n");
        for (var i = 0; i < 3000; i++)
        {
            var words = string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(4) == 0 ? "musée" : "w" + random.Next(50)));
            data.AppendLine(CultureInfo.InvariantCulture, $":s{random.Next(900)} {(random.Next(3) == 0 ? "rdfs:label" : ":text")} \"{words} {i}\" .");
        }

        var snapshot = Load(data.ToString());
        var all = Rows(snapshot, "SELECT ?s ?score { (?s ?score) mxtd:search 'musee' }", ["s", "score"]);
        foreach (var limit in (int[])[1, 5, 40, 300])
        {
            Assert.Equal(all.Take(limit), Rows(snapshot, $"SELECT ?s ?score {{ (?s ?score) mxtd:search ('musee' {limit}) }}", ["s", "score"]));
        }
    }

    [Fact]
    public void A_search_sees_the_graph_that_it_stands_in()
    {
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            transaction.Quad(new Iri("http://x/a").Encode(), new Iri("http://x/p").Encode(), new Literal("mot").Encode(), new Iri("http://x/g1").Encode());
            transaction.Quad(new Iri("http://x/b").Encode(), new Iri("http://x/p").Encode(), new Literal("un mot").Encode(), new Iri("http://x/g2").Encode());
            transaction.Commit();
        }

        Assert.Equal(["a", "b"], Ask(store.Current, "SELECT ?s { ?s mxtd:search 'mot' }").Order(StringComparer.Ordinal));
        Assert.Equal(["b"], Ask(store.Current, "SELECT ?s { GRAPH :g2 { ?s mxtd:search 'mot' } }"));
        Assert.Equal(["g1 a", "g2 b"], Ask(store.Current, "SELECT (CONCAT(STRAFTER(STR(?g), 'x/'), ' ', STRAFTER(STR(?x), 'x/')) AS ?s) { GRAPH ?g { ?x mxtd:search 'mot' } }").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_snapshot_finds_what_it_has_and_nothing_else()
    {
        using var store = new QuadStore();
        var (s, p) = (new Iri("http://x/a").Encode(), new Iri("http://x/p").Encode());
        var before = store.Current;
        using (var transaction = store.Begin())
        {
            transaction.Quad(s, p, new Literal("ancien mot").Encode(), default);
            transaction.Commit();
        }

        var first = store.Current;
        using (var transaction = store.Begin())
        {
            transaction.Remove(s, p, new Literal("ancien mot").Encode(), default);
            transaction.Quad(s, p, new Literal("nouveau mot").Encode(), default);
            transaction.Commit();
        }

        Assert.Empty(Ask(before, "SELECT ?s { ?s mxtd:search 'mot' }"));
        Assert.Equal(["a"], Ask(first, "SELECT ?s { ?s mxtd:search 'ancien' }"));
        Assert.Empty(Ask(first, "SELECT ?s { ?s mxtd:search 'nouveau' }"));
        Assert.Equal(["a"], Ask(store.Current, "SELECT ?s { ?s mxtd:search 'nouveau' }"));
        Assert.Empty(Ask(store.Current, "SELECT ?s { ?s mxtd:search 'ancien' }"));
    }

    [Theory]
    [InlineData("SELECT * { ?s mxtd:search ?words }", "takes a string")]
    [InlineData("SELECT * { ?s mxtd:search 5 }", "takes a string")]
    [InlineData("SELECT * { ?s mxtd:search () }", "takes a string")]
    [InlineData("SELECT * { ?s mxtd:search ('a' -1) }", "whole number")]
    [InlineData("SELECT * { ?s mxtd:search ('a' 'b') }", "whole number")]
    [InlineData("SELECT * { ?s mxtd:search ('a' 1 2) }", "takes a string")]
    [InlineData("SELECT * { (?a ?b ?c ?d ?e) mxtd:search 'a' }", "On the left")]
    [InlineData("SELECT * { (?a 5) mxtd:search 'a' }", "On the left")]
    [InlineData("SELECT * { (?a ?b ?c) mxtd:searchText 'a' }", "On the left")]
    [InlineData("SELECT * { () mxtd:searchText 'a' }", "On the left")]
    public void What_cannot_be_searched_is_a_syntax_error(string query, string message) =>
        Assert.Contains(message, Assert.Throws<SparqlSyntaxException>(() => SparqlParser.ParseQuery(Prefixes + query, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Algebra_can_search_without_a_query_text()
    {
        var (s, o) = (new Variable("s"), new Variable("o"));
        var query = new SelectQuery(
            new Join(new TextSearch(TextQuery.Phrase("Fund"), s), new BasicGraphPattern([new TriplePattern(s, new ConstantTerm(new Iri("http://x/description")), o)])), [s, o]);
        using var results = new QueryEngine().Select(query, Load(Data), QueryOptions.Default);
        Assert.True(results.NextBatch());
        Assert.Equal(1, results.RowCount);
    }

    private static Snapshot Load(string turtle)
    {
        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(turtle));
        RdfFormats.Turtle.CreateReader().Read(stream, transaction, new ReaderOptions());
        return transaction.Commit();
    }

    private static List<string> Ask(Snapshot snapshot, string query) =>
        [.. Rows(snapshot, query, ["s"]).Select(r => r[0].Replace("http://x/", "", StringComparison.Ordinal))];

    private static List<string[]> Rows(Snapshot snapshot, string query, string[] variables)
    {
        using var results = new QueryEngine().Select((SelectQuery)SparqlParser.ParseQuery(Prefixes + query, null), snapshot, QueryOptions.Default);
        var rows = new List<string[]>();
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                rows.Add([.. variables.Select(v => results.Terms.Decode(new TermId(results.Column(results.Variables.IndexOf(new Variable(v)))[row])) switch
                {
                    Iri iri => iri.Value,
                    Literal literal => literal.LexicalForm,
                    var other => other.ToString()!,
                })]);
            }
        }

        return rows;
    }
}
