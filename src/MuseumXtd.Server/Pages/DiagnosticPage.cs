using System.Globalization;
using MuseumXtd.Garden;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Pages;

/// <summary>What a code of diagnostics means, and where it is found in the garden.</summary>
internal sealed class DiagnosticPage(DiagnosticArticle article, DatasetState state) : Page
{
    /// <inheritdoc/>
    protected override string Title => $"{article.Code} – {article.Title(Language)}";

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", article.Text(Language), ("class", "lead"));
        using (html.Open("p"))
        {
            html.Element("a", T("diagnostics"), ("href", "/diagnostics"));
        }

        using var list = html.Open("ul");
        foreach (var diagnostic in state.Diagnostics.Where(d => d.Code == article.Code))
        {
            html.Element("li", string.Create(
                CultureInfo.InvariantCulture, $"{diagnostic.File}:{diagnostic.Line}:{diagnostic.Column} {diagnostic.Message(Language)} {diagnostic.Hint(Language)}").TrimEnd());
        }
    }
}
