using MuseumXtd.Garden;

namespace MuseumXtd.Server.Pages;

/// <summary>What was here is gone.</summary>
internal sealed class GonePage(string iri, Tombstone tombstone) : Page
{
    /// <inheritdoc/>
    protected override string Title => tombstone.Name;

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", T("gone"), ("class", "lead"));
        html.Element("p", iri, ("class", "iri"));
        html.Element("p", tombstone.Since);
    }
}
