using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace MuseumXtd.Garden.Resolution;

/// <summary>Finds notes by what links call them: path, file name, title, alias, navigation key.</summary>
internal sealed class NoteIndex
{
    // The key of a stronger kind of name hides the weaker ones.
    // Most names are those of one note: that is a list that the note has.
    private readonly Dictionary<string, IReadOnlyList<NoteEntry>>[] _names =
        [.. Enumerable.Range(0, 4).Select(_ => new Dictionary<string, IReadOnlyList<NoteEntry>>(StringComparer.Ordinal))];

    private readonly NoteEntry[] _notes;

    private readonly Lazy<NearNames> _fileNames;
    private readonly ConcurrentDictionary<string, string?> _nearest = new(StringComparer.Ordinal);

    public NoteIndex(IEnumerable<NoteEntry> notes)
    {
        _notes = [.. notes];
        foreach (var note in _notes)
        {
            foreach (var (rank, key) in note.Names)
            {
                ref var named = ref CollectionsMarshal.GetValueRefOrAddDefault(_names[rank], key, out _);
                if (named is List<NoteEntry> many)
                {
                    many.Add(note);
                }
                else
                {
                    named = named is null ? note.Alone : new List<NoteEntry> { named[0], note };
                }
            }
        }

        // The published ones before drafts.
        foreach (var named in _names.SelectMany(n => n.Values).OfType<List<NoteEntry>>().Where(n => n.Exists(e => e.IsDraft)))
        {
            var ordered = named.OrderBy(n => n.IsDraft).ToList();
            named.Clear();
            named.AddRange(ordered);
        }

        _fileNames = new(() => new NearNames(_names[1].Keys));
    }

    /// <summary>Whether an index of other notes would find the same: they are called as these are.</summary>
    public bool Fits(List<NoteEntry> notes)
    {
        if (notes.Count != _notes.Length)
        {
            return false;
        }

        for (var i = 0; i < notes.Count; i++)
        {
            var (one, other) = (notes[i], _notes[i]);
            if (!ReferenceEquals(one, other)
                && !(one.Path == other.Path && one.Name == other.Name && one.IsDraft == other.IsDraft && one.Names.SequenceEqual(other.Names)))
            {
                return false;
            }
        }

        return true;
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
        return target.Keys is [{ Length: >= 4 and <= 200 } key, ..] ? _nearest.GetOrAdd(key, Nearest) : null;
    }

    private string? Nearest(string key)
    {
        var nearest = _fileNames.Value.Nearest(key, Math.Max(2, key.Length / 5));
        return nearest is null ? null : _names[1][nearest][0].Name;
    }
}
