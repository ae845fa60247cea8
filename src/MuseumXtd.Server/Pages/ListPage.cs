using System.Globalization;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Pages;

/// <summary>All resources of a class.</summary>
internal sealed class ListPage(DatasetState state, string classIri, string baseIri) : Page
{
    /// <inheritdoc/>
    protected override string Title => T("set." + HomePage.PathOf(classIri));

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        using var describer = new Describer(state.Snapshot);
        using var list = html.Open("ul", ("class", "plain"));
        foreach (var (iri, name) in describer.Instances(classIri).Select(i => (i, describer.NameOf(i, Language))).OrderBy(p => InOrder(p.Item2), StringComparer.Ordinal).ThenBy(p => p.Item2, StringComparer.Ordinal))
        {
            using var item = html.Open("li");
            html.Element("a", name, ("href", ResourcePage.LinkOf(iri, baseIri)));
        }
    }

    /// <summary>As in a dictionary: without regard to case, accents and signs before the first letter.</summary>
    private static string InOrder(string name) => string.Concat(
        name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).SkipWhile(c => !char.IsLetterOrDigit(c))).ToUpperInvariant();
}
