using System.Diagnostics;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Benchmarks.Search;

/// <summary>The index of words: how long it takes to make, how large it is, and how long questions take in the index, and as queries.</summary>
internal static class TextMeasurement
{
    public const string Usage = "GRAPH WORDS...     each WORDS a question; median milliseconds of 21 runs";

    public static int Run(string[] args)
    {
        var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            RdfFormats.ReadFile(args[0], transaction, new ReaderOptions());
            transaction.Commit();
        }

        var snapshot = store.Current;
        snapshot.MakeAllOrders();
        var index = snapshot.Dictionary.Text;
        var start = Stopwatch.GetTimestamp();
        index.CatchUp();
        var time = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"{index.TextCount:n0} texts indexed in {time.TotalMilliseconds:n0} ms, {index.Bytes:n0} bytes, {index.Bytes / (double)Math.Max(1, index.TextCount):n1} a text");
        Console.WriteLine($"{"question",-32} {"texts",9} {"index",8} {"count",8} {"best 20",8} {"all",8}");
        foreach (var words in args[1..])
        {
            var query = TextQuery.Parse(words) ?? throw new ArgumentException($"'{words}' has no word.");
            var texts = 0;
            var found = Median(() =>
            {
                using var matches = index.Find(query);
                texts = matches.Count;
            });
            var escaped = words.Replace("\"", "\\\"", StringComparison.Ordinal);
            Console.WriteLine(
                $"{words,-32} {texts,9:n0} {found,8:0.000} {Ask($"SELECT (COUNT(*) AS ?n) {{ ?s mxtd:search \"{escaped}\" }}"),8:0.000} "
                + $"{Ask($"SELECT * {{ (?s ?score ?text) mxtd:search (\"{escaped}\" 20) }}"),8:0.000} {Ask($"SELECT * {{ (?s ?score ?text) mxtd:search \"{escaped}\" }}"),8:0.000}");
        }

        return 0;

        double Ask(string text)
        {
            var query = (SelectQuery)SparqlParser.ParseQuery("PREFIX mxtd: <https://w3id.org/museumxtd/ns#> " + text, null);
            var engine = new QueryEngine();
            return Median(() =>
            {
                using var results = engine.Select(query, snapshot, QueryOptions.Default);
                while (results.NextBatch())
                {
                    // All rows are made.
                }
            });
        }
    }

    private static double Median(Action action)
    {
        var times = new double[21];
        for (var i = -5; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times[Math.Max(0, i)] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times.Order().ElementAt(times.Length / 2);
    }
}
