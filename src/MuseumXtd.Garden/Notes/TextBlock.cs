using MuseumXtd.Garden.Lexicon;

namespace MuseumXtd.Garden.Notes;

internal enum BlockKind
{
    Heading,
    Paragraph,
    ListItem,
    TableCell,
}

/// <summary>A block of a note with words in it.</summary>
internal sealed class TextBlock
{
    public required BlockKind Kind { get; init; }

    /// <summary>The level of a heading, the depth of a list item.</summary>
    public required int Level { get; init; }

    public required PlainText Text { get; init; }

    /// <summary>The heading above.</summary>
    public required TextBlock? Section { get; init; }

    /// <summary>The list item around.</summary>
    public required TextBlock? Item { get; init; }

    /// <summary>Where a cell stands in its table, counted from its header and its first column.</summary>
    public (int Row, int Column)? Cell { get; init; }

    /// <summary>Whether a heading above holds one of the phrases.</summary>
    public bool IsUnder(PhraseSet phrases)
    {
        for (var section = Section; section is not null; section = section.Section)
        {
            if (phrases.IsMatch(section.Text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The headings above, the nearest first.</summary>
    public IEnumerable<TextBlock> Sections
    {
        get
        {
            for (var section = Section; section is not null; section = section.Section)
            {
                yield return section;
            }
        }
    }
}
