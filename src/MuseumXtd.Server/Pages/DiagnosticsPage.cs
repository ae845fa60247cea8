using System.Globalization;
using MuseumXtd.Garden;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Pages;

/// <summary>What the reader of the notes found wrong.</summary>
internal sealed class DiagnosticsPage(DatasetState state) : Page
{
    /// <inheritdoc/>
    protected override string Title => T("diagnostics");

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        var diagnostics = state.Diagnostics;
        html.Element("p", diagnostics.Count == 0 ? T("noDiagnostics") : T("diagnosticsIntro"), ("class", "lead"));
        if (diagnostics.Count == 0)
        {
            return;
        }

        using var table = html.Open("table");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", T("severity"), ("scope", "col"));
            html.Element("th", T("place"), ("scope", "col"));
            html.Element("th", T("message"), ("scope", "col"));
        }

        using var body = html.Open("tbody");
        foreach (var diagnostic in diagnostics)
        {
            using var row = html.Open("tr");
            using (html.Open("td"))
            {
                html.Text(diagnostic.Severity + " ");
                html.Element("a", diagnostic.Code, ("href", "/diagnostics/" + diagnostic.Code), ("title", DiagnosticCatalogue.Find(diagnostic.Code)?.Title(Language)));
            }

            html.Element("td", string.Create(CultureInfo.InvariantCulture, $"{diagnostic.File}:{diagnostic.Line}:{diagnostic.Column}"));
            html.Element("td", diagnostic.Message(Language) + (diagnostic.Hint(Language) is { } hint ? " " + hint : ""));
        }
    }
}
