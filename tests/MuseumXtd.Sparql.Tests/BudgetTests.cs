using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests;

/// <summary>Queries that would run for days or take all memory end by their budget, or when they are cancelled, in whatever operator they are at work.</summary>
public sealed class BudgetTests
{
    private const string Cross = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l";
    private static readonly Snapshot Graph = Load();

    /// <summary>The hostile queries: what they are named for is where they spend their time or memory.</summary>
    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "cross product", $"SELECT * {{ {Cross} }}" },
        { "count over a filter", $"SELECT (COUNT(*) AS ?n) {{ {Cross} FILTER(?a != ?d || ?l = 7) }}" },
        { "hash join without a key", "SELECT * { " + Values(4, 200) + " FILTER(?v0 + ?v1 + ?v2 + ?v3 < 0) }" },
        { "hash join of loose rows", "SELECT * { { SELECT ?x ?y { ?x :p ?y OPTIONAL { ?x :none ?z } } } { SELECT ?z ?w { ?w :p ?v OPTIONAL { ?w :none ?z } } } { SELECT ?z ?t { ?t :p ?s OPTIONAL { ?t :none ?z } } } }" },
        { "variable that stands twice", "SELECT * { ?x :p ?y . ?z :p ?w . ?u ?v ?u }" },
        { "sort", $"SELECT * {{ {Cross} }} ORDER BY ?l DESC(?a)" },
        { "sort by texts that begin alike", $"SELECT * {{ ?s :text ?a . ?t :text ?b . ?u :text ?c }} ORDER BY (CONCAT('aaaaaaaaaaaaaaaa', ?a)) ?b" },
        { "top k", $"SELECT * {{ {Cross} }} ORDER BY ?l LIMIT 10" },
        { "distinct", $"SELECT DISTINCT * {{ {Cross} }}" },
        { "group", $"SELECT ?a ?f (MAX(?l) AS ?m) {{ {Cross} }} GROUP BY ?a ?f ?h" },
        { "count distinct", $"SELECT (COUNT(DISTINCT *) AS ?n) {{ {Cross} }}" },
        { "group concat", $"SELECT (GROUP_CONCAT(?t) AS ?all) {{ ?s :text ?t . ?d ?e ?f . ?g ?h ?i }}" },
        { "path of many ways", "SELECT * { ?a (:p/:p/:p/:p/:p)+ ?b }" },
        { "path within paths", "SELECT * { ?a ((:p|^:p)*/(:p*/^:p*)*)+ ?b . ?c (!:x)* ?d . ?e (!:y)* ?f }" },
        { "optional", $"SELECT * {{ ?s :text ?t OPTIONAL {{ {Cross} }} }}" },
        { "minus", $"SELECT * {{ ?a :text ?t MINUS {{ {Cross} FILTER(?c + ?f + ?i + ?l = 9) }} }}" },
        { "not exists", $"SELECT * {{ ?s :text ?t FILTER NOT EXISTS {{ {Cross} FILTER(?c + ?f + ?i + ?l = 9) }} }}" },
        { "exists in an expression", $"SELECT * {{ ?s :text ?t FILTER(?t = 'b' || EXISTS {{ {Cross} FILTER(?a = ?t) }}) }}" },
        { "union", $"SELECT * {{ {{ {Cross} }} UNION {{ {Cross} }} }}" },
        { "graphs", "SELECT * { GRAPH ?g { ?a ?b ?c . ?d ?e ?f OPTIONAL { ?g2 ?h ?i . ?j ?k ?l } } }" },
        { "regular expression", $"SELECT * {{ {Cross} FILTER(REGEX(CONCAT(STR(?a), STR(?l)), '(x+x+)+y(a*)*b')) }}" },
        { "back-reference", "SELECT * { ?s :text ?t . ?s2 :text ?t2 . ?d ?e ?f FILTER(REGEX(CONCAT(?t, ?t, ?t, ?t, ?t2), '(.*)*\\\\1(.*)*\\\\1!')) }" },
        { "text that doubles", "SELECT ?x40 { BIND('xxxxxxxxxxxxxxxx' AS ?x0) " + string.Concat(Enumerable.Range(0, 40).Select(i => $"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) ")) + "}" },
        { "replacement that grows", "SELECT ?x8 { BIND('xxxxxxxxxxxxxxxx' AS ?x0) " + string.Concat(Enumerable.Range(0, 8).Select(i => $"BIND(REPLACE(?x{i}, 'x', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') AS ?x{i + 1}) ")) + "}" },
        { "many texts", $"SELECT ?x (COUNT(*) AS ?n) {{ {Cross} BIND(CONCAT(STR(?a), STR(?c), STR(RAND()), STR(?l)) AS ?x) }} GROUP BY ?x" },
        { "construct", $"CONSTRUCT {{ ?a ?k ?l . ?d ?h ?c . [] ?b ?i }} {{ {Cross} }}" },
        { "describe", $"DESCRIBE ?a ?l {{ {Cross} }}" },
        { "ask", $"ASK {{ {Cross} FILTER(?c + ?f + ?i + ?l = 9) }}" },
        { "weights without end", "SELECT (COUNT(*) AS ?n) { " + string.Concat(Enumerable.Range(0, 40).Select(i => $"?v{i} :p ?v{i + 1} . ")) + "}" },
        { "subqueries", $"SELECT * {{ {{ SELECT ?a {{ {Cross} }} LIMIT 100000000 }} {{ SELECT ?l {{ {Cross} }} OFFSET 1000000000 }} }}" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_query_ends_by_its_budget_with_the_name_of_an_operator(string name, string text)
    {
        var error = Assert.Throws<QueryBudgetException>(() => Run(
            text, new QueryOptions { Timeout = TimeSpan.FromMilliseconds(150), MaxMemoryBytes = 64 << 20, DefaultGraph = DefaultGraphMode.Union }, default));
        Assert.Contains(error.Budget, (string[])["time", "memory", "rows"]);
        Assert.True(error.Operator is not null || name.StartsWith("text", StringComparison.Ordinal) || name.StartsWith("re", StringComparison.Ordinal) || name.StartsWith("group c", StringComparison.Ordinal) || name == "back-reference", error.Message);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_query_ends_when_it_is_cancelled(string name, string text)
    {
        using var ending = new CancellationTokenSource(TimeSpan.FromMilliseconds(60));
        var options = new QueryOptions { Timeout = Timeout.InfiniteTimeSpan, MaxMemoryBytes = 256 << 20, DefaultGraph = DefaultGraphMode.Union };
        var error = Record.Exception(() => Run(text, options, ending.Token));
        Assert.True(error is OperationCanceledException or QueryBudgetException, $"{name}: {error}");
    }

    [Fact]
    public void An_update_ends_by_its_budget_and_changes_nothing()
    {
        using var store = new QuadStore();
        using var transaction = store.Begin();
        var update = SparqlParser.ParseUpdate(
            "PREFIX : <http://x/> INSERT DATA { " + string.Concat(Enumerable.Range(0, 300).Select(i => $":s{i} :p :o{i} . ")) + " } ; "
            + "INSERT { ?a ?h ?l } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }");
        var options = UpdateOptions.Default with { Timeout = TimeSpan.FromMilliseconds(150), MaxMemoryBytes = 64 << 20 };
        Assert.Throws<QueryBudgetException>(() => new UpdateEngine().Execute(update, transaction, options));
        Assert.Equal(0, store.Current.QuadCount);
    }

    [Fact]
    public void More_rows_than_allowed_are_an_error_and_no_short_answer()
    {
        var error = Assert.Throws<QueryBudgetException>(() => Run("SELECT * { ?a ?b ?c }", new QueryOptions { MaxRows = 100 }, default));
        Assert.Equal("rows", error.Budget);
        Run("SELECT * { ?a ?b ?c } LIMIT 100", new QueryOptions { MaxRows = 100 }, default);
    }

    private static void Run(string text, QueryOptions options, CancellationToken cancellation)
    {
        using var results = new QueryEngine().Execute(SparqlParser.ParseQuery("PREFIX : <http://x/> " + text), Graph, options, cancellation);
        switch (results)
        {
            case SolutionResults solutions:
                while (solutions.NextBatch())
                {
                }

                break;
            case GraphResults graph:
                graph.WriteTo(new Nowhere());
                break;
            case BooleanResults boolean:
                _ = boolean.Value;
                break;
        }
    }

    /// <summary>A clique of 100 nodes, and texts, half of them in a named graph.</summary>
    private static Snapshot Load()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100; i++)
        {
            for (var j = 0; j < 100; j++)
            {
                text.Append($"<http://x/n{i}> <http://x/p> <http://x/n{j}> {(j % 2 == 0 ? "<http://x/g>" : "")} .\n");
            }

            text.Append($"<http://x/n{i}> <http://x/text> \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{i}\" .\n");
        }

        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        RdfFormats.NQuads.CreateReader().Read(input, transaction, new ReaderOptions());
        return transaction.Commit();
    }

    private static string Values(int variables, int rows) =>
        string.Concat(Enumerable.Range(0, variables).Select(v => $" VALUES ?v{v} {{ {string.Join(' ', Enumerable.Range(0, rows))} }}"));

    private sealed class Nowhere : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
        }
    }
}
