using System.Net;
using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.Tests;

/// <summary>The details of the SPARQL Protocol for queries, the limits that a client may lower, and the plan in place of the answer.</summary>
public sealed class QueryProtocolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    private const string Names = "PREFIX mxtd: <https://w3id.org/museumxtd/ns#> SELECT ?i ?name { ?i a mxtd:Initiative ; mxtd:name ?name } ORDER BY ?name";

    [Theory]
    [InlineData("application/sparql-query; charset=utf-8", HttpStatusCode.OK)]
    [InlineData("application/sparql-query;charset=\"UTF-8\"", HttpStatusCode.OK)]
    [InlineData("application/sparql-query; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("nonsense", HttpStatusCode.UnsupportedMediaType)]
    public async Task The_media_type_and_encoding_of_a_posted_query_matter(string type, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("ASK { FILTER('é' = '\\u00E9') }"));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.SendAsync("/sparql", "application/json", HttpMethod.Post, content);
        Assert.Equal(expected, response.StatusCode);
        Assert.Contains(expected == HttpStatusCode.OK ? "true" : "\"status\":415", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused_and_a_byte_order_mark_is_not()
    {
        using var bad = new ByteArrayContent([.. "ASK { FILTER('"u8, 0xE9, .. "' = 'x') }"u8]);
        bad.Headers.TryAddWithoutValidation("Content-Type", "application/sparql-query");
        using var refused = await server.SendAsync("/sparql", null, HttpMethod.Post, bad);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var marked = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. "ASK {}"u8]);
        marked.Headers.TryAddWithoutValidation("Content-Type", "application/sparql-query");
        using var answered = await server.SendAsync("/sparql", null, HttpMethod.Post, marked);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Theory]
    [InlineData("application/sparql-query")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_query_that_is_too_long_is_refused(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("query=" + new string('+', 2 << 20)));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.SendAsync("/sparql", null, HttpMethod.Post, content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("query=ASK%7B%7D&query=ASK%7B%7D")]
    [InlineData("query=ASK%7B%7D&default-graph-uri=relative")]
    [InlineData("query=ASK%7B%7D&timeout=soon")]
    [InlineData("query=ASK%7B%7D&max-rows=-1")]
    [InlineData("query=ASK%7B%7D&max-memory=lots")]
    [InlineData("query=ASK%7B%7D&explain=aloud")]
    [InlineData("query=SELECT")]
    [InlineData("query=")]
    public async Task A_request_that_says_something_else_than_one_query_is_bad(string query)
    {
        using var response = await server.SendAsync("/sparql?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_protocol_names_the_dataset()
    {
        var graph = Uri.EscapeDataString("https://w3id.org/museumxtd/graph/none");
        using var empty = await server.SendAsync($"/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D&default-graph-uri={graph}", "application/json");
        Assert.Contains("false", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var named = await server.SendAsync($"/sparql?query=ASK%7BGRAPH%20%3Fg%20%7B%3Fs%20%3Fp%20%3Fo%7D%7D&named-graph-uri={graph}", "application/json");
        Assert.Contains("false", await named.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_and_no_body()
    {
        using var get = await server.SendAsync("/sparql?query=ASK%7B%7D", "text/csv");
        using var head = await server.SendAsync("/sparql?query=ASK%7B%7D", "text/csv", HttpMethod.Head);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_is_not_acceptable_is_answered_with_what_there_is()
    {
        using var solutions = await server.SendAsync("/sparql?query=ASK%7B%7D", "image/png");
        Assert.Contains("text/csv", await solutions.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var graph = await server.SendAsync("/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D", "application/sparql-results+xml");
        Assert.Equal(HttpStatusCode.NotAcceptable, graph.StatusCode);
        Assert.Contains("text/turtle", await graph.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var description = await server.SendAsync("/sparql", "image/png");
        Assert.Equal(HttpStatusCode.NotAcceptable, description.StatusCode);
    }

    [Theory]
    [InlineData("max-rows=1", "rows")]
    [InlineData("max-memory=0.001", "memory")]
    [InlineData("timeout=0.000001", "time")]
    public async Task A_client_lowers_its_limits_and_an_answer_that_would_be_cut_is_an_error(string limit, string budget)
    {
        using var response = await server.SendAsync($"/sparql?{limit}&query=" + Uri.EscapeDataString("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o ?s"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(budget, problem.RootElement.GetProperty("budget").GetString());
        Assert.NotEmpty(problem.RootElement.GetProperty("operator").GetString()!);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(60_000)]
    public async Task A_long_query_is_answered_at_an_address_of_its_own(int length)
    {
        using var response = await server.SendAsync("/sparql?query=" + Uri.EscapeDataString("ASK {} #" + new string('é', length / 6)), Browser);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_service_description_tells_the_limits()
    {
        using var response = await server.SendAsync("/sparql", "text/turtle");
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("mxtd:queryTimeoutSeconds 30", text, StringComparison.Ordinal);
        Assert.Contains("mxtd:queryMaxMemoryMegabytes 1024", text, StringComparison.Ordinal);
        Assert.Contains("mxtd:queryMaxRows 10000000", text, StringComparison.Ordinal);
        Assert.DoesNotContain("BasicFederatedQuery", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_comes_as_text_with_rows_and_times()
    {
        using var response = await server.SendAsync("/sparql?explain=text&query=" + Uri.EscapeDataString(Names));
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Matches("^[0-9]+ rows? in [0-9.]+ ms\n\n +rows +expected +ms +own ms  step\n", text);
        Assert.Contains("└ SortRows", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "La requête n’est pas bien formée.", "Ligne 2, colonne 14")]
    [InlineData("en", "The query is not well formed.", "Line 2, column 14")]
    public async Task A_browser_sees_a_faulty_query_again_with_the_place_marked(string language, string title, string place)
    {
        const string Faulty = "SELECT ?s\n{ ?s ?p \"é\U0001F600\" & <b> }";
        using var response = await server.SendAsync($"/sparql?lang={language}&format=csv&query=" + Uri.EscapeDataString(Faulty), Browser);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        var html = await response.Content.ReadAsStringAsync();
        var text = WebUtility.HtmlDecode(html);
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.Contains(title, text, StringComparison.Ordinal);
        Assert.Contains(place, text, StringComparison.Ordinal);
        Assert.Contains(Faulty + "</textarea>", text, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt; }</textarea>", html, StringComparison.Ordinal);
        Assert.Contains("{ ?s ?p \"é\U0001F600\" <mark>&</mark> <b> }</pre>", text, StringComparison.Ordinal);
        Assert.Contains("<option value=\"csv\" selected=\"selected\">", html, StringComparison.Ordinal);
        Assert.Contains($"<input type=\"hidden\" name=\"lang\" value=\"{language}\">", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT ?s { ?s ?p", "Line 1, column 18", 400)]
    [InlineData("", "Line 1, column 1", 400)]
    [InlineData("SELECT ?s {\r\n ?s ?p\r\n\r\n}\r\n", "Line 4, column 1", 400)]
    [InlineData("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", 406)]
    public async Task A_browser_sees_what_is_wrong_wherever_it_is(string query, string expected, int status)
    {
        using var response = await server.SendAsync("/sparql?lang=en&format=csv&query=" + Uri.EscapeDataString(query), Browser);
        Assert.Equal(status, (int)response.StatusCode);
        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.Contains(query + "</textarea>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_sees_a_query_that_went_over_its_budget_again()
    {
        const string Endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c + ?f + ?i + ?l = 1) }";
        using var response = await server.SendAsync("/sparql?lang=en&timeout=0.2&query=" + Uri.EscapeDataString(Endless), Browser);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains("The query ran longer than 0.2 s", html, StringComparison.Ordinal);
        Assert.Contains(Endless + "</textarea>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/sparql-results+json")]
    [InlineData("application/sparql-results+xml, text/html;q=0.5")]
    [InlineData("text/turtle, text/html;q=0.9, */*;q=0.1")]
    [InlineData("application/json, text/html")]
    public async Task Clients_of_the_protocol_get_problems_that_they_can_read(string? accept)
    {
        using var response = await server.SendAsync("/sparql?query=SELECT", accept);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(1, json.RootElement.GetProperty("line").GetInt32());
    }

    [Theory]
    [InlineData("fr", "Paramètre inacceptable.")]
    [InlineData("en", "Bad parameter.")]
    public async Task Other_problems_are_pages_for_browsers_too(string language, string title)
    {
        using var response = await server.SendAsync($"/sparql?lang={language}&query=ASK%7B%7D&timeout=<soon>", Browser);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains($"<h1>{title}</h1>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("&lt;soon&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_comes_as_JSON_for_tools()
    {
        using var response = await server.SendAsync("/sparql?explain=json&query=" + Uri.EscapeDataString(Names));
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var plan = json.RootElement.GetProperty("plan");
        Assert.Equal(json.RootElement.GetProperty("rows").GetInt64(), plan.GetProperty("rows").GetInt64());
        Assert.True(plan.GetProperty("milliseconds").GetDouble() >= plan.GetProperty("ownMilliseconds").GetDouble());
        Assert.NotEqual(0, plan.GetProperty("children").GetArrayLength());
    }

    [Theory]
    [InlineData("fr", "Comment la réponse a été trouvée")]
    [InlineData("en", "How it was answered")]
    public async Task The_plan_stands_on_the_page_below_its_query(string language, string heading)
    {
        using var response = await server.SendAsync($"/sparql?explain=html&lang={language}&query=" + Uri.EscapeDataString(Names), "text/html");
        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains(heading, html, StringComparison.Ordinal);
        Assert.Contains("ORDER BY ?name</textarea>", html, StringComparison.Ordinal);
        Assert.Contains("SortRows", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_goes_over_its_budget_shows_how_far_it_came()
    {
        var endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c + ?f + ?i + ?l = 1) }";
        using var response = await server.SendAsync("/sparql?timeout=0.2&explain=text&query=" + Uri.EscapeDataString(endless));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("ended: The query ran longer than 0.2 s (in ", text, StringComparison.Ordinal);
        Assert.Contains("IndexJoin", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_queries_end_alone_and_others_are_answered_meanwhile()
    {
        string[] hostile =
        [
            "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
            "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?a",
            "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
            "SELECT ?a ?i (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) } GROUP BY ?a ?i",
            "SELECT * { ?a (!<x:x>|^!<x:x>)+ ?b . ?c (!<x:y>|^!<x:y>)* ?d . ?e ?f ?g }",
            "SELECT * { ?a ?b ?c OPTIONAL { ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }",
            "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(REGEX(CONCAT(STR(?a), STR(?l)), '(x+x+)+y')) }",
            "CONSTRUCT { ?a ?k ?l } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        ];
        using var expected = await server.SendAsync("/sparql?query=" + Uri.EscapeDataString(Names), "text/csv");
        var answer = await expected.Content.ReadAsStringAsync();
        var running = Task.WhenAll(hostile.Select(async q =>
        {
            try
            {
                using var response = await server.SendAsync("/sparql?timeout=1&max-memory=64&query=" + Uri.EscapeDataString(q));
                return response.StatusCode;
            }
            catch (HttpRequestException)
            {
                // It had begun to answer: the connection is broken, so that nothing passes for a whole answer.
                return HttpStatusCode.ServiceUnavailable;
            }
        }));
        do
        {
            using var normal = await server.SendAsync("/sparql?query=" + Uri.EscapeDataString(Names), "text/csv");
            Assert.Equal(answer, await normal.Content.ReadAsStringAsync());
        }
        while (!running.IsCompleted);

        Assert.All(await running, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
    }
}
