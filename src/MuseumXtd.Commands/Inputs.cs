using System.Runtime;
using MuseumXtd.Checks;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store;
using MuseumXtd.Store.Files;
using MuseumXtd.Store.Loading;

namespace MuseumXtd.Commands;

/// <summary>Gardens and RDF files as the commands take them.</summary>
public static class Inputs
{
    /// <summary>The garden that comes with the program.</summary>
    public static string BundledGarden => Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Reads gardens.</summary>
    /// <exception cref="UsageException">A folder is not there.</exception>
    /// <exception cref="InputException">A folder must not be read.</exception>
    public static GardenGraph ReadGardens(
        IReadOnlyList<string> roots, string? baseIri, CancellationToken cancellation, bool drafts = false)
    {
        CheckNames(roots, _ => "RDF files become others, and snapshot files, by museumxtd convert.");
        foreach (var root in roots)
        {
            if (!Directory.Exists(root) && !File.Exists(root))
            {
                throw new UsageException($"there is no folder or file '{root}'.");
            }

            CheckReadable(root);
        }

        // Who waits for the end of a command gains nothing by a collection beside the work: it takes the core that the work would have.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        var options = new GardenOptions { Roots = roots, IncludeDrafts = drafts };
        return new GardenReader(baseIri is null ? options : options with { BaseIri = CheckBase(baseIri) }).Build(cancellation);
    }

    /// <summary>Refuses files that are named as gardens and are neither notes nor tables.</summary>
    /// <param name="gardens">Folders and files.</param>
    /// <param name="useOfRdf">What is done with an RDF file instead.</param>
    /// <exception cref="UsageException">One of them is such a file.</exception>
    public static void CheckNames(IEnumerable<string> gardens, Func<string, string> useOfRdf)
    {
        if (gardens.FirstOrDefault(g => File.Exists(g) && !GardenReader.Reads(g)) is { } file)
        {
            throw new UsageException($"'{file}' is no note: {(IsRdf(file) ? useOfRdf(file) : "names of notes end in .md, those of tables in .csv.")}");
        }
    }

    /// <summary>A garden that cannot be read is no empty one: what was made of it before is to stay. What is wrong within it is told as a problem of its notes.</summary>
    private static void CheckReadable(string root)
    {
        try
        {
            if (Directory.Exists(root))
            {
                using var entries = Directory.EnumerateFileSystemEntries(root).GetEnumerator();
                entries.MoveNext();
            }
            else
            {
                File.OpenRead(root).Dispose();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{root}' cannot be read: {e.Message}");
        }
    }

    /// <summary>What is wrong in a garden: what its reader found, and what does not conform to the shapes of the ontology.</summary>
    public static IReadOnlyList<Diagnostic> Check(GardenGraph garden, CancellationToken cancellation) =>
        ReadShapes(cancellation).Check(garden, cancellation);

    /// <summary>The shapes that gardens are checked against.</summary>
    public static GardenShapes ReadShapes(CancellationToken cancellation) =>
        GardenShapes.Read(new GardenOptions { Roots = [] }.OntologyDirectory, cancellation);

    /// <summary>Whether a path is something to read as RDF rather than as a garden.</summary>
    public static bool IsRdf(string path) => SnapshotFile.IsNameOf(path) || RdfFormats.ByFileName(path) is not null;

    /// <summary>The format that an option or else a file's name says that an input has.</summary>
    public static RdfFormat FormatOf(string path, string? name)
    {
        var format = name is null ? RdfFormats.ByFileName(path) : RdfFormats.ByName(name);
        var names = string.Join(", ", RdfFormats.All.Select(f => f.Name));
        return format ?? throw new UsageException(
            name is null ? $"the name '{path}' tells no format; use --from with one of {names}." : $"'{name}' is no format; there are {names}.");
    }

    /// <summary>Reads RDF from a file or, as <c>-</c>, from standard input into a sink; compressed data is known by its first bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="sink">Takes the statements.</param>
    /// <param name="options">How to read; without a base IRI, a file's own place is the base.</param>
    /// <param name="watch">Makes of the stream of the file one that is watched, for showing how far reading is.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InputException">The file is not well formed.</exception>
    public static void ReadRdf(
        string path, RdfFormat format, IQuadSink sink, ReaderOptions options, Action<Stream>? watch, CancellationToken cancellation)
    {
        if (path != "-" && !File.Exists(path))
        {
            throw new UsageException($"there is no file '{path}'.");
        }

        using var file = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        watch?.Invoke(file);
        var baseIri = options.BaseIri ?? (path == "-" ? null : new Uri(Path.GetFullPath(path)).AbsoluteUri);
        try
        {
            using var stream = Compression.Decompress(file);
            format.CreateReader().Read(stream, sink, options with { BaseIri = baseIri }, cancellation);
        }
        catch (RdfSyntaxException e)
        {
            if (options.OnError is null)
            {
                throw new InputException($"{path}:{e.Message} [{e.Code}]");
            }

            options.OnError(e);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InputException($"{path}: {e.Message}");
        }
    }

    /// <summary>A store with gardens and files in it.</summary>
    public static QuadStore Load(IReadOnlyList<string> inputs, string? baseIri, CancellationToken cancellation, bool drafts = false) =>
        Load(inputs, baseIri, cancellation, out _, drafts);

    /// <summary>A store with gardens and files in it, and the gardens.</summary>
    public static QuadStore Load(IReadOnlyList<string> inputs, string? baseIri, CancellationToken cancellation, out GardenGraph? graph, bool drafts = false)
    {
        var gardens = inputs.Where(i => !IsRdf(i)).ToList();
        graph = gardens.Count == 0 ? null : ReadGardens(gardens, baseIri, cancellation, drafts);
        var store = EmptyFor(graph);
        var snapshots = inputs.Where(SnapshotFile.IsNameOf).ToList();
        if (snapshots.Count > 1)
        {
            throw new UsageException($"only one snapshot file can be read, and '{snapshots[0]}' is one; convert '{snapshots[1]}' to N-Quads.");
        }

        if (snapshots.Count > 0)
        {
            StartFrom(store, snapshots[0], cancellation);
        }

        using var transaction = store.Begin(cancellation);
        graph?.WriteTo(transaction);
        var number = 0;
        foreach (var file in inputs.Where(i => IsRdf(i) && !SnapshotFile.IsNameOf(i)))
        {
            LoadRdf(file, transaction, new ReaderOptions { BlankNodeScope = $"f{number++}." }, cancellation);
        }

        transaction.Commit(cancellation);
        return store;
    }

    /// <summary>A store with a garden in it.</summary>
    public static QuadStore Load(GardenGraph graph, CancellationToken cancellation)
    {
        var store = EmptyFor(graph);
        using var transaction = store.Begin(cancellation);
        graph.WriteTo(transaction);
        transaction.Commit(cancellation);
        return store;
    }

    private static QuadStore EmptyFor(GardenGraph? graph) => new(new StoreOptions
    {
        OutsideUnion = graph?.Graphs.Where(g => !g.InUnion).Select(g => new Iri(g.Iri)).ToHashSet() ?? [],
    });

    /// <summary>Reads a file whose name tells its format into a store, on several threads and with progress on a terminal.</summary>
    /// <exception cref="InputException">The file is not well formed.</exception>
    public static void LoadRdf(string path, StoreTransaction transaction, ReaderOptions options, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"there is no file '{path}'.");
        }

        var line = new ProgressLine();
        try
        {
            BulkLoad.ReadFile(path, transaction, options, line.Show, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(e.Message);
        }
        finally
        {
            line.Clear();
        }
    }

    /// <summary>Begins a store with a snapshot file, which is read whole once to find damage.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static void StartFrom(QuadStore store, string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"there is no file '{path}'.");
        }

        try
        {
            var file = SnapshotFile.Open(path);
            file.Verify(cancellation);
            store.StartFrom(file, cancellation);
        }
        catch (SnapshotFileException e)
        {
            throw new InputException(e.Message);
        }
    }

    /// <summary>A base IRI as the options want it.</summary>
    public static string CheckBase(string baseIri) =>
        Uri.TryCreate(baseIri, UriKind.Absolute, out _) && baseIri.EndsWith('/')
            ? baseIri
            : throw new UsageException($"--base wants an absolute IRI that ends in '/', not '{baseIri}'.");
}
