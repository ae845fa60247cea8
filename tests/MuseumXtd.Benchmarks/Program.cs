using BenchmarkDotNet.Running;
using MuseumXtd.Benchmarks.Garden;
using MuseumXtd.Benchmarks.OData;
using MuseumXtd.Benchmarks.Search;
using MuseumXtd.Benchmarks.Server;
using MuseumXtd.Benchmarks.Shacl;
using MuseumXtd.Benchmarks.Sparql;
using MuseumXtd.Benchmarks.Syntax;

// Whole workloads on given files are measurements of their own; everything else is BenchmarkDotNet's.
switch (args.FirstOrDefault())
{
    case "queries" when args.Length > 2:
        return QueryMeasurement.Run(args[1..]);
    case "queries":
        Console.Error.WriteLine("queries " + QueryMeasurement.Usage);
        return 2;
    case "syntaxes" when args.Length > 1:
        return SyntaxMeasurement.Run(args[1..]);
    case "syntaxes":
        Console.Error.WriteLine("syntaxes " + SyntaxMeasurement.Usage);
        return 2;
    case "kill" when args.Length > 2:
        return await KillMeasurement.RunAsync(args[1..]);
    case "kill":
        Console.Error.WriteLine("kill " + KillMeasurement.Usage);
        return 2;
    case "writes" when args.Length > 3:
        return await WriteMeasurement.RunAsync(args[1..]);
    case "writes":
        Console.Error.WriteLine("writes " + WriteMeasurement.Usage);
        return 2;
    case "load" when args.Length > 2:
        return await LoadMeasurement.RunAsync(args[1..]);
    case "load":
        Console.Error.WriteLine("load " + LoadMeasurement.Usage);
        return 2;
    case "mixed" when args.Length > 3:
        return await MixedMeasurement.RunAsync(args[1..]);
    case "mixed":
        Console.Error.WriteLine("mixed " + MixedMeasurement.Usage);
        return 2;
    case "shapes" when args.Length > 2:
        return ShapesMeasurement.Run(args[1..]);
    case "shapes":
        Console.Error.WriteLine("shapes " + ShapesMeasurement.Usage);
        return 2;
    case "odata" when args.Length > 1:
        return await ODataMeasurement.RunAsync(args[1..]);
    case "odata":
        Console.Error.WriteLine("odata " + ODataMeasurement.Usage);
        return 2;
    case "harvest" when args.Length > 1:
        return await HarvestMeasurement.RunAsync(args[1..]);
    case "harvest":
        Console.Error.WriteLine("harvest " + HarvestMeasurement.Usage);
        return 2;
    case "words" when args.Length > 2:
        return TextMeasurement.Run(args[1..]);
    case "words":
        Console.Error.WriteLine("words " + TextMeasurement.Usage);
        return 2;
    case "garden" when args.Length > 1:
        return await GardenMeasurement.RunAsync(args[1..]);
    case "garden":
        Console.Error.WriteLine("garden " + GardenMeasurement.Usage);
        return 2;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
