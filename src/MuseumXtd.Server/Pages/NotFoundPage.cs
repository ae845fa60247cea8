namespace MuseumXtd.Server.Pages;

/// <summary>There is nothing here.</summary>
internal sealed class NotFoundPage(string path) : Page
{
    /// <inheritdoc/>
    protected override string Title => "404";

    /// <inheritdoc/>
    protected override string Heading => T("notFound");

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", path, ("class", "iri"));
        using var home = html.Open("p");
        html.Element("a", T("home"), ("href", "/"));
    }
}
