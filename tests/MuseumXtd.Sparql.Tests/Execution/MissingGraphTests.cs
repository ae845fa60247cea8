using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Execution;

/// <summary>A graph that is not in the dataset has no solutions, whatever is asked of it (SPARQL 1.1 Query, section 18.6).</summary>
public sealed class MissingGraphTests
{
    [Theory]
    [InlineData("GRAPH <http://x/none> { }")]
    [InlineData("GRAPH <http://x/none> { BIND(1 AS ?x) }")]
    [InlineData("GRAPH <http://x/none> { VALUES ?x { 1 2 } }")]
    [InlineData("GRAPH <http://x/none> { OPTIONAL { ?s ?p ?o } }")]
    [InlineData("VALUES ?y { 1 } GRAPH <http://x/none> { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }")]
    public void Nothing_is_found_in_it(string pattern)
    {
        using var store = new QuadStore();
        using var results = (BooleanResults)new QueryEngine().Execute(SparqlParser.ParseQuery($"ASK {{ {pattern} }}"), store.Current, QueryOptions.Default);
        Assert.False(results.Value);
    }
}
