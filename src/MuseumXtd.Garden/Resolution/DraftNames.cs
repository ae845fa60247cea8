using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>The keys by which a draft is compared with those of other notes, made once when its note is read.</summary>
internal sealed record DraftNames(string Key, string[] Aliases, string[] Homepages, LinkTarget? Link)
{
    public static DraftNames Of(Draft draft)
    {
        string[] aliases = [], pages = [];
        foreach (var fact in draft.Facts)
        {
            if (fact.Kind == FactKind.AltName)
            {
                aliases = [.. aliases, TextFolding.NameKey(fact.Value)];
            }
            else if (fact.Kind == FactKind.Homepage)
            {
                pages = [.. pages, WebAddress.Key(fact.Value)];
            }
        }

        return new DraftNames(TextFolding.NameKey(draft.Name), aliases, pages, draft.Link is { } link ? new LinkTarget(link) : null);
    }
}
