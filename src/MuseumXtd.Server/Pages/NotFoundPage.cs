namespace MuseumXtd.Server.Pages;

/// <summary>There is nothing here.</summary>
internal sealed class NotFoundPage(string path) : Page
{
    /// <inheritdoc/>
    protected override string Title => "404";

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", T("notFound"), ("class", "lead"));
        html.Element("p", path, ("class", "iri"));
    }
}
