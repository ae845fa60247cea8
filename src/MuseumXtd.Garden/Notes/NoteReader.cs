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

    /// <summary>UTF-8 to text in normalisation form C, without byte order mark; empty for binary files.</summary>
    public static string Decode(string path, ReadOnlySpan<byte> bytes, List<Diagnostic> diagnostics)
    {
        var span = bytes;
        if (span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
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

        var text = Encoding.UTF8.GetString(span);
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

        for (; at >= 0; at = source.Text.IndexOf("[[", at + 2, StringComparison.Ordinal))
        {
            if (read.Contains(at))
            {
                continue;
            }

            var end = source.Text.IndexOf('\n', at);
            var line = source.Text.AsSpan(at, (end < 0 ? source.Text.Length : end) - at);
            var close = line.IndexOf("]]", StringComparison.Ordinal);
            var nested = line[2..].IndexOf("[[", StringComparison.Ordinal);
            if (close < 0 || (nested >= 0 && nested + 2 < close))
            {
                var (lineNumber, column) = source.Position(at);
                diagnostics.Add(Problems.UnclosedWikilink(source.Path, lineNumber, column));

                // One is told of a line: the others may be all right once it is.
                at += line.Length - 2;
            }
        }
    }
}
