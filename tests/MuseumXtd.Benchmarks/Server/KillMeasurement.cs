using System.Collections.Concurrent;
using System.Globalization;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>
/// Kills a server that writes a journal, again and again at random moments, and starts it again: every confirmed update has to be there, none
/// in part, and every start has to succeed.
/// </summary>
internal static class KillMeasurement
{
    public const string Usage = "MUSEUMXTD-DLL JOURNAL-FOLDER [TIMES]    kill -9 under load, and look what is left";

    private const int Writers = 4;

    public static async Task<int> RunAsync(string[] args)
    {
        var times = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 200;
        var random = new Random(17);
        var confirmed = new ConcurrentDictionary<long, bool>();
        long next = 0;
        var faults = 0;
        for (var round = 0; round <= times; round++)
        {
            var (server, start) = await ServerProcess.StartAsync(args[0], "--no-garden", "--writable", "--default-graph", "own", "--journal", args[1]);
            using (server)
            {
                faults += await CheckAsync(server, confirmed);
                if (round == times)
                {
                    break;
                }

                using var ending = new CancellationTokenSource();
                var writers = Enumerable.Range(0, Writers).Select(async _ =>
                {
                    while (!ending.IsCancellationRequested)
                    {
                        var number = Interlocked.Increment(ref next);
                        try
                        {
                            if (await server.UpdateAsync($"INSERT DATA {{ <urn:u:{number}> <urn:a> {number} ; <urn:b> \"{number}\" . GRAPH <urn:g:{number % 7}> {{ <urn:u:{number}> <urn:c> _:x }} }}"))
                            {
                                confirmed[number] = true;
                            }
                        }
                        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
                        {
                            return;
                        }
                    }
                }).ToList();

                // A server that has just started compiles its code first; what is to be interrupted is work.
                var before = confirmed.Count;
                while (confirmed.Count == before)
                {
                    await Task.Delay(1);
                }

                await Task.Delay(random.Next(5, 400));
                server.Kill();
                await ending.CancelAsync();
                await Task.WhenAll(writers);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round + 1}: {confirmed.Count} confirmed of {next}, started in {start.TotalMilliseconds:0} ms, {faults} faults"));
        }

        Console.WriteLine($"{times} kills, {confirmed.Count} confirmed updates, {faults} lost or in part");
        return faults == 0 ? 0 : 1;
    }

    private static async Task<int> CheckAsync(ServerProcess server, ConcurrentDictionary<long, bool> confirmed)
    {
        var csv = await server.QueryAsync("SELECT ?a ?b ?g { ?s <urn:a> ?a OPTIONAL { ?s <urn:b> ?b } OPTIONAL { GRAPH ?g { ?s <urn:c> ?c } } }");
        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(r => r.Split(',')).ToList();
        var parts = rows.Count(r => r[0] != r[1] || r[2].Length == 0);
        var there = rows.Select(r => long.Parse(r[0], CultureInfo.InvariantCulture)).ToHashSet();
        var lost = confirmed.Keys.Count(n => !there.Contains(n));
        if (parts + lost > 0)
        {
            Console.WriteLine($"{lost} confirmed updates are lost, {parts} are there in part");
        }

        return parts + lost;
    }
}
