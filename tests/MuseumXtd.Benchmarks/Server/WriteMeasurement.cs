using System.Diagnostics;
using System.Globalization;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>Small updates over HTTP, with and without a journal, alone and beside readers.</summary>
internal static class WriteMeasurement
{
    public const string Usage =
        "MUSEUMXTD-DLL RDF-FILE FOLDER [none|journal] [TIMES]    updates a second without or with a journal, or both; what readers notice, so many times (3)";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    // Light queries, as pages ask them: what is there, things of a type, one thing.
    private static readonly string[] Reads =
    [
        "SELECT ?p ?o { ?s ?p ?o } LIMIT 10",
        "SELECT ?s { ?s a ?type } LIMIT 10",
        "SELECT ?p ?o { <https://museumxtd.example/id/org/17> ?p ?o }",
        "SELECT ?a ?b { ?a ?p <https://museumxtd.example/id/org/17> ; a ?b } LIMIT 20",
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        Print($"fsync of this disk: {Fsyncs(args[2]):0} a second");
        var times = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 3;
        foreach (var journal in ((bool[])[false, true]).Where(j => args.Length <= 3 || args[3] == (j ? "journal" : "none")))
        {
            string[] options = ["--no-garden", "--writable", "--default-graph", "own", "--load", args[1]];
            var folder = Path.Combine(args[2], "journal-" + Guid.NewGuid().ToString("N"));
            var (server, start) = await ServerProcess.StartAsync(args[0], journal ? [.. options, "--journal", folder] : options);
            using (server)
            {
                Print($"journal {journal}: ready in {start.TotalSeconds:0.00} s, {server.WorkingSet >> 20} MB");
                Measure(server, journal ? 300 : 2000, times);
                Print($"  {server.WorkingSet >> 20} MB");
            }

            if (journal)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    private static void Measure(ServerProcess server, int pace, int times)
    {
        Run(server, 8, 3, pace);
        foreach (var writers in (int[])[1, 8])
        {
            Report($"{writers} writers", Run(server, 0, writers));
        }

        // Again and again without and with writers: the machine has moods, so each is compared with its neighbours.
        var alone = Run(server, 8, 0);
        Report("8 readers", alone);
        for (var i = 0; i < times; i++)
        {
            var asFast = Run(server, 8, 1);
            var paced = Run(server, 8, 3, pace);
            var after = Run(server, 8, 0);
            var undisturbed = (alone.Reads.Count + after.Reads.Count) / 2.0;
            Report("8 readers, 1 writer", asFast, undisturbed);
            Report($"8 readers, 3 writers, {pace} updates/s wanted", paced, undisturbed);
            Report("8 readers", after);
            alone = after;
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Report(string load, Outcome outcome, double? undisturbed = null)
    {
        Print($"  {load,-46} server {outcome.ServerShare:0%}, client {outcome.ClientShare:0%} of a core");
        if (outcome.Reads.Count > 0)
        {
            Print($"    {PerSecond(outcome.Reads),8:0} reads/s, p50 {At(outcome.Reads, 0.5):0.00} ms, p99 {At(outcome.Reads, 0.99):0.00} ms{(undisturbed is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {outcome.Reads.Count / undisturbed:0%} of undisturbed"))}");
        }

        if (outcome.Writes.Count > 0)
        {
            Print($"    {PerSecond(outcome.Writes),8:0} updates/s, p50 {At(outcome.Writes, 0.5):0.00} ms, p99 {At(outcome.Writes, 0.99):0.00} ms");
        }

        static double PerSecond(List<double> times) => times.Count / Duration.TotalSeconds;
        static double At(List<double> times, double share) => times[(int)((times.Count - 1) * share)];
    }

    /// <summary>Each client is a thread with a connection of its own, which waits for each answer.</summary>
    private static Outcome Run(ServerProcess server, int readers, int writers, double? pace = null)
    {
        var url = server.Client.BaseAddress!;
        var questions = Reads.Select(q => PlainConnection.Get(url, "/sparql?format=csv&query=" + Uri.EscapeDataString(q))).ToArray();
        var (cpu, own) = (server.ProcessorTime, Environment.CpuUsage.TotalTime);
        var begin = Stopwatch.GetTimestamp();
        var reads = Start(readers, random => questions[random.Next(questions.Length)], null);
        var writes = Start(
            writers,
            random => PlainConnection.Update(url, string.Create(CultureInfo.InvariantCulture, $"INSERT DATA {{ <urn:s{random.Next(100_000)}> <urn:p> {random.Next()} }}")),
            pace / writers);
        var outcome = new Outcome(Join(reads), Join(writes));
        var took = Stopwatch.GetElapsedTime(begin);
        return outcome with { ServerShare = (server.ProcessorTime - cpu) / took, ClientShare = (Environment.CpuUsage.TotalTime - own) / took };

        List<(Thread Thread, List<double> Times)> Start(int count, Func<Random, byte[]> request, double? pace) =>
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var times = new List<double>();
                var thread = new Thread(() => Repeat(url, request, pace, times));
                thread.Start();
                return (thread, times);
            }),
        ];

        static List<double> Join(List<(Thread Thread, List<double> Times)> clients)
        {
            clients.ForEach(c => c.Thread.Join());
            return [.. clients.SelectMany(c => c.Times).Order()];
        }
    }

    private static void Repeat(Uri url, Func<Random, byte[]> request, double? pace, List<double> times)
    {
        using var connection = new PlainConnection(url);
        var random = new Random();
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetTimestamp() is var start && Stopwatch.GetElapsedTime(begin, start) < Duration)
        {
            // Whoever is ahead of the pace waits; whoever is behind makes up for it.
            var ahead = pace is null ? 0 : (times.Count / pace.Value * 1000) - Stopwatch.GetElapsedTime(begin, start).TotalMilliseconds;
            if (ahead > 0)
            {
                Thread.Sleep((int)Math.Ceiling(ahead));
                continue;
            }

            connection.Ask(request(random));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private static double Fsyncs(string folder)
    {
        var path = Path.Combine(folder, "fsync.tmp");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < 2; count++)
        {
            RandomAccess.Write(file, new byte[200], count * 200L);
            RandomAccess.FlushToDisk(file);
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>How long each read and each update took, in milliseconds, sorted; and the cores that server and client used.</summary>
    private sealed record Outcome(List<double> Reads, List<double> Writes)
    {
        public double ServerShare { get; init; }

        public double ClientShare { get; init; }
    }
}
