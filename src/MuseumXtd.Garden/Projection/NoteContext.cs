using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Projection;

/// <summary>How a resource is called, which is all that the statements of one note need to know of it.</summary>
internal readonly record struct ResourceName(EntityType Type, string Id, string Name)
{
    public static ResourceName Of(Resource resource) => new(resource.Type, resource.Id, resource.Name);
}

/// <summary>Where a link of a note leads.</summary>
/// <param name="Note">The note, or null when there is none that is published.</param>
/// <param name="Path">The path of that note.</param>
/// <param name="Subject">What that note is about.</param>
/// <param name="Candidates">How many published notes have the name.</param>
/// <param name="IsDraft">Whether only a draft has the name.</param>
/// <param name="Nearest">The name that may have been meant when none has it.</param>
internal readonly record struct LinkedNote(Iri? Note, string? Path, ResourceName? Subject, int Candidates, bool IsDraft, string? Nearest);

/// <summary>
/// All that the statements of one note take from the rest of the garden. While it and the file stay the same, so do the statements: that is
/// what makes a build after a small change small.
/// </summary>
/// <param name="NoteId">The identifier of the note.</param>
/// <param name="Resources">The names of what the note's drafts are, one for one.</param>
/// <param name="Links">Where its links lead, one for one.</param>
internal sealed record NoteContext(string NoteId, ResourceName[] Resources, LinkedNote[] Links)
{
    /// <summary>Whether a link leads to no note at all.</summary>
    public bool HasDangling => Array.Exists(Links, l => l is { Note: null, IsDraft: false });

    /// <summary>Whether the same would be taken for a file now.</summary>
    public bool Fits(string noteId, ReadFile file, Func<Draft, ResourceName> nameOf, Func<LinkTarget, LinkedNote> follow)
    {
        var links = file.Note?.Links ?? [];
        if (NoteId != noteId || Resources.Length != file.Drafts.Count || Links.Length != links.Count)
        {
            return false;
        }

        for (var i = 0; i < Resources.Length; i++)
        {
            if (Resources[i] != nameOf(file.Drafts[i]))
            {
                return false;
            }
        }

        for (var i = 0; i < Links.Length; i++)
        {
            if (Links[i] != follow(links[i].Target))
            {
                return false;
            }
        }

        return true;
    }
}
