using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>
/// The graph of a garden at one moment, immutable: named graphs, problems found, and where each statement comes from. Graphs are in the
/// order of their names; diagnostics in the order of files and lines.
/// </summary>
public sealed class GardenGraph
{
    private readonly Lazy<IReadOnlyList<Diagnostic>> _diagnostics;

    internal GardenGraph(
        IReadOnlyList<NamedGraph> graphs, Lazy<IReadOnlyList<Diagnostic>> diagnostics, OriginTable origins, int noteCount, int draftCount,
        IReadOnlyDictionary<string, string> noteFiles, IReadOnlyDictionary<string, string> redirects, IReadOnlyDictionary<string, Tombstone> gone)
    {
        Graphs = graphs;
        _diagnostics = diagnostics;
        Origins = origins;
        NoteCount = noteCount;
        DraftCount = draftCount;
        NoteFiles = noteFiles;
        Redirects = redirects;
        Gone = gone;
    }

    /// <summary>All named graphs.</summary>
    public IReadOnlyList<NamedGraph> Graphs { get; }

    /// <summary>What the reader found wrong.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>Which words say which statement.</summary>
    public OriginTable Origins { get; }

    /// <summary>The number of notes and tables that were read.</summary>
    public int NoteCount { get; }

    /// <summary>The number of drafts, templates and documents for editors that were found and are not published.</summary>
    public int DraftCount { get; }

    /// <summary>From the IRI of each note graph to the path of its file in the garden.</summary>
    public IReadOnlyDictionary<string, string> NoteFiles { get; }

    /// <summary>IRIs that are no longer used, and what replaces them.</summary>
    public IReadOnlyDictionary<string, string> Redirects { get; }

    /// <summary>IRIs that named something once and name nothing any more.</summary>
    public IReadOnlyDictionary<string, Tombstone> Gone { get; }

    /// <summary>The number of statements in all graphs.</summary>
    public int Count => Graphs.Sum(g => g.Count);

    /// <summary>The graph with a name, or null.</summary>
    public NamedGraph? Graph(string iri)
    {
        var (low, high) = (0, Graphs.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Graphs[middle].Iri, iri);
            if (order == 0)
            {
                return Graphs[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Writes where each statement of the notes comes from, into the graph <c>graph/origin</c>, which is not part of the union.</summary>
    /// <param name="sink">Takes the statements.</param>
    /// <param name="form">How they are written.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public void WriteOriginsTo(IQuadSink sink, OriginForm form, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        const string Folder = "graph/note/";
        var notes = new Dictionary<string, string>(NoteFiles.Count, StringComparer.Ordinal);
        var baseIri = "";
        foreach (var (graph, file) in NoteFiles)
        {
            var at = graph.IndexOf(Folder, StringComparison.Ordinal);
            baseIri = graph[..at];
            notes[file] = $"{baseIri}note/{graph[(at + Folder.Length)..]}";
        }

        new OriginStatements(sink, baseIri, notes).Write(Origins, form, cancellation);
    }

    /// <summary>
    /// Writes a document in a syntax that has a line for each statement, in the order that <see cref="SortedWriter"/> gives it and without
    /// collecting the statements. In a syntax without named graphs it holds the union.
    /// </summary>
    /// <param name="output">Where to.</param>
    /// <param name="format">The syntax: <see cref="RdfFormat.IsLineBased"/>.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public void WriteLinesTo(Stream output, RdfFormat format, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(format);
        DocumentParts.Write(output, new LineDocument(Graphs, format).Parts(cancellation));
    }

    /// <summary>Writes prefixes and all quads of all graphs.</summary>
    public void WriteTo(IQuadSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        GardenPrefixes.WriteTo(sink);
        foreach (var graph in Graphs)
        {
            graph.WriteTo(sink);
        }
    }
}

/// <summary>What is left of a thing that no note speaks of any more.</summary>
/// <param name="Name">What it was last called.</param>
/// <param name="Since">Since when nothing has its identifier, as xsd:dateTime.</param>
public readonly record struct Tombstone(string Name, string Since);
