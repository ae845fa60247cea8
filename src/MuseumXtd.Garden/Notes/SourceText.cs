namespace MuseumXtd.Garden.Notes;

/// <summary>The text of a file with its lines.</summary>
internal sealed class SourceText
{
    private readonly int[] _lineStarts;

    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        var line = 0;
        _lineStarts = new int[text.AsSpan().Count('\n') + 1];
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            _lineStarts[++line] = i + 1;
        }
    }

    /// <summary>The path in the garden, with forward slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public int LineCount => _lineStarts.Length;

    /// <summary>Line and column, both from 1.</summary>
    public (int Line, int Column) Position(int offset)
    {
        var line = Array.BinarySearch(_lineStarts, offset);
        if (line < 0)
        {
            line = ~line - 1;
        }

        return (line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>Where a line begins.</summary>
    public int LineStart(int line) => _lineStarts[Math.Clamp(line - 1, 0, _lineStarts.Length - 1)];

    public Origin Origin(int start, int length)
    {
        start = Math.Clamp(start, 0, Text.Length);
        length = Math.Clamp(length, 0, Text.Length - start);
        var (line, column) = Position(start);
        return new Origin(Path, line, column, length, RepeatedWords.Of(Text.AsSpan(start, length)));
    }
}
