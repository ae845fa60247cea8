using System.Globalization;
using MuseumXtd.Server.Protocol;
using MuseumXtd.Sparql.Results;

namespace MuseumXtd.Server.Pages;

/// <summary>A form for queries that works without script.</summary>
internal sealed class QueryPage(ServerOptions options) : Page
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

    /// <summary>The query in the form; null for an example.</summary>
    public string? Query { get; init; }

    /// <summary>How the query was answered, where that was asked.</summary>
    public Explanation? Explanation { get; init; }

    /// <inheritdoc/>
    protected override string Title => "SPARQL";

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        WriteForm(html);
        html.Element("p", Format("queryLimits", options.Timeout.TotalSeconds, options.MaxMemoryBytes >> 20, options.MaxRows));
        if (Explanation is not null)
        {
            html.Element("h2", T("plan"));
            html.Element("p", T("planIntro"));
            html.Element("pre", Explanation.ToString(), ("tabindex", "0"));
        }
    }

    private void WriteForm(Html html)
    {
        using var form = html.Open("form", ("action", "/sparql"), ("method", "get"));
        using (html.Open("p"))
        {
            html.Element("label", T("query"), ("for", "query"));
        }

        html.Element("textarea", Query ?? Example, ("id", "query"), ("name", "query"), ("spellcheck", "false"));
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
            html.Text(" ");
            html.Element("button", T("explain"), ("type", "submit"), ("name", "explain"), ("value", "html"));
        }
    }
}
