using MuseumXtd.Server.Protocol;
using MuseumXtd.Sparql.Syntax;

namespace MuseumXtd.Server.Tests;

/// <summary>Which queries may be planned and run where nothing may take long.</summary>
public sealed class LookUpTests
{
    [Theory]
    [InlineData("SELECT * { <urn:s> ?p ?o }", true)]
    [InlineData("ASK { <urn:s> <urn:p>/<urn:q> ?o }", true)]
    [InlineData("SELECT DISTINCT ?o { { <urn:s> ?p ?o } UNION { ?o ?p <urn:s> } OPTIONAL { ?o <urn:n> ?n FILTER(LANG(?n) = 'fr') } } ORDER BY ?n LIMIT 9", true)]
    [InlineData("CONSTRUCT WHERE { <urn:s> ?p ?o }", false)]
    [InlineData("DESCRIBE <urn:s>", false)]
    [InlineData("SELECT * FROM <urn:g> { <urn:s> ?p ?o }", false)]
    [InlineData("SELECT * { GRAPH ?g { <urn:s> ?p ?o } }", false)]
    [InlineData("SELECT * { GRAPH ?g { SERVICE <urn:x> { ?s ?p ?o } } }", false)]
    [InlineData("SELECT * { <urn:s> ?p ?o BIND(EXISTS { SERVICE <urn:x> { ?s ?p ?o } } AS ?e) }", false)]
    [InlineData("SELECT * { <urn:s> ?p ?o FILTER NOT EXISTS { ?o <urn:p>+ ?x } }", false)]
    [InlineData("SELECT * { <urn:s> <urn:p>* ?o }", false)]
    [InlineData("SELECT * { <urn:s> ?p ?o FILTER(REGEX(?o, '(a+)+\\\\1')) }", false)]
    [InlineData("SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, 'musée')) }", false)]
    [InlineData("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p", false)]
    [InlineData("SELECT * { <urn:s> ?p ?o { SELECT * { SERVICE <urn:x> { ?s ?p ?o } } } }", false)]
    public void Look_ups_are_made_of_plain_patterns(string text, bool may) => Assert.Equal(may, LookUps.MayBe(SparqlParser.ParseQuery(text)));

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Look_ups_have_few_parts(int parts, bool may)
    {
        var triples = string.Concat(Enumerable.Range(0, parts - 2).Select(i => $"<urn:s> <urn:p{i}> ?o{i} . "));
        Assert.Equal(may, LookUps.MayBe(SparqlParser.ParseQuery($"SELECT * {{ {triples} OPTIONAL {{ <urn:s> <urn:p>|<urn:q> ?o }} }}")));
    }
}
