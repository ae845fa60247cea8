using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Feeds;

/// <summary><c>/changes</c> and its pages.</summary>
internal sealed class ChangeFeedEndpoint(ChangeLog changes, DescriptionSource descriptions, ServerOptions options)
{
    private static readonly string[] Offered =
        [RdfFormats.JsonLd.MediaTypes[0], "application/activity+json", RdfFormats.JsonLd.MediaTypes[1], .. RdfFormats.Turtle.MediaTypes, .. RdfFormats.NTriples.MediaTypes];

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        string[] read = ["GET", "HEAD"];
        app.MapMethods("/changes", read, CollectionAsync);
        app.MapMethods("/changes/page/{page}", read, PageAsync);
    }

    private async Task CollectionAsync(HttpContext http)
    {
        if (await MediaTypeAsync(http).ConfigureAwait(false) is { } mediaType)
        {
            var feed = await FeedAsync(http).ConfigureAwait(false);
            http.Response.Headers.Link = new[] { $"<{Signposting.Reference(options.BaseIri)}dataset>; rel=\"collection\"", "</dataset>; rel=\"describedby\"", "</changes/page/1>; rel=\"first\"" };
            await WriteAsync(http, mediaType, feed.WriteCollection(), "no-cache").ConfigureAwait(false);
        }
    }

    private async Task PageAsync(HttpContext http)
    {
        if (await MediaTypeAsync(http).ConfigureAwait(false) is not { } mediaType)
        {
            return;
        }

        var feed = await FeedAsync(http).ConfigureAwait(false);
        var text = (string)http.Request.RouteValues["page"]!;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            || page < 1 || page > feed.PageCount || page.ToString(CultureInfo.InvariantCulture) != text)
        {
            await Problem.WriteAsync(http, 404, "No such page.", $"/changes has the pages 1 to {feed.PageCount}.").ConfigureAwait(false);
            return;
        }

        // A log in memory begins anew with the process, and so do its pages.
        var isLasting = page < feed.PageCount && changes.IsKept;
        await WriteAsync(http, mediaType, feed.WritePage(page), isLasting ? "public, max-age=31536000, immutable" : "no-cache").ConfigureAwait(false);
    }

    private static Task<string?> MediaTypeAsync(HttpContext http)
    {
        // A browser that names HTML first gets JSON, which it can show.
        var accept = http.Request.Headers.Accept.ToString();
        return ContentNegotiation.Choose(accept, Offered) < 0 && accept.Contains("text/html", StringComparison.Ordinal)
            ? Task.FromResult<string?>(Offered[0])
            : Representation.ChooseAsync(http, http.Request.Query["format"].ToString(), Offered);
    }

    private async Task<ChangeFeed> FeedAsync(HttpContext http) =>
        new(await changes.ViewAsync(http.RequestAborted).ConfigureAwait(false), descriptions.UrlFor(http.Request), options.BaseIri);

    /// <summary>What is not JSON-LD is read from it, so that all forms say the same.</summary>
    private static async Task WriteAsync(HttpContext http, string mediaType, byte[] json, string cacheControl)
    {
        http.Response.Headers.Vary = "Accept";
        http.Response.Headers.CacheControl = cacheControl;
        if (RdfFormats.ByMediaType(mediaType) is { } format && format != RdfFormats.JsonLd)
        {
            await Representation.WriteAsync(
                http,
                mediaType,
                DescriptionGraph.Prefixes,
                sink => RdfFormats.JsonLd.CreateReader().Read(new MemoryStream(json), new Statements(sink), ReaderOptions.Default, http.RequestAborted)).ConfigureAwait(false);
            return;
        }

        await Representation.WriteAsync(http, mediaType, json).ConfigureAwait(false);
    }

    /// <summary>Passes statements on, and no prefixes.</summary>
    private sealed class Statements(IQuadSink sink) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            sink.Quad(subject, predicate, @object, graph);
    }
}
