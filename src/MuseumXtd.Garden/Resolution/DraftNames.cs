using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>The keys by which a draft is compared with those of other notes, made once when its note is read.</summary>
internal sealed record DraftNames(string Key, string[] Aliases, string[] Homepages, LinkTarget? Link)
{
    public static DraftNames Of(Draft draft) => new(
        TextFolding.NameKey(draft.Name),
        [.. draft.Facts.Where(f => f.Kind == FactKind.AltName).Select(f => TextFolding.NameKey(f.Value))],
        [.. draft.Facts.Where(f => f.Kind == FactKind.Homepage).Select(f => WebAddress.Key(f.Value))],
        draft.Link is { } link ? new LinkTarget(link) : null);
}
