namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>What became of a resource.</summary>
public enum ChangeKind : byte
{
    /// <summary>It is there, and was not before.</summary>
    Created = 1,

    /// <summary>What is said of it changed.</summary>
    Updated = 2,

    /// <summary>Nothing is said of it any more.</summary>
    Deleted = 3,
}

/// <summary>One entry of the change log.</summary>
/// <param name="Sequence">The number of the entry: 1, 2, 3 and so on without a gap, never given twice.</param>
/// <param name="Time">When the change was published, in UTC; never before that of the entry before.</param>
/// <param name="Kind">What became of the resource.</param>
/// <param name="Resource">The IRI of the resource.</param>
/// <param name="Traits">Its types and sets; for what is deleted those that it last had.</param>
/// <param name="Hash">A hash of its description after the change: of all statements that any record of it is made of.</param>
public sealed record ResourceChange(long Sequence, DateTime Time, ChangeKind Kind, string Resource, ResourceTraits Traits, UInt128 Hash)
{
    /// <summary>What replaces a resource that is gone because it was merged into another; null where nothing does.</summary>
    public string? MovedTo { get; init; }

    /// <summary>The sequence of the change before of the same resource, 0 for its first.</summary>
    public long Previous { get; internal set; }

    /// <summary>Whether the resource is gone with this change.</summary>
    public bool IsDeletion => Kind == ChangeKind.Deleted;
}
