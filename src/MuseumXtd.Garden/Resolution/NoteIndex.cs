using System.Numerics;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>Finds notes by what links call them: path, file name, title, alias, navigation key.</summary>
internal sealed class NoteIndex
{
    // The key of a stronger kind of name hides the weaker ones.
    private readonly Dictionary<string, List<NoteEntry>>[] _names = [.. Enumerable.Range(0, 4).Select(_ => new Dictionary<string, List<NoteEntry>>(StringComparer.Ordinal))];
    private readonly Lazy<(string Key, uint Letters)[]> _fileNames;

    public NoteIndex(IEnumerable<NoteEntry> notes)
    {
        foreach (var note in notes)
        {
            foreach (var (rank, key) in note.Names)
            {
                if (!_names[rank].TryGetValue(key, out var named))
                {
                    _names[rank].Add(key, named = []);
                }

                named.Add(note);
            }
        }

        // The published ones before drafts.
        foreach (var named in _names.SelectMany(n => n.Values).Where(n => n.Count > 1 && n.Exists(e => e.IsDraft)))
        {
            var ordered = named.OrderBy(n => n.IsDraft).ToList();
            named.Clear();
            named.AddRange(ordered);
        }

        _fileNames = new(() => [.. _names[1].Keys.Order(StringComparer.Ordinal).Select(k => (k, Letters(k)))]);
    }

    /// <summary>The notes that a link's target may mean, the published ones before drafts; empty when it dangles.</summary>
    public IReadOnlyList<NoteEntry> Find(LinkTarget target)
    {
        foreach (var key in target.Keys)
        {
            foreach (var names in _names)
            {
                if (names.TryGetValue(key, out var found))
                {
                    return found;
                }
            }
        }

        return [];
    }

    /// <summary>The name of a note that a dangling target is likely to mean, or null.</summary>
    public string? Nearest(LinkTarget target)
    {
        if (target.Keys is not [{ Length: >= 4 and <= 200 } key, ..])
        {
            return null;
        }

        var limit = Math.Max(2, key.Length / 5);
        var best = limit + 1;
        var letters = Letters(key);
        string? nearest = null;
        foreach (var (name, others) in _fileNames.Value)
        {
            // Each letter that only one of them has takes an edit: most names are told apart without counting edits.
            var bound = Math.Min(limit, best - 1);
            if (BitOperations.PopCount(letters & ~others) > bound || BitOperations.PopCount(others & ~letters) > bound)
            {
                continue;
            }

            var distance = TextFolding.Distance(key, name, bound);
            if (distance < best)
            {
                best = distance;
                nearest = name;
            }
        }

        return nearest is null ? null : _names[1][nearest][0].Name;
    }

    private static uint Letters(string key)
    {
        var letters = 0u;
        foreach (var c in key)
        {
            letters |= 1u << (c & 31);
        }

        return letters;
    }
}
