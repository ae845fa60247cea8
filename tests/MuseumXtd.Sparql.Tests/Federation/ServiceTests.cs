using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Federation;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Federation;

/// <summary>SERVICE: what endpoints are asked, and what becomes of their answers.</summary>
public sealed class ServiceTests
{
    private static readonly Snapshot Here = LocalEndpoint.Load(":a :p 1 . :b :p 2 . :c :p 3 . :a :at <http://e/one> . :b :at <http://e/two> .");
    private static readonly Snapshot There = LocalEndpoint.Load(":a :name \"A\" . :b :name \"B\" . :d :name \"D\" . :b :age 7 .");

    [Theory]
    [InlineData("json")]
    [InlineData("xml")]
    public void Rows_are_joined_with_what_the_endpoint_knows(string format) =>
        Assert.Equal(
            ["x=a n=A", "x=b n=B"],
            Ask("SELECT ?x ?n { ?x :p ?v SERVICE <http://e/> { ?x :name ?n } }", new LocalEndpoint(There) { Format = ResultFormats.ByName(format)! }));

    [Fact]
    public void Only_what_the_rows_need_is_asked_for()
    {
        var endpoint = new LocalEndpoint(There);
        Ask("SELECT * { ?x :p ?v SERVICE <http://e/> { ?x :name ?n } FILTER(?v < 3) }", endpoint);
        var query = Assert.Single(endpoint.Queries);
        Assert.Contains("(<http://x/a> )", query, StringComparison.Ordinal);
        Assert.DoesNotContain("<http://x/c>", query, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_rows_take_few_requests_and_no_key_is_asked_for_twice()
    {
        var here = LocalEndpoint.Load(string.Concat(Enumerable.Range(0, 5000).Select(i => $":s{i} :p {i % 1500} . ")));
        var there = LocalEndpoint.Load(string.Concat(Enumerable.Range(0, 1500).Select(i => $"[] :number {i} ; :square {i * i} . ")));
        var endpoint = new LocalEndpoint(there);
        Assert.Equal(5000, Ask("SELECT * { ?s :p ?v SERVICE <http://e/> { [] :number ?v ; :square ?q } }", endpoint, here).Count);
        Assert.InRange(endpoint.Queries.Count, 1, 8);
        Assert.Equal(1500, endpoint.Queries.Sum(q => q.Split("\n(").Length - 1));
    }

    [Fact]
    public void Nothing_is_asked_where_there_are_no_rows()
    {
        var endpoint = new LocalEndpoint(There);
        Assert.Empty(Ask("SELECT * { ?x :nothing ?v SERVICE <http://e/> { ?x :name ?n } }", endpoint));
        Assert.Empty(endpoint.Queries);
    }

    [Fact]
    public void An_optional_service_keeps_rows_without_an_answer() =>
        Assert.Equal(
            ["x=a n=A", "x=b n=B", "x=c"],
            Ask("SELECT ?x ?n { ?x :p ?v OPTIONAL { SERVICE <http://e/> { ?x :name ?n } } }", new LocalEndpoint(There)));

    [Fact]
    public void A_service_takes_away_and_tests_as_other_patterns_do()
    {
        Assert.Equal(["x=c"], Ask("SELECT ?x { ?x :p ?v MINUS { SERVICE <http://e/> { ?x :name ?n } } }", new LocalEndpoint(There)));
        Assert.Equal(["x=a", "x=b"], Ask("SELECT ?x { ?x :p ?v FILTER EXISTS { SERVICE <http://e/> { ?x :name ?n } } }", new LocalEndpoint(There)));
        Assert.Equal(["x=b"], Ask("SELECT ?x { ?x :p ?v SERVICE <http://e/> { ?x :name ?n OPTIONAL { ?x :age ?w } } FILTER(BOUND(?w)) }", new LocalEndpoint(There)));
    }

    [Fact]
    public void An_endpoint_may_be_named_by_a_variable()
    {
        var endpoint = new LocalEndpoint(There);
        Assert.Equal(["x=a n=A", "x=b n=B"], Ask("SELECT ?x ?n { ?x :at ?e SERVICE ?e { ?x :name ?n } }", endpoint));
        Assert.Equal(2, endpoint.Queries.Count);
        Assert.Contains("not bound", Fails("SELECT * { SERVICE ?e { ?x :name ?n } }", endpoint).Message, StringComparison.Ordinal);
        Assert.Contains("no IRI", Fails("SELECT * { ?x :p ?e SERVICE ?e { ?x :name ?n } }", endpoint).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_ends_the_query_unless_it_is_to_be_silent()
    {
        var endpoint = new LocalEndpoint(There) { Broken = "http://e/" };
        Assert.Contains("broken", Fails("SELECT * { ?x :p ?v SERVICE <http://e/> { ?x :name ?n } }", endpoint).Message, StringComparison.Ordinal);
        Assert.Equal(["x=a", "x=b", "x=c"], Ask("SELECT ?x ?n { ?x :p ?v SERVICE SILENT <http://e/> { ?x :name ?n } }", endpoint));
        Assert.Equal([""], Ask("SELECT ?n { SERVICE SILENT <http://e/> { ?x :name ?n } }", endpoint));
    }

    [Fact]
    public void Without_a_client_federation_is_refused()
    {
        Assert.True(Fails("SELECT * { SERVICE <http://e/> { ?x :name ?n } }", null).IsRefused);
        Assert.Equal(["x=a", "x=b", "x=c"], Ask("SELECT ?x { ?x :p ?v SERVICE SILENT <http://e/> { ?x :name ?n } }", null));
    }

    [Fact]
    public void Blank_nodes_of_an_answer_are_none_of_ours()
    {
        var nodes = LocalEndpoint.Load("_:n :p 1 . _:n :q 2 .");
        Assert.Single(Ask("SELECT ?a ?b { SERVICE <http://e/> { ?n :p ?a . ?n :q ?b } }", new LocalEndpoint(nodes), nodes));
        Assert.Empty(Ask("SELECT ?a { ?n :p ?a SERVICE <http://e/> { ?n :q ?b } }", new LocalEndpoint(nodes), nodes));
    }

    [Fact]
    public void Prefixes_and_base_go_along()
    {
        var query = SparqlParser.ParseQuery("BASE <http://x/> PREFIX ex: <http://x/> SELECT ?n { SERVICE <endpoint> { <a> ex:name ?n # not this }\n } }");
        using var results = new QueryEngine().Execute(query, Here, new QueryOptions { Services = new LocalEndpoint(There) });
        Assert.True(((SolutionResults)results).NextBatch());
        Assert.Equal(1, ((SolutionResults)results).RowCount);
    }

    [Theory]
    [InlineData("application/sparql-results+json", "{\"head\":{\"vars\":[\"n\"]},\"results\":{\"bindings\":[{\"x\":{\"type\":\"uri\",\"value\":\"http://x/a\"}}")]
    [InlineData("application/sparql-results+json", "{\"head\":{},\"boolean\":true}")]
    [InlineData("application/sparql-results+json", "<html/>")]
    [InlineData("application/sparql-results+json", "{\"results\":{\"bindings\":[{\"n\":{\"type\":\"literal\",\"value\":\"A\"}}]}}")]
    [InlineData("application/sparql-results+xml", "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><results><result>")]
    [InlineData("application/sparql-results+xml", "<!DOCTYPE x [<!ENTITY e \"boom\">]><sparql/>")]
    [InlineData("text/html", "<html/>")]
    public void An_answer_that_is_none_is_an_error_and_no_short_answer(string mediaType, string body)
    {
        var error = Fails("SELECT * { ?x :p ?v SERVICE <http://e/> { ?x :name ?n } }", new Says(mediaType, body));
        Assert.Contains("<http://e/>", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_kinds_of_terms_arrive_as_they_were_sent()
    {
        var terms = LocalEndpoint.Load(
            ":s :p :iri, \"plain\", \"q\\\"\\\\\\n\\u00e9\\U0001F600\", \"de\"@de-AT, \"he\"@he--rtl, 1, 2.50, 1e3, true, \"x\"^^:type, <<( :a :b <<( :c :d \"e\"@fr )>> )>> .");
        foreach (var format in new[] { ResultFormats.Json, ResultFormats.Xml })
        {
            // What the endpoint gives is found in the same graph here, and what is found here is sent as values.
            Assert.Equal(11, Ask("SELECT * { SERVICE <http://e/> { :s :p ?o } :s :p ?o }", new LocalEndpoint(terms) { Format = format }, terms).Count);
            Assert.Equal(11, Ask("SELECT * { :s :p ?o SERVICE <http://e/> { ?s :p ?o } }", new LocalEndpoint(terms) { Format = format }, terms).Count);
        }
    }

    private static ServiceException Fails(string query, IServiceClient? services) => Assert.Throws<ServiceException>(() => Ask(query, services));

    private static List<string> Ask(string text, IServiceClient? services, Snapshot? here = null)
    {
        var query = (SelectQuery)SparqlParser.ParseQuery("PREFIX : <http://x/> " + text);
        using var results = new QueryEngine().Select(query, here ?? Here, new QueryOptions { Services = services });
        var rows = new List<string>();
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                rows.Add(string.Join(' ', results.Variables.Select((v, i) => (v, Id: results.Column(i)[row])).Where(c => c.Id != 0).Select(c =>
                    $"{c.v.Name}={(results.Terms.Decode(new TermId(c.Id)) switch { Iri iri => iri.Value[9..], Literal l => l.LexicalForm, var t => t.ToString() })}")));
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    /// <summary>An endpoint that always says the same.</summary>
    private sealed class Says(string mediaType, string body) : IServiceClient
    {
        public ServiceAnswer Ask(Iri endpoint, string query, CancellationToken cancellation) =>
            new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)), mediaType);
    }
}
