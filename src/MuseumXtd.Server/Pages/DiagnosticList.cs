using System.Globalization;
using MuseumXtd.Garden;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Pages;

/// <summary>The problems of a state of the dataset: counted by file, and written as lists a page long.</summary>
internal sealed class DiagnosticList(DatasetState state, IReadOnlyList<string> gardens, string baseIri)
{
    /// <summary>How many problems are on a page.</summary>
    public const int PageSize = 100;

    private readonly Dictionary<string, List<Diagnostic>> _byFile =
        state.Diagnostics.GroupBy(d => d.File, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    private readonly SourceExcerpts _sources = new(gardens);

    private readonly NotePages _notes = new(state, baseIri);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Diagnostic> All { get; } = state.Diagnostics;

    /// <summary>How many files have problems.</summary>
    public int FileCount => _byFile.Count;

    /// <summary>The problems of a file.</summary>
    public IReadOnlyList<Diagnostic> Of(string file) => _byFile.GetValueOrDefault(file) ?? [];

    /// <summary>The files with most problems, those with equally many by their names.</summary>
    public IEnumerable<(string File, int Count)> FilesWithMost(int most) =>
        _byFile.Select(f => (f.Key, f.Value.Count)).OrderByDescending(f => f.Count).ThenBy(f => f.Key, StringComparer.Ordinal).Take(most);

    /// <summary>The part of a list that is on a page, from 1.</summary>
    public static IEnumerable<Diagnostic> Page(IReadOnlyList<Diagnostic> problems, int page) => problems.Skip((page - 1) * PageSize).Take(PageSize);

    /// <summary>The address of the page about a file.</summary>
    public static string AddressOf(string file) => "/diagnostics?file=" + Uri.EscapeDataString(file);

    /// <summary>The address of the page of a note, or null where the file is none that is published.</summary>
    public string? NoteOf(string file) => _notes.Of(file);

    /// <summary>Writes a list of problems: on the page of their file each with the words for its place and the line itself, elsewhere with a link to that.</summary>
    public void Write(Html html, IEnumerable<Diagnostic> problems, string language, Func<Diagnostic, string>? line = null)
    {
        using var list = html.Open("ul", ("class", "problems"));
        var ids = new HashSet<int>();
        foreach (var problem in problems)
        {
            using var item = html.Open("li", ("id", line is not null && ids.Add(problem.Line) ? IdOf(problem) : null));
            if (line is not null)
            {
                html.Element("a", problem.Code, ("href", "/diagnostics/" + problem.Code), ("title", DiagnosticCatalogue.Find(problem.Code)?.Title(language)));
                html.Text(" " + line(problem));
            }
            else
            {
                html.Element("a", $"{problem.File}{(problem.Line > 0 ? ":" : "")}{Place(problem)}", ("class", "iri"), ("href", $"{AddressOf(problem.File)}{PageOf(problem)}#{IdOf(problem)}"));
            }

            html.Void("br");
            html.Text(Typography.Set(problem.Message(language), language));
            if (problem.Hint(language) is { } hint)
            {
                html.Text(" ");
                html.Element("small", Typography.Set(hint, language));
            }

            if (line is not null)
            {
                WriteSource(html, problem);
            }
        }
    }

    private static string Place(Diagnostic problem) => problem switch
    {
        { Line: <= 0 } => "",
        { Column: <= 0 } => problem.Line.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{problem.Line}:{problem.Column}"),
    };

    private static string IdOf(Diagnostic problem) => string.Create(CultureInfo.InvariantCulture, $"L{problem.Line}");

    private string PageOf(Diagnostic problem)
    {
        // The first problem of the line has its anchor.
        var first = Of(problem.File) is List<Diagnostic> { Count: > PageSize } all ? all.FindIndex(d => d.Line == problem.Line) / PageSize : 0;
        return first > 0 ? string.Create(CultureInfo.InvariantCulture, $"&page={first + 1}") : "";
    }

    private void WriteSource(Html html, Diagnostic problem)
    {
        if (problem.Column <= 0 || _sources.Line(problem.File, problem.Line) is not { } line || problem.Column > line.Length + 1)
        {
            return;
        }

        MarkedText.WriteLine(html, line, problem.Column - 1);
    }
}
