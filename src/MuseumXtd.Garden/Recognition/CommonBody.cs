using System.Buffers;
using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Bodies that are named by common nouns alone: "le gouvernement flamand", which its place makes one of its kind, and "le délégué à la culture
/// (DC)", which its acronym does.
/// </summary>
internal static partial class CommonBody
{
    private const int LongestBody = 120;

    private static readonly SearchValues<char> Ends = SearchValues.Create(",;:.\"\n");

    /// <summary>The names behind a phrase such as "funded by"; where common nouns alone name a body there, that one.</summary>
    public static List<NameSpan> Names(PlainText text, int start, int end, GardenLexicon lexicon)
    {
        var limit = Math.Min(end, start + LongestBody);
        start += Math.Max(Article().LengthAt(text.Folded, start, limit), 0);
        var names = NameList.Read(text, start, end, lexicon.Phrases);
        if (Authority(text, start, limit, lexicon) is { } authority && !(names is [var first, ..] && first.End > authority.End))
        {
            return [authority];
        }

        return names.Count > 0 ? names : WithAcronym(text, start, limit) is { } body ? [body] : names;
    }

    /// <summary>"gouvernement flamand", "Flemish government".</summary>
    private static NameSpan? Authority(PlainText text, int start, int end, GardenLexicon lexicon)
    {
        var first = WordEnd(text, start, end);
        var second = first + 1 < end && text.Text[first] == ' ' ? WordEnd(text, first + 1, end) : first;
        if (second <= first + 1 || text.LinkAt(start) is not null)
        {
            return null;
        }

        return (IsAuthority(start, first) && IsOfPlace(first + 1, second)) || (IsOfPlace(start, first) && IsAuthority(first + 1, second)) ? Span(text, start, second) : null;

        bool IsAuthority(int from, int to) => char.IsLower(text.Text[from]) && lexicon.Phrases["authority"].Has(text.Folded.AsSpan(from, to - from));

        bool IsOfPlace(int from, int to) => lexicon.Places.FindAdjective(text.Folded[from..to]) is not null;
    }

    /// <summary>The words before an acronym in a bracket are its long form when they are one group: no clause, no list, no name.</summary>
    private static NameSpan? WithAcronym(PlainText text, int start, int end)
    {
        var open = text.Text.IndexOf('(', start, Math.Max(0, end - start));
        return open > start + 8 && char.IsLower(text.Text[start]) && Acronym().LengthAt(text.Text, open, end) > 0 && text.Folded.AsSpan(start, open - start).IndexOfAny(Ends) < 0
            ? Span(text, start, open - 1) : null;
    }

    private static NameSpan Span(PlainText text, int start, int end) => new(start, end - start, text.Text[start..end], null, null);

    private static int WordEnd(PlainText text, int at, int end) => at + Math.Max(0, Word().LengthAt(text.Folded, at, end));

    [GeneratedRegex(@"\G\s*(?:l'|(?:le|la|les|the)\s+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Article();

    [GeneratedRegex(@"\G\p{L}[\p{L}-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\G\([A-Z][A-Za-z]{0,2}[A-Z]{1,7}\)", RegexOptions.CultureInvariant)]
    private static partial Regex Acronym();
}
