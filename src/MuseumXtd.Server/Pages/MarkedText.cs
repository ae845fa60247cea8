using System.Buffers;
using System.Globalization;

namespace MuseumXtd.Server.Pages;

/// <summary>Lines of a source as they stand there, with a place marked.</summary>
internal static class MarkedText
{
    // Of a long line, what is around the place.
    private const int Before = 60;
    private const int Shown = 120;

    private static readonly SearchValues<char> AfterWords = SearchValues.Create(",;:()[]{}<>|\"'’”»");

    /// <summary>Writes a line with what stands at a place marked: to the end of the word, or one sign, or the end of the line.</summary>
    /// <param name="html">Where it is written.</param>
    /// <param name="line">The line, without its end.</param>
    /// <param name="at">The place in it, from 0 to its length.</param>
    public static void WriteLine(Html html, string line, int at)
    {
        var start = Math.Max(0, at - Before);
        var end = Math.Min(line.Length, start + Shown);
        using var source = html.Open("pre");
        WriteMarked(html, line, start, at, end);
    }

    /// <summary>Writes the line of a place and the one before, where what is missing often is, each with its number.</summary>
    /// <param name="html">Where they are written.</param>
    /// <param name="text">The whole source.</param>
    /// <param name="line">The line of the place, from 1.</param>
    /// <param name="column">Its column in characters (Unicode code points), from 1.</param>
    public static void WriteLines(Html html, string text, int line, int column)
    {
        var lines = text.Split('\n');
        if (line < 1 || line > lines.Length)
        {
            return;
        }

        using var source = html.Open("pre", ("tabindex", "0"));
        if (line > 1)
        {
            html.Text(Numbered(line - 1) + lines[line - 2].TrimEnd('\r') + "\n");
        }

        var marked = lines[line - 1].TrimEnd('\r');
        var at = 0;
        for (var i = 1; i < column && at < marked.Length; i++)
        {
            at += char.IsSurrogatePair(marked, at) ? 2 : 1;
        }

        html.Text(Numbered(line));
        WriteMarked(html, marked, 0, at, marked.Length);
    }

    private static string Numbered(int line) => string.Create(CultureInfo.InvariantCulture, $"{line,3}  ");

    private static void WriteMarked(Html html, string line, int start, int at, int end)
    {
        html.Text((start > 0 ? "…" : "") + line[start..at]);
        var stop = at;
        while (stop < end && (stop == at || !(char.IsWhiteSpace(line[stop]) || AfterWords.Contains(line[stop]))))
        {
            stop++;
        }

        // A space that does not break shows the end of a line.
        html.Element("mark", stop > at ? line[at..stop] : "\u00A0");
        html.Text(line[stop..end] + (end < line.Length ? "…" : ""));
    }
}
