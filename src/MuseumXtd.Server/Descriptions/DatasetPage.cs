using System.Globalization;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Descriptions;

/// <summary>The dataset for people: what it holds, in which files and through which doors, under which licence.</summary>
internal sealed class DatasetPage(DatasetDescription description, ServerOptions options) : Page
{
    /// <inheritdoc/>
    protected override string Title => T("dataset");

    /// <inheritdoc/>
    protected override void WriteHead(Html html)
    {
        html.Void("link", ("rel", "canonical"), ("href", description.Dataset.Value));
        html.Void("link", ("rel", "alternate"), ("type", "text/turtle"), ("href", "/dataset.ttl"));
        html.Void("link", ("rel", "alternate"), ("type", "application/ld+json"), ("href", "/dataset.jsonld"));
        html.Raw($"<script type=\"application/ld+json\">{SchemaOrg.OfDataset(description, options, Language)}</script>\n");
    }

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", Language == "fr" ? DatasetTexts.Description.French : DatasetTexts.Description.English, ("class", "lead"));
        html.Element("p", description.Dataset.Value, ("class", "iri"));
        WriteFacts(html);
        WriteFiles(html);
        WriteParts(html, T("classes"), description.Counts.Classes);
        WriteParts(html, T("properties"), description.Counts.Properties);
        if (description.Counts.Links.Count > 0)
        {
            html.Element("h2", T("links"));
            using var list = html.Open("ul");
            foreach (var link in description.Counts.Links)
            {
                html.Element("li", $"{link.Authority} – {ShortName(link.Predicate.Value)}: {Number(link.Count)}");
            }
        }

        html.Element("h2", T("formats"));
        using (html.Open("p"))
        {
            foreach (var (suffix, name) in (ReadOnlySpan<(string, string)>)[("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("rdf", "RDF/XML"), ("nt", "N-Triples")])
            {
                html.Element("a", name, ("href", "/dataset." + suffix));
                html.Text(" ");
            }
        }
    }

    private void WriteFacts(Html html)
    {
        using var table = html.Open("table");
        using var body = html.Open("tbody");
        Row(T("modified"), DescriptionGraph.Time(description.Modified).LexicalForm);
        Row(T("statements"), Number(description.Counts.Triples));
        Row(T("resources"), Number(description.Counts.Entities));
        Row(T("notesLicense"), options.LicenseOf(Dumps.DumpProfile.Full));
        Row(T("factsLicense"), ServerOptions.Cc0);
        Row(T("publisher"), options.Harvest.RepositoryName);

        void Row(string name, string value)
        {
            using var row = html.Open("tr");
            html.Element("th", name, ("scope", "row"));
            using var cell = html.Open("td");
            if (value.StartsWith("http", StringComparison.Ordinal))
            {
                html.Element("a", value, ("href", value), ("rel", "license"));
            }
            else
            {
                html.Text(value);
            }
        }
    }

    private void WriteFiles(Html html)
    {
        html.Element("h2", T("files"));
        using var table = html.Open("table");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", T("file"), ("scope", "col"));
            html.Element("th", T("content"), ("scope", "col"));
            html.Element("th", T("size"), ("scope", "col"));
            html.Element("th", "SHA-256", ("scope", "col"));
        }

        using var body = html.Open("tbody");
        foreach (var distributed in description.Files)
        {
            using var row = html.Open("tr");
            using (html.Open("th", ("scope", "row")))
            {
                html.Element("a", distributed.File.Name, ("href", "/" + distributed.File.Name));
            }

            var (french, english) = DatasetTexts.TitleOf(distributed.File);
            html.Element("td", Language == "fr" ? french : english);
            html.Element("td", distributed.Length is { } length ? Number(length) : "");
            using (html.Open("td"))
            {
                html.Element("small", distributed.Sha256 is { } digest ? digest[..12] + "…" : "", ("title", distributed.Sha256));
            }
        }
    }

    private void WriteParts(Html html, string title, IReadOnlyList<DatasetCounts.Part> parts)
    {
        html.Element("h2", title);
        using var list = html.Open("ul", ("class", "plain"));
        foreach (var part in parts)
        {
            using var item = html.Open("li");
            html.Element("span", ShortName(part.Iri.Value), ("title", part.Iri.Value));
            html.Text(" " + Number(part.Triples));
        }
    }

    private static string ShortName(string iri) => iri[(iri.TrimEnd('/', '#').LastIndexOfAny(['/', '#']) + 1)..];

    // The server runs without the data of cultures.
    private string Number(long number) => number.ToString("N0", new NumberFormatInfo { NumberGroupSeparator = Language == "fr" ? "\u202F" : "," });
}
