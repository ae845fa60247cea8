using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>What the items of a list are said to be.</summary>
/// <param name="Kind">Their kind, where it is one.</param>
/// <param name="Origin">The words that say so.</param>
internal readonly record struct Listing(string? Kind, Origin Origin);

/// <summary>What says of a list that its items are initiatives: a heading, a paragraph, a line right above it, or the item around it.</summary>
internal sealed partial class ListLeads(GardenLexicon lexicon)
{
    private const int LongestLead = 100;

    private static readonly object NoSection = new();

    private Dictionary<object, (int Order, string? Kind, Origin Origin)>? _introductions;
    private (TextBlock Block, Listing? Listing)? _around;
    private (TextBlock Block, Listing? Listing)? _before;

    /// <summary>The item around one says it: "Plateformes de contenus", with the platforms below.</summary>
    public Listing? Above(TextBlock item)
    {
        var outer = item.Item;
        while (outer is { Text.Text.Length: 0 })
        {
            outer = outer.Item;
        }

        if (outer is null || outer.Text.Links.Length > 0)
        {
            return null;
        }

        if (_around?.Block != outer)
        {
            _around = (outer, OfLine(outer.Text));
        }

        return _around?.Listing;
    }

    /// <summary>The line right above a list says it, with a colon or without: "Les projets de l'année:".</summary>
    public Listing? Before(TextBlock? above)
    {
        if (above is not { Kind: BlockKind.Paragraph, Item: null })
        {
            return null;
        }

        if (_before?.Block != above)
        {
            _before = (above, OfLine(above.Text));
        }

        return _before?.Listing;
    }

    private Listing? OfLine(PlainText line) =>
        line.Text.AsSpan().Trim() is { Length: > 0 and <= LongestLead } words && words[^1] is not ('.' or '!' or '?') && !words.Contains('\n') ? OfHeading(line) : null;

    /// <summary>"Here are some examples of platforms": what the first such paragraph above a list says of all its items.</summary>
    public (Listing Listing, bool IsHeading)? Introduction(Note note, TextBlock item)
    {
        _introductions ??= Introductions(note);
        (int Order, string? Kind, Origin Origin)? first = null;
        if (_introductions.Count > 0)
        {
            if (item.Sections.Any(s => lexicon.Phrases.Has("not-listed", s.Text.Folded.Trim(' ', ':', '*'))) || item.IsUnder(lexicon.Phrases["takeaways"]))
            {
                return null;
            }

            foreach (var section in item.Section is null ? [NoSection] : item.Sections.Select(s => (object)s))
            {
                if (_introductions.TryGetValue(section, out var found) && !(first?.Order < found.Order))
                {
                    first = found;
                }
            }
        }

        return first is var (order, kind, origin) ? (new Listing(kind, origin), note.Blocks[order].Kind == BlockKind.Heading) : null;
    }

    /// <summary>By section, its heading or the first paragraph in it that introduces a list.</summary>
    private Dictionary<object, (int Order, string? Kind, Origin Origin)> Introductions(Note note)
    {
        var introductions = new Dictionary<object, (int Order, string? Kind, Origin Origin)>();
        foreach (var (order, block) in note.Blocks.Index())
        {
            if (block.Kind == BlockKind.Heading && OfHeading(block.Text) is var (plural, origin))
            {
                introductions.TryAdd(block, (order, plural, origin));
            }

            // A paragraph says more exactly what follows than the heading above it.
            var section = block.Section ?? NoSection;
            if (block.Kind != BlockKind.Paragraph || block.Item is not null || (introductions.TryGetValue(section, out var known) && note.Blocks[known.Order] != section))
            {
                continue;
            }

            foreach (var match in Prose.Matches(lexicon.Phrases["list-introduction"], block.Text, 0, block.Text.Text.Length))
            {
                var at = match.Index + match.Length;
                while (at < block.Text.Text.Length && block.Text.Folded[at] == ' ')
                {
                    at++;
                }

                // A link to another list is no introduction of this one.
                if (block.Text.LinkAt(match.Index) is null && Listed(block.Text, at) is var (kind, length))
                {
                    introductions[section] = (order, kind, block.Text.Origin(match.Index, at + length - match.Index));
                    break;
                }
            }
        }

        return introductions;
    }

    /// <summary>What a list is of, at a place in an introduction: a kind of initiatives, or initiatives of any kind.</summary>
    private (string? Kind, int Length)? Listed(PlainText text, int at)
    {
        if (lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
        {
            return (kind.Slug, kind.Length);
        }

        var end = PhraseSet.WordEnd(text.Folded, at, text.Folded.Length);
        return lexicon.Phrases["initiatives"].Has(text.Folded.AsSpan(at, end - at)) ? (null, end - at) : null;
    }

    /// <summary>"D'autres expositions virtuelles", "Programmes belges": a heading that begins with a kind in the plural is that of a list; a question is not.</summary>
    private Listing? OfHeading(PlainText heading)
    {
        var phrases = lexicon.Phrases;
        var at = 0;
        while (phrases["list-lead"].Match(heading, at, Math.Min(24, heading.Folded.Length - at)) is { Success: true } lead && heading.Folded.AsSpan(at, lead.Index - at).Trim("\" ").IsEmpty)
        {
            at = lead.Index + lead.Length;
        }

        while (at < heading.Folded.Length && heading.Folded[at] is ' ' or '"')
        {
            at++;
        }

        if (heading.Links.Length > 0 || heading.Text.TrimEnd().EndsWith('?') || phrases["not-a-list"].Match(heading, at, heading.Folded.Length - at) is { Success: true } other && other.Index == at)
        {
            return null;
        }

        var end = at;
        var first = PhraseSet.WordEnd(heading.Folded, at, heading.Folded.Length);
        var isPlural = first > at && heading.Folded[first - 1] is 's' or 'x';
        for (var words = 0; words < 3 && isPlural && end < heading.Folded.Length; words++)
        {
            end = PhraseSet.WordEnd(heading.Folded, end + (words > 0 ? 1 : 0), heading.Folded.Length);
            var name = heading.Text[at..end];
            if (phrases["initiatives"].Has(heading.Folded.AsSpan(at, end - at)))
            {
                return new Listing(null, heading.Origin(at, end - at));
            }

            if (lexicon.Concepts.Find("kinds", name) is { } kind)
            {
                // "Infrastructures et portails", "Plateformes et formations": some of the items are of another kind.
                return new Listing(And().LengthAt(heading.Folded, end, heading.Folded.Length) > 0 ? null : kind, heading.Origin(at, end - at));
            }
        }

        return null;
    }

    [GeneratedRegex(@"\G\s(?:et|and|&)\s", RegexOptions.CultureInvariant)]
    private static partial Regex And();
}
