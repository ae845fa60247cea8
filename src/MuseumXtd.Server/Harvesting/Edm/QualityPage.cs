using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary>What each EDM record is worth to Europeana.</summary>
internal sealed class QualityPage(IReadOnlyList<(string Resource, string Name, MetadataTier Tier)> records) : Page
{
    /// <inheritdoc/>
    protected override string Title => T("quality");

    public static string Name(Tier tier) => tier == Tier.Zero ? "0" : tier.ToString();

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", T("qualityIntro"), ("class", "lead"));
        html.Element("p", string.Join(", ", records.GroupBy(r => r.Tier.Overall).OrderByDescending(g => g.Key).Select(g => $"{Name(g.Key)}: {g.Count()}")));
        using var table = html.Open("table");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (var column in (string[])["record", "tier", "tierLanguage", "tierEnabling", "tierContextual"])
            {
                html.Element("th", T(column), ("scope", "col"));
            }
        }

        using var body = html.Open("tbody");
        foreach (var (resource, name, tier) in records)
        {
            using var row = html.Open("tr");
            using (html.Open("td"))
            {
                html.Element("a", name, ("href", resource));
            }

            html.Element("td", Name(tier.Overall));
            html.Element("td", Name(tier.Language));
            html.Element("td", Name(tier.Enabling));
            html.Element("td", Name(tier.Contextual));
        }
    }
}
