using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace MuseumXtd.Garden.Notes;

/// <summary><c>[[target#heading|label]]</c>, or an embed with an exclamation mark before it.</summary>
internal sealed class WikilinkInline : LeafInline
{
    public required string Target { get; init; }

    public required string? Heading { get; init; }

    public required string Label { get; init; }

    /// <summary>Where the label begins in the file.</summary>
    public required int LabelStart { get; init; }

    public required bool IsEmbed { get; init; }
}

/// <summary>
/// Reads wikilinks. It runs before the parsers of links and of pipe tables, which would cut them at brackets and bars.
/// </summary>
internal sealed class WikilinkParser : InlineParser
{
    public WikilinkParser()
    {
        OpeningCharacters = ['[', '!'];
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var start = slice.Start;
        var embed = slice.CurrentChar == '!';
        var open = embed ? 1 : 0;
        if (slice.PeekCharExtra(open) != '[' || slice.PeekCharExtra(open + 1) != '[')
        {
            return false;
        }

        var text = slice.Text;
        var from = start + open + 2;
        var end = -1;
        for (var i = from; i < slice.End; i++)
        {
            if (text[i] is '\n' or '[')
            {
                return false;
            }

            if (text[i] == ']' && text[i + 1] == ']')
            {
                end = i;
                break;
            }
        }

        if (end <= from)
        {
            return false;
        }

        var body = text.AsSpan(from, end - from);
        var bar = body.IndexOf('|');
        var address = bar >= 0 ? body[..bar] : body;
        var hash = address.IndexOf('#');
        var label = bar >= 0 && bar + 1 < body.Length ? body[(bar + 1)..] : body;
        var labelStart = bar >= 0 && bar + 1 < body.Length ? from + bar + 1 : from;
        if (bar < 0 && hash == 0)
        {
            label = body[1..];
            labelStart = from + 1;
        }

        // A backslash before the bar is how a wikilink is written in a table cell.
        address = address.TrimEnd('\\');
        var source = processor.GetSourcePosition(start, out var line, out var column);
        processor.Inline = new WikilinkInline
        {
            Target = (hash >= 0 ? address[..hash] : address).Trim().ToString(),
            Heading = hash >= 0 ? address[(hash + 1)..].Trim().ToString() : null,
            Label = label.ToString(),
            LabelStart = source + (labelStart - start),
            IsEmbed = embed,
            Span = new Markdig.Syntax.SourceSpan(source, source + (end + 1 - start)),
            Line = line,
            Column = column,
        };
        slice.Start = end + 2;
        return true;
    }
}
