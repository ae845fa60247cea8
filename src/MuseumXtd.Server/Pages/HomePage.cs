using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Pages;

/// <summary>What this is, what is in it, and the ways in.</summary>
internal sealed class HomePage(DatasetState state) : Page
{
    /// <summary>The classes that have lists, with the path of each.</summary>
    public static IReadOnlyList<(string Path, string Class)> Sets { get; } =
    [
        ("initiative", "https://w3id.org/museumxtd/ns#Initiative"),
        ("organisation", "https://w3id.org/museumxtd/ns#Organisation"),
        ("person", "https://w3id.org/museumxtd/ns#Person"),
        ("scheme", "https://w3id.org/museumxtd/ns#FundingScheme"),
        ("output", "https://w3id.org/museumxtd/ns#Output"),
        ("place", "https://w3id.org/museumxtd/ns#Place"),
        ("note", "https://w3id.org/museumxtd/ns#Note"),
    ];

    /// <summary>The path of the list of a class, or null where it has none.</summary>
    public static string? PathOf(string classIri) => Sets.FirstOrDefault(s => s.Class == classIri).Path;

    /// <inheritdoc/>
    protected override string Title => T("title");

    /// <inheritdoc/>
    protected override bool HasSearchInHeader => false;

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", T("tagline"), ("class", "lead"));
        WriteSearchForm(html, "q", "");
        using var describer = new Describer(state.Snapshot);
        html.Element("h2", T("counts"));
        using (html.Open("ul", ("class", "plain")))
        {
            foreach (var (path, type) in Sets)
            {
                var count = describer.Instances(type).Count;
                if (count > 0)
                {
                    using var item = html.Open("li");
                    html.Element("a", T("set." + path), ("href", "/" + path));
                    html.Text(" " + Format("number", count));
                }
            }
        }

        html.Element("h2", T("doors"));
        using (html.Open("ul"))
        {
            Item(html, "/sparql", T("sparql"));
            Item(html, "/recipes", T("odata"));
            Item(html, "/api", T("api"));
            using (html.Open("li"))
            {
                html.Text(Format("part", T("dumps"), ""));
                using var ways = html.Open("span", ("class", "ways"));
                foreach (var format in RdfFormats.Writable)
                {
                    html.Element("a", format.Label, ("href", "/dump." + format.Suffixes[0]));
                    html.Text(" ");
                }
            }
        }
    }

    private static void Item(Html html, string href, string text)
    {
        using var item = html.Open("li");
        html.Element("a", text, ("href", href));
    }
}
