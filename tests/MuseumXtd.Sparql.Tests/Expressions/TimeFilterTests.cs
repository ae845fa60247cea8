using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Expressions;

/// <summary>What the dictionary knows of times gives the answers that their texts give.</summary>
public sealed class TimeFilterTests
{
    private static readonly string[] Times =
    [
        "2018-03-01T00:00:00Z", "2018-03-01T00:00:00", "2018-03-01T01:00:00+01:00", "2018-03-01T13:59:59", "2018-03-01T14:00:01", "2018-02-28T10:00:00",
        "2018-03-01T00:00:00.5Z", "2018-02-28T23:59:59.999Z", "2018-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "-0044-03-15T12:00:00Z", "2018-02-28T24:00:00Z",
        "999999999-01-01T00:00:00Z", "yesterday", " 2018-03-01T00:00:00Z", "2019-12-31T23:59:59-12:00",
    ];

    [Theory]
    [InlineData("<")]
    [InlineData("<=")]
    [InlineData(">")]
    [InlineData(">=")]
    [InlineData("=")]
    [InlineData("!=")]
    public void A_comparison_with_a_constant_is_that_of_the_two_values(string comparison)
    {
        using var store = Store();
        foreach (var time in Times)
        {
            var constant = $"'{time}'^^<{Xsd.Namespace}dateTime>";
            var direct = Subjects(store, $"?s <http://x/at> ?t FILTER(?t {comparison} {constant})");

            // A value that is no plain constant to the planner goes the general way.
            var general = Subjects(store, $"?s <http://x/at> ?t FILTER(?t {comparison} IF(BOUND(?t), {constant}, 1))");
            Assert.Equal(general, direct);
        }
    }

    [Fact]
    public void Times_sort_by_their_value_whether_or_not_it_is_kept()
    {
        using var store = Store();
        var byTerm = Subjects(store, "?s <http://x/at> ?t", "ORDER BY ?t ?s");
        var byComputed = Subjects(store, "?s <http://x/at> ?t", "ORDER BY (COALESCE(?t, 1)) ?s LIMIT 1000");
        Assert.Equal(Times.Length, byTerm.Count);
        Assert.Equal(byTerm, byComputed);
        Assert.True(byTerm.IndexOf(Name(10)) < byTerm.IndexOf(Name(0)));
        Assert.True(byTerm.IndexOf(Name(7)) < byTerm.IndexOf(Name(2)));
        Assert.True(byTerm.IndexOf(Name(2)) < byTerm.IndexOf(Name(6)));
    }

    [Fact]
    public void The_first_by_a_computed_key_are_those_of_the_whole_order()
    {
        using var store = new QuadStore();
        var random = new Random(5);
        using (var transaction = store.Begin())
        {
            for (var i = 0; i < 20_000; i++)
            {
                var subject = new Iri(Name(i)).Encode();
                transaction.Quad(subject, new Iri("http://x/a").Encode(), new Literal(random.Next(300).ToString(null, null), new Iri(Xsd.Namespace + "integer")).Encode(), default);
                transaction.Quad(subject, new Iri("http://x/b").Encode(), new Literal((random.Next(30) / 10m).ToString(System.Globalization.CultureInfo.InvariantCulture), new Iri(Xsd.Namespace + "decimal")).Encode(), default);
            }

            transaction.Commit();
        }

        foreach (var key in (string[])["DESC(?a / ?b)", "(?a * ?b)", "DESC(STR(?a))", "(-?a)", "(?a > 150)", "DESC(IF(?b > 1, ?a, STR(?b)))"])
        {
            const string Pattern = "?s <http://x/a> ?a ; <http://x/b> ?b";
            var all = Subjects(store, Pattern, $"ORDER BY {key} ?s");
            Assert.Equal(all.Take(25), Subjects(store, Pattern, $"ORDER BY {key} ?s LIMIT 25"));
            Assert.Equal(all.Skip(700).Take(500), Subjects(store, Pattern, $"ORDER BY {key} ?s LIMIT 500 OFFSET 700"));
        }
    }

    private static string Name(int number) => $"http://x/s{number:00000}";

    private static QuadStore Store()
    {
        var store = new QuadStore();
        using var transaction = store.Begin();
        for (var i = 0; i < Times.Length; i++)
        {
            transaction.Quad(new Iri(Name(i)).Encode(), new Iri("http://x/at").Encode(), new Literal(Times[i], new Iri(Xsd.Namespace + "dateTime")).Encode(), default);
        }

        transaction.Commit();
        return store;
    }

    private static List<string> Subjects(QuadStore store, string pattern, string order = "ORDER BY ?s")
    {
        var query = (SelectQuery)SparqlParser.ParseQuery($"SELECT ?s {{ {pattern} }} {order}", null);
        using var results = new QueryEngine().Select(query, store.Current, QueryOptions.Default);
        var found = new List<string>();
        while (results.NextBatch())
        {
            foreach (var id in results.Column(0))
            {
                found.Add(results.Terms.Decode(new TermId(id)).ToString()!.Trim('<', '>'));
            }
        }

        return found;
    }
}
