using System.Text;

namespace MuseumXtd.Garden.Notes;

/// <summary>A cell of a table: its words and where they are.</summary>
internal readonly record struct CsvCell(string Text, Origin Origin);

/// <summary>A row with its cells by column.</summary>
internal sealed record CsvRow(int Line, IReadOnlyList<CsvCell> Cells);

/// <summary>
/// A table of a garden (RFC 4180). It is read here and not by a library, because each cell has to know its exact place in the file.
/// </summary>
internal sealed class CsvTable
{
    public required SourceText Source { get; init; }

    public required string Hash { get; init; }

    // Each row is a thing with a dozen statements; people do not keep more in a file of text.
    private const int MostRows = 100_000;
    private const int MostCells = 1_000_000;

    public required IReadOnlyList<string> Header { get; init; }

    public required IReadOnlyList<CsvRow> Rows { get; init; }

    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    public string Path => Source.Path;

    public static CsvTable Read(string path, ReadOnlySpan<byte> bytes, string hash)
    {
        var diagnostics = new List<Diagnostic>();
        var source = new SourceText(path, NoteReader.Decode(path, bytes, diagnostics));
        List<string> header = [];
        var rows = new List<CsvRow>();
        var separator = Separator(source.Text);
        var (at, cellCount) = (0, 0);
        while (at < source.Text.Length)
        {
            var line = source.Position(at).Line;
            var cells = ReadRow(source, separator, ref at, out var closed);
            if (!closed)
            {
                diagnostics.Add(Problems.TableUnreadable(path, line, "a quoted cell is not closed."));
                break;
            }

            cellCount += cells.Count;
            if (rows.Count == MostRows || cellCount > MostCells)
            {
                diagnostics.Add(Problems.TableTooLarge(path, line, MostRows, MostCells));
                break;
            }

            if (header.Count == 0)
            {
                header = [.. cells.Select(c => c.Text)];
            }
            else if (cells.Exists(c => c.Text.Length > 0))
            {
                rows.Add(new CsvRow(line, cells));
            }
        }

        var tooLong = rows.FindAll(r => r.Cells.Skip(header.Count).Any(c => c.Text.Length > 0));
        if (tooLong is [var first, ..])
        {
            var origin = first.Cells[header.Count].Origin;
            diagnostics.Add(Problems.RowTooLong(path, origin.Line, origin.Column, tooLong.Count));
        }

        return new CsvTable { Source = source, Hash = hash, Header = header, Rows = rows, Diagnostics = diagnostics };
    }

    private static char Separator(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = text.AsSpan(0, end < 0 ? text.Length : end);
        return first.Count(';') > first.Count(',') ? ';' : ',';
    }

    private static List<CsvCell> ReadRow(SourceText source, char separator, ref int at, out bool closed)
    {
        var text = source.Text;
        var cells = new List<CsvCell>();
        closed = true;
        while (true)
        {
            int start;
            int end;
            string value;
            if (at < text.Length && text[at] == '"')
            {
                start = ++at;
                var content = new StringBuilder();
                while (at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"')))
                {
                    content.Append(text[at]);
                    at += text[at] == '"' ? 2 : 1;
                }

                end = at;
                value = content.ToString();
                if (at >= text.Length)
                {
                    closed = false;
                    return cells;
                }

                while (at < text.Length && text[at] != separator && text[at] != '\n')
                {
                    at++;
                }
            }
            else
            {
                start = at;
                while (at < text.Length && text[at] != separator && text[at] != '\n')
                {
                    at++;
                }

                end = at;
                value = text[start..end];
            }

            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            cells.Add(new CsvCell(value.Trim(), source.Origin(start, end - start)));
            if (at >= text.Length || text[at++] == '\n')
            {
                return cells;
            }
        }
    }
}
