using MuseumXtd.Garden;

namespace MuseumXtd.Server.Pages;

/// <summary>What is wrong with a file, each problem with its line.</summary>
internal sealed class FileDiagnosticsPage(string file, DiagnosticList diagnostics, int page) : Page
{
    /// <inheritdoc/>
    protected override string Title => $"{T("diagnostics")} – {file}";

    /// <inheritdoc/>
    protected override string Heading => file;

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        var problems = diagnostics.Of(file);
        html.Element("p", problems.Count switch { 0 => T("noDiagnostics"), 1 => T("oneInFile"), _ => Format("manyInFile", problems.Count) }, ("class", "lead"));
        using (html.Open("p"))
        {
            html.Element("a", T("allDiagnostics"), ("href", "/diagnostics"));
            if (diagnostics.NoteOf(file) is { } note)
            {
                html.Text(" · ");
                html.Element("a", T("toNote"), ("href", note));
            }
        }

        diagnostics.Write(html, DiagnosticList.Page(problems, page), Language, Place);
        WritePages(html, problems.Count, page, DiagnosticList.PageSize, p => $"{DiagnosticList.AddressOf(file)}&page={p}");
    }

    private string Place(Diagnostic problem) => problem switch
    {
        { Line: <= 0 } => T("wholeFile"),
        { Column: <= 0 } => Format("line", problem.Line),
        _ => Format("lineColumn", problem.Line, problem.Column),
    };
}
