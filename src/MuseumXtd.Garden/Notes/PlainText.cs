using MuseumXtd.Garden.Lexicon;

namespace MuseumXtd.Garden.Notes;

/// <summary>A link inside a text.</summary>
/// <param name="Start">Where its words begin in the plain text.</param>
/// <param name="Length">The length of its words.</param>
/// <param name="Url">The address of a Markdown link.</param>
/// <param name="Target">The target of a wikilink.</param>
/// <param name="IsEmbed">Whether it is an embed or an image.</param>
/// <param name="Source">Where the whole link begins in the file.</param>
/// <param name="SourceLength">The length of the whole link.</param>
internal sealed record LinkSpan(int Start, int Length, string? Url, string? Target, bool IsEmbed, int Source, int SourceLength)
{
    public int End => Start + Length;
}

/// <summary>Characters that stand one behind the other in the file as well.</summary>
/// <param name="Start">Where they begin in the plain text.</param>
/// <param name="Source">Where they begin in the file.</param>
/// <param name="Last">Where the last of them stands in the file.</param>
internal readonly record struct SourceRun(int Start, int Source, int Last)
{
    /// <summary>The runs of a text that is a whole file.</summary>
    public static SourceRun[] All(string text) => text.Length == 0 ? [] : [new SourceRun(0, 0, text.Length - 1)];
}

/// <summary>The words of a block as people read them, with the place of each character in the file.</summary>
internal sealed class PlainText(
    SourceText source, string text, SourceRun[] runs, LinkSpan[] links, (int Start, int End)[] emphases, string[] comments)
{
    private const int LongestLabel = 1000;

    private string? _folded;
    private ulong[]? _phraseStarts;

    public string Text { get; } = text;

    /// <summary>The folded text, of the same length.</summary>
    public string Folded => _folded ??= TextFolding.Fold(Text);

    public LinkSpan[] Links { get; } = links;

    /// <summary>The first link that has words and is no embed, or null.</summary>
    public LinkSpan? FirstLink => Array.Find(Links, l => !l.IsEmbed && l.Length > 0);

    /// <summary>Where words are emphasised.</summary>
    public (int Start, int End)[] Emphases { get; } = emphases;

    /// <summary>The contents of HTML comments.</summary>
    public string[] Comments { get; } = comments;

    public SourceText Source { get; } = source;

    /// <summary>Where the words begin in the file.</summary>
    public int SourceStart => runs.Length == 0 ? 0 : runs[0].Source;

    /// <summary>The end of the first line.</summary>
    public int FirstLineEnd => Text.IndexOf('\n', StringComparison.Ordinal) is var i and >= 0 ? i : Text.Length;

    /// <summary>Where words stand that may begin phrases; there is one index for all notes of a garden.</summary>
    public ulong[] PhraseStarts(PhraseIndex index) => _phraseStarts ??= index.StartsIn(Folded);

    /// <summary>The link in whose words a position stands; an image in a link before the link around it.</summary>
    public LinkSpan? LinkAt(int position)
    {
        for (var i = FirstLinkEndingAfter(position); i < Links.Length && Links[i].Start <= position + LongestLabel; i++)
        {
            if (Links[i].Start <= position)
            {
                return Links[i];
            }
        }

        return null;
    }

    /// <summary>The links with words in a range.</summary>
    public IEnumerable<LinkSpan> LinksIn(int start, int end)
    {
        for (var i = FirstLinkEndingAfter(start); i < Links.Length; i++)
        {
            if (Links[i].Start < end)
            {
                yield return Links[i];
            }
            else if (Links[i].Start >= end + LongestLabel)
            {
                // One around it that begins before the end would be too long.
                yield break;
            }
        }
    }

    /// <summary>A link is added when its words are over, so their ends are in order.</summary>
    private int FirstLinkEndingAfter(int position)
    {
        var (low, high) = (0, Links.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Links[middle].End > position ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The text in parts of at most a length, cut between sentences where it can be. Comments go with the first.</summary>
    public IEnumerable<PlainText> Parts(int longest)
    {
        for (var start = 0; start < Text.Length;)
        {
            var end = Text.Length - start <= longest ? Text.Length : CutBefore(start, start + longest);
            yield return Part(start, end);
            start = end;
        }
    }

    /// <summary>Where a part that begins at a place and would end at another is cut.</summary>
    private int CutBefore(int start, int end)
    {
        var word = -1;
        for (var at = end - 1; at > (start + end) / 2; at--)
        {
            if (char.IsWhiteSpace(Text[at]) && LinkAt(at) is null)
            {
                if (Text[at - 1] is '.' or '!' or '?')
                {
                    return at + 1;
                }

                word = word < 0 ? at + 1 : word;
            }
        }

        return word < 0 ? end : word;
    }

    private PlainText Part(int start, int end)
    {
        var parts = new List<SourceRun>();
        for (var i = 0; i < runs.Length; i++)
        {
            var next = i + 1 < runs.Length ? runs[i + 1].Start : Text.Length;
            if (next > start && runs[i].Start < end)
            {
                var skipped = Math.Max(0, start - runs[i].Start);
                parts.Add(runs[i] with { Start = runs[i].Start + skipped - start, Source = Math.Min(runs[i].Source + skipped, runs[i].Last) });
            }
        }

        return new PlainText(
            Source, Text[start..end], [.. parts],
            [.. LinksIn(start, end).Where(l => l.Start >= start && l.End <= end).Select(l => l with { Start = l.Start - start })],
            [.. Emphases.Where(e => e.Start >= start && e.End <= end).Select(e => (e.Start - start, e.End - start))],
            start == 0 ? Comments : []);
    }

    public Origin Origin(int start, int length)
    {
        while (length > 0 && char.IsWhiteSpace(Text[start + length - 1]))
        {
            length--;
        }

        while (length > 0 && char.IsWhiteSpace(Text[start]))
        {
            start++;
            length--;
        }

        if (length == 0)
        {
            return Source.Origin(runs.Length == 0 ? 0 : OffsetOf(start), 0);
        }

        var first = OffsetOf(start);
        return Source.Origin(first, OffsetOf(start + length - 1) + 1 - first);
    }

    /// <summary>The place in the file of a character, or of the last one for places behind it.</summary>
    private int OffsetOf(int position)
    {
        var (low, high) = (0, runs.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = runs[middle].Start <= position ? (middle, high) : (low, middle - 1);
        }

        var run = runs[low];
        return Math.Min(run.Source + position - run.Start, run.Last);
    }

    public Origin OriginOf(LinkSpan link) => Source.Origin(link.Source, link.SourceLength);
}
