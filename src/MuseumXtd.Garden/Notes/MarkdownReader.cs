using System.Buffers;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MuseumXtd.Garden.Notes;

/// <summary>Turns Markdown into blocks of plain text that know where each character stands in the file.</summary>
internal sealed class MarkdownReader
{
    // Nobody writes a longer paragraph. Recognisers look around in the text that they read: how far that may be is known from here.
    private const int LongestText = 20_000;

    private static readonly MarkdownPipeline Pipeline = BuildPipeline();

    private readonly SourceText _source;
    private readonly PlainTextBuilder _builder;
    private readonly List<Diagnostic> _diagnostics;
    private readonly List<TextBlock> _blocks = [];
    private readonly List<TextBlock> _headings = [];
    private (int Row, int Column)? _cell;
    private bool _isLongTold;

    private MarkdownReader(SourceText source, List<Diagnostic> diagnostics)
    {
        _source = source;
        _diagnostics = diagnostics;
        _builder = new PlainTextBuilder(source);
    }

    /// <summary>The blocks of a note's body, in the order of the file.</summary>
    /// <exception cref="ArgumentException">The Markdown nests too deeply, or is beyond another limit.</exception>
    public static List<TextBlock> Read(SourceText source, int bodyStart, List<Diagnostic> diagnostics)
    {
        // The front matter becomes blank lines, so that positions in the body are positions in the file.
        var text = bodyStart == 0 ? source.Text : string.Create(source.Text.Length, (source.Text, bodyStart), static (blank, from) =>
        {
            from.Text.CopyTo(blank);
            foreach (ref var c in blank[..from.bodyStart])
            {
                c = c is '\n' or '\r' ? c : ' ';
            }
        });

        MarkdownLimits.Check(text);
        var reader = new MarkdownReader(source, diagnostics);
        reader.ReadContainer(MarkdownParser.Parse(text, Pipeline), null, 0);
        return reader._blocks;
    }

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation();
        builder.InlineParsers.Insert(0, new WikilinkParser());
        return builder.UsePipeTables().Build();
    }

    private void ReadContainer(ContainerBlock container, TextBlock? item, int depth)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    ReadHeading(heading, item, depth);
                    break;
                case ParagraphBlock paragraph:
                    Add(BlockKind.Paragraph, item is null ? 0 : item.Level, paragraph.Inline, item);
                    break;
                case ListItemBlock listItem:
                    ReadItem(listItem, item, depth + 1);
                    break;
                case TableCell cell:
                    _cell = cell.Parent is TableRow row && row.Parent is { } table ? (table.IndexOf(row), row.IndexOf(cell)) : null;
                    foreach (var inner in cell.OfType<ParagraphBlock>())
                    {
                        Add(BlockKind.TableCell, 0, inner.Inline, item);
                    }

                    _cell = null;

                    break;
                case ContainerBlock inner:
                    ReadContainer(inner, item, depth);
                    break;
                default:
                    CheckClosed(block);
                    break;
            }
        }
    }

    /// <summary>A comment or a block of code that nothing closes swallows the rest of the note.</summary>
    private void CheckClosed(Block block)
    {
        var (opening, closing) = block switch
        {
            HtmlBlock { Type: HtmlBlockType.Comment } comment when !Words(comment).Contains("-->", StringComparison.Ordinal) => ("<!--", "-->"),
            FencedCodeBlock { ClosingFencedCharCount: 0 } fence when fence.Lines.Count > 0 => (new string(fence.FencedChar, 3), new string(fence.FencedChar, fence.OpeningFencedCharCount)),
            _ => ("", ""),
        };
        if (opening.Length > 0)
        {
            var (line, column) = _source.Position(block.Span.Start);
            _diagnostics.Add(Problems.BlockNotClosed(_source.Path, line, column, opening, closing));
        }
    }

    private string Words(LeafBlock block) => _source.Text.Substring(block.Span.Start, Math.Min(block.Span.Length, _source.Text.Length - block.Span.Start));

    private void ReadHeading(HeadingBlock heading, TextBlock? item, int depth)
    {
        if (depth > 0)
        {
            Add(BlockKind.ListItem, depth, heading.Inline, item);
            return;
        }

        while (_headings.Count > 0 && _headings[^1].Level >= heading.Level)
        {
            _headings.RemoveAt(_headings.Count - 1);
        }

        if (Add(BlockKind.Heading, heading.Level, heading.Inline, null) is { } block)
        {
            _headings.Add(block);
        }
    }

    private void ReadItem(ListItemBlock listItem, TextBlock? parent, int depth)
    {
        TextBlock? item = null;
        foreach (var block in listItem)
        {
            if (block is HtmlBlock { Type: HtmlBlockType.Comment } comment)
            {
                // On a line of its own, it belongs to the item as much as behind the words.
                _builder.AddComment(Words(comment));
            }
        }

        foreach (var block in listItem)
        {
            if (item is null && block is LeafBlock { Inline: not null } leaf)
            {
                item = Add(BlockKind.ListItem, depth, leaf.Inline, parent);
                continue;
            }

            if (block is ParagraphBlock paragraph)
            {
                Add(BlockKind.Paragraph, depth, paragraph.Inline, item ?? parent);
            }
            else if (block is ContainerBlock inner)
            {
                ReadContainer(inner, item ?? parent, depth);
            }
            else
            {
                CheckClosed(block);
            }
        }
    }

    private TextBlock? Add(BlockKind kind, int level, ContainerInline? inline, TextBlock? item)
    {
        if (inline is null)
        {
            return null;
        }

        _builder.Append(inline);
        var text = _builder.Build();
        if (text.Text.Length <= LongestText)
        {
            return Add(kind, level, text, item);
        }

        if (!_isLongTold)
        {
            // One is told of; there may be many.
            _isLongTold = true;
            var (line, column) = _source.Position(text.SourceStart);
            _diagnostics.Add(Problems.LongParagraph(_source.Path, line, column, text.Text.Length, LongestText));
        }

        TextBlock? first = null;
        foreach (var part in text.Parts(LongestText))
        {
            if (first is null)
            {
                first = Add(kind, level, part, item);
            }
            else
            {
                Add(kind == BlockKind.TableCell ? kind : BlockKind.Paragraph, kind == BlockKind.Heading ? 0 : level, part, kind == BlockKind.ListItem ? first : item);
            }
        }

        return first;
    }

    private TextBlock Add(BlockKind kind, int level, PlainText text, TextBlock? item)
    {
        var block = new TextBlock
        {
            Kind = kind,
            Level = level,
            Text = text,
            Section = _headings.Count > 0 ? _headings[^1] : null,
            Item = item,
            Cell = _cell,
        };
        _blocks.Add(block);
        return block;
    }

    private sealed class PlainTextBuilder(SourceText source)
    {
        private const int MostKept = 64 * 1024;

        // Notes are read one after the other; the room that one needed is used again for the next.
        [ThreadStatic]
        private static ArrayBufferWriter<char>? _room;

        private readonly ArrayBufferWriter<char> _text = Room();
        private readonly List<SourceRun> _runs = [];
        private readonly List<LinkSpan> _links = [];
        private readonly List<(int Start, int End)> _emphases = [];
        private readonly List<string> _comments = [];

        /// <summary>The text appended since the last one.</summary>
        public PlainText Build()
        {
            var words = _text.WrittenSpan.TrimEnd();
            CutTo(words.Length);
            var text = new PlainText(source, words.ToString(), [.. _runs], [.. _links], [.. _emphases], [.. _comments]);
            _text.ResetWrittenCount();
            _runs.Clear();
            _links.Clear();
            _emphases.Clear();
            _comments.Clear();
            return text;
        }

        /// <summary>Links without words, such as images, and emphasis may have stood in the white space at the end.</summary>
        private void CutTo(int length)
        {
            for (var i = _links.Count - 1; i >= 0 && _links[i].End > length; i--)
            {
                var start = Math.Min(_links[i].Start, length);
                _links[i] = _links[i] with { Start = start, Length = length - start };
            }

            for (var i = _emphases.Count - 1; i >= 0 && _emphases[i].End > length; i--)
            {
                _emphases[i] = (Math.Min(_emphases[i].Start, length), length);
            }
        }

        private static ArrayBufferWriter<char> Room()
        {
            var room = _room is { Capacity: <= MostKept } kept ? kept : _room = new ArrayBufferWriter<char>(1024);
            room.ResetWrittenCount();
            return room;
        }

        /// <summary>Adds a comment, with its marks, to the text that comes next.</summary>
        public void AddComment(string html)
        {
            var end = html.IndexOf("-->", StringComparison.Ordinal);
            if (end > 4)
            {
                _comments.Add(html[4..end].Trim());
            }
        }

        public void Append(ContainerInline container)
        {
            foreach (var inline in container)
            {
                switch (inline)
                {
                    case LiteralInline literal:
                        var span = literal.Content.AsSpan();
                        Append(span, literal.Span.Start, literal.Span.End);
                        break;
                    case WikilinkInline wikilink:
                        var start = _text.WrittenCount;
                        Append(wikilink.Label, wikilink.LabelStart, int.MaxValue);
                        _links.Add(new LinkSpan(
                            start, _text.WrittenCount - start, null, wikilink.Target, wikilink.IsEmbed, wikilink.Span.Start, wikilink.Span.Length));
                        break;
                    case LinkInline link:
                        var from = _text.WrittenCount;
                        Append(link);
                        _links.Add(new LinkSpan(
                            from, _text.WrittenCount - from, link.Url ?? "", null, link.IsImage, link.Span.Start, link.Span.Length));
                        break;
                    case AutolinkInline autolink:
                        var at = _text.WrittenCount;
                        Append(autolink.Url, autolink.Span.Start + 1, autolink.Span.End);
                        _links.Add(new LinkSpan(
                            at, _text.WrittenCount - at, autolink.Url, null, false, autolink.Span.Start, autolink.Span.Length));
                        break;
                    case CodeInline code:
                        Append(code.Content, code.Span.Start + code.DelimiterCount, code.Span.End);
                        break;
                    case LineBreakInline lineBreak:
                        Append("\n", lineBreak.Span.Start, lineBreak.Span.Start);
                        break;
                    case HtmlEntityInline entity:
                        Append(ControlCharacters.Replaced(entity.Transcoded.ToString()), entity.Span.Start, entity.Span.Start);
                        break;
                    case HtmlInline html:
                        if (html.Tag.StartsWith("<!--", StringComparison.Ordinal))
                        {
                            AddComment(html.Tag);
                        }
                        else if (html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase))
                        {
                            Append("\n", html.Span.Start, html.Span.Start);
                        }

                        break;
                    case EmphasisInline emphasis:
                        var opening = _text.WrittenCount;
                        Append(emphasis);
                        _emphases.Add((opening, _text.WrittenCount));
                        break;
                    case ContainerInline inner:
                        Append(inner);
                        break;
                    default:
                        break;
                }
            }
        }

        /// <summary>Appends characters that begin at a place in the file; none of them stands behind a last place.</summary>
        private void Append(ReadOnlySpan<char> characters, int source, int last)
        {
            if (characters.IsEmpty)
            {
                return;
            }

            var end = Math.Min(source + characters.Length - 1, last);
            if (_runs.Count > 0 && _runs[^1] is var run && run.Last == source - 1 && run.Source + _text.WrittenCount - run.Start == source)
            {
                _runs[^1] = run with { Last = end };
            }
            else
            {
                _runs.Add(new SourceRun(_text.WrittenCount, source, end));
            }

            _text.Write(characters);
        }
    }
}
