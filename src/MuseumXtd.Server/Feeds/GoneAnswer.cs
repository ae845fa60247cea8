using System.Globalization;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Feeds;

/// <summary>What is left to say of a resource that is gone, with status 410 (RFC 9110, section 15.5.11): a page, RDF or a problem.</summary>
/// <param name="Iri">Which.</param>
/// <param name="Since">When it was deleted: a date or a time, as in XML Schema.</param>
/// <param name="Detail">One sentence for programs.</param>
internal sealed record GoneAnswer(string Iri, string Since, string Detail)
{
    private static readonly string[] Offered = [Representation.Html, .. Representation.Formats.SelectMany(f => f.MediaTypes), "application/problem+json"];

    /// <summary>The local names of the classes that it had.</summary>
    public IReadOnlyList<string> FormerTypes { get; init; } = [];

    /// <summary>The name that it had, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Answers in the form that is asked for.</summary>
    /// <param name="http">The request.</param>
    /// <param name="format">The name or suffix of a format, or nothing: then the Accept header decides.</param>
    /// <param name="page">What people get.</param>
    public async Task WriteAsync(HttpContext http, string format, Page page)
    {
        http.Response.Headers.Vary = "Accept, Accept-Language";
        http.Response.Headers.Link = $"<{Signposting.Reference(Iri)}>; rel=\"cite-as\"";
        var accept = http.Request.Headers.Accept.ToString();
        var mediaType = format.Length > 0 ? Representation.MediaTypeOf(format) : ContentNegotiation.Choose(accept, Offered) is >= 0 and var chosen ? Offered[chosen] : "";
        if (mediaType == Representation.Html && (format.Length > 0 || accept.Contains("html", StringComparison.Ordinal)))
        {
            http.Response.Headers.Remove("Vary");
            await page.WriteAsync(http, StatusCodes.Status410Gone).ConfigureAwait(false);
        }
        else if (RdfFormats.ByMediaType(mediaType) is { } syntax && Representation.Formats.Contains(syntax) && mediaType != "application/json")
        {
            await Representation.WriteAsync(http, syntax.MediaTypes[0], DescriptionGraph.Prefixes, Describe().WriteTo, StatusCodes.Status410Gone).ConfigureAwait(false);
        }
        else
        {
            await Problem.WriteAsync(http, StatusCodes.Status410Gone, "Gone.", Detail).ConfigureAwait(false);
        }
    }

    /// <summary>A tombstone of ActivityStreams.</summary>
    private DescriptionGraph Describe()
    {
        var graph = new DescriptionGraph();
        var subject = new Iri(Iri);
        graph.AddTypes(subject, "as:Tombstone");
        foreach (var type in FormerTypes)
        {
            graph.Add(subject, "as:formerType", DescriptionGraph.Name("mxtd:" + type));
        }

        if (Name is not null)
        {
            graph.Add(subject, "as:name", new Literal(Name));
        }

        var isDate = DateOnly.TryParseExact(Since, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        graph.Add(subject, "as:deleted", new Literal(Since, isDate ? Xsd.Date : Xsd.DateTime));
        graph.Add(subject, "owl:deprecated", new Literal("true", Xsd.Boolean));
        return graph;
    }
}
