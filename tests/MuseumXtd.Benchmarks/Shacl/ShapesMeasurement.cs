using System.Diagnostics;
using System.Globalization;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Shacl;
using MuseumXtd.Store;

namespace MuseumXtd.Benchmarks.Shacl;

/// <summary>How long a validation takes: on a file, or on a made graph of some number of initiatives.</summary>
internal static class ShapesMeasurement
{
    public const string Usage = "SHAPES DATA|COUNT";

    private const int Runs = 15;

    public static int Run(string[] arguments)
    {
        using var input = File.OpenRead(arguments[0]);
        var start = Stopwatch.GetTimestamp();
        var shapes = ShapeSet.Read(input, RdfFormats.ByFileName(arguments[0])!, ReaderOptions.Default);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shapes.Count} shapes compiled in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms"));
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            if (int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                GardenLikeGraph.Write(count, transaction);
            }
            else
            {
                RdfFormats.ReadFile(arguments[1], transaction, ReaderOptions.Default);
            }

            transaction.Commit();
        }

        store.Current.MakeAllOrders();
        var times = new List<double>();
        var results = 0;
        for (var i = 0; i < Runs; i++)
        {
            start = Stopwatch.GetTimestamp();
            results = Validator.Validate(shapes, store.Current, ValidationOptions.Default).Results.Length;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var first = times[0];
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{store.Current.Union.Count} statements, {results} results: {times[Runs / 2]:0.0} ms (first run {first:0.0} ms, fastest {times[0]:0.0} ms)"));
        return 0;
    }
}
