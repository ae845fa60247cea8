using System.Collections.Immutable;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Execution;

/// <summary>Ids that are given with a pattern mean what VALUES with their terms means, wherever they stand.</summary>
public sealed class GivenIdsTests
{
    private const string Data = """
        @prefix : <http://x/> .
        :a :p :b, :c ; :n 1 . :b :p :c ; :n 2 . :c :p :a ; :n 3 . :d :p :d . _:e :p :a ; :n 5 .
        """;

    private static readonly Variable Subject = new("s");

    [Theory]
    [InlineData("?s :p ?o")]
    [InlineData("?o :p ?s")]
    [InlineData("?s :p ?o . ?o :p ?s")]
    [InlineData("?s :p ?o FILTER EXISTS { ?o :n ?n }")]
    [InlineData("?s :n ?n FILTER(?n > 1)")]
    [InlineData("{ ?s :p ?o } UNION { ?o :p ?s }")]
    [InlineData("{ SELECT ?s (COUNT(*) AS ?c) { ?s :p ?o } GROUP BY ?s }")]
    [InlineData("?s :p ?o OPTIONAL { ?o :n ?n } MINUS { ?s :n 1 }")]
    public void They_are_joined_like_values(string group)
    {
        var snapshot = Load();
        var pattern = SparqlParser.ParseQuery($"PREFIX : <http://x/> SELECT * {{ {group} }}").Pattern;
        pattern = pattern is Project project ? project.Pattern : pattern;
        var variables = InScope.Of(pattern);
        Term[] terms = [new Iri("http://x/a"), new Iri("http://x/c"), new Iri("http://x/d"), new Iri("http://x/a")];
        var values = new Values([Subject], [.. terms.Select(t => ImmutableArray.Create<Term?>(t))]);
        var given = new GivenIds(Subject, Array.ConvertAll(terms, t => snapshot.Dictionary.TryGetId(t.Encode(), out var id) ? id.Value : throw new InvalidOperationException($"{t} is not there.")));
        foreach (var whole in (Func<GraphPattern, GraphPattern>[])
            [g => new Join(g, pattern), g => new Join(pattern, g), g => new LeftJoin(g, pattern, null), g => new Minus(pattern, g), g => new Union(g, pattern)])
        {
            Assert.Equal(Rows(whole(values), variables, snapshot), Rows(whole(given), variables, snapshot));
        }
    }

    private static Snapshot Load()
    {
        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Data));
        RdfFormats.Turtle.CreateReader().Read(input, transaction, new ReaderOptions());
        return transaction.Commit();
    }

    private static List<string> Rows(GraphPattern pattern, ImmutableArray<Variable> variables, Snapshot snapshot)
    {
        using var results = new QueryEngine().Select(new SelectQuery(new Project(pattern, variables), variables), snapshot, QueryOptions.Default);
        var rows = new List<string>();
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                rows.Add(string.Join(' ', Enumerable.Range(0, variables.Length).Select(i => results.Column(i)[row] is var id and not 0 ? results.Terms.Decode(new TermId(id)).ToString() : "-")));
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
