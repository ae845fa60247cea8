using System.Runtime.CompilerServices;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>Numbers of words, found by a hash that is made while the letters of a word are gone through to find its end.</summary>
internal sealed class WordTable
{
    /// <summary>The hash of no letters.</summary>
    public const uint Begin = 2_166_136_261;

    private readonly string[] _words;

    // Numbers from 1 on, each at the place of its hash or the next free one behind; a power of two, at most half full.
    private readonly int[] _places;

    /// <summary>Numbers distinct words from 0 on, in their order.</summary>
    public WordTable(IEnumerable<string> words)
    {
        _words = [.. words];
        _places = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * _words.Length) + 1)];
        for (var number = 0; number < _words.Length; number++)
        {
            var hash = Begin;
            foreach (var letter in _words[number])
            {
                hash = Continue(hash, letter);
            }

            var place = PlaceOf(hash);
            while (_places[place] != 0)
            {
                place = (place + 1) & (_places.Length - 1);
            }

            _places[place] = number + 1;
        }
    }

    /// <summary>The hash of one letter more (FNV-1a).</summary>
    public static uint Continue(uint hash, char letter) => (hash ^ letter) * 16_777_619;

    /// <summary>The number of a word with its hash, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(ReadOnlySpan<char> word, uint hash)
    {
        for (var place = PlaceOf(hash); _places[place] is > 0 and var number; place = (place + 1) & (_places.Length - 1))
        {
            if (word.SequenceEqual(_words[number - 1]))
            {
                return number - 1;
            }
        }

        return -1;
    }

    // The last letter is in the low bits only once.
    private int PlaceOf(uint hash) => (int)(hash ^ (hash >> 15)) & (_places.Length - 1);
}
