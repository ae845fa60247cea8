using System.Net.Sockets;
using System.Text;
using MuseumXtd.Server.Http.Threads;

namespace MuseumXtd.Server.Tests;

/// <summary>Threads that wait for sockets answer look-ups, and are never held up by anything else.</summary>
public sealed class SocketThreadTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string Values = string.Concat(Enumerable.Range(0, 4).Select(v => $" VALUES ?v{v} {{ {string.Join(' ', Enumerable.Range(0, 60))} }}"));

    // The runtime reads its switch when the first socket is used, and the test platform has used one before any test is loaded: the settings of the run (.runsettings) set it.
    [Fact]
    public async Task The_tests_here_run_as_the_command_does()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((System.Net.IPEndPoint)listener.LocalEndpoint);
        using var accepted = await listener.AcceptSocketAsync();
        var place = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var arguments = new SocketAsyncEventArgs();
        arguments.SetBuffer(new byte[1]);
        arguments.Completed += (_, _) => place.SetResult(Thread.CurrentThread.IsThreadPoolThread ? "pool" : Thread.CurrentThread.Name);
        Assert.True(accepted.ReceiveAsync(arguments));
        await client.GetStream().WriteAsync(new byte[1]);
        Assert.Equal(".NET Sockets", await place.Task);
        Assert.True(SocketThreads.GoOn);
    }

    [Fact]
    public async Task Work_leaves_such_a_thread()
    {
        Assert.True(SocketThreads.GoOn);
        var places = new TaskCompletionSource<(bool, bool)>();
        var thread = new Thread(async () =>
        {
            var before = SocketThreads.IsThisOne;
            await default(PoolThread);
            places.SetResult((before, Thread.CurrentThread.IsThreadPoolThread));
        });
        thread.Start();
        Assert.Equal((true, true), await places.Task);
    }

    [Fact]
    public async Task Requests_sent_all_at_once_are_answered_in_their_order()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 400; i++)
        {
            // Some take longer than a look-up, some are errors.
            var query = (i % 7) switch
            {
                3 => $"SELECT (COUNT(*) AS ?c) ({i} AS ?n) {{ VALUES ?a {{ {string.Join(' ', Enumerable.Range(0, 60))} }} VALUES ?b {{ {string.Join(' ', Enumerable.Range(0, 60))} }} }}",
                5 => $"SELECT * {{ ?n{i} }}",
                _ => $"SELECT ({i} AS ?n) {{}}",
            };
            text.Append("GET /sparql?query=").Append(Uri.EscapeDataString(query)).Append(" HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n").Append(i == 399 ? "Connection: close\r\n" : "").Append("\r\n");
        }

        using var client = await ConnectAsync();
        var stream = client.GetStream();
        var sending = stream.WriteAsync(Encoding.ASCII.GetBytes(text.ToString())).AsTask();
        using var reader = new StreamReader(stream);
        var answers = await reader.ReadToEndAsync();
        await sending;

        var parts = answers.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(400, parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            var expected = (i % 7) switch { 3 => $"3600,{i}", 5 => "not well formed", _ => $"n\r\n{i}\r\n" };
            Assert.StartsWith(i % 7 == 5 ? "400" : "200", parts[i], StringComparison.Ordinal);
            Assert.Contains(expected, parts[i], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Clients_that_do_not_take_their_long_answers_hold_up_nobody()
    {
        var slow = new List<TcpClient>();
        for (var i = 0; i < 2 * Environment.ProcessorCount + 2; i++)
        {
            var client = await ConnectAsync();
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /sparql?query={Uri.EscapeDataString($"SELECT * {{ {Values} }}")} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            slow.Add(client);
        }

        // All of them have begun to answer.
        var begun = new byte[16];
        foreach (var client in slow)
        {
            await client.GetStream().ReadExactlyAsync(begun);
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.Contains("Atelier ouvert", await server.QueryAsync("PREFIX mxtd: <https://w3id.org/museumxtd/ns#> SELECT ?n { ?i a mxtd:Initiative ; mxtd:name ?n }"), StringComparison.Ordinal);
        }

        slow.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task A_long_answer_is_whole_when_it_is_taken_slowly()
    {
        using var client = await ConnectAsync();
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /sparql?query={Uri.EscapeDataString($"SELECT * {{ {Values} FILTER(?v0 < 3) }}")} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\nConnection: close\r\n\r\n"));
        var (lines, buffer) = (0, new byte[100_000]);
        while (await client.GetStream().ReadAsync(buffer) is var read and > 0)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            await Task.Delay(1);
        }

        Assert.True(lines > 3 * 60 * 60 * 60, $"{lines} lines");
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var uri = new Uri(server.Url);
        var client = new TcpClient();
        await client.ConnectAsync(uri.Host, uri.Port);
        return client;
    }
}
