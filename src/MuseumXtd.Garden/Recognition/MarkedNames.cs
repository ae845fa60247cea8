using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>The words of a text that an author has marked as a name or a title: by a link, by emphasis or by quotes, in the order of the text.</summary>
internal static class MarkedNames
{
    private const int Longest = 80;

    public static List<NameSpan> Of(PlainText text)
    {
        var names = new List<NameSpan>();
        foreach (var link in text.Links)
        {
            if (link is { IsEmbed: false, Length: > 1 and <= Longest })
            {
                Add(link.Start, link.End, link);
            }
        }

        foreach (var (start, end) in text.Emphases)
        {
            Add(start, end, null);
        }

        for (var open = text.Folded.IndexOf('"', StringComparison.Ordinal); open >= 0;)
        {
            var close = text.Folded.IndexOf('"', open + 1);
            if (close < 0)
            {
                break;
            }

            Add(open + 1, close, null);
            open = text.Folded.IndexOf('"', close + 1);
        }

        names.Sort((one, other) => one.Start.CompareTo(other.Start));
        return names;

        void Add(int start, int end, LinkSpan? link)
        {
            while (link is null && start < end && IsBeside(text.Folded[start]))
            {
                start++;
            }

            while (link is null && end > start && IsBeside(text.Folded[end - 1]))
            {
                end--;
            }

            if (end - start is > 1 and <= Longest && !(link is null && names.Exists(n => n.Start < end && start < n.End)))
            {
                names.Add(new NameSpan(start, end - start, text.Text[start..end].ReplaceLineEndings(" ").Trim().Trim('"', '«', '»').Trim().TrimEnd(',', '.'), null, link));
            }
        }
    }

    /// <summary>Whether a link, emphasis or quotes show where a name begins and ends.</summary>
    public static bool IsMarked(PlainText text, NameSpan name) =>
        name.Link is not null || Array.Exists(text.Emphases, e => e.Start == name.Start) || (name.Start > 0 && text.Folded[name.Start - 1] == '"');

    /// <summary>Where the closing quote behind a name ends; the name's end, where there is none.</summary>
    public static int AfterQuote(PlainText text, int at)
    {
        var end = at;
        while (end < text.Text.Length && text.Folded[end] is ' ' or '\u00A0')
        {
            end++;
        }

        return end < text.Text.Length && text.Folded[end] == '"' ? end + 1 : at;
    }

    private static bool IsBeside(char c) => c is ' ' or '"' or '\u00A0' or ',';
}
