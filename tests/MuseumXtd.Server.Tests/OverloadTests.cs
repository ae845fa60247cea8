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

    [Theory]
    [InlineData("POST", "/update", "application/sparql-update", false)]
    [InlineData("POST", "/update", "application/sparql-update", true)]
    [InlineData("POST", "/update", "application/x-www-form-urlencoded", false)]
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
