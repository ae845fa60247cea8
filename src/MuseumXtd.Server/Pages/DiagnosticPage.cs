using MuseumXtd.Garden;

namespace MuseumXtd.Server.Pages;

/// <summary>What a code of diagnostics means, and where it is found in the garden.</summary>
internal sealed class DiagnosticPage(DiagnosticArticle article, DiagnosticList diagnostics, int page) : Page
{
    /// <inheritdoc/>
    protected override string Title => $"{article.Code} – {article.Title(Language)}";

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", article.Text(Language), ("class", "lead"));
        using (html.Open("p"))
        {
            html.Element("a", T("allDiagnostics"), ("href", "/diagnostics"));
        }

        var problems = diagnostics.All.Where(d => d.Code == article.Code).ToList();
        if (problems.Count == 0)
        {
            html.Element("p", T("noneOfKind"));
            return;
        }

        html.Element("h2", problems.Count == 1 ? T("oneOfKind") : Format("manyOfKind", problems.Count));
        diagnostics.Write(html, DiagnosticList.Page(problems, page), Language);
        WritePages(html, problems.Count, page, DiagnosticList.PageSize, p => $"/diagnostics/{article.Code}?page={p}");
    }
}
