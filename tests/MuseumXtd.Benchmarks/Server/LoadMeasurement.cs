using System.Diagnostics;
using System.Globalization;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>From the start of the process to the first answer, for files of any format and for snapshot files.</summary>
internal static class LoadMeasurement
{
    public const string Usage = "MUSEUMXTD-DLL FILE...    how long until a server of each file answers, and what memory it then has";

    public static async Task<int> RunAsync(string[] args)
    {
        foreach (var file in args[1..])
        {
            var start = Stopwatch.GetTimestamp();
            var (server, ready) = await ServerProcess.StartAsync(args[0], "--no-garden", "--load", file);
            using (server)
            {
                await server.QueryAsync("SELECT (COUNT(?s) AS ?n) { ?s a ?type }");
                var answered = Stopwatch.GetElapsedTime(start);
                var csv = await server.QueryAsync("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
                var count = long.Parse(csv.Split("\r\n")[1], CultureInfo.InvariantCulture);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path.GetFileName(file)}: {count:N0} triples, listening after {ready.TotalSeconds:0.00} s, answered after {answered.TotalSeconds:0.00} s ({count / answered.TotalSeconds:N0}/s), {Memory(server, count)}"));
            }
        }

        return 0;
    }

    private static string Memory(ServerProcess server, long count)
    {
        var (now, most, own) = server.Memory;
        return string.Create(CultureInfo.InvariantCulture, $"{now >> 20} MB resident ({(double)now / count:0} bytes a triple), {own >> 20} MB of it not of files, {most >> 20} MB at most");
    }
}
