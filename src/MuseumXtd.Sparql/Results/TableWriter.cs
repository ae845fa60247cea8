using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Results;

/// <summary>
/// A table for people, in columns as wide as the longest text of the first rows: later rows that are longer stick out, so that a result
/// of any size is written as it comes.
/// </summary>
internal sealed class TableWriter : ResultWriter
{
    private const int RowsMeasured = 1000;
    private const int WidestColumn = 60;

    private readonly List<string[]> _rows = [];
    private readonly ByteBuffer _cell = new();
    private int[]? _widths;
    private long _count;

    /// <inheritdoc/>
    protected override void WriteStart(ImmutableArray<Variable> variables) => _rows.Add([.. variables.Select(v => v.Name)]);

    /// <inheritdoc/>
    protected override void WriteRow(SolutionResults solutions, int row)
    {
        var cells = new string[solutions.Variables.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var id = solutions.Column(i)[row];
            cells[i] = id == 0 ? "" : Cell(Encoded(solutions, id));
        }

        _count++;
        _rows.Add(cells);
        if (_widths is not null || _rows.Count > RowsMeasured)
        {
            Flush();
        }
    }

    /// <inheritdoc/>
    protected override void WriteEnd()
    {
        Flush();
        Append(_count == 1 ? "1 row\n" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_count} rows\n"));
    }

    /// <inheritdoc/>
    protected override void WriteBoolean(bool value) => Append(value ? "true\n" : "false\n");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _cell.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Strings and numbers plainly; other literals and IRIs as Turtle writes them. Line breaks are escaped.</summary>
    private string Cell(ReadOnlySpan<byte> encoded)
    {
        var term = new EncodedTerm(encoded);
        _cell.Clear();
        var isPlain = term.Kind == TermKind.Literal
            && (term.Suffix.IsEmpty || term.Suffix.StartsWith("^^<http://www.w3.org/2001/XMLSchema#"u8));
        if (isPlain)
        {
            Escapes.Json(term.LexicalForm, _cell);
            return System.Text.Encoding.UTF8.GetString(_cell.Written).Replace("\\\"", "\"", StringComparison.Ordinal);
        }

        TermWriter.Write(encoded, _cell);
        return System.Text.Encoding.UTF8.GetString(_cell.Written);
    }

    private void Flush()
    {
        var isStart = _widths is null;
        _widths ??= [.. Enumerable.Range(0, _rows[0].Length).Select(i => Math.Min(WidestColumn, _rows.Max(r => Length(r[i]))))];
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                Append(row[i]);
                if (i < row.Length - 1)
                {
                    Append(new string(' ', Math.Max(0, _widths[i] - Length(row[i])) + 2));
                }
            }

            Append("\n");
            if (isStart)
            {
                Append(string.Join("  ", _widths.Select(width => new string('-', Math.Max(1, width)))) + "\n");
                isStart = false;
            }
        }

        _rows.Clear();
    }

    private static int Length(string text)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length += System.Text.Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark ? 0 : 1;
        }

        return length;
    }
}
