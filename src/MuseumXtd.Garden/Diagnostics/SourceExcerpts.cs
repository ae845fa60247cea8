using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Resolution;

namespace MuseumXtd.Garden;

/// <summary>The lines of a garden's files that diagnostics speak of.</summary>
/// <param name="roots">The roots of the garden, as its options name them.</param>
public sealed class SourceExcerpts(IReadOnlyList<string> roots)
{
    private const int MaxBytes = 16 << 20;

    private string? _file;
    private string[] _lines = [];

    /// <summary>A line, from 1, as columns of diagnostics count it; null when it cannot be shown.</summary>
    public string? Line(string file, int line)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file != _file)
        {
            _file = file;
            _lines = Read(file);
        }

        return line >= 1 && line <= _lines.Length ? _lines[line - 1].TrimEnd('\r') : null;
    }

    private string[] Read(string file)
    {
        foreach (var root in roots)
        {
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
            var path = File.Exists(root) ? root
                : roots.Count == 1 ? Path.Combine(root, file)
                : file.StartsWith(name + "/", StringComparison.Ordinal) ? Path.Combine(root, file[(name.Length + 1)..]) : null;
            try
            {
                if (path is not null && new FileInfo(path) is { Exists: true, Length: < MaxBytes and var length })
                {
                    return NoteReader.Decode(file, FileBytes.Read(path, length, MaxBytes), []).Split('\n');
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whoever reads the garden tells of it.
            }
        }

        return [];
    }
}
