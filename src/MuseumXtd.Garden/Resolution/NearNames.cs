using System.Numerics;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>Finds the name that a misspelt one is likely to mean.</summary>
internal sealed class NearNames
{
    // By length: a name as long as a misspelt one is compared with it, a much longer one is not.
    private readonly ILookup<int, (string Key, uint Letters)> _byLength;

    public NearNames(IEnumerable<string> keys) => _byLength = keys.Select(k => (k, Letters(k))).ToLookup(k => k.k.Length);

    /// <summary>The nearest key that is at most so many edits away, the first in ordinal order of equals; or null.</summary>
    public string? Nearest(string key, int limit)
    {
        var best = limit + 1;
        var letters = Letters(key);
        string? nearest = null;
        for (var length = key.Length - limit; length <= key.Length + limit; length++)
        {
            foreach (var (name, others) in _byLength[length])
            {
                // Each letter that only one of them has takes an edit: most names are told apart without counting edits.
                var bound = Math.Min(limit, best);
                if (BitOperations.PopCount(letters & ~others) > bound || BitOperations.PopCount(others & ~letters) > bound)
                {
                    continue;
                }

                var distance = TextFolding.Distance(key, name, bound);
                if (distance < best || (distance == best && nearest is not null && string.CompareOrdinal(name, nearest) < 0))
                {
                    best = distance;
                    nearest = name;
                }
            }
        }

        return nearest;
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
