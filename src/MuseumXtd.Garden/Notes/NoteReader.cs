using System.Security.Cryptography;
using System.Text;

namespace MuseumXtd.Garden.Notes;

/// <summary>Reads the bytes of a note. Whatever is wrong with them becomes a diagnostic, and the rest is kept.</summary>
internal static class NoteReader
{
    public static string HashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    public static Note Read(string path, ReadOnlySpan<byte> bytes, string hash, bool isDraft)
    {
        var diagnostics = new List<Diagnostic>();
        var source = new SourceText(path, Decode(path, bytes, diagnostics));
        var frontMatter = FrontMatterReader.Read(source, diagnostics);
        List<TextBlock> blocks = [];
        if (string.IsNullOrWhiteSpace(source.Text))
        {
            if (diagnostics.Count == 0)
            {
                diagnostics.Add(Problems.EmptyFile(path));
            }
        }
        else
        {
            try
            {
                blocks = MarkdownReader.Read(source, frontMatter.End, diagnostics);
            }
            catch (ArgumentException e)
            {
                // Markdig refuses to nest deeper than its limit and says so with this exception.
                diagnostics.Add(Problems.MarkdownUnreadable(path, e.Message.ReplaceLineEndings(" ")));
            }
        }

        FindUnclosedWikilinks(source, frontMatter.End, blocks, diagnostics);
        FindTracking(source, blocks, diagnostics);
        return new Note
        {
            Source = source,
            Hash = hash,
            FrontMatter = frontMatter,
            Blocks = blocks,
            Diagnostics = diagnostics,
            IsDraft = isDraft,
        };
    }

    /// <summary>UTF-8 to text in normalisation form C, with lines that end in LF or CR LF, without byte order marks; empty for binary files.</summary>
    public static string Decode(string path, ReadOnlySpan<byte> bytes, List<Diagnostic> diagnostics)
    {
        var span = bytes;
        while (span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            span = span[3..];
        }

        var zeros = span.Count((byte)0);
        var isValid = System.Text.Unicode.Utf8.IsValid(span);
        if (zeros > 0 && (!isValid || zeros * 100L > span.Length))
        {
            diagnostics.Add(Problems.BinaryFile(path));
            return "";
        }

        var text = WithLineFeeds(Encoding.UTF8.GetString(span));
        if (!isValid)
        {
            var at = text.IndexOf('\uFFFD', StringComparison.Ordinal);
            var (line, column) = new SourceText(path, text).Position(Math.Max(at, 0));
            diagnostics.Add(Problems.InvalidUtf8(path, line, column));
        }

        if (ControlCharacters.CountIn(text) is > 0 and var count)
        {
            var (line, column) = new SourceText(path, text).Position(ControlCharacters.IndexIn(text));
            diagnostics.Add(Problems.ControlCharacters(path, line, column, count));
            text = ControlCharacters.Replaced(text);
        }

        return LatinLetters.Compose(text);
    }

    /// <summary>A carriage return alone ends a line too (CommonMark, section 2.1), as programs of old Macs write it: who asks for lines need not know.</summary>
    private static string WithLineFeeds(string text)
    {
        var alone = 0;
        for (var at = text.IndexOf('\r', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\r', at + 1))
        {
            alone += at + 1 < text.Length && text[at + 1] == '\n' ? 0 : 1;
        }

        return alone == 0 ? text : string.Create(text.Length, text, static (lines, from) =>
        {
            for (var i = 0; i < lines.Length; i++)
            {
                lines[i] = from[i] == '\r' && !(i + 1 < from.Length && from[i + 1] == '\n') ? '\n' : from[i];
            }
        });
    }

    private static void FindTracking(SourceText source, List<TextBlock> blocks, List<Diagnostic> diagnostics)
    {
        foreach (var block in blocks)
        {
            foreach (var link in block.Text.Links)
            {
                if (WebAddress.MayBeTracked(link.Url) && WebAddress.Clean(link.Url, out var tracked) is { } address && tracked)
                {
                    var (line, column) = source.Position(link.Source);
                    diagnostics.Add(Problems.TrackingParameters(source.Path, line, column, new Uri(address).Host));
                }
            }
        }
    }

    private static void FindUnclosedWikilinks(SourceText source, int from, List<TextBlock> blocks, List<Diagnostic> diagnostics)
    {
        // Only lines that hold an opening and no closing can be left unclosed; code and comments are no links.
        var at = source.Text.IndexOf("[[", from, StringComparison.Ordinal);
        if (at < 0)
        {
            return;
        }

        var read = new HashSet<int>();
        foreach (var block in blocks)
        {
            foreach (var link in block.Text.Links)
            {
                if (link.Target is not null)
                {
                    read.Add(link.IsEmbed ? link.Source + 1 : link.Source);
                }
            }
        }

        // The end of its line, and the next closing, are looked for once where many openings come before them.
        var (end, close) = (-1, -1);
        while (at >= 0)
        {
            var next = Next("[[", at + 2);
            if (!read.Contains(at))
            {
                end = end < at ? Next("\n", at) : end;
                close = close < at ? Next("]]", at) : close;
                if (close >= end || next < close)
                {
                    var (lineNumber, column) = source.Position(at);
                    diagnostics.Add(Problems.UnclosedWikilink(source.Path, lineNumber, column));

                    // One is told of a line: the others may be all right once it is.
                    next = next < end ? Next("[[", end) : next;
                }
            }

            at = next < source.Text.Length ? next : -1;
        }

        int Next(string words, int from) => source.Text.IndexOf(words, from, StringComparison.Ordinal) is >= 0 and var found ? found : source.Text.Length;
    }
}
