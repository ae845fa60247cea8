using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Things that notes tell apart though the authors' table says that something else has replaced their identifier: they need another one, or lead
/// away from what is said of them. Only an author can tell which of the two is meant.
/// </summary>
internal static class ReplacedIdentifiers
{
    public static List<Diagnostic> Of(PublishedFile[] files, IdentityRegistry registry)
    {
        var problems = new List<Diagnostic>();
        if (registry.Redirects.Count == 0)
        {
            return problems;
        }

        var replaced = new Dictionary<(string Type, string Id), string>();
        foreach (var (type, id, now) in registry.Redirects)
        {
            replaced[(type, id)] = now;
        }

        foreach (var file in files)
        {
            if (replaced.TryGetValue(("note", file.NoteId), out var other))
            {
                problems.Add(Problems.ReplacedIdentifier(file.File.Path, 1, 1, file.File.Title, file.NoteId, other, file.NoteId));
            }

            foreach (var thing in file.Begun)
            {
                var resource = thing.Resource;
                foreach (var id in (thing.Refused ?? []).Append(resource.Id).Distinct(StringComparer.Ordinal))
                {
                    if (replaced.TryGetValue((thing.Segment, id), out var now) && now != resource.Id)
                    {
                        var origin = (resource.Drafts.FirstOrDefault(d => d.IsMain) ?? resource.Drafts[0]).Origin;
                        problems.Add(Problems.ReplacedIdentifier(origin.File, origin.Line, origin.Column, resource.Name, id, now, resource.Id));
                    }
                }
            }
        }

        return problems;
    }
}
