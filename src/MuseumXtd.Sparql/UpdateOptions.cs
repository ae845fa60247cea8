using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Sparql;

/// <summary>The budget of an update request and how it sees the dataset.</summary>
public sealed record UpdateOptions
{
    /// <summary>The defaults.</summary>
    public static UpdateOptions Default { get; } = new();

    /// <summary>The default graph of patterns without USING or WITH; what templates change is always the dataset's own.</summary>
    public DefaultGraphMode DefaultGraph { get; init; } = DefaultGraphMode.Own;

    /// <summary>The dataset of patterns without USING or WITH (protocol parameters), or null.</summary>
    public Algebra.DatasetClause? Dataset { get; init; }

    /// <summary>How long a request may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes a request may hold beside what it stores.</summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>The time of NOW(); null for the clock's.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Asks other endpoints for SERVICE; null where that is not allowed.</summary>
    public Federation.IServiceClient? Services { get; init; }

    /// <summary>Reads a document into a sink for LOAD, or throws <see cref="UpdateException"/>; null where LOAD is not allowed.</summary>
    public Action<Iri, IQuadSink, CancellationToken>? Load { get; init; }
}
