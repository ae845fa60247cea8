using System.Diagnostics;
using System.Globalization;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>Small updates over HTTP, with and without a journal, alone and beside readers.</summary>
internal static class WriteMeasurement
{
    public const string Usage = "MUSEUMXTD-DLL RDF-FILE FOLDER    updates a second with and without a journal, and what readers notice";

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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fsync of this disk: {Fsyncs(args[2]):0} a second"));
        foreach (var journal in (bool[])[false, true])
        {
            string[] options = ["--no-garden", "--writable", "--default-graph", "own", "--load", args[1]];
            var folder = Path.Combine(args[2], "journal-" + Guid.NewGuid().ToString("N"));
            var (server, start) = await ServerProcess.StartAsync(args[0], journal ? [.. options, "--journal", folder] : options);
            using (server)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"journal {journal}: ready in {start.TotalSeconds:0.00} s, {server.WorkingSet >> 20} MB"));
                await LoadAsync(server, 8, 0);
                foreach (var writers in (int[])[1, 8])
                {
                    var (_, writes) = await LoadAsync(server, 0, writers);
                    Report($"{writers} writers", "updates", writes);
                }

                var (reads, _) = await LoadAsync(server, 8, 0);
                Report("8 readers", "reads", reads);
                var (readsBeside, writesBeside) = await LoadAsync(server, 8, 1);
                Report("8 readers, 1 writer", "reads", readsBeside);
                Report("8 readers, 1 writer", "updates", writesBeside);
                var pace = journal ? 300 : 2000;
                var (readsBesidePace, writesAtPace) = await LoadAsync(server, 8, 3, pace);
                Report($"8 readers, 3 writers, {pace} updates/s wanted", "reads", readsBesidePace);
                Report($"8 readers, 3 writers, {pace} updates/s wanted", "updates", writesAtPace);
                var (readsAgain, _) = await LoadAsync(server, 8, 0);
                Report("8 readers again", "reads", readsAgain);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {server.WorkingSet >> 20} MB"));
            }

            if (journal)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    private static void Report(string load, string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {load,-46} {milliseconds.Count / Duration.TotalSeconds,8:0} {what}/s, p50 {At(0.5):0.00} ms, p99 {At(0.99):0.00} ms"));

        double At(double share) => milliseconds.Count == 0 ? 0 : milliseconds[(int)((milliseconds.Count - 1) * share)];
    }

    private static async Task<(List<double> Reads, List<double> Writes)> LoadAsync(ServerProcess server, int readers, int writers, double? pace = null)
    {
        var end = Stopwatch.GetTimestamp() + (long)(Duration.TotalSeconds * Stopwatch.Frequency);
        var reads = Enumerable.Range(0, readers).Select(_ => RepeatAsync(() => server.QueryAsync(Reads[Random.Shared.Next(Reads.Length)]))).ToList();
        var writes = Enumerable.Range(0, writers).Select(_ => RepeatAsync(() =>
            server.UpdateAsync(string.Create(CultureInfo.InvariantCulture, $"INSERT DATA {{ <urn:s{Random.Shared.Next(100_000)}> <urn:p> {Random.Shared.Next()} }}")),
            pace / writers)).ToList();
        return ([.. (await Task.WhenAll(reads)).SelectMany(r => r)], [.. (await Task.WhenAll(writes)).SelectMany(w => w)]);

        async Task<List<double>> RepeatAsync(Func<Task> request, double? pace = null)
        {
            var times = new List<double>();
            var begin = Stopwatch.GetTimestamp();
            while (Stopwatch.GetTimestamp() is var start && start < end)
            {
                // Whoever is ahead of the pace waits; whoever is behind makes up for it.
                var ahead = pace is null ? 0 : (times.Count / pace.Value * 1000) - Stopwatch.GetElapsedTime(begin, start).TotalMilliseconds;
                if (ahead > 0)
                {
                    await Task.Delay((int)Math.Ceiling(ahead));
                    continue;
                }

                await request();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return times;
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
}
