using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Names that an author gives in front matter or a table, that nothing else in the garden has, and that are almost those of something known: most
/// likely slips. They are told and never corrected. A link to no note is told where a note is called almost so; an organisation, where one that has a
/// note or is named in several is called almost so.
/// </summary>
internal static class NameHints
{
    private const int ShortestName = 7;

    public static IEnumerable<Diagnostic> Of(IEnumerable<NamedResource> resources, NoteIndex notes)
    {
        var known = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var doubtful = new List<(Draft Draft, string Key)>();
        foreach (var named in resources)
        {
            var (resource, nodes) = (named.Resource, named.Nodes);
            var isOrganisation = resource.Type == EntityType.Organisation;
            if (resource.Drafts is [{ IsAuthored: true, IsMain: false, Link: null } only])
            {
                if (isOrganisation)
                {
                    doubtful.Add((only, nodes[0].Names.Key));
                }
            }
            else if (Dangling(nodes, notes))
            {
                foreach (var node in nodes)
                {
                    var (draft, names) = (node.Draft, node.Names);
                    if (notes.Nearest(names.Link!) is { } note)
                    {
                        yield return Problems.DanglingLink(draft.Origin.File, draft.Origin.Line, draft.Origin.Column, names.Link!.Text, note);
                    }
                    else if (isOrganisation)
                    {
                        doubtful.Add((draft, names.Key));
                    }
                }
            }
            else if (isOrganisation && IsKnown(resource.Drafts))
            {
                foreach (var node in nodes)
                {
                    known.TryAdd(node.Names.Key, resource);
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

    /// <summary>Whether only links of authors name it, and none leads to a note.</summary>
    private static bool Dangling(DraftNode[] nodes, NoteIndex notes)
    {
        foreach (var node in nodes)
        {
            if (node.Draft is not { IsAuthored: true, IsMain: false } || node.Names.Link is not { } link || notes.Find(link).Count > 0)
            {
                return false;
            }
        }

        return true;
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
