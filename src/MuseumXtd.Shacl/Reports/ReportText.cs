using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Vocabulary;

namespace MuseumXtd.Shacl.Reports;

/// <summary>A validation report for people: what is wrong, node by node.</summary>
public static class ReportText
{
    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Where to.</param>
    /// <param name="language"><c>fr</c> or <c>en</c>.</param>
    public static void Write(ValidationReport report, TextWriter output, string language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(language);
        var isFrench = language.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
        var names = new TermNames(report.Prefixes);
        Term? focus = null;
        foreach (var result in report.Results)
        {
            if (result.FocusNode != focus)
            {
                focus = result.FocusNode;
                output.WriteLine(names.Of(focus));
            }

            output.Write("  ");
            output.Write(Word(result.Severity, isFrench, names));
            if (result.Path is not null)
            {
                output.Write("  ");
                output.Write(names.Of(result.Path));
            }

            if (result.Value is not null && result.Value != focus)
            {
                output.Write(" = ");
                output.Write(names.Of(result.Value));
            }

            output.Write("  ");
            output.Write(result.Message(isFrench ? "fr" : "en"));
            if (result.SourceShape is Iri)
            {
                output.Write($"  [{names.Of(result.SourceShape)}]");
            }

            output.WriteLine();
        }

        output.WriteLine(Summary(report, isFrench));
    }

    private static string Word(Iri severity, bool isFrench, TermNames names) =>
        severity == Sh.Violation ? (isFrench ? "erreur" : "violation")
        : severity == Sh.Warning ? (isFrench ? "avertissement" : "warning")
        : severity == Sh.Info ? "info"
        : names.Of(severity);

    private static string Summary(ValidationReport report, bool isFrench)
    {
        if (report.Conforms)
        {
            return isFrench ? "Conforme." : "Conforms.";
        }

        var results = report.Results.Length;
        var nodes = report.Results.Select(r => r.FocusNode).Distinct().Count();
        return isFrench
            ? string.Create(CultureInfo.InvariantCulture, $"Non conforme : {results} {(results > 1 ? "résultats" : "résultat")} sur {nodes} {(nodes > 1 ? "nœuds" : "nœud")}.")
            : string.Create(CultureInfo.InvariantCulture, $"Does not conform: {results} {(results > 1 ? "results" : "result")} on {nodes} {(nodes > 1 ? "nodes" : "node")}.");
    }
}
