using MuseumXtd.Fuzz;
using MuseumXtd.Rdf.Syntax;
using SharpFuzz;

// FORMAT alone is a target for afl-fuzz over an instrumented MuseumXtd.Rdf.dll (sharpfuzz bin/MuseumXtd.Rdf.dll, then afl-fuzz -i seeds -o
// found -- dotnet MuseumXtd.Fuzz.dll turtle); with files it reads those, to look at what was found.
if (args.Length == 0 || RdfFormats.ByName(args[0]) is not { } format)
{
    Console.Error.WriteLine($"FORMAT [FILE...]     FORMAT is one of {string.Join(", ", RdfFormats.All.Select(f => f.Name))}");
    return 2;
}

if (args.Length == 1)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        ReaderTarget.Check(format, bytes.ToArray());
    });
    return 0;
}

foreach (var file in args[1..])
{
    ReaderTarget.Check(format, File.ReadAllBytes(file));
    Console.WriteLine($"{file}: fine");
}

return 0;
