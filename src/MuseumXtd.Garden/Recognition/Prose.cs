using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Walks through sentences.</summary>
internal static class Prose
{
    // No sentence is longer; the bound keeps paragraphs without a full stop cheap.
    private const int LongestSentence = 5000;

    // Names end in -re as well: of those verbs only the common kinds are known.
    private static readonly string[] VerbEndings = ["er", "ir", "ing", "ndre", "ttre", "uire", "crire", "aire"];

    /// <summary>All phrases of a set in a range of text.</summary>
    public static PhraseSet.PhraseMatches Matches(PhraseSet phrases, PlainText text, int start, int end) => phrases.Matches(text, start, end);

    /// <summary>The verbs of a set in a range of text.</summary>
    public static VerbMatches Verbs(PhraseSet phrases, PlainText text, int start, int end) => new(phrases, text, start, end);

    /// <summary>"Numériser est un projet": at the head of a sentence any word has a capital.</summary>
    public static bool IsInfinitive(string name) => !name.Contains(' ', StringComparison.Ordinal) && !name.AsSpan(1).ContainsAnyInRange('A', 'Z')
        && Array.Exists(VerbEndings, e => name.EndsWith(e, StringComparison.Ordinal));

    /// <summary>Past white space and quotes.</summary>
    public static int Skip(PlainText text, int at, int end)
    {
        while (at < end && (char.IsWhiteSpace(text.Text[at]) || text.Folded[at] == '"'))
        {
            at++;
        }

        return at;
    }

    /// <summary>The end of the sentence that holds a position.</summary>
    public static int SentenceEnd(PlainText text, int at, int end)
    {
        end = Math.Min(end, at + LongestSentence);
        for (; at < end; at++)
        {
            if (text.Text[at] is '.' or '!' or '?' or ';' && (at + 1 >= end || char.IsWhiteSpace(text.Text[at + 1])) && text.LinkAt(at) is null && !IsInitial(text.Text, at))
            {
                return at;
            }
        }

        return end;
    }

    /// <summary>The beginning of the sentence that holds a position.</summary>
    public static int SentenceStart(PlainText text, int at, int start)
    {
        start = Math.Max(start, at - LongestSentence);
        for (var i = at - 1; i > start; i--)
        {
            if (char.IsWhiteSpace(text.Text[i]) && text.Text[i - 1] is '.' or '!' or '?' or ';' && text.LinkAt(i - 1) is null && !IsInitial(text.Text, i - 1))
            {
                return i + 1;
            }
        }

        return start;
    }

    /// <summary>"J. Armand": a full stop behind one capital, with a name behind it.</summary>
    private static bool IsInitial(string text, int at) =>
        text[at] == '.' && at > 1 && at + 2 < text.Length && char.IsUpper(text[at - 1]) && text[at - 2] is ' ' or '\u00A0' or '.' or '-' && char.IsUpper(text[at + 2]);

    /// <summary>Whether a position begins a sentence.</summary>
    public static bool IsSentenceStart(PlainText text, int at, int start)
    {
        for (at--; at >= start; at--)
        {
            if (!char.IsWhiteSpace(text.Text[at]))
            {
                return text.Text[at] is '.' or '!' or '?';
            }
        }

        return true;
    }
}
