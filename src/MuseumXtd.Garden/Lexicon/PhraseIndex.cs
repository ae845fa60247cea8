using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>
/// Which words begin phrases of which headings: a text is read once for all headings, and asked for each of them after that. What is found is the set
/// of headings that may be in the text, then the words that begin phrases with their places, in the order of the text. Most first words are common ones ("in",
/// "la") that begin phrases of many headings, so the character that follows the word tells which of its phrases are meant.
/// </summary>
internal sealed class PhraseIndex
{
    // Texts are read one after the other; what one needed is used again for the next.
    [ThreadStatic]
    private static List<ulong>? _found;

    private readonly WordTable _words;

    // For each word the characters that may follow it, and the number of its first beginning: that of phrases which any character may follow; those
    // with each of the characters are the next ones, and hold the others as well.
    private readonly string[] _nexts;
    private readonly int[] _first;

    // For each beginning its length, a set of headings as bits, and in the order of these the wordings of each.
    private readonly List<int> _lengths = [];
    private readonly List<ulong> _headings = [];
    private readonly List<PhraseSet.Wording[][]> _wordings = [];
    private readonly int _width;

    public PhraseIndex(IEnumerable<PhraseSet> sets)
    {
        var all = sets.ToArray();
        _width = (all.Length + 63) / 64;
        var byWord = new Dictionary<string, List<PhraseSet>>(StringComparer.Ordinal);
        for (var i = 0; i < all.Length; i++)
        {
            (all[i].Index, all[i].Number) = (this, i);
            foreach (var word in all[i].ByFirstWord.Keys)
            {
                if (!byWord.TryGetValue(word, out var with))
                {
                    byWord.Add(word, with = []);
                }

                with.Add(all[i]);
            }
        }

        _words = new WordTable(byWord.Keys);
        (_nexts, _first) = (new string[byWord.Count], new int[byWord.Count]);
        var number = 0;
        foreach (var (word, with) in byWord)
        {
            var nexts = with.SelectMany(s => s.ByFirstWord[word]).Where(w => w.Next is not null).Select(w => w.Next!.Value).Distinct().Order().ToArray();
            (_nexts[number], _first[number]) = (new string(nexts), _wordings.Count);
            number++;
            Add(word, with, null);
            foreach (var next in nexts)
            {
                Add(word, with, next);
            }
        }
    }

    /// <summary>Where in a folded text words stand that begin phrases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong[] StartsIn(string folded)
    {
        var starts = _found ??= [];
        CollectionsMarshal.SetCount(starts, _width);
        CollectionsMarshal.AsSpan(starts).Clear();
        for (var at = 0; at < folded.Length;)
        {
            var (end, hash) = (at, WordTable.Begin);
            for (; end < folded.Length && PhraseSet.IsOfWord(folded[end]); end++)
            {
                hash = WordTable.Continue(hash, folded[end]);
            }

            if (end > at && _words.Find(folded.AsSpan(at, end - at), hash) is >= 0 and var word && BeginningAt(word, folded, end) is >= 0 and var beginning)
            {
                for (var i = 0; i < _width; i++)
                {
                    CollectionsMarshal.AsSpan(starts)[i] |= _headings[(_width * beginning) + i];
                }

                starts.Add(((ulong)at << 32) | (uint)beginning);
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
    public bool Begins(ulong start, int number) => (_headings[(_width * BeginningOf(start)) + (number >> 6)] & (1UL << number)) != 0;

    /// <summary>The wordings of a heading that can stand at an entry, one of whose they are.</summary>
    public PhraseSet.Wording[] Wordings(ulong start, int number)
    {
        var headings = CollectionsMarshal.AsSpan(_headings).Slice(_width * BeginningOf(start), _width);
        var rank = BitOperations.PopCount(headings[number >> 6] & ((1UL << number) - 1));
        for (var i = 0; i < number >> 6; i++)
        {
            rank += BitOperations.PopCount(headings[i]);
        }

        return _wordings[BeginningOf(start)][rank];
    }

    /// <summary>The length of the word of an entry.</summary>
    public int WordLength(ulong start) => _lengths[BeginningOf(start)];

    public static int PlaceOf(ulong start) => (int)(start >> 32);

    private static int BeginningOf(ulong start) => (int)(uint)start;

    /// <summary>The beginning that a word and what follows it in a text are, or -1.</summary>
    private int BeginningAt(int word, string folded, int end)
    {
        while (end < folded.Length && char.IsWhiteSpace(folded[end]))
        {
            end++;
        }

        var next = end < folded.Length ? _nexts[word].IndexOf(folded[end], StringComparison.Ordinal) : -1;
        return next >= 0 || _wordings[_first[word]].Length > 0 ? _first[word] + next + 1 : -1;
    }

    /// <summary>Takes what can stand where a word is followed by a character, or by one that is in no phrase.</summary>
    private void Add(string word, List<PhraseSet> sets, char? next)
    {
        var headings = new ulong[_width];
        var wordings = new List<PhraseSet.Wording[]>();
        foreach (var set in sets)
        {
            if (Array.FindAll(set.ByFirstWord[word], w => w.Next is null || w.Next == next) is { Length: > 0 } those)
            {
                headings[set.Number >> 6] |= 1UL << set.Number;
                wordings.Add(those);
            }
        }

        _lengths.Add(word.Length);
        _headings.AddRange(headings);
        _wordings.Add([.. wordings]);
    }
}
