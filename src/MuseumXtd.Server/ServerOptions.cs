using MuseumXtd.Garden;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server;

/// <summary>What a server serves and how.</summary>
public sealed record ServerOptions
{
    /// <summary>Folders with notes.</summary>
    public IReadOnlyList<string> Gardens { get; init; } = [];

    /// <summary>RDF files that are loaded beside the gardens.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The port on 127.0.0.1; 0 for a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The base of all IRIs of data; it need not be the server's own address.</summary>
    public string BaseIri { get; init; } = GardenOptions.DefaultBaseIri;

    /// <summary>Where vocabulary, shapes and concepts are.</summary>
    public string OntologyDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "ontology");

    /// <summary>The default graph of queries that name none.</summary>
    public DefaultGraphMode DefaultGraph { get; init; } = DefaultGraphMode.Union;

    /// <summary>How long a query may run; clients may ask for less.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes a query may hold.</summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>Whether saved notes are read again.</summary>
    public bool Watch { get; init; } = true;
}
