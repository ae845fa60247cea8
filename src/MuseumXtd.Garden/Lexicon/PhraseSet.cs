using System.Collections;
using System.Runtime.CompilerServices;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>
/// The phrases under one heading. A phrase begins where a word begins, so only words that begin one of the phrases are looked at; texts that are
/// asked for many headings keep where those words stand (<see cref="PlainText.PhraseStarts"/>).
/// </summary>
internal sealed class PhraseSet
{
    public static readonly PhraseSet Empty = new([]);

    private const int MostWords = 5;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _wholeLookup;
    private readonly Dictionary<string, Wording[]> _byFirstWord;
    private readonly Dictionary<string, Wording[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Wording[] _signs;

    public PhraseSet(IEnumerable<string> phrases, string heading = "")
    {
        Heading = heading;
        var all = phrases.OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal).ToList();
        _wholeLookup = all.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var byFirstWord = all.SelectMany((phrase, i) => PhraseSyntax.Wordings(phrase).Select(w => new Wording(i, w))).DistinctBy(w => w.Text, StringComparer.Ordinal)
            .GroupBy(w => w.FirstWord, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Grouped([.. g]), StringComparer.Ordinal);
        _signs = byFirstWord.Remove("", out var signs) ? signs : [];
        _byFirstWord = byFirstWord;
        _lookup = _byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What the phrases stand under in their file.</summary>
    public string Heading { get; }

    /// <summary>The index of the phrases that this heading belongs to, or null.</summary>
    public PhraseIndex? Index { get; set; }

    /// <summary>Its number in <see cref="Index"/>.</summary>
    public int Number { get; set; }

    /// <summary>The words that begin its phrases, with the wordings that begin with each, in the order in which they are tried.</summary>
    public IReadOnlyDictionary<string, Wording[]> ByFirstWord => _byFirstWord;

    /// <summary>Whether a phrase begins with no word but with another sign, or with any word.</summary>
    public bool BeginsAnyhow => _signs.Length > 0;

    /// <summary>Whether the folded words are one of the phrases, taken literally.</summary>
    public bool Has(ReadOnlySpan<char> words) => _wholeLookup.Contains(words);

    public bool IsMatch(string folded) => Match(folded, 0, folded.Length).Success;

    public bool IsMatch(PlainText text) => Match(text, 0, text.Folded.Length).Success;

    /// <summary>The first phrase in a range of folded text.</summary>
    public PhraseMatch Match(string folded, int start, int length)
    {
        var end = start + length;
        for (var at = start; at < end;)
        {
            var word = WordEnd(folded, at, end);
            if (MatchAt(folded, at, word, start, end) is { Success: true } match)
            {
                return match;
            }

            at = Math.Max(word, at + 1);
        }

        return default;
    }

    /// <summary>The first phrase in a range of a text.</summary>
    public PhraseMatch Match(PlainText text, int start, int length)
    {
        var matches = Matches(text, start, start + length).GetEnumerator();
        return matches.MoveNext() ? matches.Current : default;
    }

    /// <summary>All phrases in a range of a text, none of them within another.</summary>
    public PhraseMatches Matches(PlainText text, int start, int end) => new(this, text, start, end);

    /// <summary>Where a run of letters and digits that begins at a position ends; the position itself, where there is none.</summary>
    public static int WordEnd(string text, int at, int end)
    {
        while (at < end && IsOfWord(text[at]))
        {
            at++;
        }

        return at;
    }

    public static bool IsOfWord(char c) => char.IsLetter(c) || char.IsNumber(c);

    /// <summary>The phrase that begins at a position, where the word at it ends at another one.</summary>
    private PhraseMatch MatchAt(string folded, int at, int wordEnd, int start, int end)
    {
        if (wordEnd > at && _lookup.TryGetValue(folded.AsSpan(at, wordEnd - at), out var wordings))
        {
            var match = First(wordings, folded, at, wordEnd, end);
            if (match.Success)
            {
                return match;
            }
        }

        return _signs.Length > 0 && (at == start || !IsOfWord(folded[at - 1])) ? First(_signs, folded, at, at, end) : default;
    }

    /// <summary>
    /// The first wording that stands at a position, where all begin with the word that ends at another one; of those of a phrase that go on alike after any
    /// words, the one with the fewest of these.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PhraseMatch First(Wording[] wordings, string folded, int at, int wordEnd, int end)
    {
        for (var first = 0; first < wordings.Length;)
        {
            var last = first + 1;
            while (last < wordings.Length && wordings[last].Group == wordings[first].Group)
            {
                last++;
            }

            for (var words = 1; words <= (wordings[first].HasWords ? MostWords : 1); words++)
            {
                for (var i = first; i < last; i++)
                {
                    if (Follow(wordings[i].Rest, folded, wordEnd, end, words) is > 0 and var stop)
                    {
                        return new PhraseMatch(at, stop - at);
                    }
                }
            }

            first = last;
        }

        return default;
    }

    /// <summary>Where a text that follows a wording, with a number of words for the open ones, ends, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Follow(string wording, string text, int at, int end, int words)
    {
        foreach (var sign in wording)
        {
            switch (sign)
            {
                case PhraseSyntax.Space or PhraseSyntax.MaybeSpace:
                    var first = at;
                    at = SkipSpace(text, at, end);
                    if (at == first && sign == PhraseSyntax.Space)
                    {
                        return -1;
                    }

                    break;
                case PhraseSyntax.Words:
                    for (var word = 0; word < words; word++)
                    {
                        var space = word == 0 ? at : SkipSpace(text, at, end);
                        var stop = SkipWord(text, space, end);
                        if (stop == space || (word > 0 && space == at))
                        {
                            return -1;
                        }

                        at = stop;
                    }

                    break;
                default:
                    if (at >= end || text[at] != sign)
                    {
                        return -1;
                    }

                    at++;
                    break;
            }
        }

        // Nothing of a word may follow, unless the phrase ends with an apostrophe.
        var last = at - 1;
        return at == end || !IsOfWord(text[at]) || text[last] == '\'' || (char.IsWhiteSpace(text[last]) && last > 0 && text[last - 1] == '\'') ? at : -1;
    }

    private static int SkipSpace(string text, int at, int end)
    {
        while (at < end && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int SkipWord(string text, int at, int end)
    {
        while (at < end && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Numbers the wordings of one first word by those that are tried together.</summary>
    private static Wording[] Grouped(Wording[] wordings)
    {
        for (var (i, first) = (0, 0); i < wordings.Length; i++)
        {
            first = wordings[i].GoesOnLike(wordings[first]) ? first : i;
            wordings[i].Group = first;
        }

        return wordings;
    }

    /// <summary>One of the wordings of a phrase.</summary>
    internal sealed class Wording
    {
        private readonly int _phrase;
        private readonly int _words;

        public Wording(int phrase, string text)
        {
            (_phrase, Text, _words) = (phrase, text, text.IndexOf(PhraseSyntax.Words, StringComparison.Ordinal));
            var end = WordEnd(text, 0, text.Length);
            (FirstWord, Rest) = (text[..end], text[end..]);
            var next = Rest.AsSpan().TrimStart([PhraseSyntax.Space, PhraseSyntax.MaybeSpace]);
            Next = next.IsEmpty || next[0] == PhraseSyntax.Words || char.IsWhiteSpace(next[0]) ? null : next[0];
        }

        public string Text { get; }

        /// <summary>The word that it begins with; empty where it begins otherwise.</summary>
        public string FirstWord { get; }

        /// <summary>What follows that word.</summary>
        public string Rest { get; }

        /// <summary>The only character that can follow the first word, white space aside; null where many can.</summary>
        public char? Next { get; }

        /// <summary>Whether any words stand in it.</summary>
        public bool HasWords => _words >= 0;

        /// <summary>Those with the same number stand one behind the other, and are tried together.</summary>
        public int Group { get; set; }

        public bool GoesOnLike(Wording other) =>
            HasWords && _phrase == other._phrase && _words == other._words && Text.AsSpan(0, _words).SequenceEqual(other.Text.AsSpan(0, _words));
    }

    /// <summary>The phrases of a heading in a range of a text.</summary>
    internal readonly struct PhraseMatches(PhraseSet set, PlainText text, int start, int end) : IEnumerable<PhraseMatch>
    {
        public Enumerator GetEnumerator() => new(set, text, start, end);

        IEnumerator<PhraseMatch> IEnumerable<PhraseMatch>.GetEnumerator() => GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Goes from phrase to phrase.</summary>
    internal struct Enumerator : IEnumerator<PhraseMatch>
    {
        private readonly PhraseSet _set;
        private readonly PlainText _text;
        private readonly int _start;
        private readonly int _end;
        private readonly ulong[]? _starts;
        private bool _isWithinWord;
        private int _next;
        private int _at;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public Enumerator(PhraseSet set, PlainText text, int start, int end)
        {
            (_set, _text, _start, _end, _at) = (set, text, start, end, start);
            if (set._byFirstWord.Count == 0 && set._signs.Length == 0)
            {
                _at = end;
            }
            else if (set.Index is { } index && !set.BeginsAnyhow)
            {
                _starts = text.PhraseStarts(index);
                _next = index.First(_starts, set.Number, start);
                _isWithinWord = start > 0 && start < end && IsOfWord(text.Folded[start - 1]);
            }
        }

        public PhraseMatch Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool MoveNext()
        {
            if (_starts is null)
            {
                Current = _at < _end ? _set.Match(_text.Folded, _at, _end - _at) : default;
                _at = Current.End;
                return Current.Success;
            }

            // A range may begin within a word; the rest of the word counts as one.
            if (_isWithinWord)
            {
                _isWithinWord = false;
                if (Try(_start))
                {
                    return true;
                }
            }

            for (; _next < _starts.Length; _next++)
            {
                var at = PhraseIndex.PlaceOf(_starts[_next]);
                if (at >= _end)
                {
                    break;
                }

                if (at >= _at && _set.Index!.Begins(_starts[_next], _set.Number) && TryStart(_starts[_next]))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The wordings that begin with the word of an entry are known.</summary>
        private bool TryStart(ulong start)
        {
            var at = PhraseIndex.PlaceOf(start);
            var wordEnd = at + _set.Index!.WordLength(start);
            return wordEnd <= _end ? Take(at, First(_set.Index.Wordings(start, _set.Number), _text.Folded, at, wordEnd, _end)) : Try(at);
        }

        private bool Try(int at) => Take(at, _set.MatchAt(_text.Folded, at, WordEnd(_text.Folded, at, _end), _start, _end));

        private bool Take(int at, PhraseMatch match)
        {
            Current = match;
            _at = Math.Max(match.Success ? match.End : at, at + 1);
            return match.Success;
        }

        public readonly void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
