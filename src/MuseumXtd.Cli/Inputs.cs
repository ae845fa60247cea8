using System.IO.Compression;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Cli;

/// <summary>Gardens and RDF files as the commands take them.</summary>
internal static class Inputs
{
    /// <summary>The garden that comes with the program.</summary>
    public static string BundledGarden => Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Reads gardens.</summary>
    /// <exception cref="UsageException">A folder is not there.</exception>
    public static GardenGraph ReadGardens(IReadOnlyList<string> roots, string? baseIri, CancellationToken cancellation)
    {
        foreach (var root in roots)
        {
            if (!Directory.Exists(root) && !File.Exists(root))
            {
                throw new UsageException($"there is no folder or file '{root}'.");
            }
        }

        var options = new GardenOptions { Roots = roots };
        return new GardenReader(baseIri is null ? options : options with { BaseIri = CheckBase(baseIri) }).Build(cancellation);
    }

    /// <summary>Whether a path is something to read as RDF rather than as a garden.</summary>
    public static bool IsRdf(string path) => FormatOf(path) is not null;

    /// <summary>The format that a file's name tells, with <c>.gz</c> left out, or null.</summary>
    public static RdfFormat? FormatOf(string path) =>
        RdfFormats.BySuffix(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path);

    /// <summary>Reads an RDF file into a sink.</summary>
    /// <exception cref="InputException">The file is not well formed.</exception>
    public static void ReadRdf(string path, RdfFormat format, IQuadSink sink, string scope, CancellationToken cancellation)
    {
        if (path != "-" && !File.Exists(path))
        {
            throw new UsageException($"there is no file '{path}'.");
        }

        using var file = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var baseIri = path == "-" ? null : new Uri(Path.GetFullPath(path)).AbsoluteUri;
        try
        {
            format.CreateReader().Read(stream, sink, new ReaderOptions { BaseIri = baseIri, BlankNodeScope = scope }, cancellation);
        }
        catch (RdfSyntaxException e)
        {
            throw new InputException($"{path}:{e.Message} [{e.Code}]");
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: {e.Message}");
        }
    }

    /// <summary>A store with gardens and files in it.</summary>
    public static QuadStore Load(IReadOnlyList<string> inputs, string? baseIri, CancellationToken cancellation)
    {
        var gardens = inputs.Where(i => !IsRdf(i)).ToList();
        var graph = gardens.Count == 0 ? null : ReadGardens(gardens, baseIri, cancellation);
        var store = new QuadStore(new StoreOptions
        {
            OutsideUnion = graph?.Graphs.Where(g => !g.InUnion).Select(g => new Iri(g.Iri)).ToHashSet() ?? [],
        });
        using var transaction = store.Begin(cancellation);
        graph?.WriteTo(transaction);
        var number = 0;
        foreach (var file in inputs.Where(IsRdf))
        {
            ReadRdf(file, FormatOf(file)!, transaction, $"f{number++}.", cancellation);
        }

        transaction.Commit(cancellation);
        return store;
    }

    /// <summary>A base IRI as the options want it.</summary>
    public static string CheckBase(string baseIri) =>
        Uri.TryCreate(baseIri, UriKind.Absolute, out _) && baseIri.EndsWith('/')
            ? baseIri
            : throw new UsageException($"--base wants an absolute IRI that ends in '/', not '{baseIri}'.");
}
