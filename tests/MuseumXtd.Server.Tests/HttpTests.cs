using System.Net;
using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.Tests;

/// <summary>What a client sees of the server.</summary>
public sealed class HttpTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Prefix = "PREFIX mxtd: <https://w3id.org/museumxtd/ns#> ";

    [Fact]
    public async Task Initiatives_in_Canada_are_found_by_SPARQL() =>
        Assert.Equal("name\r\nAtelier ouvert\r\n", await server.QueryAsync(Prefix + "SELECT ?name { ?i a mxtd:Initiative ; mxtd:name ?name ; mxtd:place/mxtd:isoCode 'CA' }"));

    [Fact]
    public async Task A_leader_is_traced_to_the_line_of_a_note()
    {
        var csv = await server.QueryAsync(Prefix + "SELECT ?l ?g { GRAPH ?g { ?p a mxtd:Participation ; mxtd:sourceLine ?l } }");
        Assert.Contains("8,https://w3id.org/museumxtd/graph/note/", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/sparql-results+json", "application/sparql-results+json")]
    [InlineData("application/sparql-results+xml", "application/sparql-results+xml")]
    [InlineData("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values")]
    [InlineData(null, "application/sparql-results+json")]
    public async Task Results_come_in_the_format_that_the_client_prefers(string? accept, string expected)
    {
        using var response = await server.SendAsync("/sparql?query=SELECT%20*%20%7B%7D", accept);
        Assert.Equal(expected, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task A_format_that_does_not_exist_is_not_acceptable()
    {
        using var response = await server.SendAsync("/sparql?query=ASK%7B%7D", "image/png");
        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
    }

    [Fact]
    public async Task A_query_may_be_posted_as_a_form_or_as_itself()
    {
        using var form = new FormUrlEncodedContent([new("query", "ASK { ?s ?p ?o }")]);
        using var first = await server.SendAsync("/sparql", "application/json", HttpMethod.Post, form);
        using var body = new StringContent("ASK { ?s ?p ?o }", Encoding.UTF8, "application/sparql-query");
        using var second = await server.SendAsync("/sparql", "application/json", HttpMethod.Post, body);
        Assert.Contains("true", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        using var text = new StringContent("ASK {}", Encoding.UTF8, "text/plain");
        using var third = await server.SendAsync("/sparql", null, HttpMethod.Post, text);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, third.StatusCode);
    }

    [Fact]
    public async Task A_bad_query_is_answered_with_its_line_and_column()
    {
        using var response = await server.SendAsync("/sparql?query=" + Uri.EscapeDataString("SELECT *\nWHERE { ?s foaf:name ?n }"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(2, problem.RootElement.GetProperty("line").GetInt32());
        Assert.Equal(12, problem.RootElement.GetProperty("column").GetInt32());
        Assert.Contains("PREFIX foaf:", problem.RootElement.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_construct_query_gives_Turtle()
    {
        using var response = await server.SendAsync("/sparql?query=" + Uri.EscapeDataString(Prefix + "CONSTRUCT { ?i mxtd:name ?n } WHERE { ?i a mxtd:Initiative ; mxtd:name ?n }"), "text/turtle");
        Assert.Contains("mxtd:name \"Atelier ouvert\"@fr", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_over_its_time_is_refused_and_the_server_goes_on()
    {
        var query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
        using var response = await server.SendAsync("/sparql?timeout=0.2&query=" + Uri.EscapeDataString(query));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("true", await (await server.SendAsync("/sparql?query=ASK%7B%7D")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thing_answers_303_to_its_document()
    {
        using var response = await server.SendAsync("/initiative/atelier-ouvert");
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/doc/initiative/atelier-ouvert", response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/doc/initiative/atelier-ouvert", "text/html", "text/html")]
    [InlineData("/doc/initiative/atelier-ouvert", "text/turtle", "text/turtle")]
    [InlineData("/doc/initiative/atelier-ouvert", "application/n-triples", "application/n-triples")]
    [InlineData("/doc/initiative/atelier-ouvert.ttl", "text/html", "text/turtle")]
    [InlineData("/doc/initiative/atelier-ouvert.nt", null, "application/n-triples")]
    [InlineData("/doc/initiative/atelier-ouvert?format=ttl", "text/html", "text/turtle")]
    public async Task A_document_comes_as_HTML_or_RDF(string path, string? accept, string expected)
    {
        using var response = await server.SendAsync(path, accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Atelier ouvert", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dump.ttl")]
    [InlineData("/dump.nq")]
    [InlineData("/dump.nt.gz")]
    [InlineData("/dump.ttl.zst")]
    [InlineData("/doc/initiative/atelier-ouvert.ttl")]
    public async Task What_did_not_change_is_not_sent_again(string path)
    {
        using var first = await server.SendAsync(path);
        var etag = first.Headers.ETag!.ToString();
        using var second = await server.SendAsync(path, ifNoneMatch: etag);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var third = await server.SendAsync(path, ifNoneMatch: "\"other\"");
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Theory]
    [InlineData("/", "fr", "Dans ce jardin")]
    [InlineData("/", "en", "In this garden")]
    [InlineData("/sparql", "en", "SPARQL query")]
    [InlineData("/initiative", "fr", "Atelier ouvert")]
    [InlineData("/diagnostics", "en", "problems")]
    public async Task Pages_speak_French_and_English_and_ask_no_other_host(string path, string language, string expected)
    {
        using var response = await server.SendAsync(path + "?lang=" + language, "text/html");
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains(expected, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        using var page = await server.SendAsync("/initiative/nothing", "text/html");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var data = await server.SendAsync("/doc/initiative/nothing", "text/turtle");
        Assert.Equal("application/problem+json", data.Content.Headers.ContentType!.MediaType);
        using var method = await server.SendAsync("/dump.ttl", method: HttpMethod.Delete);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
    }

    [Fact]
    public async Task A_preflight_request_is_allowed()
    {
        using var response = await server.SendAsync("/sparql", method: HttpMethod.Options);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("POST", response.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_behind_a_statement_are_told()
    {
        var query = "s=https://w3id.org/museumxtd/initiative/atelier-ouvert&p=https://w3id.org/museumxtd/ns%23name&o=" + Uri.EscapeDataString("\"Atelier ouvert\"@fr");
        using var response = await server.SendAsync("/provenance?" + query);
        var json = await response.Content.ReadAsStringAsync();
        Assert.Contains("Atelier ouvert.md", json, StringComparison.Ordinal);
        using var all = await server.SendAsync("/provenance?format=json&" + query[..query.IndexOf("&o=", StringComparison.Ordinal)], "text/html");
        Assert.Equal(json, await all.Content.ReadAsStringAsync());
        using var bad = await server.SendAsync("/provenance?s=x");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task A_saved_note_is_in_the_graph_and_a_broken_one_is_a_diagnostic()
    {
        await server.WriteAsync("Cassée.md", "---\ntags: [a\n---\n# Cassée\n");
        await server.WriteAsync("Nouvelle fabrique.md", "---\ntype: projet\nnom: Nouvelle fabrique\n---\n# Nouvelle fabrique\n");
        var query = Prefix + "ASK { ?i a mxtd:Initiative ; mxtd:name 'Nouvelle fabrique'@fr }";
        for (var i = 0; i < 100 && !(await server.QueryAsync(query)).Contains("true", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100);
        }

        Assert.Contains("true", await server.QueryAsync(query), StringComparison.Ordinal);
        using var diagnostics = await server.SendAsync("/diagnostics", "application/json");
        using var json = JsonDocument.Parse(await diagnostics.Content.ReadAsStringAsync());
        Assert.Contains(json.RootElement.EnumerateArray(), d => d.GetProperty("file").GetString() == "Cassée.md" && d.GetProperty("line").GetInt32() > 0);
    }
}
