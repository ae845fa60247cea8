using MuseumXtd.Garden;

namespace MuseumXtd.Server.Pages;

/// <summary>What the reader of the notes found wrong: how much of what kind and where, and the first problems of each kind.</summary>
internal sealed class DiagnosticsPage(DiagnosticList diagnostics) : Page
{
    private const int MostShown = 10;
    private const int MostFiles = 10;

    /// <inheritdoc/>
    protected override string Title => T("diagnostics");

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        if (diagnostics.All.Count == 0)
        {
            html.Element("p", T("noDiagnostics"), ("class", "lead"));
            return;
        }

        html.Element("p", T("diagnosticsIntro"), ("class", "lead"));
        var kinds = diagnostics.All.GroupBy(d => d.Code, StringComparer.Ordinal)
            .Select(g => (Code: g.Key, Severity: g.Max(d => d.Severity), Problems: g.ToList()))
            .OrderByDescending(k => k.Severity).ThenBy(k => k.Code, StringComparer.Ordinal).ToList();
        WriteKinds(html, kinds);
        WriteFiles(html);
        foreach (var (code, severity, problems) in kinds)
        {
            html.Element("h2", $"{code} – {DiagnosticCatalogue.Find(code)?.Title(Language) ?? code}", ("id", code));
            using (html.Open("p"))
            {
                html.Text($"{SeverityName(severity)} · ");
                html.Element("a", T("whatItMeans"), ("href", "/diagnostics/" + code), ("aria-label", $"{T("whatItMeans")} ({code})"));
            }

            diagnostics.Write(html, problems.Take(MostShown), Language);
            if (problems.Count > MostShown)
            {
                using var more = html.Open("p");
                html.Element("a", Format("allOfKind", problems.Count), ("href", "/diagnostics/" + code), ("aria-label", $"{Format("allOfKind", problems.Count)} ({code})"));
            }
        }
    }

    private void WriteKinds(Html html, List<(string Code, Severity Severity, List<Diagnostic> Problems)> kinds)
    {
        using var table = html.Open("table", ("class", "counts"));
        html.Element("caption", Format("problemsInFiles", diagnostics.All.Count, diagnostics.FileCount));
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", T("kindOfProblem"), ("scope", "col"));
            html.Element("th", T("severity"), ("scope", "col"));
            html.Element("th", T("howMany"), ("scope", "col"), ("class", "number"));
        }

        using var body = html.Open("tbody");
        foreach (var (code, severity, problems) in kinds)
        {
            using var row = html.Open("tr");
            using (html.Open("td"))
            {
                html.Element("a", $"{code} – {DiagnosticCatalogue.Find(code)?.Title(Language) ?? code}", ("href", "#" + code));
            }

            html.Element("td", SeverityName(severity));
            html.Element("td", Format("number", problems.Count), ("class", "number"));
        }
    }

    private void WriteFiles(Html html)
    {
        if (diagnostics.FileCount < 2)
        {
            return;
        }

        html.Element("h2", T("filesWithMost"));
        using var list = html.Open("ul", ("class", "plain"));
        foreach (var (file, count) in diagnostics.FilesWithMost(MostFiles))
        {
            using var item = html.Open("li");
            html.Element("a", file, ("href", DiagnosticList.AddressOf(file)));
            html.Text(" " + Format("number", count));
        }
    }
}
