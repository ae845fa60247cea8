using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using MuseumXtd.Benchmarks.Server;
using MuseumXtd.Checks;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Benchmarks.Garden;

/// <summary>
/// A generated garden: how long a build takes in a fresh process, how much memory it wants, and how long a saved note takes until a query sees it.
/// </summary>
internal static class GardenMeasurement
{
    public const string Usage =
        "NOTES [--folder DIR] [--rows N] [--rounds N]            build time and memory in process; the folder is kept when named\n"
        + "garden NOTES --command museumxtd.dll [--rounds N]       the same of the command build, with checking and writing\n"
        + "garden NOTES --command museumxtd.dll --saves N          from a save until a query over HTTP sees it";

    public static async Task<int> RunAsync(string[] args)
    {
        var notes = int.Parse(args[0], CultureInfo.InvariantCulture);
        var named = Option(args, "--folder");
        var rows = Option(args, "--rows") is { } most ? int.Parse(most, CultureInfo.InvariantCulture) : (int?)null;
        var saves = int.Parse(Option(args, "--saves") ?? "0", CultureInfo.InvariantCulture);
        var folder = named ?? Directory.CreateTempSubdirectory("museumxtd-generated-").FullName;
        try
        {
            var paths = new GardenGenerator(notes, rows: rows).WriteTo(folder);
            var rounds = int.Parse(Option(args, "--rounds") ?? "0", CultureInfo.InvariantCulture);
            switch (Option(args, "--command"), saves)
            {
                case ({ } command, > 0):
                    await MeasureSavesAsync(command, folder, paths, saves).ConfigureAwait(false);
                    break;
                case ({ } command, _):
                    await MeasureCommandAsync(command, folder, Math.Max(1, rounds)).ConfigureAwait(false);
                    break;
                case (null, > 0):
                    throw new ArgumentException("--saves wants --command");
                default:
                    MeasureBuild(folder, rounds);
                    break;
            }
        }
        finally
        {
            if (named is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    private static string? Option(string[] args, string name) => args.AsSpan().IndexOf(name) is var at and >= 0 ? args[at + 1] : null;

    private static void MeasureBuild(string folder, int rounds)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;
        var start = Stopwatch.GetTimestamp();
        var reader = new GardenReader(new GardenOptions { Roots = [folder] });
        var graph = reader.Build();
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime.TotalMilliseconds - before;
        var (allocated, pause) = (GC.GetTotalAllocatedBytes() / 1e6, GC.GetTotalPauseDuration().TotalMilliseconds);
        var collections = $"{GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}";
        var peak = process.PeakWorkingSet64 / 1e6;
        start = Stopwatch.GetTimestamp();
        reader.Build();
        var again = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var held = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        Console.WriteLine($"{graph.NoteCount:n0} notes, {graph.Count:n0} statements, {graph.Diagnostics.Count:n0} diagnostics");
        Console.WriteLine($"build {first:n0} ms ({cpu:n0} ms of processors), again unchanged {again:n0} ms, peak working set {peak:n0} MB, held {held:n0} MB");
        Console.WriteLine($"allocated {allocated:n0} MB, collections {collections} with {pause:n0} ms of pauses, {JitInfo.GetCompiledMethodCount():n0} methods compiled in {JitInfo.GetCompilationTime().TotalMilliseconds:n0} ms");
        MeasurePhases(graph);
        GC.KeepAlive(reader);
        for (var i = 0; i < rounds; i++)
        {
            before = Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            _ = new GardenReader(new GardenOptions { Roots = [folder] }).Build();
            Console.WriteLine($"warm build {Stopwatch.GetElapsedTime(start).TotalMilliseconds:n0} ms ({Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds - before:n0} ms of processors)");
        }
    }

    private static void MeasurePhases(GardenGraph graph)
    {
        var start = Stopwatch.GetTimestamp();
        var problems = GardenShapes.Read(new GardenOptions { Roots = [] }.OntologyDirectory).Check(graph);
        var check = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        using var writer = new SortedWriter(Stream.Null, RdfFormats.NQuads, new WriterOptions());
        graph.WriteTo(writer);
        writer.Complete();
        Console.WriteLine($"check against the shapes {check:n0} ms, {problems.Count:n0} diagnostics; sorted and written as N-Quads {Stopwatch.GetElapsedTime(start).TotalMilliseconds:n0} ms");
    }

    private static async Task MeasureCommandAsync(string command, string folder, int rounds)
    {
        var output = Path.Combine(Path.GetTempPath(), $"museumxtd-{Environment.ProcessId}.nq");
        for (var n = 0; n < rounds; n++)
        {
            var start = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo("dotnet", [command, "build", folder, "-o", output]))!;
            var (most, processors) = (0L, TimeSpan.Zero);
            while (!process.WaitForExit(20))
            {
                try
                {
                    process.Refresh();
                    (most, processors) = (Math.Max(most, process.PeakWorkingSet64), process.TotalProcessorTime);
                }
                catch (InvalidOperationException)
                {
                    // It has come to its end.
                }
            }

            await process.WaitForExitAsync().ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Console.WriteLine($"museumxtd build: {elapsed:n0} ms from start to end, {processors.TotalMilliseconds:n0} ms of processors, peak working set {most / 1e6:n0} MB, {new FileInfo(output).Length / 1e6:n0} MB written");
        }

        File.Delete(output);
    }

    private static async Task MeasureSavesAsync(string command, string folder, IReadOnlyList<string> paths, int saves)
    {
        var (server, started) = await ServerProcess.StartAsync(command, folder, "--no-state").ConfigureAwait(false);
        using var _ = server;
        Console.WriteLine($"answers after {started.TotalMilliseconds:n0} ms");
        await Task.Delay(3000).ConfigureAwait(false);
        var random = new Random(7);
        var times = new List<double>();
        for (var n = 0; n < saves; n++)
        {
            var path = paths[random.Next(paths.Count)];
            var title = string.Create(CultureInfo.InvariantCulture, $"Mesure {n}");
            var query = $"ASK {{ ?i <https://w3id.org/museumxtd/ns#altName>|<https://w3id.org/museumxtd/ns#name> \"{title}\"@fr }}";
            var old = await File.ReadAllTextAsync(Path.Combine(folder, path)).ConfigureAwait(false);
            var text = old + $"\n## Liste des initiatives\n- [{title}](https://mesure{n}.example.org/) (Suisse, 2020)\n  Ce projet.\n";
            var start = Stopwatch.GetTimestamp();
            await File.WriteAllTextAsync(Path.Combine(folder, path), text).ConfigureAwait(false);
            while (!(await server.QueryAsync(query).ConfigureAwait(false)).Contains("true", StringComparison.Ordinal))
            {
                if (Stopwatch.GetElapsedTime(start).TotalSeconds > 20)
                {
                    throw new TimeoutException($"{path}: what was saved is not seen.");
                }

                await Task.Delay(1).ConfigureAwait(false);
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(200).ConfigureAwait(false);
        }

        Console.WriteLine($"the first five: {string.Join(" ", times.Take(5).Select(t => $"{t:n0}"))} ms");
        times.Sort();
        var (now, most, own) = server.Memory;
        Console.WriteLine($"{paths.Count:n0} notes, {saves} saves: p50 {times[times.Count / 2]:n0} ms, p95 {times[(int)(times.Count * 0.95)]:n0} ms, longest {times[^1]:n0} ms; memory {now / 1e6:n0} MB, at most {most / 1e6:n0} MB, own {own / 1e6:n0} MB");
    }
}
