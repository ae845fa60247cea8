using MuseumXtd.Sparql.Results;

namespace MuseumXtd.Server.Pages;

/// <summary>A form for queries that works without script.</summary>
internal sealed class QueryPage : Page
{
    private const string Example = """
        PREFIX mxtd: <https://w3id.org/museumxtd/ns#>
        SELECT ?initiative ?agent ?role ?note ?line WHERE {
          ?i a mxtd:Initiative ; mxtd:name ?initiative ; mxtd:hasParticipation ?p .
          GRAPH ?note { ?p mxtd:agent ?a ; mxtd:role ?role ; mxtd:sourceLine ?line }
          ?a mxtd:name ?agent
        }
        ORDER BY ?initiative ?agent
        """;

    /// <inheritdoc/>
    protected override string Title => "SPARQL";

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        using var form = html.Open("form", ("action", "/sparql"), ("method", "get"));
        using (html.Open("p"))
        {
            html.Element("label", T("query"), ("for", "query"));
        }

        html.Element("textarea", Example, ("id", "query"), ("name", "query"), ("spellcheck", "false"));
        using (html.Open("p"))
        {
            html.Element("label", T("result"), ("for", "format"));
            html.Text(" ");
            using (html.Open("select", ("id", "format"), ("name", "format")))
            {
                foreach (var format in ResultFormats.All.Reverse())
                {
                    html.Element("option", format.Label, ("value", format.Name));
                }
            }

            html.Text(" ");
            html.Element("button", T("run"), ("type", "submit"));
        }
    }
}
