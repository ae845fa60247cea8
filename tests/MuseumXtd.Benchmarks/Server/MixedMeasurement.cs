using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>
/// Everything at once for a long time: readers, writers, queries that are far too large, clients that go away. Readers know what must hold in every
/// state: amounts are moved, never made; what is written in pairs is there in pairs; a graph is replaced as a whole. Memory is to stay flat.
/// </summary>
internal static class MixedMeasurement
{
    public const string Usage = "MUSEUMXTD-DLL RDF-FILE EMPTY-JOURNAL-FOLDER [SECONDS]    a mixed load; wrong answers and memory";

    private const int Accounts = 100;
    private const int Amount = 1000;
    private const int Rows = 500;

    public static async Task<int> RunAsync(string[] args)
    {
        if (Directory.Exists(args[2]) && Directory.EnumerateFileSystemEntries(args[2]).Any())
        {
            // The accounts of an earlier run would be there as well, and every sum twice what it is to be.
            await Console.Error.WriteLineAsync($"{args[2]}: is not empty. Name a new folder for the journal.");
            return 2;
        }

        var seconds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 600;
        var (server, _) = await ServerProcess.StartAsync(
            args[0], "--no-garden", "--writable", "--default-graph", "own", "--load", args[1], "--journal", args[2], "--timeout", "5");
        using (server)
        {
            using var ending = new CancellationTokenSource();
            return await new Load(server, seconds, ending).RunAsync() ? 0 : 1;
        }
    }

    private sealed class Load(ServerProcess server, int seconds, CancellationTokenSource ending)
    {
        private readonly ConcurrentDictionary<string, long> _counts = new();
        private readonly ConcurrentQueue<string> _faults = new();
        private long _pairs;

        public async Task<bool> RunAsync()
        {
            var data = new StringBuilder("INSERT DATA {");
            for (var i = 0; i < Accounts; i++)
            {
                data.Append(CultureInfo.InvariantCulture, $" <urn:account:{i}> <urn:balance> {Amount} .");
            }

            await server.UpdateAsync(data.Append('}').ToString());
            await PutAsync(0);
            List<Task> all =
            [
                .. Repeat(2, MoveAsync), Repeat(1, PairAsync).Single(), Repeat(1, ReplaceAsync).Single(),
                .. Repeat(3, CheckSumAsync), .. Repeat(2, CheckPairsAsync), .. Repeat(1, CheckGraphAsync), .. Repeat(2, LookUpAsync),
                .. Repeat(2, HugeAsync), .. Repeat(1, LeaveAsync), .. Repeat(1, HalfARequestAsync),
            ];
            var minutes = await WatchAsync();
            await ending.CancelAsync();
            await Task.WhenAll(all);
            foreach (var fault in _faults.Distinct().Take(20))
            {
                Console.WriteLine("FAULT " + fault);
            }

            Console.WriteLine($"{seconds} s, {_faults.Count} wrong answers");
            return IsFlat("private memory", minutes, m => m.Private) & IsFlat("alive", minutes, m => m.Live) & _faults.IsEmpty;
        }

        /// <summary>
        /// Whether memory is flat: a straight line through the minutes after the first five, or the first third of less than 15, rises by a twentieth of their mean at most.
        /// </summary>
        private static bool IsFlat(string what, List<Minute> minutes, Func<Minute, double> of)
        {
            var steady = minutes[Math.Min(5, minutes.Count / 3)..];
            if (steady.Count < 3)
            {
                Console.WriteLine($"{what}: too short to tell");
                return true;
            }

            var (middle, mean) = ((steady.Count - 1) / 2.0, steady.Average(of));
            var slope = steady.Select((m, i) => (i - middle) * (of(m) - mean)).Sum() / steady.Select((_, i) => (i - middle) * (i - middle)).Sum();
            var rise = slope * (steady.Count - 1) / mean;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {mean / (1 << 20):0.0} MB in the last {steady.Count} minutes, {slope / (1 << 20):+0.00;-0.00} MB a minute, {100 * rise:+0.0;-0.0} % in that time: {(rise <= 0.05 ? "flat" : "not flat")}"));
            return rise <= 0.05;
        }

        /// <summary>Memory minute by minute: what is resident and not of a file, on average; what the collector has taken; what its last collection of everything left.</summary>
        private async Task<List<Minute>> WatchAsync()
        {
            var minutes = new List<Minute>();
            var own = new List<long>();
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
            {
                await Task.Delay(500);
                own.Add(server.Memory.Own);
                if (Stopwatch.GetElapsedTime(start).TotalMinutes >= minutes.Count + 1)
                {
                    var metrics = await server.Client.GetStringAsync("/metrics");
                    minutes.Add(new Minute(own.Average(), Metric(metrics, "dotnet_gc_committed_bytes"), Metric(metrics, "dotnet_gc_live_bytes")));
                    own.Clear();
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"minute {minutes.Count}: {minutes[^1]}, {Metric(metrics, "museumxtd_terms")} terms; {string.Join(", ", _counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"))}"));
                }
            }

            return minutes;
        }

        private static double Metric(string metrics, string name) =>
            double.Parse(metrics.Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);

        private readonly record struct Minute(double Private, double Committed, double Live)
        {
            public override string ToString() =>
                string.Create(CultureInfo.InvariantCulture, $"{Private / (1 << 20):0.0} MB private, {Committed / (1 << 20):0.0} the collector's, {Live / (1 << 20):0.0} alive");
        }

        private List<Task> Repeat(int clients, Func<Random, Task> step) => [.. Enumerable.Range(0, clients).Select(async number =>
        {
            var random = new Random(number + (step.Method.Name.Length * 100));
            while (!ending.IsCancellationRequested)
            {
                try
                {
                    await step(random);
                    _counts.AddOrUpdate(step.Method.Name.Replace("Async", "", StringComparison.Ordinal), 1, (_, count) => count + 1);
                }
                catch (HttpRequestException e) when (e.StatusCode is System.Net.HttpStatusCode.ServiceUnavailable)
                {
                    _counts.AddOrUpdate("told to come back", 1, (_, count) => count + 1);
                    await Task.Delay(100);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or SocketException)
                {
                    _faults.Enqueue($"{step.Method.Name}: {e.Message}");
                    await Task.Delay(100);
                }
            }
        })];

        /// <summary>Takes an amount from one account to another.</summary>
        private Task MoveAsync(Random random)
        {
            var (from, to) = (random.Next(Accounts), random.Next(Accounts - 1));
            to += to >= from ? 1 : 0;
            var amount = random.Next(1, 20);
            return server.UpdateAsync(
                $"""
                DELETE {$"{{ <urn:account:{from}> <urn:balance> ?a . <urn:account:{to}> <urn:balance> ?b }}"}
                INSERT {$"{{ <urn:account:{from}> <urn:balance> ?c . <urn:account:{to}> <urn:balance> ?d }}"}
                WHERE {$"{{ <urn:account:{from}> <urn:balance> ?a . <urn:account:{to}> <urn:balance> ?b BIND(?a - {amount} AS ?c) BIND(?b + {amount} AS ?d) }}"}
                """);
        }

        /// <summary>Writes a pair and takes an old one away.</summary>
        private Task PairAsync(Random random)
        {
            var number = Interlocked.Increment(ref _pairs);
            var old = number - 200;
            return server.UpdateAsync(
                $"INSERT DATA {{ <urn:pair:{number}> <urn:left> {number} ; <urn:right> {number} }} ; DELETE DATA {{ <urn:pair:{old}> <urn:left> {old} ; <urn:right> {old} }}");
        }

        private Task ReplaceAsync(Random random) => PutAsync(random.Next(1_000_000));

        private async Task PutAsync(int version)
        {
            var text = new StringBuilder();
            for (var row = 0; row < Rows; row++)
            {
                text.Append(CultureInfo.InvariantCulture, $"<urn:row:{row}> <urn:version> \"{version}\" .\n");
            }

            using var content = new StringContent(text.ToString(), Encoding.UTF8, "application/n-triples");
            using var response = await server.Client.PutAsync("/graphs?graph=urn:replaced", content);
            response.EnsureSuccessStatusCode();
        }

        private async Task CheckSumAsync(Random random) =>
            Expect($"{Accounts},{Accounts * Amount}", await AskAsync("SELECT (COUNT(?b) AS ?n) (SUM(?b) AS ?sum) { ?a <urn:balance> ?b }"));

        private async Task CheckPairsAsync(Random random) =>
            Expect("0", await AskAsync("SELECT (COUNT(*) AS ?n) { { ?x <urn:left> ?n FILTER NOT EXISTS { ?x <urn:right> ?n } } UNION { ?x <urn:right> ?n FILTER NOT EXISTS { ?x <urn:left> ?n } } }"));

        private async Task CheckGraphAsync(Random random) =>
            Expect($"{Rows},1", await AskAsync("SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?v) AS ?versions) { GRAPH <urn:replaced> { ?row <urn:version> ?v } }"));

        private async Task LookUpAsync(Random random) => await server.QueryAsync($"SELECT * {{ ?s a ?type ; ?p ?o }} OFFSET {random.Next(1000)} LIMIT 20");

        /// <summary>More than any budget allows: it ends with an error or a broken answer, and others go on.</summary>
        private async Task HugeAsync(Random random)
        {
            try
            {
                await server.QueryAsync("SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(?x < ?y && ?y < ?z) }");
            }
            catch (HttpRequestException)
            {
                // As it should be.
            }
        }

        /// <summary>Goes away in the middle of an answer.</summary>
        private async Task LeaveAsync(Random random)
        {
            using var response = await server.Client.GetAsync(
                "/sparql?format=json&query=" + Uri.EscapeDataString("SELECT * { ?s ?p ?o . ?o ?q ?r }"), HttpCompletionOption.ResponseHeadersRead);
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.ReadAtLeastAsync(new byte[1000], 1000, throwOnEndOfStream: false);
            await Task.Delay(random.Next(200));
        }

        /// <summary>Sends a part of an update and closes.</summary>
        private async Task HalfARequestAsync(Random random)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
            var text = $"POST /update HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-update\r\nContent-Length: 100000\r\n\r\nINSERT DATA {{ <urn:half:{random.Next()}> ";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
            await Task.Delay(random.Next(500));
        }

        private async Task<string> AskAsync(string query) => (await server.QueryAsync(query)).Split("\r\n")[1];

        private void Expect(string expected, string actual)
        {
            if (expected != actual)
            {
                _faults.Enqueue($"expected {expected}, got {actual}");
            }
        }
    }
}
