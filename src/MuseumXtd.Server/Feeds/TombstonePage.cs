using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Feeds;

/// <summary>A resource that is gone, for people.</summary>
internal sealed class TombstonePage(ResourceChange change) : Page
{
    /// <inheritdoc/>
    protected override string Title => T("deleted");

    /// <inheritdoc/>
    protected override void WriteHead(Html html) => html.Void("meta", ("name", "robots"), ("content", "noindex"));

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", T("deletedWhy"), ("class", "lead"));
        html.Element("p", change.Resource, ("class", "iri"));
        using (html.Open("p"))
        {
            var time = DescriptionGraph.Time(change.Time).LexicalForm;
            html.Text(T("deletedAt") + " ");
            html.Element("time", time, ("datetime", time));
        }
    }
}
