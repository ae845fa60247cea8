using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MuseumXtd.Benchmarks.Garden;
using MuseumXtd.Server;

namespace MuseumXtd.Benchmarks.OData;

/// <summary>
/// OData over HTTP: the time of single requests, how many a second sixteen clients get (by <c>wrk</c>, where it is installed), and how long a
/// crawl through all pages takes.
/// </summary>
internal static class ODataMeasurement
{
    public const string Usage = "INITIATIVES | GRAPH.nt     a generated garden with so many initiatives, or the generated graph of initiatives, organisations, funders, regions";

    private const string GraphBase = "https://museumxtd.example/id/";

    /// <summary>The model of the generated graph, whose vocabulary is its own.</summary>
    private const string GraphOntology = """
        @prefix : <https://museumxtd.example/ns#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix vann: <http://purl.org/vocab/vann/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <https://museumxtd.example/ns> a owl:Ontology ; vann:preferredNamespacePrefix "bench" .
        :Initiative a owl:Class . :Organisation a owl:Class . :Museum a owl:Class ; rdfs:subClassOf :Organisation . :Region a owl:Class . :Funding a owl:Class .
        rdfs:label a owl:DatatypeProperty ; rdfs:range rdf:langString .
        [] sh:path rdfs:label ; sh:uniqueLang true .
        dcterms:identifier a owl:DatatypeProperty ; rdfs:domain :Initiative ; rdfs:range xsd:string .
        :startDate a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain :Initiative ; rdfs:range xsd:date .
        :endDate a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain :Initiative ; rdfs:range xsd:date .
        :founded a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain :Organisation .
        :population a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain :Region ; rdfs:range xsd:integer .
        :year a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain :Funding ; rdfs:range xsd:gYear .
        :amount a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain :Funding ; rdfs:range xsd:decimal .
        :lead a owl:ObjectProperty ; rdfs:domain :Initiative ; rdfs:range :Organisation . :leads a owl:ObjectProperty ; owl:inverseOf :lead .
        :partner a owl:ObjectProperty ; rdfs:domain :Initiative ; rdfs:range :Organisation .
        :region a owl:ObjectProperty ; <https://schema.org/domainIncludes> :Initiative, :Organisation ; rdfs:range :Region .
        :partOf a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:domain :Region ; rdfs:range :Region .
        :funding a owl:ObjectProperty ; rdfs:domain :Initiative ; rdfs:range :Funding .
        :funder a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:domain :Funding ; rdfs:range :Organisation .
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (Uri.TryCreate(args[0], UriKind.Absolute, out var crawled) && crawled.Scheme == Uri.UriSchemeHttp)
        {
            return await CrawlAsync(crawled);
        }

        var folder = Directory.CreateTempSubdirectory("museumxtd-odata-").FullName;
        try
        {
            var isGarden = int.TryParse(args[0], CultureInfo.InvariantCulture, out var initiatives);
            ServerOptions options;
            IReadOnlyList<string> notes = [];
            if (isGarden)
            {
                // As in gardens that were seen, most initiatives are in tables: every sixth note is one.
                notes = new GardenGenerator(initiatives * 6 / 10, rows: initiatives * 9 / 10).WriteTo(folder);
                options = new ServerOptions { Gardens = [folder], Port = 0, Watch = false };
            }
            else
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "graph.ttl"), GraphOntology);
                options = new ServerOptions { Files = [args[0]], Port = 0, BaseIri = GraphBase, OntologyDirectory = folder };
            }

            var start = Stopwatch.GetTimestamp();
            await using var server = await MuseumXtdServer.StartAsync(options);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loaded in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
            using var client = new HttpClient { BaseAddress = new Uri(server.Url + "/odata/") };
            string[] requests = isGarden
                ?
                [
                    "Initiatives('none')", "Initiatives?$top=50",
                    "Initiatives?$filter=startYear ge 2019&$expand=places,ledBy&$top=50",
                    "Initiatives?$filter=contains(name,'ba')&$expand=places,ledBy&$top=50",
                    "Initiatives?$filter=places/any(p: p/isoCode eq 'CA')&$expand=ledBy($select=name)&$top=50",
                    "Initiatives?$filter=startYear ge 2019&$orderby=startYear desc,name&$top=50",
                    "Initiatives?$filter=startYear ge 2019&$orderby=name&$top=50",
                    "Initiatives?$filter=places/any(p: p/isoCode eq 'none')&$top=50",
                    "Initiatives?$apply=groupby((startYear),aggregate($count as n))",
                ]
                :
                [
                    "Initiatives('none')", "Initiatives?$top=50",
                    "Initiatives?$filter=startDate ge 2019-01-01&$expand=regions,leads&$top=50",
                    "Initiatives?$filter=contains(label,'1')&$expand=regions,leads&$top=50",
                    "Initiatives?$filter=regions/any(r: r/population gt 1000000)&$expand=leads($select=label)&$top=50",
                    "Initiatives?$filter=startDate ge 2019-01-01&$orderby=startDate desc,label&$top=50",
                    "Initiatives?$filter=startDate ge 2019-01-01&$orderby=label&$top=50",
                    "Initiatives?$filter=regions/any(r: r/population lt 0)&$top=50",
                    "Fundings?$apply=groupby((year),aggregate(amount with sum as total,$count as n))",
                ];
            Console.WriteLine($"{await client.GetStringAsync("Initiatives/$count")} initiatives, {server.Dataset.Current.Snapshot.QuadCount} statements");
            foreach (var request in requests)
            {
                await MeasureAsync(client, request);
            }

            if (isGarden)
            {
                await MeasureSavesAsync(server, client, Path.Combine(folder, notes[1]), requests[2]);
            }

            await MeasureCrawlsAsync(new Uri(client.BaseAddress, isGarden ? "Initiatives?$expand=places($expand=partOfPlace),ledBy($expand=mxtd.Organisation/places)" : "Initiatives?$expand=regions($expand=partOf),leads($expand=regions)"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(HttpClient client, string request)
    {
        const int Runs = 300;
        var times = new List<double>(Runs);
        var bytes = 0;
        for (var i = 0; i < 2 * Runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();
            if ((int)response.StatusCode >= 500 || response.StatusCode == System.Net.HttpStatusCode.BadRequest)
            {
                throw new InvalidOperationException($"{request}: {System.Text.Encoding.UTF8.GetString(body)}");
            }

            bytes = body.Length;
            if (i >= Runs)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request}: p50 {times[Runs / 2]:0.00} ms, p99 {times[Runs * 99 / 100]:0.00} ms, {bytes / 1024.0:0.0} KB{Wrk(client, request)}"));
    }

    /// <summary>What sixteen clients get a second.</summary>
    private static string Wrk(HttpClient client, string request)
    {
        try
        {
            var info = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])["-t1", "-c16", "-d4s", new Uri(client.BaseAddress!, request).AbsoluteUri])
            {
                info.ArgumentList.Add(argument);
            }

            using var process = Process.Start(info)!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return ", 16 clients: " + string.Join(' ', text.Split('\n').Where(l => l.Contains("Requests/sec", StringComparison.Ordinal) || l.Contains("Non-2xx", StringComparison.Ordinal)).Select(l => l.Trim()));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }

    /// <summary>
    /// What the process has, and what of it is in use after everything that can be collected is: arrays that wait in pools to be used again
    /// are in use. The client is another process, so that all of it is the server's.
    /// </summary>
    private static string Memory()
    {
        var resident = Environment.WorkingSet >> 20;
        for (var pass = 0; pass < 3; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        var generations = string.Join(", ", (string[])[$"small {Megabytes(info.GenerationInfo[2].SizeAfterBytes)}", $"large {Megabytes(info.GenerationInfo[3].SizeAfterBytes)}", $"pinned {Megabytes(info.GenerationInfo[4].SizeAfterBytes)}"]);
        return string.Create(CultureInfo.InvariantCulture, $"{resident} MB resident, {Megabytes(GC.GetTotalMemory(false))} MB of objects in use ({generations})");

        static string Megabytes(long bytes) => (bytes / (double)(1 << 20)).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>The first answers after a note was saved: what is known of a state is made anew for the next.</summary>
    private static async Task MeasureSavesAsync(MuseumXtdServer server, HttpClient client, string note, string request)
    {
        var (first, second) = (new List<double>(), new List<double>());
        for (var save = 0; save < 20; save++)
        {
            await File.AppendAllTextAsync(note, $"\nUne phrase de plus, la {save}e.\n");
            var before = server.Dataset.Current.ETag;
            server.Dataset.Refresh();
            if (server.Dataset.Current.ETag == before)
            {
                throw new InvalidOperationException("The saved note is not seen.");
            }

            foreach (var times in (List<double>[])[first, second])
            {
                var start = Stopwatch.GetTimestamp();
                await client.GetByteArrayAsync(request);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        first.Sort();
        second.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first answer after a save: p50 {first[10]:0.0} ms, p90 {first[18]:0.0} ms; second: p50 {second[10]:0.0} ms"));
    }

    /// <summary>Crawls of a client of its own, and the server's memory after each: the first ones make what is kept, the others must add nothing.</summary>
    private static async Task MeasureCrawlsAsync(Uri url)
    {
        const int Crawls = 16;
        Console.WriteLine($"before crawls: {Memory()}");
        for (var run = 0; run < Crawls; run++)
        {
            var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            foreach (var argument in (string[])[.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(ODataMeasurement).Assembly.Location] : (string[])[], "odata", url.AbsoluteUri])
            {
                info.ArgumentList.Add(argument);
            }

            using var client = Process.Start(info)!;
            var told = await client.StandardOutput.ReadToEndAsync();
            await client.WaitForExitAsync();

            // Half of the crawls are left alone, after the other half all is collected.
            Console.WriteLine($"{told.Trim()}; {(run < Crawls / 2 ? string.Create(CultureInfo.InvariantCulture, $"{Environment.WorkingSet >> 20} MB resident") : Memory())}");
        }
    }

    /// <summary>Follows the links of an answer from page to page, twice: the client itself is slow at first.</summary>
    private static async Task<int> CrawlAsync(Uri url)
    {
        using var client = new HttpClient();
        for (var run = 0; run < 2; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var (entities, pages, bytes) = (0, 0, 0L);
            for (string? next = url.AbsoluteUri; next is not null; pages++)
            {
                var body = await client.GetByteArrayAsync(next);
                bytes += body.Length;
                using var json = JsonDocument.Parse(body);
                entities += json.RootElement.GetProperty("value").GetArrayLength();
                next = json.RootElement.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            }

            if (run > 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"crawl of {entities} entities in {pages} pages, {bytes >> 20} MB: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s"));
            }
        }

        return 0;
    }
}
