using System.Net;

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
    public async Task Without_memory_new_work_is_refused()
    {
        await using var server = await MuseumXtdServer.StartAsync(Options() with { MaxProcessBytes = 1 });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var refused = await client.GetAsync("/sparql?query=ASK%7B%7D");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
    }

    private static ServerOptions Options() => new() { Port = 0 };
}
