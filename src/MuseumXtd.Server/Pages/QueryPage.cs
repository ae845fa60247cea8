using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Http;
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

    /// <summary>The name of the format that is chosen; null for text.</summary>
    public string? ResultFormat { get; init; }

    /// <summary>Why the query was not answered, or null.</summary>
    public Problem? Problem { get; init; }

    /// <summary>How the query was answered, where that was asked.</summary>
    public Explanation? Explanation { get; init; }

    /// <inheritdoc/>
    protected override string Title => Problem is null ? Heading : $"{ProblemTitle(Problem)} – {Heading}";

    /// <inheritdoc/>
    protected override string Heading => "SPARQL";

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        if (Problem is not null)
        {
            WriteFault(html, Problem);
        }

        WriteForm(html);
        html.Element("p", Format("queryLimits", options.Timeout.TotalSeconds, options.MaxMemoryBytes >> 20, options.MaxRows));
        if (Explanation is not null)
        {
            html.Element("h2", T("plan"));
            html.Element("p", T("planIntro"));
            html.Element("pre", Explanation.ToString(), ("tabindex", "0"));
        }
    }

    private void WriteFault(Html html, Problem problem)
    {
        using var fault = html.Open("section", ("class", "fault"), ("id", "fault"), ("role", "alert"));
        html.Element("h2", ProblemTitle(problem));
        WriteProblem(html, problem);
        if (problem.Line is { } line && Query is not null)
        {
            MarkedText.WriteLines(html, Query, line, problem.Column ?? 1);
        }
    }

    private void WriteForm(Html html)
    {
        using var form = html.Open("form", ("action", "/sparql"), ("method", "get"));
        using (html.Open("p"))
        {
            html.Element("label", T("query"), ("for", "query"));
        }

        // HTML leaves out a line break with which the text begins.
        html.Element(
            "textarea", Query is ['\n', ..] or ['\r', ..] ? "\n" + Query : Query ?? Example,
            ("id", "query"), ("name", "query"), ("spellcheck", "false"), ("aria-invalid", Problem?.Line is null ? null : "true"), ("aria-describedby", Problem is null ? null : "fault"));
        using (html.Open("p"))
        {
            html.Element("label", T("result"), ("for", "format"));
            html.Text(" ");
            using (html.Open("select", ("id", "format"), ("name", "format")))
            {
                WriteFormats(html, T("formatsOfTables"), ResultFormats.All.Reverse().Select(f => (f.Name, Find("format." + f.Name) ?? f.Label)));
                WriteFormats(html, T("formatsOfGraphs"), RdfFormats.Writable.Select(f => (f.Name, f.Label)));
            }

            html.Text(" ");
            html.Element("button", T("run"), ("type", "submit"));
            html.Text(" ");
            html.Element("button", T("explain"), ("type", "submit"), ("name", "explain"), ("value", "html"));
        }

        WriteLanguageField(html);
    }

    private void WriteFormats(Html html, string label, IEnumerable<(string Name, string Label)> formats)
    {
        using var group = html.Open("optgroup", ("label", label));
        foreach (var (name, text) in formats)
        {
            html.Element("option", text, ("value", name), ("selected", name == ResultFormat ? "selected" : null));
        }
    }
}
