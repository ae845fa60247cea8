using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Execution;

public sealed class TripleTermTests
{
    [Theory]
    [InlineData("DISTINCT ?answer { ?who ?what <<( ?s :p ?answer )>> }", "1 2")]
    [InlineData("DISTINCT ?answer { ?who :says <<( ?s ?answer ?s )>> }", "")]
    [InlineData("(COUNT(*) AS ?answer) { ?who :says <<( ?s ?p ?o )>> }", "2")]
    public void What_is_in_a_triple_term_is_read_where_nothing_else_is(string select, string expected) =>
        Assert.Equal(expected, Answers($"SELECT {select} ORDER BY ?answer"));

    [Theory]
    [InlineData("IF(EXISTS { ?q :denies <<( ?s ?p ?o )>> }, 'denied', 'stands')", "denied stands")]
    [InlineData("IF(EXISTS { ?q :denies <<( ?s ?p ?other )>> FILTER(?other != ?o || EXISTS { ?q :denies <<( ?s ?p ?o )>> }) }, 'denied', 'stands')", "denied stands")]
    public void Triple_terms_outside_and_within_an_exists_of_an_expression_are_kept_apart(string expression, string expected) =>
        Assert.Equal(expected, Answers($"SELECT ?answer {{ :anna :says <<( ?s ?p ?o )>> BIND({expression} AS ?answer) }} ORDER BY ?answer"));

    private static string Answers(string select)
    {
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            var data = """
                PREFIX : <http://x/>
                :anna :says <<( :s :p 1 )>> , <<( :t :p 2 )>> .
                :bert :denies <<( :s :p 1 )>> .
                """;
            RdfFormats.Turtle.CreateReader().Read(new MemoryStream(Encoding.UTF8.GetBytes(data)), transaction, new ReaderOptions());
            transaction.Commit();
        }

        var query = (SelectQuery)SparqlParser.ParseQuery("PREFIX : <http://x/> " + select, null);
        using var results = new QueryEngine().Select(query, store.Current, QueryOptions.Default);
        var found = new List<string>();
        while (results.NextBatch())
        {
            foreach (var id in results.Column(0))
            {
                found.Add(((Rdf.Literal)results.Terms.Decode(new TermId(id))).LexicalForm);
            }
        }

        return string.Join(' ', found);
    }
}
