using System.Globalization;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Execution;

/// <summary>
/// Joins that are counted, looked up as existing, or intersected must answer as if all rows had been made: random patterns of every shape
/// (chains, stars, cycles, crosses) on small random graphs, against nested loops over all triples.
/// </summary>
public sealed class JoinEquivalenceTests
{
    private const int Predicates = 4;

    [Theory]
    [InlineData(1, 7, 30)]
    [InlineData(2, 12, 60)]
    [InlineData(3, 30, 90)]
    [InlineData(4, 5, 40)]
    public void Aggregates_over_joins_equal_nested_loops(int seed, int nodes, int triples)
    {
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var graph = Enumerable.Range(0, triples)
                .Select(_ => (S: random.Next(nodes), P: random.Next(Predicates), O: random.Next(nodes))).Distinct().ToList();
            var snapshot = Load(graph);
            for (var query = 0; query < 12; query++)
            {
                var pattern = Pattern(random, nodes);
                var rows = Rows(pattern, graph, []).ToList();
                var variables = pattern.SelectMany(t => new[] { t.S, t.O }).Where(t => t[0] == '?').Distinct().ToList();
                var key = variables.Count == 0 ? null : variables[random.Next(variables.Count)];
                var body = string.Join(" . ", pattern.Select(t => $"{Term(t.S)} <http://x/p{t.P}> {Term(t.O)}"));

                Assert.Equal([$"{rows.Count}"], Ask(snapshot, $"SELECT (COUNT(*) AS ?n) {{ {body} }}"));
                if (key is null)
                {
                    continue;
                }

                var groups = rows.GroupBy(r => r[key]).ToList();
                Assert.Equal(
                    Sorted(groups.Select(g => $"http://x/n{g.Key} {g.Count()} {g.Count() * 3}")),
                    Ask(snapshot, $"SELECT {key} (COUNT(*) AS ?n) (SUM(3) AS ?s) {{ {body} }} GROUP BY {key}"));
                Assert.Equal(
                    Sorted(groups.Select(g => $"http://x/n{g.Key}")), Ask(snapshot, $"SELECT DISTINCT {key} {{ {body} }}"));
                Assert.Equal([$"{groups.Count}"], Ask(snapshot, $"SELECT (COUNT(DISTINCT {key}) AS ?n) {{ {body} }}"));

                var other = variables[random.Next(variables.Count)];
                Assert.Equal(
                    Sorted(rows.Select(r => $"http://x/n{r[key]} http://x/n{r[other]}").Distinct()),
                    Ask(snapshot, $"SELECT DISTINCT ({key} AS ?a) ({other} AS ?b) {{ {body} }}"));
                Assert.Equal(
                    Sorted(rows.Where(r => r[key] != r[other]).Select(r => $"http://x/n{r[other]}")),
                    Ask(snapshot, $"SELECT {other} {{ {body} FILTER({key} != {other}) }}"));
            }
        }
    }

    [Fact]
    public void The_solutions_of_a_long_chain_are_counted_without_making_them()
    {
        // 30 links between layers of 8 nodes, each to each: 8 to the power of 15 solutions.
        var graph = from layer in Enumerable.Range(0, 14) from a in Enumerable.Range(0, 8) from b in Enumerable.Range(0, 8)
                    select (S: (layer * 8) + a, P: 0, O: ((layer + 1) * 8) + b);
        var chain = string.Join(" . ", Enumerable.Range(0, 14).Select(i => $"?v{i} <http://x/p0> ?v{i + 1}"));
        var count = Ask(Load([.. graph]), $"SELECT (COUNT(*) AS ?n) {{ {chain} }}");
        Assert.Equal(["35184372088832"], count);
    }

    private static List<(string S, int P, string O)> Pattern(Random random, int nodes)
    {
        string Variable(int most) => "?v" + random.Next(most).ToString(CultureInfo.InvariantCulture);
        var count = random.Next(1, 6);
        var pattern = new List<(string, int, string)>();
        for (var i = 0; i < count; i++)
        {
            string Any() => random.Next(8) == 0 ? random.Next(nodes).ToString(CultureInfo.InvariantCulture) : Variable(i + 2);
            pattern.Add((Any(), random.Next(Predicates), Any()));
        }

        return pattern;
    }

    private static string Term(string term) => term[0] == '?' ? term : $"<http://x/n{term}>";

    /// <summary>The solutions, straight from the definition of a basic graph pattern.</summary>
    private static IEnumerable<Dictionary<string, int>> Rows(
        List<(string S, int P, string O)> pattern, List<(int S, int P, int O)> graph, Dictionary<string, int> bound)
    {
        if (pattern.Count == 0)
        {
            return [bound];
        }

        return graph.Where(t => t.P == pattern[0].P).SelectMany(triple =>
        {
            var next = new Dictionary<string, int>(bound);
            return Binds(pattern[0].S, triple.S, next) && Binds(pattern[0].O, triple.O, next) ? Rows([.. pattern.Skip(1)], graph, next) : [];
        });
    }

    private static bool Binds(string term, int node, Dictionary<string, int> bound) =>
        term[0] != '?' ? int.Parse(term, CultureInfo.InvariantCulture) == node : bound.TryAdd(term, node) || bound[term] == node;

    private static Snapshot Load(List<(int S, int P, int O)> graph)
    {
        var text = string.Concat(graph.Select(t => $"<http://x/n{t.S}> <http://x/p{t.P}> <http://x/n{t.O}> .\n"));
        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text));
        RdfFormats.NTriples.CreateReader().Read(input, transaction, new ReaderOptions());
        return transaction.Commit();
    }

    private static List<string> Sorted(IEnumerable<string> rows) => [.. rows.Order(StringComparer.Ordinal)];

    private static List<string> Ask(Snapshot snapshot, string text)
    {
        var rows = new List<string>();
        using var results = new QueryEngine().Select((SelectQuery)SparqlParser.ParseQuery(text), snapshot, new QueryOptions());
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                rows.Add(string.Join(' ', results.Variables.Select((_, i) => results.Terms.Decode(new TermId(results.Column(i)[row])) switch
                {
                    Iri iri => iri.Value,
                    Literal literal => literal.LexicalForm,
                    _ => "",
                })));
            }
        }

        return Sorted(rows);
    }
}
