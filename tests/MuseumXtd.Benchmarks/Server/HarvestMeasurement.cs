using System.Diagnostics;
using System.Globalization;
using System.Xml;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>
/// What aggregators do to a server: whole harvests by ListRecords one after the other, GetRecord by many clients, and dumps of a large graph; with the
/// memory of the process after each, which is not to grow from one to the next.
/// </summary>
internal static class HarvestMeasurement
{
    public const string Usage =
        "MUSEUMXTD-DLL [--records N] [--rounds N] [--seconds N] [--dump RDF-FILE]    harvests of a generated graph (100,000 records), then dumps of a file, with memory";

    private const int Clients = 16;
    private const int PageSize = 500;

    public static async Task<int> RunAsync(string[] args)
    {
        var records = Number(args, "--records", 100_000);
        var rounds = Number(args, "--rounds", 6);
        if (records > 0)
        {
            var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".nq");
            try
            {
                Generate(records, file);
                await HarvestAsync(args[0], file, rounds, Number(args, "--seconds", 10));
            }
            finally
            {
                File.Delete(file);
            }
        }

        if (Option(args, "--dump") is { } graph)
        {
            await DumpAsync(args[0], graph, rounds);
        }

        return 0;
    }

    private static void Generate(int records, string file)
    {
        using var output = File.Create(file);
        using var writer = RdfFormats.NQuads.CreateWriter!(output, new WriterOptions());
        HarvestedGraph.Write(records, writer);
        writer.Complete();
    }

    private static async Task HarvestAsync(string dll, string file, int rounds, int seconds)
    {
        var (server, _) = await ServerProcess.StartAsync(dll, "--no-garden", "--no-state", "--load", file);
        using (server)
        {
            // The log of changes is made in the background; the first answer waits for it.
            var identifiers = await IdentifiersAsync(server);
            Console.WriteLine(Line($"{identifiers.Count:N0} records; after ListIdentifiers {Memory(server)}"));
            foreach (var prefix in (string[])["oai_dc", "mxtd", "edm"])
            {
                for (var round = 1; round <= rounds; round++)
                {
                    var (count, bytes, time) = await ListAsync(server, prefix);
                    Console.WriteLine(Line($"ListRecords {prefix}, harvest {round}: {count:N0} records, {bytes >> 20} MB in {time.TotalSeconds:0.00} s ({count / time.TotalSeconds:N0}/s); {Memory(server)}"));
                }
            }

            for (var round = 1; round <= 3; round++)
            {
                var (count, times) = await GetAsync(server, identifiers, seconds);
                Console.WriteLine(Line($"GetRecord oai_dc, {Clients} clients: {count / (double)seconds:N0}/s, p50 {times[times.Count / 2]:0.00} ms, p99 {times[(int)(times.Count * 0.99)]:0.00} ms; {Memory(server)}"));
            }

            await Task.Delay(5000);
            Console.WriteLine("idle: " + Memory(server));
        }
    }

    private static async Task DumpAsync(string dll, string file, int rounds)
    {
        var (server, _) = await ServerProcess.StartAsync(dll, "--no-garden", "--no-state", "--writable", "--load", file);
        using (server)
        {
            var csv = await server.QueryAsync("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
            var count = long.Parse(csv.Split("\r\n")[1], CultureInfo.InvariantCulture);
            await Task.Delay(3000);
            Console.WriteLine(Line($"{count:N0} triples; {Memory(server)}"));
            for (var round = 1; round <= rounds; round++)
            {
                foreach (var name in (string[])["dump.nt", "dump.ttl"])
                {
                    var (made, bytes) = await FetchAsync(server, name);
                    var (sent, _) = await FetchAsync(server, name);
                    Console.WriteLine(Line(
                        $"{name}, {round}: {bytes >> 20} MB made and sent in {made.TotalSeconds:0.00} s ({count / made.TotalSeconds:N0} triples/s), sent again in {sent.TotalSeconds:0.00} s ({count / sent.TotalSeconds:N0}/s); {Memory(server)}"));
                }

                // Another state: the next dumps have to be made anew.
                await server.UpdateAsync($"INSERT DATA {{ <urn:round:{round}> <urn:is> {round} }}");
            }

            await Task.Delay(5000);
            Console.WriteLine("idle: " + Memory(server));
        }
    }

    private static async Task<List<string>> IdentifiersAsync(ServerProcess server)
    {
        var found = new List<string>();
        await PagesAsync(server, "ListIdentifiers", "oai_dc", xml =>
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "identifier" })
            {
                xml.Read();
                found.Add(xml.Value);
            }
        });
        return found;
    }

    private static async Task<(int Count, long Bytes, TimeSpan Time)> ListAsync(ServerProcess server, string prefix)
    {
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        var bytes = await PagesAsync(server, "ListRecords", prefix, xml => count += xml is { NodeType: XmlNodeType.Element, LocalName: "record" } ? 1 : 0);
        return (count, bytes, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Reads all pages of a list, one after the other, as a harvester has to; how many bytes they have.</summary>
    private static async Task<long> PagesAsync(ServerProcess server, string verb, string prefix, Action<XmlReader> read)
    {
        long bytes = 0;
        for (var query = $"verb={verb}&metadataPrefix={prefix}"; query is not null;)
        {
            var page = await server.Client.GetByteArrayAsync("/oai?" + query);
            bytes += page.Length;
            query = null;
            var records = 0;
            using var xml = XmlReader.Create(new MemoryStream(page));
            while (xml.Read())
            {
                read(xml);
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "header" })
                {
                    records++;
                }
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "resumptionToken", IsEmptyElement: false } && xml.Read() && xml.NodeType == XmlNodeType.Text)
                {
                    query = $"verb={verb}&resumptionToken={xml.Value}";
                }
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "error" })
                {
                    throw new InvalidDataException(xml.ReadElementContentAsString());
                }
            }

            if (records > PageSize)
            {
                throw new InvalidDataException($"A page of {records}.");
            }
        }

        return bytes;
    }

    private static async Task<(int Count, List<double> Times)> GetAsync(ServerProcess server, List<string> identifiers, int seconds)
    {
        var times = new List<double>();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                var id = identifiers[random.Next(identifiers.Count)];
                var asked = Stopwatch.GetTimestamp();
                var answer = await server.Client.GetByteArrayAsync("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=" + Uri.EscapeDataString(id));
                own.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                if (answer.AsSpan().IndexOf("<metadata>"u8) < 0)
                {
                    throw new InvalidDataException($"{id} has no metadata.");
                }
            }

            lock (times)
            {
                times.AddRange(own);
            }
        })));
        times.Sort();
        return (times.Count, times);
    }

    private static async Task<(TimeSpan Time, long Bytes)> FetchAsync(ServerProcess server, string name)
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await server.Client.GetAsync("/" + name, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 20];
        long bytes = 0;
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            bytes += read;
        }

        return (Stopwatch.GetElapsedTime(start), bytes);
    }

    private static string Memory(ServerProcess server)
    {
        var (now, most, own) = server.Memory;
        return Line($"{own >> 20} MB resident beside files, {now >> 20} MB with them, {most >> 20} MB at most");
    }

    private static int Number(string[] args, string name, int otherwise) => Option(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Option(string[] args, string name) => args.AsSpan().IndexOf(name) is var at and >= 0 ? args[at + 1] : null;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
