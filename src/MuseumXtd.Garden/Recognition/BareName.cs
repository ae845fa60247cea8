using System.Buffers;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>An item or a label that is a proper name and nothing else: words with capitals, or one that no sentence begins with, as "GIFT" or "Port+".</summary>
internal static class BareName
{
    private const int Longest = 60;

    private static readonly SearchValues<char> NotInNames = SearchValues.Create(",;:?!\n");

    /// <summary>The name that fills a text but for a bracket, or null.</summary>
    public static NameSpan? Read(PlainText text, GardenLexicon lexicon)
    {
        var start = 0;
        while (start < text.Text.Length && !char.IsLetterOrDigit(text.Text[start]))
        {
            start++;
        }

        var end = text.Text.Length;
        while (end > start && (char.IsWhiteSpace(text.Text[end - 1]) || text.Text[end - 1] is '.' or ',' or ';'))
        {
            end--;
        }

        var open = text.Text.IndexOf('(', start, end - start);
        end = open > start && text.Text[end - 1] == ')' ? open : end;
        while (end > start && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }

        return IsProper(text, start, end, lexicon) ? new NameSpan(start, end - start, text.Text[start..end], null, null) : null;
    }

    /// <summary>Whether the words of a link are a proper name.</summary>
    public static bool IsName(LinkSpan link, PlainText text, GardenLexicon lexicon) => IsProper(text, link.Start, link.End, lexicon);

    private static bool IsProper(PlainText text, int start, int end, GardenLexicon lexicon)
    {
        if (end - start is < 2 or > Longest || text.Text.AsSpan(start, end - start).ContainsAny(NotInNames))
        {
            return false;
        }

        // A sign may end a name: "Port +".
        var last = end;
        while (last > start && !char.IsLetterOrDigit(text.Text[last - 1]))
        {
            last--;
        }

        var phrases = lexicon.Phrases;
        if (NameList.Read(text, start, last, phrases) is not [{ Described: null } name] || name.End != last || text.Folded.AsSpan(start, name.Start - start).Trim().Length > 3 || !Names.IsOrganisation(name, phrases, lexicon))
        {
            return false;
        }

        var first = PhraseSet.WordEnd(text.Folded, name.Start, last);
        if (phrases.Has("institution", text.Folded[name.Start..first]))
        {
            return false;
        }

        var words = text.Text.AsSpan(name.Start, last - name.Start);
        return last < end || words.ContainsAnyInRange('0', '9') || words[1..].ContainsAnyInRange('A', 'Z') || words.Contains('.');
    }
}
