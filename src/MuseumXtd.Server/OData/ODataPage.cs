using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Tables;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.OData;

/// <summary>The service for people who open its address: what it is for, and its entity sets with ways into each.</summary>
internal sealed class ODataPage(EntityModel model, Uri root) : Page
{
    /// <inheritdoc/>
    protected override string Title => "OData";

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", T("odataIntro"), ("class", "lead"));
        using (html.Open("p"))
        {
            html.Element("code", root.AbsoluteUri.TrimEnd('/'));
        }

        using (html.Open("p"))
        {
            html.Element("a", T("recipes"), ("href", "/recipes"));
            html.Text(" · ");
            html.Element("a", T("serviceDocument"), ("href", "/odata?$format=json"));
            html.Text(" · ");
            html.Element("a", "$metadata", ("href", "/odata/$metadata"));
            html.Text(" · ");
            html.Element("a", T("api"), ("href", "/api"));
        }

        html.Element("h2", T("entitySets"), ("id", "sets"));
        using var table = html.Open("table", ("aria-labelledby", "sets"));
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", T("entitySet"), ("scope", "col"));
            html.Element("th", T("content"), ("scope", "col"));
            html.Element("th", T("open"), ("scope", "col"));
        }

        using var body = html.Open("tbody");
        foreach (var @class in model.Classes.OrderBy(c => HomePage.PathOf(c.Iri!.Value) is null))
        {
            WriteSet(html, @class.Set!.Name, model.Ontology.Definition(@class.Iri!, Language) ?? model.Ontology.Label(@class.Iri!, Language) ?? "");
        }
    }

    private static void WriteSet(Html html, string set, string content)
    {
        using var row = html.Open("tr");
        using (html.Open("th", ("scope", "row"), ("id", set)))
        {
            html.Element("code", set);
        }

        html.Element("td", content);
        using var ways = html.Open("td", ("class", "ways"));
        Way("JSON", "json");
        foreach (var format in TableFormat.All)
        {
            html.Text(" ");
            Way(format.Suffix.ToUpperInvariant(), format.Suffix);
        }

        void Way(string name, string format) => html.Element("a", name, ("href", $"/odata/{set}?$format={format}"), ("aria-label", $"{set}, {name}"));
    }
}
