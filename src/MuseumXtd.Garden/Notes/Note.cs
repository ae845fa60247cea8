namespace MuseumXtd.Garden.Notes;

/// <summary>A note as read: its text, front matter and blocks, whatever could be read of them. It depends on no other note.</summary>
internal sealed class Note
{
    public required SourceText Source { get; init; }

    /// <summary>SHA-256 of the file's bytes, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public required FrontMatter FrontMatter { get; init; }

    public required List<TextBlock> Blocks { get; init; }

    /// <summary>What was found wrong while reading.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Whether the note is a draft, known only so that links to it can be told from dangling ones.</summary>
    public required bool IsDraft { get; init; }

    public string Path => Source.Path;

    /// <summary>The file's name without its suffix.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..^3];

    /// <summary>The first heading; null when it is a placeholder of a template.</summary>
    public TextBlock? Heading => FirstHeading is { } first && !Placeholders.AreIn(first.Text.Text) ? first : null;

    /// <summary>The first heading when it is a placeholder of a template, else null.</summary>
    public TextBlock? UnfilledHeading => FirstHeading is { } first && Placeholders.AreIn(first.Text.Text) ? first : null;

    /// <summary>The words of the first heading; else the name of the file. The key <c>title</c> holds the site's name in real gardens.</summary>
    public string Title
    {
        get
        {
            var heading = Heading?.Text.Text.ReplaceLineEndings(" ").Trim();
            return string.IsNullOrEmpty(heading) ? Name : heading;
        }
    }

    private TextBlock? FirstHeading => Blocks.FirstOrDefault(b => b.Kind == BlockKind.Heading && b.Text.Text.Trim().Length > 0);

    public IEnumerable<(TextBlock Block, LinkSpan Link)> Links
    {
        get
        {
            foreach (var block in Blocks)
            {
                foreach (var link in block.Text.Links)
                {
                    yield return (block, link);
                }
            }
        }
    }
}
