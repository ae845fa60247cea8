using System.Diagnostics;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Benchmarks.Sparql;

/// <summary>Queries of a folder on a graph, in process: parsed, planned, run and written as JSON each time.</summary>
internal static class QueryMeasurement
{
    private const int WarmUp = 60;

    public const string Usage = "GRAPH FOLDER-OR-QUERY [--runs N] [--explain]     median and least time, bytes allocated";

    public static int Run(string[] args)
    {
        var runs = args.AsSpan().IndexOf("--runs") is var at and >= 0 ? int.Parse(args[at + 1], null) : 15;
        var explain = args.Contains("--explain");
        var files = Directory.Exists(args[1]) ? Directory.GetFiles(args[1], "*.rq").Order(StringComparer.Ordinal).ToArray() : [args[1]];
        using var store = Load(args[0]);
        var engine = new QueryEngine();
        var medians = new List<double>();
        Console.WriteLine($"{"query",-24} {"median ms",10} {"least ms",10} {"allocated",12}");
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            var times = new List<double>();
            long bytes = 0;
            for (var run = 0; run < runs + WarmUp; run++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                Answer(engine, store, text, explain: false);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            times.RemoveRange(0, WarmUp);
            times.Sort();
            medians.Add(times[times.Count / 2]);
            Console.WriteLine($"{Path.GetFileNameWithoutExtension(file),-24} {times[times.Count / 2],10:0.000} {times[0],10:0.000} {bytes,12:n0}");
            if (explain)
            {
                Answer(engine, store, text, explain: true);
            }
        }

        Console.WriteLine($"geometric mean {Math.Exp(medians.Average(Math.Log)):0.000} ms");
        return 0;
    }

    private static void Answer(QueryEngine engine, QuadStore store, string text, bool explain)
    {
        var options = new QueryOptions { DefaultGraph = DefaultGraphMode.Own, Explain = explain };
        var query = SparqlParser.ParseQuery(text);
        using var results = engine.Execute(query, store.Current, options);
        if (results is GraphResults graph)
        {
            using var writer = RdfFormats.NTriples.CreateWriter!(Stream.Null, new WriterOptions());
            graph.WriteTo(writer);
            writer.Complete();
        }
        else
        {
            using var writer = ResultFormats.Json.CreateWriter();
            writer.Write(results, Stream.Null);
        }

        if (explain)
        {
            Console.WriteLine(results.Plan);
        }
    }

    private static QuadStore Load(string path)
    {
        var store = new QuadStore();
        using var transaction = store.Begin();
        using var file = File.OpenRead(path);
        RdfFormats.BySuffix(path)!.CreateReader().Read(file, transaction, new ReaderOptions());
        var start = Stopwatch.GetTimestamp();
        var snapshot = transaction.Commit();
        snapshot.MakeAllOrders();
        Console.WriteLine($"{snapshot.QuadCount:n0} quads, indexed in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:n0} ms");
        return store;
    }
}
