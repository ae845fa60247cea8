using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MuseumXtd.Server.Tests;

/// <summary>What happens when more is asked than can be done.</summary>
public sealed class OverloadTests
{
    private static readonly string Endless = "/sparql?query=" + Uri.EscapeDataString(
        "SELECT * {" + string.Concat(Enumerable.Range(0, 6).Select(v => $" VALUES ?v{v} {{ {string.Join(' ', Enumerable.Range(0, 60))} }}")) + " FILTER(RAND() > 2) }");

    [Fact]
    public async Task Requests_beyond_those_that_run_and_wait_are_told_to_come_back()
    {
        await using var server = await MuseumXtdServer.StartAsync(Options() with { MaxRunningRequests = 1, MaxWaitingRequests = 0 });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var ending = new CancellationTokenSource();
        var running = client.GetAsync(Endless, ending.Token);
        HttpResponseMessage? refused = null;
        while (refused?.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            if (running.IsCompletedSuccessfully)
            {
                // It came while the other request had the place.
                (await running).Dispose();
                running = client.GetAsync(Endless, ending.Token);
            }

            refused?.Dispose();
            refused = await client.GetAsync("/sparql?query=ASK%7B%7D");
        }

        using var health = await client.GetAsync("/healthz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused!.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        refused.Dispose();
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_client_that_goes_away_makes_room_for_the_next()
    {
        await using var server = await MuseumXtdServer.StartAsync(Options() with { MaxRunningRequests = 1, MaxWaitingRequests = 8 });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var ending = new CancellationTokenSource();
        var running = client.GetAsync(Endless, ending.Token);
        var waiting = client.GetAsync("/sparql?query=ASK%7B%7D");
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        using var answered = await waiting;
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task A_report_that_would_take_too_much_is_refused_with_what_to_ask_instead()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".nt");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 3000).Select(i => $"<http://e/{i}> <http://e/p> \"{i}\" ."));
        try
        {
            await using var server = await MuseumXtdServer.StartAsync(Options() with { Files = [file], MaxMemoryBytes = 4_000_000 });
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            foreach (var (accept, status) in ((string, HttpStatusCode)[])[("text/turtle", HttpStatusCode.ServiceUnavailable), ("text/plain", HttpStatusCode.OK)])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/shacl");
                request.Headers.Add("Accept", accept);
                request.Content = new StringContent("<urn:S> a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#targetSubjectsOf> <http://e/p> ; <http://www.w3.org/ns/shacl#maxLength> 1 .", Encoding.UTF8, "text/turtle");
                using var response = await client.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                Assert.Equal(status, response.StatusCode);
                Assert.Contains(status == HttpStatusCode.OK ? "<http://e/2999>" : "Ask for text/plain", text, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("POST", "/update", "application/sparql-update", false)]
    [InlineData("POST", "/update", "application/sparql-update", true)]
    [InlineData("POST", "/update", "application/x-www-form-urlencoded", false)]
    [InlineData("PATCH", "/graphs?graph=urn:g", "application/sparql-update", false)]
    [InlineData("PATCH", "/graphs?graph=urn:g", "application/sparql-update", true)]
    [InlineData("PUT", "/graphs?graph=urn:g", "application/n-triples", false)]
    [InlineData("PUT", "/graphs?graph=urn:g", "application/n-triples", true)]
    [InlineData("POST", "/graphs?default", "text/turtle", false)]
    [InlineData("POST", "/sparql", "application/sparql-query", true)]
    public async Task Bodies_that_are_too_long_are_refused_and_change_nothing(string method, string path, string mediaType, bool isChunked)
    {
        const int Limit = 10_000;
        await using var server = await MuseumXtdServer.StartAsync(Options() with { IsWritable = true, MaxRequestBytes = Limit });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        var before = server.Dataset.Current.Snapshot.ContentHash;

        var length = path == "/sparql" ? 2 << 20 : 3 * Limit;
        var triple = "<urn:s> <urn:p> \"" + new string('x', length) + "\" .";
        var text = mediaType.Contains("sparql", StringComparison.Ordinal) ? $"INSERT DATA {{ {triple} }}" : mediaType.EndsWith("urlencoded", StringComparison.Ordinal) ? "update=" + triple : triple;
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(text, Encoding.UTF8, mediaType) };
        request.Headers.TransferEncodingChunked = isChunked;
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(before, server.Dataset.Current.Snapshot.ContentHash);
    }

    [Fact]
    public async Task Updates_whose_text_would_take_too_much_memory_are_refused()
    {
        await using var server = await MuseumXtdServer.StartAsync(Options() with { IsWritable = true, MaxMemoryBytes = 400_000 });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        foreach (var (length, status) in ((int, HttpStatusCode)[])[(50_000, HttpStatusCode.NoContent), (150_000, HttpStatusCode.RequestEntityTooLarge)])
        {
            using var content = new StringContent($"INSERT DATA {{ <urn:s> <urn:p> 1 }} #{new string('x', length)}", Encoding.UTF8, "application/sparql-update");
            using var response = await client.PostAsync("/update", content);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("POST", "/update", 0)]
    [InlineData("PATCH", "/graphs?graph=urn:g", 0)]
    [InlineData("PATCH", "/graphs?graph=urn:g", 100_000)]
    public async Task Updates_that_are_not_UTF8_are_refused(string method, string path, int more)
    {
        await using var server = await MuseumXtdServer.StartAsync(Options() with { IsWritable = true });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new ByteArrayContent([.. "INSERT DATA { <urn:s> <urn:p> \""u8, 0xE9, .. "\" } #"u8, .. new byte[more].Select(_ => (byte)'x')]),
        };
        request.Content.Headers.ContentType = new("application/sparql-update");
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Without_memory_new_work_is_refused()
    {
        await using var server = await MuseumXtdServer.StartAsync(Options() with { MaxProcessBytes = 1 });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var refused = await client.GetAsync("/sparql?query=ASK%7B%7D");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
    }

    [Fact]
    public async Task A_client_that_does_not_take_its_answer_loses_its_place()
    {
        await using var server = await MuseumXtdServer.StartAsync(
            Options() with { MaxRunningRequests = 1, MaxWaitingRequests = 8, Timeout = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(1) });
        var address = new Uri(server.Url);
        using var slow = new TcpClient { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(address.Host, address.Port);
        var large = "/sparql?format=json&query=" + Uri.EscapeDataString(
            "SELECT * {" + string.Concat(Enumerable.Range(0, 4).Select(v => $" VALUES ?v{v} {{ {string.Join(' ', Enumerable.Range(0, 60))} }}")) + "}");
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {large} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        Assert.True(await slow.GetStream().ReadAsync(new byte[1]) > 0, "The answer has begun, the one place is taken.");
        using var client = new HttpClient { BaseAddress = address };
        using var answered = await client.GetAsync("/sparql?query=ASK%7B%7D");

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    private static ServerOptions Options() => new() { Port = 0 };
}
