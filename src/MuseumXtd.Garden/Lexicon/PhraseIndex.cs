using System.Collections.Frozen;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>
/// Which words begin phrases of which headings: a text is read once for all headings, and asked for each of them after that. What is found is kept
/// as the number of the heading above the place, sorted.
/// </summary>
internal sealed class PhraseIndex
{
    // Texts are read one after the other; what one needed is used again for the next.
    [ThreadStatic]
    private static List<ulong>? _found;

    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _headings;

    public PhraseIndex(IEnumerable<PhraseSet> sets)
    {
        var number = 0;
        var headings = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var set in sets)
        {
            (set.Index, set.Number) = (this, number);
            foreach (var word in set.FirstWords)
            {
                if (!headings.TryGetValue(word, out var numbers))
                {
                    headings.Add(word, numbers = []);
                }

                numbers.Add(number);
            }

            number++;
        }

        _headings = headings.ToFrozenDictionary(h => h.Key, h => h.Value.ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Where in a folded text words stand that begin phrases, by headings.</summary>
    public ulong[] StartsIn(string folded)
    {
        var starts = _found ??= [];
        starts.Clear();
        for (var at = 0; at < folded.Length;)
        {
            var end = PhraseSet.WordEnd(folded, at, folded.Length);
            if (end > at && _headings.TryGetValue(folded.AsSpan(at, end - at), out var headings))
            {
                foreach (var heading in headings)
                {
                    starts.Add(((ulong)heading << 32) | (uint)at);
                }
            }

            at = Math.Max(end, at + 1);
        }

        starts.Sort();
        return [.. starts];
    }

    /// <summary>The first entry of a heading at or behind a place.</summary>
    public static int First(ulong[] starts, int number, int place)
    {
        var at = Array.BinarySearch(starts, ((ulong)number << 32) | (uint)place);
        return at < 0 ? ~at : at;
    }

    public static int NumberOf(ulong start) => (int)(start >> 32);

    public static int PlaceOf(ulong start) => (int)(uint)start;
}
