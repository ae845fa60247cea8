using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Where a name ends that nothing marks and that goes on in lower case: "Voix d'horlogers, une collecte", "Musées en ligne est". Words that belong to it follow
/// up to a sign or a word with which something else begins; where neither shows the end, there is no name, for half a name is wrong.
/// </summary>
internal static partial class NameEnd
{
    private const int MostWords = 6;

    /// <summary>The whole name that begins with the words with capitals, or null where its end is not known.</summary>
    public static NameSpan? Whole(PlainText text, NameSpan name, int end, Phrases phrases)
    {
        if (name.Link is not null || name.Described is not null || IsMarked(text, name))
        {
            return name;
        }

        if (IsEnd(text, name.End, end, phrases))
        {
            return Pair(text, name, end, phrases) ?? name;
        }

        var at = name.End;
        var last = LastWord(text, name.Start, name.End);
        for (var words = 0; words < MostWords; words++)
        {
            if (Joint().LengthAt(text.Text, at, end) is var joint and > 0)
            {
                var noun = at + joint;
                var length = Word().LengthAt(text.Text, noun, end);
                if (length <= 0 || !char.IsLower(text.Text[noun]) || phrases.Has("institution", text.Folded.Substring(noun, length)) || phrases["determiner"].Has(text.Folded.AsSpan(noun, length)))
                {
                    // "Murmures à Lausanne", "Murmures en 2019", "Murmures d'une durée": where, when, how long. "Tous au musée" is a name of its own.
                    return at == name.End && !(length > 0 && phrases.Has("institution", text.Folded.Substring(noun, length)) && char.IsLower(text.Text[noun])) ? name : null;
                }

                at = noun + length;
                last = text.Folded.AsSpan(noun, length);
            }
            else if (text.Text[at] == ' ' && Word().LengthAt(text.Text, at + 1, end) is var length and > 0 && IsEnd(text, at + 1 + length, end, phrases) && IsAdjective(last, text.Folded.AsSpan(at + 1, length)))
            {
                // "Mémoires vives, une", "Québec numérique a": an adjective goes with its noun.
                at += 1 + length;
                last = text.Folded.AsSpan(at - length, length);
            }
            else
            {
                // "Murmures explore la mer": a verb. Where a sign follows the word, it may be an adjective as well.
                return at == name.End && !(text.Text[at] == ' ' && Word().LengthAt(text.Text, at + 1, end) is var unknown && IsSign(text, at + 1 + unknown, end)) ? name : null;
            }

            if (IsEnd(text, at, end, phrases))
            {
                return name with { Length = at - name.Start, Name = text.Text[name.Start..at].ReplaceLineEndings(" ") };
            }
        }

        return null;
    }

    /// <summary>"Rivages et récits,": one word and another in lower case before a sign.</summary>
    private static NameSpan? Pair(PlainText text, NameSpan name, int end, Phrases phrases)
    {
        if (name.Name.Contains(' ', StringComparison.Ordinal) || And().LengthAt(text.Folded, name.End, end) is not (> 0 and var and))
        {
            return null;
        }

        var noun = name.End + and;
        var length = Word().LengthAt(text.Text, noun, end);
        return length > 2 && char.IsLower(text.Text[noun]) && IsSign(text, noun + length, end) && !IsEnd(text, noun - 1, end, phrases) && !phrases["determiner"].Has(text.Folded.AsSpan(noun, length))
            ? name with { Length = noun + length - name.Start, Name = text.Text[name.Start..(noun + length)] } : null;
    }

    private static bool IsMarked(PlainText text, NameSpan name) =>
        Array.Exists(text.Emphases, e => e.Start == name.Start) || (name.Start > 0 && text.Folded[name.Start - 1] == '"') || (name.Start > 1 && text.Folded[name.Start - 1] == ' ' && text.Folded[name.Start - 2] == '"');

    /// <summary>Whether a sign follows, or a word that belongs to no name: a verb, a participle, "who", "by".</summary>
    private static bool IsEnd(PlainText text, int at, int end, Phrases phrases)
    {
        if (IsSign(text, at, end))
        {
            return true;
        }

        var word = at + 1;
        var length = Word().LengthAt(text.Text, word, end);
        return length <= 0 || !char.IsLower(text.Text[word]) || phrases["verb"].Has(text.Folded.AsSpan(word, length)) || phrases["name-end"].Match(text, word, Math.Min(40, end - word)) is { Success: true } stop && stop.Index == word
            || phrases["clause"].Match(text, word, Math.Min(24, end - word)) is { Success: true } participle && participle.Index == word;
    }

    private static bool IsSign(PlainText text, int at, int end) =>
        at >= end || !(text.Text[at] is ' ' or '\u00A0') || (at + 1 < end && !char.IsLetter(text.Text[at + 1]));

    private static ReadOnlySpan<char> LastWord(PlainText text, int start, int end) => text.Folded.AsSpan(start, end - start) is var name && name.LastIndexOfAny(" '") is var space && space >= 0 ? name[(space + 1)..] : name;

    private static bool IsAdjective(ReadOnlySpan<char> noun, ReadOnlySpan<char> word) => (noun[^1] is 's' or 'x' && word[^1] is 's' or 'x') || Adjective().IsMatch(word);

    [GeneratedRegex(@"\G\s(?:(?:de\sla|de\sl['’]|du|des|de|d['’]|en|à\sla|à\sl['’]|à|au|aux|sur\s(?:le|la|les)|sur|sous|sans|dans\s(?:le|la|les)|et\s(?:le|la|les)|et|les?|la|l['’]|of\sthe|of|in\sthe|in|for|on|and\sthe|and|to)\s?|['’])", RegexOptions.CultureInvariant)]
    private static partial Regex Joint();

    [GeneratedRegex(@"\G\s(?:et|and)\s", RegexOptions.CultureInvariant)]
    private static partial Regex And();

    [GeneratedRegex(@"\G\p{L}[\p{L}-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?:\p{Ll}+(?:elle?|ale?|ique|aire|aine?|oise?|aise?|ienne?|if|ive|eux|euse|ouverte?|haute?)|haute?|vive?|ouverte?|vivante?|basse?|libre|neuve?|commune?)s?$", RegexOptions.CultureInvariant)]
    private static partial Regex Adjective();
}
