using MuseumXtd.Rdf;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>Entities of one level of an answer, as ids, with what they expand to.</summary>
/// <param name="shape">Which members are told.</param>
/// <param name="ids">The entities.</param>
internal sealed class EntityRows(EntityShape shape, uint[] ids)
{
    public EntityShape Shape { get; } = shape;

    public uint[] Ids { get; } = ids;

    public int Count => Ids.Length;

    /// <summary>The computed values of each entity, in the order of the shape; null where nothing is computed.</summary>
    public Term?[][]? Computed { get; set; }

    /// <summary>What each entity expands to, in the order of the shape.</summary>
    public LinkedRows[] Expansions { get; } = new LinkedRows[shape.Expansions.Length];

    /// <summary>The values of collections that are selected with options, in the order of the shape.</summary>
    public SelectedValues[] Selections { get; } = new SelectedValues[shape.Selections.Length];

    /// <summary>How often each entity is told; null for once.</summary>
    public long[]? Weights { get; init; }

    /// <summary>Where each entity was told first, for those that are told again.</summary>
    public (int Part, int Start, int Length)[]? Told { get; set; }
}

/// <summary>Which entities an expansion leads to from each entity of the level above.</summary>
internal sealed class LinkedRows
{
    /// <summary>Where the targets of each entity begin; one more than entities.</summary>
    public required int[] Starts { get; init; }

    /// <summary>The rows of the targets in the level below.</summary>
    public required int[] Targets { get; init; }

    /// <summary>How many targets each entity has without paging.</summary>
    public required long[] Counts { get; init; }

    /// <summary>Whether more follow than are told, for each entity.</summary>
    public required bool[] HasMore { get; init; }

    /// <summary>The targets; null where only their number is told.</summary>
    public required EntityRows? Level { get; init; }
}
