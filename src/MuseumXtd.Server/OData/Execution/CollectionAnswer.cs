using MuseumXtd.Rdf;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>A page of entities or rows, with all that it takes to write it in any format.</summary>
internal sealed class CollectionAnswer
{
    /// <summary>The entities; null for rows.</summary>
    public EntityRows? Entities { get; init; }

    /// <summary>The values of each row by column; null for entities.</summary>
    public IReadOnlyList<Term?[]>? Rows { get; init; }

    /// <summary>The number of all, where it was asked for.</summary>
    public long? Count { get; init; }

    /// <summary>Where the next page is, or null.</summary>
    public string? NextLink { get; init; }
}
