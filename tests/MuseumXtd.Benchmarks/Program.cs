using BenchmarkDotNet.Running;
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
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
