using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Descriptions;

namespace MuseumXtd.Server.Pages;

/// <summary>What is said of one resource, where each statement comes from, and what points at it.</summary>
internal sealed class ResourcePage(DatasetState state, string iri, string path, string baseIri) : Page, IDisposable
{
    private readonly Describer _describer = new(state.Snapshot);

    /// <inheritdoc/>
    protected override string Title => _describer.NameOf(new Iri(iri), Language);

    /// <inheritdoc/>
    public void Dispose() => _describer.Dispose();

    /// <summary>Where a resource is on this server, when it is one of ours, else its IRI.</summary>
    public static string LinkOf(Iri target, string baseIri) =>
        target.Value.StartsWith(baseIri, StringComparison.Ordinal) ? "/" + target.Value[baseIri.Length..] : target.Value;

    /// <inheritdoc/>
    protected override void WriteHead(Html html)
    {
        html.Void("link", ("rel", "canonical"), ("href", iri));
        foreach (var format in Http.Representation.Formats)
        {
            html.Void("link", ("rel", "alternate"), ("type", format.MediaTypes[0]), ("href", $"/doc/{path}.{format.Suffixes[0]}"));
        }

        html.Raw($"<script type=\"application/ld+json\">{SchemaOrg.OfResource(_describer, new Iri(iri), baseIri, Language)}</script>\n");
    }

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        var subject = new Iri(iri);
        html.Element("p", iri, ("class", "iri"));
        WriteTable(html, subject);
        foreach (var part in _describer.Statements(subject).Select(s => s.Object).OfType<Iri>()
            .Where(o => o.Value.StartsWith(iri + "/", StringComparison.Ordinal)).Distinct())
        {
            html.Element("h2", part.Value[(iri.Length + 1)..]);
            WriteTable(html, part);
        }

        var incoming = _describer.Incoming(subject).Where(i => i.Subject is Iri s && !s.Value.StartsWith(iri + "/", StringComparison.Ordinal)).ToList();
        if (incoming.Count > 0)
        {
            html.Element("h2", T("incoming"));
            using var list = html.Open("ul", ("class", "plain"));
            foreach (var (source, predicate) in incoming)
            {
                using var item = html.Open("li");
                html.Element("a", _describer.NameOf(source, Language), ("href", LinkOf((Iri)source, baseIri)));
                html.Text(" ");
                html.Element("small", _describer.NameOf(predicate, Language));
            }
        }

        html.Element("h2", T("formats"));
        using (html.Open("p"))
        {
            foreach (var format in Http.Representation.Formats)
            {
                html.Element("a", format.Label, ("href", $"/doc/{path}.{format.Suffixes[0]}"));
                html.Text(" ");
            }
        }
    }

    private void WriteTable(Html html, Iri subject)
    {
        using var table = html.Open("table");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", T("property"), ("scope", "col"));
            html.Element("th", T("value"), ("scope", "col"));
            html.Element("th", T("source"), ("scope", "col"));
        }

        using var body = html.Open("tbody");
        foreach (var (predicate, value) in _describer.Statements(subject))
        {
            using var row = html.Open("tr");
            html.Element("th", _describer.NameOf(predicate, Language), ("scope", "row"), ("title", predicate.Value));
            using (html.Open("td"))
            {
                if (value is Iri target)
                {
                    html.Element("a", _describer.NameOf(target, Language), ("href", LinkOf(target, baseIri)));
                }
                else
                {
                    html.Element("span", _describer.NameOf(value, Language), ("lang", (value as Literal)?.Language));
                }
            }

            using (html.Open("td"))
            {
                foreach (var origin in state.Garden?.Origins.Of(subject, predicate, value) ?? [])
                {
                    html.Element("small", string.Create(CultureInfo.InvariantCulture, $"{origin.File}:{origin.Line} "), ("title", origin.Words));
                }
            }
        }
    }
}
