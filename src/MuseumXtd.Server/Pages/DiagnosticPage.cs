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
        using (html.Open("p"))
        {
            html.Element("a", T("allDiagnostics"), ("href", "/diagnostics"));
        }

        html.Element("h2", T("meaning"));
        html.Element("p", Typography.Set(article.Text(Language), Language));
        WriteExample(html);
        html.Element("h2", T("remedy"));
        html.Element("p", Typography.Set(article.Fix(Language), Language));
        WriteFiles(html, article.Fixed);
        WriteProblems(html);
    }

    private void WriteExample(Html html)
    {
        html.Element("h2", T("example"));
        if (article.Case(Language) is { } text)
        {
            html.Element("p", Typography.Set(text, Language));
        }

        if (article.Shape is { } shape)
        {
            html.Element("p", T("ruleOfExample"));
            html.Element("pre", shape, ("class", "rule"), ("tabindex", "0"));
        }

        WriteFiles(html, article.Example);
    }

    /// <summary>Files with the lines that matter marked.</summary>
    private void WriteFiles(Html html, IReadOnlyList<SampleFile> files)
    {
        foreach (var file in files)
        {
            using var figure = html.Open("figure", ("class", "sample"));
            using (html.Open("figcaption"))
            {
                html.Element("code", file.Path);
                if (file.Lines.Count == 0)
                {
                    html.Text(" – " + T(ReferenceEquals(files, article.Fixed) ? "fileDeleted" : "fileEmpty"));
                }
            }

            if (file.Lines.Count == 0)
            {
                continue;
            }

            using var source = html.Open("pre", ("tabindex", "0"));
            foreach (var (line, matters) in file.Lines)
            {
                if (matters)
                {
                    html.Element("mark", line);
                    html.Text("\n");
                }
                else
                {
                    html.Text(line + "\n");
                }
            }
        }
    }

    private void WriteProblems(Html html)
    {
        var problems = diagnostics.All.Where(d => d.Code == article.Code).ToList();
        html.Element("h2", problems.Count switch { 0 => T("inThisGarden"), 1 => T("oneOfKind"), _ => Format("manyOfKind", problems.Count) }, ("id", "places"));
        if (problems.Count == 0)
        {
            html.Element("p", T("noneOfKind"));
            return;
        }

        diagnostics.Write(html, DiagnosticList.Page(problems, page), Language);
        WritePages(html, problems.Count, page, DiagnosticList.PageSize, p => $"/diagnostics/{article.Code}?page={p}#places");
    }
}
