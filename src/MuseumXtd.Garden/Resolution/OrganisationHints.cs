using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Organisations that an author names in front matter or a table, that nothing else in the garden names, and that are called almost like one that has
/// a note or is named in several: most likely a slip. It is told and never corrected.
/// </summary>
internal static class OrganisationHints
{
    private const int ShortestName = 7;

    public static IEnumerable<Diagnostic> Of(IReadOnlyList<(Resource Resource, DraftNames[] Names)> resources)
    {
        var known = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var doubtful = new List<(Draft Draft, string Key)>();
        foreach (var (resource, names) in resources)
        {
            if (resource.Type != EntityType.Organisation)
            {
                continue;
            }

            if (resource.Drafts is [{ IsAuthored: true, IsMain: false, Link: null } only])
            {
                doubtful.Add((only, names[0].Key));
            }
            else if (IsKnown(resource.Drafts))
            {
                foreach (var name in names)
                {
                    known.TryAdd(name.Key, resource);
                }
            }
        }

        if (doubtful.Count == 0)
        {
            yield break;
        }

        var near = new NearNames(known.Keys);
        foreach (var (draft, key) in doubtful)
        {
            if (key.Length >= ShortestName && near.Nearest(key, key.Length < 12 ? 1 : 2) is { } other && Digits(other) == Digits(key))
            {
                yield return Problems.NearOrganisation(draft.Origin.File, draft.Origin.Line, draft.Origin.Column, draft.Name, known[other].Name);
            }
        }
    }

    private static bool IsKnown(IReadOnlyList<Draft> drafts)
    {
        foreach (var draft in drafts)
        {
            if (draft.IsMain || draft.Origin.File != drafts[0].Origin.File)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Studio 1" is not "Studio 2".</summary>
    private static string Digits(string key) => string.Concat(key.Where(char.IsDigit));
}
