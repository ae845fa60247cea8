using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>
/// Which words begin phrases of which headings: a text is read once for all headings, and asked for each of them after that. What is found is the set
/// of headings that may be in the text, then the words that begin phrases with their places, in the order of the text.
/// </summary>
internal sealed class PhraseIndex
{
    // Texts are read one after the other; what one needed is used again for the next.
    [ThreadStatic]
    private static List<ulong>? _found;

    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _words;

    // A set of headings for each word, as bits.
    private readonly ulong[] _headings;
    private readonly int _width;

    public PhraseIndex(IEnumerable<PhraseSet> sets)
    {
        var all = sets.ToArray();
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in all.SelectMany(s => s.FirstWords))
        {
            words.TryAdd(word, words.Count);
        }

        _width = (all.Length + 63) / 64;
        _headings = new ulong[_width * words.Count];
        for (var number = 0; number < all.Length; number++)
        {
            (all[number].Index, all[number].Number) = (this, number);
            foreach (var word in all[number].FirstWords)
            {
                _headings[(_width * words[word]) + (number >> 6)] |= 1UL << number;
            }
        }

        _words = words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Where in a folded text words stand that begin phrases.</summary>
    public ulong[] StartsIn(string folded)
    {
        var starts = _found ??= [];
        CollectionsMarshal.SetCount(starts, _width);
        CollectionsMarshal.AsSpan(starts).Clear();
        for (var at = 0; at < folded.Length;)
        {
            var end = PhraseSet.WordEnd(folded, at, folded.Length);
            if (end > at && _words.TryGetValue(folded.AsSpan(at, end - at), out var word))
            {
                for (var i = 0; i < _width; i++)
                {
                    CollectionsMarshal.AsSpan(starts)[i] |= _headings[(_width * word) + i];
                }

                starts.Add(((ulong)at << 32) | (uint)word);
            }

            at = Math.Max(end, at + 1);
        }

        return [.. starts];
    }

    /// <summary>The first entry at or behind a place, or the end where the text has no word that begins a phrase of the heading.</summary>
    public int First(ulong[] starts, int number, int place)
    {
        if ((starts[number >> 6] & (1UL << number)) == 0)
        {
            return starts.Length;
        }

        var at = place == 0 ? _width : Array.BinarySearch(starts, _width, starts.Length - _width, (ulong)place << 32);
        return at < 0 ? ~at : at;
    }

    /// <summary>Whether the word of an entry begins a phrase of a heading.</summary>
    public bool Begins(ulong start, int number) => (_headings[(_width * (int)(uint)start) + (number >> 6)] & (1UL << number)) != 0;

    public static int PlaceOf(ulong start) => (int)(start >> 32);
}
