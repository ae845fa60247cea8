using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MuseumXtd.Server.Tests;

/// <summary>Readers, writers, queries beyond any budget and clients that leave, all at once: what holds in every state is seen to hold.</summary>
public sealed class MixedLoadTests : IDisposable
{
    private const int Accounts = 20;
    private const int Amount = 1000;
    private const int Rows = 50;
    private const int Moves = 150;

    private readonly string _journal = Directory.CreateTempSubdirectory("mxtd-mixed-").FullName;
    private readonly ConcurrentQueue<string> _faults = new();

    public void Dispose() => Directory.Delete(_journal, recursive: true);

    [Fact]
    public async Task Under_mixed_load_every_answer_is_of_a_whole_state_and_the_journal_keeps_it()
    {
        await using (var server = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            await UpdateAsync(client, $"INSERT DATA {{ {string.Concat(Enumerable.Range(0, Accounts).Select(i => $"<urn:account:{i}> <urn:balance> {Amount} . "))} }}");
            await PutAsync(client, 0);
            using var ending = new CancellationTokenSource();
            List<Task> beside =
            [
                RepeatAsync(1, _ => CheckSumAsync(client)), RepeatAsync(2, _ => CheckSumAsync(client)), RepeatAsync(3, _ => CheckGraphAsync(client)),
                RepeatAsync(4, random => PutAsync(client, random.Next())), RepeatAsync(5, _ => HugeAsync(client)), RepeatAsync(6, _ => LeaveAsync(server)),
            ];
            await Task.WhenAll(MoveAsync(client, 7), MoveAsync(client, 8));
            await ending.CancelAsync();
            await Task.WhenAll(beside);
            await CheckSumAsync(client);
            await CheckGraphAsync(client);

            async Task RepeatAsync(int seed, Func<Random, Task> step)
            {
                var random = new Random(seed);
                while (!ending.IsCancellationRequested)
                {
                    await step(random);
                }
            }
        }

        await using (var again = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = new Uri(again.Url) };
            await CheckSumAsync(client);
            await CheckGraphAsync(client);
        }

        Assert.Empty(_faults);
    }

    private Task<MuseumXtdServer> StartAsync() => MuseumXtdServer.StartAsync(new ServerOptions
    {
        Port = 0, IsWritable = true, JournalDirectory = _journal, DefaultGraph = Sparql.DefaultGraphMode.Own, Timeout = TimeSpan.FromSeconds(20), MaxRunningRequests = 32,
    });

    private static async Task MoveAsync(HttpClient client, int seed)
    {
        var random = new Random(seed);
        for (var move = 0; move < Moves; move++)
        {
            var (from, to, amount) = (random.Next(Accounts), random.Next(Accounts - 1), random.Next(1, 20));
            to += to >= from ? 1 : 0;
            await UpdateAsync(
                client,
                $"DELETE {{ <urn:account:{from}> <urn:balance> ?a . <urn:account:{to}> <urn:balance> ?b }} INSERT {{ <urn:account:{from}> <urn:balance> ?c . <urn:account:{to}> <urn:balance> ?d }} "
                + $"WHERE {{ <urn:account:{from}> <urn:balance> ?a . <urn:account:{to}> <urn:balance> ?b BIND(?a - {amount} AS ?c) BIND(?b + {amount} AS ?d) }}");
        }
    }

    private static async Task UpdateAsync(HttpClient client, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/sparql-update");
        using var response = await client.PostAsync("/update", content);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static async Task PutAsync(HttpClient client, int version)
    {
        var text = string.Concat(Enumerable.Range(0, Rows).Select(row => $"<urn:row:{row}> <urn:version> \"{version}\" .\n"));
        using var content = new StringContent(text, Encoding.UTF8, "application/n-triples");
        using var response = await client.PutAsync("/graphs?graph=urn:replaced", content);
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
    }

    private Task CheckSumAsync(HttpClient client) =>
        ExpectAsync(client, "SELECT (COUNT(?b) AS ?n) (SUM(?b) AS ?sum) { ?a <urn:balance> ?b }", $"{Accounts},{Accounts * Amount}");

    private Task CheckGraphAsync(HttpClient client) =>
        ExpectAsync(client, "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?v) AS ?versions) { GRAPH <urn:replaced> { ?row <urn:version> ?v } }", $"{Rows},1");

    private async Task ExpectAsync(HttpClient client, string query, string expected)
    {
        var answer = (await client.GetStringAsync("/sparql?format=csv&query=" + Uri.EscapeDataString(query))).Split("\r\n")[1];
        if (answer != expected)
        {
            _faults.Enqueue($"expected {expected}, got {answer}");
        }
    }

    /// <summary>It is refused or broken off by its budget, and others go on.</summary>
    private async Task HugeAsync(HttpClient client)
    {
        using var response = await client.GetAsync(
            "/sparql?timeout=0.2&query=" + Uri.EscapeDataString("SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?s ?w FILTER(?x < ?y && ?y < ?z && ?z < ?w) }"));
        if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.OK))
        {
            _faults.Enqueue($"a query that is too large answered {response.StatusCode}");
        }
    }

    /// <summary>Sends half an update, or a question without waiting for the answer, and is gone.</summary>
    private static async Task LeaveAsync(MuseumXtdServer server)
    {
        var address = new Uri(server.Url);
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /update HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/sparql-update\r\nContent-Length: 100000\r\n\r\nINSERT DATA {{ <urn:account:99> <urn:balance> 1 . "));
        await Task.Delay(5);
        using var reader = new TcpClient();
        await reader.ConnectAsync(address.Host, address.Port);
        await reader.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"));
    }
}
