using MuseumXtd.Sparql.Syntax;

namespace MuseumXtd.Sparql.Tests.Syntax;

public sealed class SyntaxErrorTests
{
    [Theory]
    [InlineData("SELECT * { ?s ?p }", 1, 18)]
    [InlineData("SELECT *\n{ ?s ?p ?o\n  ?a ?b ?c }", 3, 3)]
    [InlineData("SELECT * { ?s ?p \"\U0001F600\" => }", 1, 22)]
    [InlineData("SELECT ?x { ?s ?p ?o } GROUP BY ?s", 1, 8)]
    [InlineData("SELECT * { ?s ?p \"open }", 1, 18)]
    public void An_error_says_where_it_is_in_characters(string query, int line, int column)
    {
        var error = Error(query);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith($"{line}:{column}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_well_known_prefix_that_is_not_declared_is_offered() =>
        Assert.Contains("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>", Error("SELECT * { ?s skos:prefLabel ?o }").Hint, StringComparison.Ordinal);

    [Fact]
    public void A_missing_dot_is_named() =>
        Assert.Contains("dot", Error("SELECT * { ?a ?b ?c ?d ?e ?f }").Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("SELECT * { ?i mxtd:name ?n }", "PREFIX mxtd: <https://w3id.org/museumxtd/ns#>")]
    [InlineData("SELECT * { ?p ?r role:lead }", "PREFIX role: <https://w3id.org/museumxtd/roles/>")]
    [InlineData("PREFIX museum: <http://m/> SELECT * { ?i musuem:name ?n }", "museum:")]
    [InlineData("SELECT * { ?i foafx:name ?n }", "PREFIX foaf: <http://xmlns.com/foaf/0.1/>")]
    [InlineData("SELECT * { ?i unknown:name ?n }", "PREFIX unknown: <...>")]
    [InlineData("PREFIX ex <http://e/> ASK {}", "PREFIX ex: <...>")]
    [InlineData("SELECT * {\n ?s ?p ?o { ?a ?b ?c }", "The '{' at 1:10 is not closed.")]
    [InlineData("SELECT * { ?s ?p ?o FILTER(?o > 3 }", "The '(' at 1:27 is still open.")]
    [InlineData("SELECT * { ?s ?p ?o } }", "no open bracket")]
    [InlineData("SELEKT * { ?s ?p ?o }", "SELECT")]
    [InlineData("SELECT * WEHRE { ?s ?p ?o }", "WHERE")]
    [InlineData("SELECT * { ?s ?p ?o OPTOINAL { ?s ?q ?r } }", "OPTIONAL")]
    [InlineData("SELECT * { ?s ?p ?o FILTR(?o > 1) }", "FILTER")]
    [InlineData("SELECT * { ?s ?p ?o } ORDERBY ?s", "ORDER")]
    [InlineData("SELECT * { ?s ?p ?o FILTER(REGEXP(?o, 'a')) }", "REGEX")]
    [InlineData("SELECT * { ?s ?p Québec }", "\"Qu")]
    [InlineData("SELECT * { ?s ?p Canada }", "\"Canada\"")]
    [InlineData("SELECT name { ?s ?p ?name }", "?name")]
    [InlineData("SELECT ?a, ?b { ?a ?p ?b }", "without commas")]
    [InlineData("SELECT * { ?s ?p ?o BIND(?x := 3) }", "BIND(expression AS ?variable)")]
    [InlineData("SELECT * { ?s ?p ?o FILTER(?o == 3) }", "one '='")]
    [InlineData("SELECT * { ?s ?p ?o FILTER(?o <> 3) }", "!=")]
    [InlineData("SELECT * { ?s ?p ?o FILTER(?o > 3 AND ?o < 5) }", "&&")]
    [InlineData("SELECT * { ?s ?p ?o FILTER(?o > 3 & ?o < 5) }", "&&")]
    [InlineData("SELECT * { ?s ?p ?o FILTER(?o LIKE 'a%') }", "CONTAINS")]
    [InlineData("SELECT * { ?s ?p ?o FILTER(?o IS NOT NULL) }", "BOUND")]
    [InlineData("SELECT * { ?s <http://e/a b> ?o }", "no spaces")]
    [InlineData("SELECT * { ?s ?p \u201Ca\u201D }", "straight quotation marks")]
    [InlineData("SELECT * { ?s ?p ?o };", "no ';' at its end")]
    [InlineData("SELECT TOP 10 * { ?s ?p ?o }", "LIMIT")]
    public void A_common_mistake_gets_a_hint(string query, string hint) =>
        Assert.Contains(hint, Error(query).Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("SELECT * { ?s ?p ?o } GROUP BY ?s")]
    [InlineData("SELECT (?a + ?b AS ?c) { ?s ?a ?b } GROUP BY (?a + ?b)")]
    [InlineData("SELECT (1 AS ?s) { ?s ?p ?o }")]
    [InlineData("SELECT (1 AS ?x) (2 AS ?x) {}")]
    [InlineData("SELECT (SUM(COUNT(?s)) AS ?n) { ?s ?p ?o }")]
    [InlineData("SELECT * { ?s ?p ?o BIND(1 AS ?s) }")]
    [InlineData("SELECT * { _:a ?p ?o OPTIONAL { _:a ?q ?r } }")]
    [InlineData("SELECT * { VALUES (?a ?b) { (1) } }")]
    [InlineData("SELECT * { FILTER(COUNT(?x) > 1) }")]
    [InlineData("CONSTRUCT { ?s <p:a>/<p:b> ?o } WHERE { ?s ?p ?o }")]
    [InlineData("SELECT * { ?s ?p <relative> }")]
    [InlineData("ASK { ?s ?p ?o } extra")]
    public void What_the_grammar_or_its_notes_forbid_is_refused(string query) => Error(query);

    [Theory]
    [InlineData("{", "}")]
    [InlineData("{ OPTIONAL ", " }")]
    [InlineData("{ FILTER(", ") }")]
    [InlineData("{ ?s ?p [ ?p ", " ] }")]
    [InlineData("{ ?s ?p (", ") }")]
    [InlineData("{ ?s ", " ?o }")]
    public void Nesting_without_end_is_an_error_and_no_crash(string open, string close)
    {
        var inner = open.Contains("FILTER", StringComparison.Ordinal) ? ("(", ")") : open.Contains('[', StringComparison.Ordinal) ? ("[ ?p ", "]")
            : open.EndsWith('(') ? ("(", ")") : open.StartsWith("{ ?s ", StringComparison.Ordinal) ? ("(", ")") : (open, close);
        var deep = string.Concat(Enumerable.Repeat(inner.Item1, 20_000)) + string.Concat(Enumerable.Repeat(inner.Item2, 20_000));
        Error("SELECT * " + open + deep + close);
    }

    [Fact]
    public void Soup_of_tokens_gives_a_query_or_a_syntax_error()
    {
        string[] tokens =
        [
            "SELECT", "*", "?x", "$y", "{", "}", "(", ")", "[", "]", ".", ";", ",", "a", "<http://e/>", "p:l", "\"s\"", "'''t'''", "@en", "^^", "1", "-2.5", "3e1",
            "FILTER", "OPTIONAL", "UNION", "MINUS", "BIND", "AS", "VALUES", "UNDEF", "GRAPH", "EXISTS", "NOT", "IN", "|", "/", "^", "!", "+", "=", "<", "&&", "||",
            "GROUP", "BY", "HAVING", "ORDER", "LIMIT", "COUNT", "STR", "true", "_:b", "PREFIX", "BASE", "ASK", "CONSTRUCT", "WHERE", "DESCRIBE", "FROM", "#", "\\", "\u00e9", "\ud800",
        ];
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var soup = (i % 2 == 0 ? "ASK { " : "") + string.Join(' ', Enumerable.Range(0, random.Next(1, 14)).Select(_ => tokens[random.Next(tokens.Length)])) + (i % 2 == 0 ? " }" : "");
            try
            {
                SparqlParser.ParseQuery(soup);
                read++;
            }
            catch (SparqlSyntaxException e)
            {
                Assert.True(e.Line > 0 && e.Column > 0);
            }
        }

        Assert.InRange(read, 1, 19_999);
    }

    private static SparqlSyntaxException Error(string query) => Assert.Throws<SparqlSyntaxException>(() => SparqlParser.ParseQuery(query));
}
