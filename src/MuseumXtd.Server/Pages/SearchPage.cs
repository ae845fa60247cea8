using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Search;

namespace MuseumXtd.Server.Pages;

/// <summary>A form, what was found, and ways to narrow it; all of it links, so that it works without script.</summary>
internal sealed class SearchPage(DatasetState state, SearchRequest request, SearchAnswer answer, string baseIri) : Page
{
    /// <inheritdoc/>
    protected override string Title => request.Text.Trim().Length == 0 ? T("search") : Format("part", T("search"), request.Text);

    /// <inheritdoc/>
    protected override string Heading => T("search");

    /// <inheritdoc/>
    protected override bool HasSearchInHeader => false;

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        using var describer = new Describer(state.Snapshot);
        WriteSearchForm(html, "q", request.Text, form => WriteFilters(form, hidden: true, describer));
        if (request.Text.Trim().Length == 0)
        {
            html.Element("p", T("searchHelp"));
            return;
        }

        using (html.Open("p", ("role", "status")))
        {
            html.Text(answer.Total == 0 ? T("nothingFound") : answer.Total == 1 ? T("oneFound") : Format("manyFound", answer.Total));
            html.Text(answer is { IsOfBeginnings: true, Total: > 0 } ? " " + T("ofBeginnings") : "");
        }

        WriteFilters(html, hidden: false, describer);
        if (answer.Suggestion is { } suggestion)
        {
            using var line = html.Open("p");
            html.Text(T("didYouMean") + " ");
            html.Element("a", suggestion, ("href", request.Link(text: suggestion)));
        }

        if (answer.Total == 0)
        {
            html.Element("p", T("searchHelp"));
            return;
        }

        using (html.Open("div", ("class", "found")))
        {
            using (html.Open("div"))
            {
                WriteHits(html, describer);
                WritePaging(html);
            }

            WriteFacets(html, describer);
        }
    }

    /// <summary>The chosen values: kept by the form, and shown with a link that drops each.</summary>
    private void WriteFilters(Html html, bool hidden, Describer describer)
    {
        if (hidden)
        {
            foreach (var (name, value) in request.Filters)
            {
                html.Void("input", ("type", "hidden"), ("name", name), ("value", value));
            }

            return;
        }

        if (request.Filters.Count > 0)
        {
            using var list = html.Open("ul", ("class", "chosen"), ("aria-label", T("chosen")));
            foreach (var (name, value) in request.Filters)
            {
                using var item = html.Open("li");
                var chosen = describer.NameOf(new Iri(value), Language);
                html.Text(Format("part", T("facet." + name), chosen) + " ");
                html.Element("a", T("drop"), ("href", request.Link(name)), ("aria-label", Format("part", T("drop"), chosen)));
            }
        }
    }

    private void WriteHits(Html html, Describer describer)
    {
        using var list = html.Open("ol", ("class", "hits"), ("start", (request.Offset + 1).ToString(CultureInfo.InvariantCulture)));
        foreach (var hit in answer.Hits)
        {
            using var item = html.Open("li");
            var name = describer.NameOf(hit.Resource, Language);

            // What was found is the heading itself: once is enough.
            var isName = hit.Snippet.Text == name;
            using (html.Open("h2", ("lang", isName ? hit.Language : null)))
            {
                using Html.Scope? link = hit.Resource is Iri iri ? html.Open("a", ("href", ResourcePage.LinkOf(iri, baseIri))) : null;
                if (isName)
                {
                    WriteSnippet(html, hit.Snippet);
                }
                else
                {
                    html.Text(name);
                }
            }

            var types = string.Join(", ", hit.Types.Select(t => describer.NameOf(t, Language)).Distinct());
            using (html.Open("p"))
            {
                if (isName && types.Length > 0)
                {
                    html.Element("small", types);
                    continue;
                }

                html.Element("small", types.Length == 0 ? describer.NameOf(hit.Property, Language) : $"{types} · {describer.NameOf(hit.Property, Language)}");
                html.Void("br");
                using (html.Open("span", ("lang", hit.Language)))
                {
                    WriteSnippet(html, hit.Snippet);
                }
            }
        }
    }

    private static void WriteSnippet(Html html, Snippet snippet)
    {
        var at = 0;
        foreach (var (start, length) in snippet.Marks)
        {
            html.Text(snippet.Text[at..start]);
            html.Element("mark", snippet.Text.Substring(start, length));
            at = start + length;
        }

        html.Text(snippet.Text[at..]);
    }

    private void WritePaging(Html html)
    {
        var next = request.Offset + request.Limit;
        if (request.Offset == 0 && next >= answer.Total)
        {
            return;
        }

        using var nav = html.Open("nav", ("class", "paging"), ("aria-label", T("pages")));
        if (request.Offset > 0)
        {
            html.Element("a", T("previous"), ("rel", "prev"), ("href", request.Link(offset: Math.Max(0, request.Offset - request.Limit))));
            html.Text(" ");
        }

        html.Text(Format("hitsOf", request.Offset + 1, request.Offset + answer.Hits.Count, answer.Total) + " ");
        if (next < answer.Total)
        {
            html.Element("a", T("next"), ("rel", "next"), ("href", request.Link(offset: next)));
        }
    }

    private void WriteFacets(Html html, Describer describer)
    {
        using var nav = html.Open("nav", ("aria-label", T("narrow")), ("class", "facets"));
        foreach (var facet in Facet.All.Where(f => !request.Filters.ContainsKey(f.Name)))
        {
            if (answer.Facets.TryGetValue(facet.Name, out var values))
            {
                html.Element("h2", T("facet." + facet.Name));
                using var list = html.Open("ul");
                foreach (var (value, count) in values.Where(v => v.Value is Iri))
                {
                    using var item = html.Open("li");
                    html.Element("a", describer.NameOf(value, Language), ("href", request.Link(facet.Name, ((Iri)value).Value)));
                    html.Text(" " + Format("number", count));
                }
            }
        }
    }
}
