using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>Finds notes by what links call them: path, file name, title, alias, navigation key.</summary>
internal sealed class NoteIndex
{
    // The key of a stronger kind of name hides the weaker ones.
    private readonly Dictionary<string, List<Note>>[] _names = [.. Enumerable.Range(0, 4).Select(_ => new Dictionary<string, List<Note>>(StringComparer.Ordinal))];

    public NoteIndex(IReadOnlyList<Note> notes)
    {
        foreach (var note in notes)
        {
            Add(0, Key(note.Path[..^3]), note);
            Add(1, Key(note.Name), note);
            Add(2, Key(note.Title), note);
            foreach (var field in note.FrontMatter.Fields)
            {
                var key = TextFolding.SingularWords(field.Key);
                var rank = key is "alia" or "aliase" or "nom" or "name" ? 2 : key is "eleventynavigation key" ? 3 : -1;
                if (rank >= 0)
                {
                    foreach (var value in field.Values)
                    {
                        Add(rank, Key(value.Text), note);
                    }
                }
            }
        }
    }

    /// <summary>The notes that a link's target may mean, the published ones before drafts; empty when it dangles.</summary>
    public IReadOnlyList<Note> Find(string target)
    {
        var key = Key(target.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? target[..^3] : target);
        if (key.Length == 0)
        {
            return [];
        }

        foreach (var names in _names)
        {
            if (names.TryGetValue(key, out var found))
            {
                return [.. found.OrderBy(n => n.IsDraft)];
            }
        }

        var slash = target.LastIndexOf('/');
        return slash >= 0 ? Find(target[(slash + 1)..]) : [];
    }

    /// <summary>The name of a note that a dangling target is likely to mean, or null.</summary>
    public string? Nearest(string target)
    {
        var key = Key(target);
        if (key.Length < 4)
        {
            return null;
        }

        var limit = Math.Max(2, key.Length / 5);
        var best = limit + 1;
        string? nearest = null;
        foreach (var (name, notes) in _names[1].OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var distance = TextFolding.Distance(key, name, Math.Min(limit, best));
            if (distance < best)
            {
                best = distance;
                nearest = notes[0].Name;
            }
        }

        return nearest;
    }

    private static string Key(string name) => TextFolding.Words(name);

    private void Add(int rank, string key, Note note)
    {
        if (key.Length == 0)
        {
            return;
        }

        if (!_names[rank].TryGetValue(key, out var notes))
        {
            _names[rank].Add(key, notes = []);
        }

        if (!notes.Contains(note))
        {
            notes.Add(note);
        }
    }
}
