using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>A draft among those of all published files, and what it was found to be.</summary>
internal sealed class DraftNode(Draft draft, DraftNames names, PublishedFile file, int index)
{
    public Draft Draft { get; } = draft;

    public DraftNames Names { get; } = names;

    public PublishedFile File { get; } = file;

    /// <summary>Smaller for what comes earlier in the order of files and lines.</summary>
    public long Order => ((long)File.Rank << 32) | (uint)index;

    /// <summary>Drafts of different families are not one thing for their names alone.</summary>
    public int Family => FamilyOf(Draft.Type);

    /// <summary>Whether its file is as it was read last.</summary>
    public bool IsGone { get; set; }

    /// <summary>Those of its file with common names that belong to it, or null.</summary>
    public List<DraftNode>? Belongings { get; set; }

    /// <summary>What the note is about to which its link leads.</summary>
    public DraftNode? Linked { get; set; }

    /// <summary>Why its given identifier is not taken, or null.</summary>
    public Diagnostic? Refusal { get; set; }

    /// <summary>What it is, with all other drafts that are the same.</summary>
    public NamedResource? Thing { get; set; }

    /// <summary>The drafts that can be the same by what they have in common, in no order; null where nobody asks.</summary>
    public DraftNode[]? Cluster { get; set; }

    /// <summary>Its place in the list that is being reconciled.</summary>
    public int Number { get; set; }

    public static int FamilyOf(EntityType type) => type switch
    {
        EntityType.Initiative or EntityType.Output => 0,
        EntityType.Organisation or EntityType.Person => 1,
        _ => 2,
    };
}
