using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Optimisation;

/// <summary>
/// Conditions that become joins, look-ups or ranges must answer as the plain test of each row does. Each condition is asked twice: as it is, and
/// twice negated, in which form it is tested row by row.
/// </summary>
public sealed class ConditionTests
{
    private static readonly string[] Objects =
    [
        "1", "2", "3", "\"1\"^^<http://www.w3.org/2001/XMLSchema#decimal>", "\"2.0\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        "\"3e0\"^^<http://www.w3.org/2001/XMLSchema#double>", "\"01\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        "\"x\"^^<http://www.w3.org/2001/XMLSchema#integer>", "\"a\"", "\"b\"", "\"a\"@en", "\"a\"@fr", "true", "\"1\"^^<http://www.w3.org/2001/XMLSchema#boolean>",
        "\"2020-01-01\"^^<http://www.w3.org/2001/XMLSchema#date>", "\"2021-06-01\"^^<http://www.w3.org/2001/XMLSchema#date>",
        "\"2020-01-01Z\"^^<http://www.w3.org/2001/XMLSchema#date>", "\"2020-05-01T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>",
        "\"q\"^^<http://x/own>", "<http://x/n1>", "<http://x/n2>", "<http://x/n3>",
    ];

    private static readonly (string Condition, string Tested)[] Conditions =
    [
        ("?a = ?b", "!(?a != ?b)"), ("?b = ?a", "!(?b != ?a)"), ("?s = ?a", "!(?s != ?a)"), ("?t = ?a", "!(?t != ?a)"), ("?s = ?t", "!(?s != ?t)"),
        ("sameTerm(?a, ?b)", "!(!sameTerm(?a, ?b))"),
        ("?a = C", "!(?a != C)"), ("C = ?b", "!(C != ?b)"), ("?s = <http://x/n1>", "!(?s != <http://x/n1>)"),
        ("?a < C", "!(?a >= C)"), ("?a >= C", "!(?a < C)"), ("C < ?a", "!(C >= ?a)"), ("?a <= C && ?a >= D", "!(?a > C) && !(?a < D)"),
        ("?a = C && ?b = ?a", "!(?a != C) && !(?b != ?a)"), ("?a = ?b && ?s = ?t", "!(?a != ?b) && !(?s != ?t)"),
        ("?a IN (C, D)", "!(!(?a IN (C, D)))"), ("?a = C || ?a = D", "!(?a != C) || !(?a != D)"), ("?s IN (<http://x/n1>, <http://x/n9>)", "!(?s NOT IN (<http://x/n1>, <http://x/n9>))"),
        ("YEAR(?a) = 2020", "!(YEAR(?a) != 2020)"), ("YEAR(?a) > 2020", "!(YEAR(?a) <= 2020)"), ("2021 >= YEAR(?a)", "!(2021 < YEAR(?a))"),
    ];

    private static readonly string[] Shapes =
    [
        "{ ?s <http://x/p> ?a . ?t <http://x/q> ?b FILTER(F) }",
        "{ ?s <http://x/p> ?a ; <http://x/q> ?b . ?t <http://x/q> ?a FILTER(F) }",
        "{ ?s <http://x/p> ?a OPTIONAL { ?t <http://x/q> ?b FILTER(F) } }",
        "{ ?s <http://x/p> ?a . ?t <http://x/p>/<http://x/p>? ?b FILTER(F) }",
        "{ ?s <http://x/p> ?a . ?t <http://x/q> ?b FILTER EXISTS { ?t ?r ?a FILTER(F) } }",
        "{ ?s <http://x/p> ?a . ?t <http://x/q> ?b FILTER NOT EXISTS { ?s <http://x/q> ?c FILTER(F) } }",
        "{ ?s <http://x/p> ?a . ?t <http://x/q> ?b . OPTIONAL { ?s <http://x/q> ?c FILTER(?c = ?b) } FILTER(F) }",
        "{ ?s <http://x/p> ?a { ?t <http://x/q> ?b } UNION { BIND(<http://x/n2> AS ?t) BIND(2 AS ?b) } FILTER(F) }",
        "{ { SELECT ?t ?b { ?t <http://x/q> ?b } LIMIT 3 } ?s <http://x/p> ?a FILTER(F) }",
        "{ ?s <http://x/p> ?a . ?t <http://x/q> ?b MINUS { ?s <http://x/q> ?c . ?d <http://x/p> ?b FILTER(?c = ?b) } FILTER(F) }",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Conditions_answer_as_their_test_row_by_row(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 6; round++)
        {
            var snapshot = Load(random);
            foreach (var shape in Shapes)
            {
                foreach (var (condition, tested) in Conditions)
                {
                    var (c, d) = (Objects[random.Next(Objects.Length)], Objects[random.Next(Objects.Length)]);
                    string Put(string text) => shape.Replace("F)", text.Replace("C", c, StringComparison.Ordinal).Replace("D", d, StringComparison.Ordinal) + ")", StringComparison.Ordinal);
                    foreach (var select in new[] { "SELECT * ", "SELECT (COUNT(*) AS ?n) ", "SELECT DISTINCT ?a ?t ", "SELECT ?b (COUNT(?s) AS ?n) " })
                    {
                        var end = select.StartsWith("SELECT ?b", StringComparison.Ordinal) ? " GROUP BY ?b" : "";
                        Assert.Equal(Ask(snapshot, select + Put(tested) + end), Ask(snapshot, select + Put(condition) + end));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("?b = CONST")]
    [InlineData("?b > 1")]
    [InlineData("!(?b > 1)")]
    [InlineData("bound(?b)")]
    [InlineData("!bound(?b)")]
    [InlineData("bound(?b) = false")]
    [InlineData("?b IN (CONST, 2)")]
    [InlineData("?b = CONST || ?c = CONST")]
    [InlineData("?b = CONST && ?c = 2")]
    [InlineData("!bound(?b) && !bound(?c)")]
    [InlineData("!bound(?c)")]
    [InlineData("COALESCE(?b, 1) = 1")]
    [InlineData("IF(bound(?b), ?b > 1, true)")]
    [InlineData("str(?b) = \"a\" || isIRI(?c)")]
    public void Conditions_on_optional_parts_answer_as_when_nothing_is_known_of_them(string condition)
    {
        string[] shapes =
        [
            "{ ?s <http://x/p> ?a OPTIONAL { ?a <http://x/q> ?b } FILTER(F) }",
            "{ ?s <http://x/p> ?a OPTIONAL { ?s <http://x/q> ?b OPTIONAL { ?b <http://x/p> ?c } } FILTER(F) }",
            "{ ?s <http://x/p> ?a OPTIONAL { ?s <http://x/q> ?b } OPTIONAL { ?a <http://x/p> ?b } FILTER(F) }",
            "{ ?s <http://x/p> ?a OPTIONAL { ?a <http://x/q> ?b FILTER(?b != ?s) } OPTIONAL { ?s <http://x/q> ?c } FILTER(F) }",
            "{ ?s <http://x/p> ?a OPTIONAL { ?a <http://x/q> ?b } ?t <http://x/q> ?b FILTER(F) }",
            "{ ?s <http://x/p> ?a OPTIONAL { { ?a <http://x/q> ?b } UNION { ?a <http://x/p> ?c } } FILTER(F) }",
            "{ ?s <http://x/p> ?a OPTIONAL { ?s <http://x/q> ?t OPTIONAL { ?t <http://x/p> ?b } FILTER(F) } }",
            "{ ?s <http://x/p> ?a FILTER EXISTS { ?s <http://x/q> ?t OPTIONAL { ?t <http://x/p> ?b } FILTER(F) } }",
            "{ ?s <http://x/q> ?b FILTER NOT EXISTS { ?s <http://x/q> ?t OPTIONAL { ?t <http://x/p> ?b } FILTER(F) } }",
        ];
        var random = new Random(5);
        for (var round = 0; round < 10; round++)
        {
            var snapshot = Load(random);
            var asked = condition.Replace("CONST", Objects[random.Next(Objects.Length)], StringComparison.Ordinal);
            foreach (var shape in shapes)
            {
                foreach (var select in new[] { "SELECT * ", "SELECT (COUNT(?a) AS ?n) ", "SELECT DISTINCT ?a ?b " })
                {
                    Assert.Equal(
                        Ask(snapshot, select + shape.Replace("F)", $"COALESCE({asked}, false))", StringComparison.Ordinal)),
                        Ask(snapshot, select + shape.Replace("F)", asked + ")", StringComparison.Ordinal)));
                }
            }
        }
    }

    [Theory]
    [InlineData("EXISTS { ?s <http://x/p> ?a FILTER EXISTS { ?s <http://x/q> ?b FILTER(?b = ?a) } }", "?s=<http://x/n1>")]
    [InlineData("EXISTS { ?s <http://x/p> ?a FILTER NOT EXISTS { ?s <http://x/q> ?b FILTER(?b = ?a) } }", "?s=<http://x/n1> ?s=<http://x/n2>")]
    [InlineData("NOT EXISTS { ?s <http://x/p> ?a FILTER NOT EXISTS { ?s <http://x/q> ?b FILTER(str(?b) = str(?a)) } }", "?s=<http://x/n3>")]
    [InlineData("EXISTS { ?s <http://x/p> ?a FILTER EXISTS { ?s <http://x/q> ?b OPTIONAL { ?b ?c ?d FILTER(?a = 2) } FILTER(?b = 1) FILTER(?a = 2) } }", "?s=<http://x/n1> ?s=<http://x/n2>")]
    public void A_condition_within_two_EXISTS_reads_what_is_bound_between_them(string condition, string expected)
    {
        var store = new QuadStore();
        using var transaction = store.Begin();
        RdfFormats.Turtle.CreateReader().Read(
            new MemoryStream("@prefix : <http://x/> . :n1 :p 1, 2 ; :q 1 ; :r 0 . :n2 :p 2 ; :q 1 ; :r 0 . :n3 :q 3 ; :r 0 ."u8.ToArray()), transaction, new ReaderOptions());
        Assert.Equal(expected, string.Join(' ', Ask(transaction.Commit(), $"SELECT ?s {{ ?s <http://x/r> 0 FILTER {condition} }}")));
    }

    private static Snapshot Load(Random random)
    {
        // Graphs with one kind of objects, so that ids alone decide, and graphs with all.
        var objects = random.Next(3) switch { 0 => Objects[..3], 1 => Objects[14..16], _ => Objects };
        var turtle = new StringBuilder();
        for (var i = 0; i < 14; i++)
        {
            turtle.Append(null, $"<http://x/n{random.Next(5)}> <http://x/{"pq"[random.Next(2)]}> {objects[random.Next(objects.Length)]} .\n");
        }

        var store = new QuadStore();
        using var transaction = store.Begin();
        RdfFormats.Turtle.CreateReader().Read(new MemoryStream(Encoding.UTF8.GetBytes(turtle.ToString())), transaction, new ReaderOptions());
        return transaction.Commit();
    }

    private static List<string> Ask(Snapshot snapshot, string query)
    {
        using var results = new QueryEngine().Select(
            (Algebra.SelectQuery)SparqlParser.ParseQuery(query), snapshot, new QueryOptions { DefaultGraph = DefaultGraphMode.Own });
        var rows = new List<string>();
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                var cells = new List<string>();
                for (var column = 0; column < results.Variables.Length; column++)
                {
                    var id = new TermId(results.Column(column)[row]);
                    cells.Add(results.Variables[column] + "=" + (id.IsBound ? results.Terms.Decode(id).ToString() : ""));
                }

                rows.Add(string.Join(' ', cells.Order(StringComparer.Ordinal)));
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
