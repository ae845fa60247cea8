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

/// <summary>The words of a block as people read them, with the place of each character in the file.</summary>
internal sealed class PlainText(
    SourceText source, string text, int[] offsets, IReadOnlyList<LinkSpan> links, IReadOnlyList<(int Start, int End)> emphases,
    IReadOnlyList<string> comments)
{
    private string? _folded;
    private ulong[]? _phraseStarts;

    public string Text { get; } = text;

    /// <summary>The folded text, of the same length.</summary>
    public string Folded => _folded ??= TextFolding.Fold(Text);

    public IReadOnlyList<LinkSpan> Links { get; } = links;

    /// <summary>Where words are emphasised.</summary>
    public IReadOnlyList<(int Start, int End)> Emphases { get; } = emphases;

    /// <summary>The contents of HTML comments.</summary>
    public IReadOnlyList<string> Comments { get; } = comments;

    public SourceText Source { get; } = source;

    /// <summary>The end of the first line.</summary>
    public int FirstLineEnd => Text.IndexOf('\n', StringComparison.Ordinal) is var i and >= 0 ? i : Text.Length;

    /// <summary>Where words stand that may begin phrases; there is one index for all notes of a garden.</summary>
    public ulong[] PhraseStarts(PhraseIndex index) => _phraseStarts ??= index.StartsIn(Folded);

    public LinkSpan? LinkAt(int position)
    {
        foreach (var link in Links)
        {
            if (link.Start <= position && position < link.End)
            {
                return link;
            }
        }

        return null;
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
            return Source.Origin(offsets.Length == 0 ? 0 : offsets[Math.Min(start, offsets.Length - 1)], 0);
        }

        var first = offsets[start];
        return Source.Origin(first, offsets[start + length - 1] + 1 - first);
    }

    public Origin OriginOf(LinkSpan link) => Source.Origin(link.Source, link.SourceLength);
}
