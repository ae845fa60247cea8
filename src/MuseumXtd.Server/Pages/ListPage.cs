using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Pages;

/// <summary>All resources of a class.</summary>
internal sealed class ListPage(DatasetState state, string classIri, string baseIri) : Page
{
    /// <inheritdoc/>
    protected override string Title
    {
        get
        {
            using var describer = new Describer(state.Snapshot);
            return describer.NameOf(new Iri(classIri), Language);
        }
    }

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        using var describer = new Describer(state.Snapshot);
        using var list = html.Open("ul", ("class", "plain"));
        foreach (var (iri, name) in describer.Instances(classIri).Select(i => (i, describer.NameOf(i, Language))).OrderBy(p => p.Item2, StringComparer.Ordinal))
        {
            using var item = html.Open("li");
            html.Element("a", name, ("href", ResourcePage.LinkOf(iri, baseIri)));
        }
    }
}
