using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>A link from a note to another, by a wikilink or a path.</summary>
internal sealed record NoteLink(LinkTarget Target, Origin Origin);

/// <summary>What is kept of a note once it is read: how others may call it, and where it links to.</summary>
internal sealed class NoteEntry
{
    private NoteEntry(Note note, string title)
    {
        Path = note.Path;
        Name = note.Name;
        Title = title;
        IsDraft = note.IsDraft;
        Alone = [this];
    }

    /// <summary>A list of nothing but this note.</summary>
    public IReadOnlyList<NoteEntry> Alone { get; }

    public string Path { get; }

    /// <summary>The file's name without its suffix.</summary>
    public string Name { get; }

    public string Title { get; }

    public bool IsDraft { get; }

    /// <summary>The keys of its names, each with its strength: 0 path, 1 file name, 2 title and alias, 3 navigation key.</summary>
    public required IReadOnlyList<(int Rank, string Key)> Names { get; init; }

    public required IReadOnlyList<NoteLink> Links { get; init; }

    /// <summary>The key and the parent that the note states for the site's navigation.</summary>
    public required (string? Key, FrontMatterValue Parent, Origin Origin) Navigation { get; init; }

    public static NoteEntry Of(Note note)
    {
        var names = new List<(int, string)>();
        var title = note.Title;
        Add(0, note.Path[..^3]);
        Add(1, note.Name);
        Add(2, title);
        foreach (var field in note.FrontMatter.Fields)
        {
            var key = TextFolding.SingularWords(field.Key);
            var rank = key is "alia" or "aliase" or "nom" or "name" ? 2 : key is "eleventynavigation key" ? 3 : -1;
            if (rank >= 0)
            {
                foreach (var value in field.Values)
                {
                    Add(rank, value.Text);
                }
            }
        }

        var parent = note.FrontMatter.Fields.Where(f => f.Key.Equals("eleventyNavigation.parent", StringComparison.OrdinalIgnoreCase))
            .SelectMany(f => f.Values).FirstOrDefault();
        return new NoteEntry(note, title)
        {
            Names = names,
            Links = [.. LinksOf(note)],
            Navigation = (note.FrontMatter.First("eleventyNavigation.key"), parent, parent.Text is null ? default : note.Source.Origin(parent.Start, parent.Length)),
        };

        void Add(int rank, string name)
        {
            if (TextFolding.Words(name) is { Length: > 0 } key && !names.Contains((rank, key)))
            {
                names.Add((rank, key));
            }
        }
    }

    private static IEnumerable<NoteLink> LinksOf(Note note)
    {
        foreach (var (block, link) in note.Links)
        {
            var target = link.Target ?? LocalTarget(link.Url);
            if (!string.IsNullOrEmpty(target) && !IsAttachment(target))
            {
                yield return new NoteLink(new LinkTarget(target), block.Text.OriginOf(link));
            }
        }
    }

    /// <summary>The note that a Markdown link inside the garden names, or null for links to the web.</summary>
    private static string? LocalTarget(string? url)
    {
        if (url is null || url.Contains(':', StringComparison.Ordinal) || !url.Contains(".md", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var path = Uri.UnescapeDataString(url.Split('#')[0]);
        return path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? path.TrimStart('.', '/') : null;
    }

    private static bool IsAttachment(string target)
    {
        var suffix = System.IO.Path.GetExtension(target).ToLowerInvariant();
        return suffix is ".png" or ".jpg" or ".jpeg" or ".gif" or ".svg" or ".webp" or ".pdf" or ".mp3" or ".mp4" or ".webm" or ".csv" or ".xlsx" or ".docx" or ".pptx";
    }
}
