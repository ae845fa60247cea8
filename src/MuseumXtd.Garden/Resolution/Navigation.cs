namespace MuseumXtd.Garden.Resolution;

/// <summary>The tree that notes form by naming a parent for the site's navigation.</summary>
internal static class Navigation
{
    /// <summary>A diagnostic for each note whose parents lead back to it. Every note is visited once.</summary>
    public static IEnumerable<Diagnostic> Cycles(IReadOnlyList<ReadFile> files)
    {
        var byKey = new Dictionary<string, NoteEntry>(StringComparer.Ordinal);
        foreach (var note in files.Select(f => f.Note))
        {
            if (note?.Navigation.Key is { } key)
            {
                byKey.TryAdd(key, note);
            }
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in byKey.Keys.Where(k => byKey[k].Navigation.Parent.Text is { } parent && byKey.ContainsKey(parent)).Order(StringComparer.Ordinal))
        {
            var path = new List<string>();
            for (var key = start; key is not null && byKey.ContainsKey(key) && done.Add(key); key = byKey[key].Navigation.Parent.Text)
            {
                path.Add(key);
            }

            // The walk ended at a note without parent, at one that an earlier walk has seen, or at one of its own.
            var end = path.Count == 0 ? null : byKey[path[^1]].Navigation.Parent.Text;
            var first = end is null ? -1 : path.IndexOf(end);
            for (var i = first; i >= 0 && i < path.Count; i++)
            {
                var note = byKey[path[i]];
                yield return Problems.CircularNavigation(note.Path, note.Navigation.Origin.Line, note.Navigation.Origin.Column, path[i]);
            }
        }
    }
}
