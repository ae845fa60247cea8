using System.Net;
using System.Text;

namespace MuseumXtd.Server.Tests;

/// <summary>Updates and graphs over HTTP, beside a garden.</summary>
public sealed class WritingTests : IAsyncLifetime, IDisposable
{
    private const string Graph = "http://example.org/g";
    private readonly string _garden = Directory.CreateTempSubdirectory("museumxtd-").FullName;
    private MuseumXtdServer? _server;
    private HttpClient _client = new();

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_garden, "Atelier.md"), "---\ntype: programme\nnom: Atelier\nid: atelier\n---\n# Atelier\n");
        await StartAsync(null);
    }

    public void Dispose() => _client.Dispose();

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        Directory.Delete(_garden, recursive: true);
    }

    [Fact]
    public async Task What_an_update_adds_is_found_by_the_next_query()
    {
        using var response = await UpdateAsync($"INSERT DATA {{ GRAPH <{Graph}> {{ <urn:s> <urn:p> 1 }} }}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("true", await AskAsync("ASK { <urn:s> <urn:p> 1 }"));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(10_000, false)]
    [InlineData(10_000, true)]
    [InlineData(100_000, false)] // More than is kept in memory.
    public async Task A_document_is_read_whatever_its_length_and_whether_or_not_that_is_told(int triples, bool isChunked)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, triples).Select(i => $"<urn:s> <urn:p> {i} .\n")));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/graphs?graph=" + Graph) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("text/turtle");
        request.Headers.TransferEncodingChunked = isChunked;
        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("true", await AskAsync($"ASK {{ {{ SELECT (COUNT(*) AS ?n) {{ GRAPH <{Graph}> {{ ?s ?p ?o }} }} }} FILTER(?n = {triples}) }}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(200)]
    public async Task A_document_that_is_not_compressed_as_it_says_changes_nothing(int kept)
    {
        // No compressed document at all, or one that breaks off.
        var bytes = "<urn:s> <urn:p> 1 ."u8.ToArray();
        if (kept > 0)
        {
            using var zipped = new MemoryStream();
            using (var zip = new System.IO.Compression.GZipStream(zipped, System.IO.Compression.CompressionLevel.Fastest))
            {
                for (var i = 0; i < 5000; i++)
                {
                    zip.Write(Encoding.UTF8.GetBytes($"<urn:s{i * 7919 % 5003}> <urn:p> {i} .\n"));
                }
            }

            bytes = zipped.ToArray()[..kept];
        }

        using var request = new HttpRequestMessage(HttpMethod.Put, "/graphs?graph=" + Graph) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("text/turtle");
        request.Content.Headers.ContentEncoding.Add("gzip");
        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("false", await AskAsync($"ASK {{ GRAPH <{Graph}> {{ ?s ?p ?o }} }}"));
    }

    [Theory]
    [InlineData("DROP ALL")]
    [InlineData("DELETE WHERE { GRAPH <https://w3id.org/museumxtd/graph/vocabulary> { ?s ?p ?o } }")]
    [InlineData("INSERT DATA { GRAPH <https://w3id.org/museumxtd/graph/note/new> { <urn:s> <urn:p> 1 } }")]
    public async Task Graphs_of_the_notes_are_not_changed(string update)
    {
        var before = _server!.Dataset.Current;
        using var response = await UpdateAsync(update);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("belongs to the garden", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Same(before, _server.Dataset.Current);
    }

    [Fact]
    public async Task An_update_that_expects_another_state_is_refused()
    {
        using var first = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 1 }");
        var tag = first.Headers.ETag!.ToString();
        using var second = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 2 }", tag);
        using var third = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 3 }", tag);

        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, third.StatusCode);
        Assert.Equal("false", await AskAsync("ASK { <urn:s> <urn:p> 3 }"));
    }

    [Fact]
    public async Task Of_writers_that_expect_the_same_state_exactly_one_writes()
    {
        using var first = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 0 }");
        var tag = first.Headers.ETag!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(async i =>
        {
            using var response = await UpdateAsync($"INSERT DATA {{ <urn:s> <urn:p> {i} }}", i % 2 == 0 ? tag : $"\"other\", {tag}");
            return response.StatusCode;
        }));

        Assert.Equal(1, answers.Count(a => a == HttpStatusCode.NoContent));
        Assert.Equal(11, answers.Count(a => a == HttpStatusCode.PreconditionFailed));
    }

    [Theory]
    [InlineData("*", HttpStatusCode.NoContent)]
    [InlineData("W/{0}", HttpStatusCode.PreconditionFailed)]
    [InlineData("{0}x", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"a\",, {0} ,", HttpStatusCode.NoContent)]
    [InlineData("nonsense", HttpStatusCode.PreconditionFailed)]
    public async Task If_Match_compares_strongly(string form, HttpStatusCode expected)
    {
        using var first = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 0 }");
        using var second = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 1 }", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, first.Headers.ETag));

        Assert.Equal(expected, second.StatusCode);
    }

    [Theory]
    [InlineData("/update", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/update", "application/sparql-query", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/update", "application/sparql-update; charset=iso-8859-1", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/update", "application/sparql-update; charset=\"UTF-8\"", HttpStatusCode.NoContent)]
    [InlineData("/update", ";;", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/update?using-graph-uri=here", "application/sparql-update", HttpStatusCode.BadRequest)]
    [InlineData("/update?using-graph-uri=urn:g", "application/sparql-update", HttpStatusCode.NoContent)]
    [InlineData("/update?using-graph-uri=x:g&using-named-graph-uri=y:g", "application/sparql-update", HttpStatusCode.NoContent)]
    [InlineData("/update?using-graph-uri=1:g", "application/sparql-update", HttpStatusCode.BadRequest)]
    [InlineData("/update?timeout=soon", "application/sparql-update", HttpStatusCode.BadRequest)]
    [InlineData("/update?timeout=20", "application/sparql-update", HttpStatusCode.NoContent)]
    [InlineData("/update?timeout=0.0000001", "application/sparql-update", HttpStatusCode.ServiceUnavailable)]
    public async Task Requests_that_mean_nothing_are_refused(string path, string type, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent("INSERT DATA { <urn:s> <urn:p> 0 }"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await _client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("INSERT { ?a <urn:slow> ?b } WHERE { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?s ?w FILTER(?x < ?y && ?y < ?z && ?z < ?w) }")]
    [InlineData("INSERT DATA { <urn:slow> <urn:slow> 1 } ; INSERT { ?a <urn:slow> ?b } WHERE { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?s ?w }")]
    public async Task An_update_that_runs_longer_than_it_says_changes_nothing(string update)
    {
        var before = _server!.Dataset.Current.ETag;
        using var content = new StringContent(update, System.Text.Encoding.UTF8, "application/sparql-update");
        using var response = await _client.PostAsync("/update?timeout=0.2", content);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        using var problem = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("time", problem.RootElement.GetProperty("budget").GetString());
        Assert.Equal(before, _server!.Dataset.Current.ETag);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task Bytes_that_are_no_text_are_refused(int length)
    {
        using var content = new ByteArrayContent([.. Enumerable.Repeat((byte)'#', length), 0xFF]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/sparql-update");
        using var response = await _client.PostAsync("/update", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Terms_that_nothing_says_any_more_are_let_go()
    {
        using var first = await UpdateAsync($"INSERT DATA {{ GRAPH <{Graph}> {{ <urn:s> <urn:p> \"kept\" }} }}");
        const int Many = 80_000;
        var many = string.Join(',', Enumerable.Range(0, Many).Select(i => $"\"v{i}\""));
        using var second = await UpdateAsync($"INSERT DATA {{ GRAPH <urn:many> {{ <urn:s> <urn:p> {many} }} }} ; CLEAR GRAPH <urn:many>");
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        for (var wait = 0; wait < 600 && _server!.Dataset.Current.Snapshot.Dictionary.Count > Many; wait++)
        {
            await Task.Delay(50);
        }

        Assert.True(_server!.Dataset.Current.Snapshot.Dictionary.Count < Many);
        Assert.Equal(first.Headers.ETag!.ToString(), _server!.Dataset.Current.ETag);
        using var third = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 3 }", first.Headers.ETag.ToString());
        Assert.Equal(HttpStatusCode.NoContent, third.StatusCode);
        Assert.Equal("true", await AskAsync($"ASK {{ <urn:s> <urn:p> 3 . GRAPH <{Graph}> {{ <urn:s> <urn:p> \"kept\" }} }}"));
    }

    [Fact]
    public async Task Updates_at_the_same_time_all_take_effect()
    {
        var updates = Enumerable.Range(0, 40).Select(i => UpdateAsync($"INSERT DATA {{ <urn:many> <urn:p> {i} }}")).ToList();
        foreach (var response in await Task.WhenAll(updates))
        {
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            response.Dispose();
        }

        Assert.Equal("true", await AskAsync("ASK { { SELECT (COUNT(*) AS ?n) { <urn:many> ?p ?o } } FILTER(?n = 40) }"));
    }

    [Fact]
    public async Task A_graph_is_put_read_patched_and_deleted_by_its_name()
    {
        var path = "/graphs?graph=" + Uri.EscapeDataString(Graph);
        using var put = await SendAsync(HttpMethod.Put, path, "<a> <urn:p> 1 .", "text/turtle");
        using var patch = await SendAsync(HttpMethod.Patch, path, "INSERT DATA { <a> <urn:p> 2 }", "application/sparql-update");
        using var other = await SendAsync(HttpMethod.Patch, path, "INSERT DATA { GRAPH <urn:other> { <a> <urn:p> 2 } }", "application/sparql-update");
        var text = await _client.GetStringAsync(path);
        using var delete = await _client.DeleteAsync(path);
        using var gone = await _client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, patch.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains("http://example.org/a", text, StringComparison.Ordinal);
        Assert.Contains(" 2 ", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, delete.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_broken_document_changes_nothing_and_says_where_it_breaks()
    {
        var path = "/graphs?graph=" + Uri.EscapeDataString(Graph);
        using var response = await SendAsync(HttpMethod.Put, path, "<a> <urn:p> 1 .\n<a> <urn:p> .", "text/turtle");
        using var gone = await _client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"line\":2", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Two_documents_with_the_same_label_have_two_nodes()
    {
        var path = "/graphs?graph=" + Uri.EscapeDataString(Graph);
        using var first = await SendAsync(HttpMethod.Post, path, "_:x <urn:p> 1 .", "text/turtle");
        using var second = await SendAsync(HttpMethod.Post, path, "_:x <urn:p> 2 .", "text/turtle");

        Assert.Equal("false", await AskAsync("ASK { ?x <urn:p> 1, 2 }"));
    }

    [Fact]
    public async Task Pages_of_other_sites_cannot_write()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/update") { Content = new FormUrlEncodedContent([new("update", "DROP ALL")]) };
        request.Headers.Add("Origin", "https://evil.example");
        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task With_a_token_file_only_its_token_writes()
    {
        await _server!.DisposeAsync();
        await StartAsync("correct horse battery staple");
        using var without = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 1 }");
        _client.DefaultRequestHeaders.Authorization = new("Bearer", "correct horse battery stapl");
        using var wrong = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 1 }");
        _client.DefaultRequestHeaders.Authorization = new("Bearer", "correct horse battery staple");
        using var right = await UpdateAsync("INSERT DATA { <urn:s> <urn:p> 1 }");

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
    }

    [Fact]
    public async Task With_a_journal_updates_are_there_after_a_new_start_beside_the_notes_as_they_are_then()
    {
        var journal = Path.Combine(_garden, ".journal");
        await _server!.DisposeAsync();
        await StartAsync(null, journal);
        using var update = await UpdateAsync($"INSERT DATA {{ GRAPH <{Graph}> {{ <urn:s> <urn:p> 1 }} }}");
        await _server.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_garden, "Atelier.md"), "---\ntype: programme\nnom: Autre\nid: atelier\n---\n# Autre\n");
        await StartAsync(null, journal);

        Assert.Equal("true", await AskAsync($"ASK {{ GRAPH <{Graph}> {{ <urn:s> <urn:p> 1 }} }}"));
        Assert.Equal("true", await AskAsync("ASK { ?s <https://w3id.org/museumxtd/ns#name> ?n FILTER(STR(?n) = 'Autre') }"));
        Assert.Equal("false", await AskAsync("ASK { ?s <https://w3id.org/museumxtd/ns#name> ?n FILTER(STR(?n) = 'Atelier') }"));
    }

    private async Task StartAsync(string? token, string? journal = null)
    {
        _server = await MuseumXtdServer.StartAsync(
            new ServerOptions { Gardens = [_garden], Port = 0, IsWritable = true, WriteToken = token, Watch = false, JournalDirectory = journal });
        _client.Dispose();
        _client = new HttpClient { BaseAddress = new Uri(_server.Url) };
    }

    private Task<HttpResponseMessage> UpdateAsync(string text, string? ifMatch = null) =>
        SendAsync(HttpMethod.Post, "/update", text, "application/sparql-update", ifMatch);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string text, string type, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(text, Encoding.UTF8, type) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await _client.SendAsync(request);
    }

    private async Task<string> AskAsync(string query)
    {
        var json = await _client.GetStringAsync("/sparql?format=json&query=" + Uri.EscapeDataString(query));
        return json.Contains("\"boolean\":true", StringComparison.Ordinal) ? "true" : "false";
    }
}
