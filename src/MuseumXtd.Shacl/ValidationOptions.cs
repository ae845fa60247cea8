using MuseumXtd.Rdf;
using MuseumXtd.Sparql;

namespace MuseumXtd.Shacl;

/// <summary>What is validated, and the budget.</summary>
public sealed record ValidationOptions
{
    /// <summary>The defaults.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>The named graph to validate; null for the default graph.</summary>
    public Iri? DataGraph { get; init; }

    /// <summary>Which default graph.</summary>
    public DefaultGraphMode DefaultGraph { get; init; } = DefaultGraphMode.Union;

    /// <summary>How long a validation may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes a validation, and each query within it, may hold.</summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>How many results a report may have.</summary>
    public int MaxResults { get; init; } = 1_000_000;
}
