using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests;

/// <summary>Queries of unusual length are answered, or refused with a reason: they end neither the process nor its memory.</summary>
public sealed class LargeQueryTests
{
    // What threads have on systems that give them little.
    private const int SmallStack = 3 << 19;

    private static readonly Snapshot Graph = Load(
        "<urn:a> <urn:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n<urn:b> <urn:p> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n<urn:c> <urn:p> <urn:a> .\n");

    /// <summary>A form of query by its number of parts.</summary>
    public static TheoryData<string> Forms { get; } = [.. Texts.Keys];

    private static Dictionary<string, Func<int, string>> Texts => new()
    {
        ["optional"] = n => $"SELECT * {{ ?s :p ?o {Row(n, i => $"OPTIONAL {{ ?s :q{i} ?x }}")} }}",
        ["minus"] = n => $"SELECT * {{ ?s :p ?o {Row(n, i => $"MINUS {{ ?s :q{i} ?o }}")} }}",
        ["bind"] = n => $"SELECT ?s {{ ?s :p ?o {Row(n, i => $"BIND({i} AS ?x{i})")} }}",
        ["select"] = n => $"SELECT {Row(n, i => $"({i} AS ?x{i})")} {{ ?s :p ?o }} LIMIT 1",
        ["having"] = n => $"SELECT ?s {{ ?s :p ?o }} GROUP BY ?s HAVING {Row(n, i => "(1 = 1)")}",
        ["union"] = n => $"SELECT ?s {{ {Row(n, i => "{ ?s :p ?o }", " UNION ")} }} LIMIT 1",
        ["groups"] = n => $"SELECT * {{ {Row(n, i => "{ ?s :p ?o }")} }}",
        ["values"] = n => $"SELECT ?v0 {{ {Row(n, i => $"VALUES ?v{i} {{ 1 }}")} }}",
        ["triples"] = n => $"SELECT ?s {{ {Row(n, i => $"?s :p ?o{i} .")} }}",
        ["chain"] = n => $"SELECT ?s0 {{ {Row(n, i => $"?s{i} ?p{i} ?s{i + 1} .")} FILTER(?s0 = 1) }}",
        ["graphs"] = n => $"SELECT * {{ {Row(n, i => "GRAPH ?g { ?s :p ?o }")} }}",
        ["filters"] = n => $"SELECT * {{ ?s :p ?o {Row(n, i => $"FILTER(?o != {i + 50})")} }}",
        ["not exists"] = n => $"SELECT * {{ ?s :p ?o {Row(n, i => $"FILTER NOT EXISTS {{ ?s :q{i} ?o }}")} }}",
        ["exists in expressions"] = n => $"SELECT * {{ ?s :p ?o {Row(n, i => $"FILTER(?o = 0 || EXISTS {{ ?s :p ?o }})")} }}",
        ["and"] = n => $"SELECT * {{ ?s :p ?o FILTER({Row(n, i => $"?o != {i + 50}", " && ")}) }}",
        ["or"] = n => $"SELECT * {{ ?s :p ?o FILTER({Row(n, i => $"?o + 1 = {i}", " || ")}) }}",
        ["sum"] = n => $"SELECT ({Row(n, i => "1", " + ")} AS ?sum) {{}}",
        ["product"] = n => $"SELECT ({Row(n, i => "1", " * ")} AS ?product) {{}}",
        ["alternatives"] = n => $"SELECT * {{ ?s {Row(n, i => $":q{i}", "|")} ?o }}",
        ["alternatives, any times"] = n => $"SELECT * {{ ?s ({Row(n, i => $":q{i}", "|")})+ ?o }}",
        ["sequence"] = n => $"SELECT * {{ ?s {Row(n, i => ":p", "/")} ?o }}",
        ["sequence, any times"] = n => $"SELECT * {{ ?s ({Row(n, i => ":p", "/")})* 7 }}",
        ["subqueries"] = n => $"SELECT * {{ {Row(n, i => "{ SELECT ?s { ?s :p ?o } LIMIT 1 }")} }}",
        ["nested"] = n => $"SELECT * {{ {Row(n, i => "{ ?s :p ?o ")} {Row(n, i => "}")} }}",
        ["nested optional"] = n => $"SELECT * {{ {Row(n, i => "?s :p ?o OPTIONAL { ")} {Row(n, i => "}")} }}",
        ["nested not exists"] = n => $"SELECT * {{ ?s :p ?o {Row(n, i => "FILTER NOT EXISTS { ?s :p ?o ")} {Row(n, i => "}")} }}",
        ["nested exists in expressions"] = n => $"SELECT * {{ ?s :p ?o {Row(n, i => "FILTER(?o = 0 || EXISTS { ?s :p ?o ")} {Row(n, i => "})")} }}",
        ["exists side by side in an expression"] = n => $"SELECT * {{ ?s :p ?o FILTER({Row(n, i => $"EXISTS {{ ?s :p {i} }}", " || ")}) }}",
        ["filters before optional"] = n => $"SELECT * {{ ?s :p ?o OPTIONAL {{ ?s :q ?x }} {Row(n, i => $"FILTER(?o != {i + 50})")} }}",
        ["nested order"] = n => $"SELECT * {{ ?s :p ?o FILTER({Row(n / 8, i => "EXISTS { SELECT ?s { ?s :p ?o } ORDER BY (0 + (")} 1 {Row(n / 8, i => $"){Row(30, _ => " + 1")}) }}")}) }}",
        ["nested group"] = n => $"SELECT * {{ ?s :p ?o FILTER({Row(n / 8, i => "EXISTS { SELECT ?q { ?s :p ?o } GROUP BY (0 + (")} 1 {Row(n / 8, i => $"){Row(30, _ => " + 1")} AS ?q) }}")}) }}",
        ["nested exists below many steps"] = n => $"SELECT * {{ {Row(n / 8, i => $"{Row(100, j => $"?s :p ?o{j} .")} FILTER(?o0 = 0 || EXISTS {{ ")} ?s :p ?o0 {Row(n / 8, i => "})")} }}",
        ["brackets"] = n => $"SELECT ({Row(n, i => "(1 + ")} 1 {Row(n, i => ")")} AS ?x) {{}}",
        ["functions"] = n => $"SELECT ({Row(n, i => "ABS(")} 1 {Row(n, i => ")")} AS ?x) {{}}",
        ["not"] = n => $"SELECT ({Row(n, i => "!")} true AS ?x) {{}}",
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_query_of_hundreds_of_parts_is_answered_on_a_small_stack(string form)
    {
        var answer = Answer(Texts[form](form.StartsWith("nested", StringComparison.Ordinal) ? 100 : 300), TimeSpan.FromMinutes(5));
        Assert.True(answer >= 0, form);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_query_of_thousands_of_parts_is_answered_or_refused_on_a_small_stack(string form)
    {
        foreach (var parts in (int[])[985, 20_000])
        {
            try
            {
                Answer(Texts[form](parts), TimeSpan.FromSeconds(0.5));
            }
            catch (SparqlSyntaxException e)
            {
                Assert.True(e.Line == 1 && e.Column > 1, e.Message);
            }
            catch (QueryBudgetException e)
            {
                Assert.Contains(e.Budget, (string[])["time", "memory", "steps"]);
            }
        }
    }

    [Fact]
    public void A_plan_of_many_steps_with_many_columns_takes_little_memory() =>
        Assert.Equal(0, Answer($"SELECT * {{ {Row(400, i => $"?s{i} ?p{i} ?s{i + 1} .")} FILTER(?s0 = 1) }}", TimeSpan.FromMinutes(5), memory: 128L << 20));

    [Fact]
    public void Graphs_that_are_matched_one_by_one_take_the_memory_and_depth_of_one()
    {
        var graphs = Load(string.Concat(Enumerable.Range(0, 5000).Select(g => $"<urn:s{g}> <urn:p> <urn:o> <urn:g{g}> .\n")));
        const string Text = "SELECT ?g { GRAPH ?g { ?s :p ?o OPTIONAL { ?s :q ?x } OPTIONAL { ?s :r ?y } FILTER(?o = 1 || EXISTS { ?s :p ?z }) } } ORDER BY ?g";
        Assert.Equal(5000, Answer(Text, TimeSpan.FromMinutes(5), memory: 16L << 20, graph: graphs));
    }

    [Theory]
    [InlineData(100, 12_000)]
    [InlineData(1, 100_000)]
    public void Queries_with_very_many_variables_are_read_and_planned_in_proportion_to_them(int levels, int variables)
    {
        var text = $"{Row(levels, _ => "SELECT * {")} VALUES ({Row(variables, i => $"?v{i}")}) {{ ({Row(variables, i => "1")}) }} {Row(levels, _ => "}")}";
        var watch = Stopwatch.StartNew();
        try
        {
            Assert.Equal(1, Answer(text, TimeSpan.FromSeconds(2)));
        }
        catch (QueryBudgetException)
        {
            // Its time is up: that is as good, if it is soon.
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }

    [Theory]
    [InlineData("", "{ ?s# :p ?o# }")]
    [InlineData("", "{ ?s# :p ?x . ?s# :q # OPTIONAL { ?x a ?y# } }")]
    [InlineData("?s :p ?o .", "{ ?s :p ?o# }")]
    public void Branches_with_variables_of_their_own_take_time_and_memory_in_proportion_to_them(string start, string branch)
    {
        var text = $"SELECT * {{ {start} {Row(5_000, i => branch.Replace("#", $"{i}", StringComparison.Ordinal), " UNION ")} }}";
        var watch = Stopwatch.StartNew();
        try
        {
            Answer(text, TimeSpan.FromSeconds(2));
        }
        catch (QueryBudgetException e)
        {
            // Its time is up: that is as good, if it is soon. A table of all variables for each branch would be 200 MB.
            Assert.Equal("time", e.Budget);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), watch.Elapsed.ToString());
    }

    [Fact]
    public void A_query_that_was_cancelled_is_not_planned()
    {
        var query = SparqlParser.ParseQuery("PREFIX : <urn:> SELECT * { ?s :p ?o OPTIONAL { ?o :p ?x } }");
        Assert.Throws<OperationCanceledException>(() => new QueryEngine().Execute(query, Graph, QueryOptions.Default, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_triple_may_be_in_more_graphs_than_a_batch_has_rows()
    {
        var graphs = Load(string.Concat(Enumerable.Range(0, 5000).Select(g => $"<urn:s> <urn:p> <urn:o> <urn:g{g}> .\n")));
        Assert.Equal(5000, Answer("SELECT ?g { GRAPH ?g { <urn:s> <urn:p> <urn:o> } }", TimeSpan.FromMinutes(5), graph: graphs));
    }

    private static string Row(int count, Func<int, string> part, string between = " ") => string.Join(between, Enumerable.Range(0, count).Select(part));

    /// <summary>The number of rows, read on a thread with little stack.</summary>
    private static int Answer(string text, TimeSpan timeout, long memory = 1L << 30, Snapshot? graph = null)
    {
        var rows = 0;
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    var query = (Algebra.SelectQuery)SparqlParser.ParseQuery("PREFIX : <urn:> " + text);
                    using var results = new QueryEngine().Select(query, graph ?? Graph, new QueryOptions { Timeout = timeout, MaxMemoryBytes = memory });
                    while (results.NextBatch())
                    {
                        rows += results.RowCount;
                    }
                }
                catch (Exception e) when (e is SparqlSyntaxException or QueryBudgetException)
                {
                    error = ExceptionDispatchInfo.Capture(e);
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        error?.Throw();
        return rows;
    }

    private static Snapshot Load(string quads)
    {
        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(quads));
        RdfFormats.NQuads.CreateReader().Read(input, transaction, new ReaderOptions());
        return transaction.Commit();
    }
}
