using System.Collections;
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

    public PhraseSet(IEnumerable<string> phrases)
    {
        var all = phrases.OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal).ToList();
        _wholeLookup = all.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var wordings = all.SelectMany((phrase, i) => PhraseSyntax.Wordings(phrase).Select(w => new Wording(i, w))).DistinctBy(w => w.Text, StringComparer.Ordinal).ToList();
        _signs = [.. wordings.Where(w => FirstWord(w.Text).Length == 0)];
        _byFirstWord = wordings.Where(w => FirstWord(w.Text).Length > 0).GroupBy(w => FirstWord(w.Text), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _lookup = _byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The index of the phrases that this heading belongs to, or null.</summary>
    public PhraseIndex? Index { get; set; }

    /// <summary>Its number in <see cref="Index"/>.</summary>
    public int Number { get; set; }

    /// <summary>The words that begin its phrases.</summary>
    public IEnumerable<string> FirstWords => _byFirstWord.Keys;

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
            var match = First(wordings, folded, at, end);
            if (match.Success)
            {
                return match;
            }
        }

        return _signs.Length > 0 && (at == start || !IsOfWord(folded[at - 1])) ? First(_signs, folded, at, end) : default;
    }

    /// <summary>The first wording that stands at a position; of those of a phrase that go on alike after any words, the one with the fewest of these.</summary>
    private static PhraseMatch First(Wording[] wordings, string folded, int at, int end)
    {
        for (var first = 0; first < wordings.Length;)
        {
            var last = first + 1;
            while (wordings[first].Words >= 0 && last < wordings.Length && wordings[last].GoesOnLike(wordings[first]))
            {
                last++;
            }

            for (var words = 1; words <= (wordings[first].Words < 0 ? 1 : MostWords); words++)
            {
                for (var i = first; i < last; i++)
                {
                    if (Follow(wordings[i].Text, folded, at, end, words) is > 0 and var stop)
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

    private static string FirstWord(string wording) => wording[..WordEnd(wording, 0, wording.Length)];

    /// <summary>One of the wordings of a phrase.</summary>
    private readonly record struct Wording(int Phrase, string Text)
    {
        /// <summary>Where any words stand in it, or -1.</summary>
        public int Words { get; } = Text.IndexOf(PhraseSyntax.Words, StringComparison.Ordinal);

        public bool GoesOnLike(Wording other) =>
            Phrase == other.Phrase && Words == other.Words && Text.AsSpan(0, Words).SequenceEqual(other.Text.AsSpan(0, Words));
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
        private int _next;
        private int _at;

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
            }
        }

        public PhraseMatch Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            var folded = _text.Folded;
            if (_starts is null)
            {
                Current = _at < _end ? _set.Match(folded, _at, _end - _at) : default;
                _at = Current.End;
                return Current.Success;
            }

            // A range may begin within a word; the rest of the word counts as one.
            if (_at == _start && _start > 0 && _start < _end && IsOfWord(folded[_start - 1]) && Try(_start))
            {
                return true;
            }

            for (; _next < _starts.Length; _next++)
            {
                var at = PhraseIndex.PlaceOf(_starts[_next]);
                if (at >= _end)
                {
                    break;
                }

                if (at >= _at && _set.Index!.Begins(_starts[_next], _set.Number) && Try(at))
                {
                    return true;
                }
            }

            return false;
        }

        private bool Try(int at)
        {
            var word = WordEnd(_text.Folded, at, _end);
            Current = _set.MatchAt(_text.Folded, at, word, _start, _end);
            _at = Math.Max(Current.Success ? Current.End : at, at + 1);
            return Current.Success;
        }

        public readonly void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
