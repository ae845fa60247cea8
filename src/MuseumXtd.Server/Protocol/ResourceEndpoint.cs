using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Feeds;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Protocol;

/// <summary>Resources as linked data: the thing answers 303 to its document, which is HTML or RDF (W3C note Cool URIs, section 4.2).</summary>
internal sealed class ResourceEndpoint(LiveDataset dataset, Tombstones tombstones, ServerOptions options)
{
    private static readonly byte[] PrimaryTopic = new Iri("http://xmlns.com/foaf/0.1/primaryTopic").Encode();
    private static readonly byte[] InDataset = new Iri("http://rdfs.org/ns/void#inDataset").Encode();

    private static readonly Dictionary<string, string> Prefixes =
        new(GardenPrefixes.ByPrefix, StringComparer.Ordinal) { ["void"] = "http://rdfs.org/ns/void#" };

    /// <summary>A thing: its document says what is known of it.</summary>
    public async Task RedirectAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Trim('/');
        var state = dataset.Current;
        if (HomePage.Sets.FirstOrDefault(s => s.Path == path) is { Class: { } type })
        {
            await new ListPage(state, type, options.BaseIri).WriteAsync(http).ConfigureAwait(false);
            return;
        }

        if (await Retired.AnswerAsync(http, state, options.BaseIri, path, "/").ConfigureAwait(false))
        {
            return;
        }

        using var describer = new Describer(state.Snapshot);
        if (!describer.Knows(options.BaseIri + path))
        {
            if (!await tombstones.AnswerAsync(http, options.BaseIri + path, http.Request.Query["format"].ToString()).ConfigureAwait(false))
            {
                await NotFoundAsync(http).ConfigureAwait(false);
            }

            return;
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = new PathString("/doc/" + path).ToUriComponent() + http.Request.QueryString;
        http.Response.Headers.Vary = "Accept";
    }

    /// <summary>The document of a thing.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!["/doc/".Length..].Trim('/');
        var state = dataset.Current;
        if (await Retired.AnswerAsync(http, state, options.BaseIri, path, "/doc/").ConfigureAwait(false))
        {
            return;
        }

        using var describer = new Describer(state.Snapshot);
        var format = http.Request.Query["format"].ToString();
        if (!describer.Knows(options.BaseIri + path))
        {
            if (await tombstones.AnswerAsync(http, options.BaseIri + path, format).ConfigureAwait(false))
            {
                return;
            }

            var dot = path.LastIndexOf('.');
            format = dot < 0 ? "" : path[(dot + 1)..];
            path = dot < 0 ? path : path[..dot];
            if (dot > 0 && await tombstones.AnswerAsync(http, options.BaseIri + path, format).ConfigureAwait(false))
            {
                return;
            }

            if (dot < 0 || !describer.Knows(options.BaseIri + path) || (format != "html" && Representation.Formats.All(f => !f.Suffixes.Contains(format))))
            {
                await NotFoundAsync(http).ConfigureAwait(false);
                return;
            }
        }

        if (await Representation.ChooseAsync(http, format, Representation.Offered).ConfigureAwait(false) is not { } mediaType)
        {
            return;
        }

        var iri = options.BaseIri + path;
        var isPage = mediaType == Representation.Html;
        var language = isPage ? Page.LanguageOf(http) : "";
        http.Response.Headers.Link = Signposting.OfResource(describer, iri, path, options);
        if (Caching.IsUnchanged(http, $"{state.ETag[..^1]}-{mediaType.Replace('/', '-')}{language}\""))
        {
            return;
        }

        if (isPage)
        {
            http.Response.Headers.Remove("Vary");
            using var page = new ResourcePage(state, iri, path, options.BaseIri);
            await page.WriteAsync(http).ConfigureAwait(false);
            return;
        }

        await Representation.WriteAsync(http, mediaType, Prefixes, sink =>
        {
            describer.WriteTo(iri, sink);
            var document = new Iri($"{options.BaseIri}doc/{path}");
            sink.Quad(document.Encode(), PrimaryTopic, new Iri(iri).Encode(), default);
            sink.Quad(document.Encode(), InDataset, new Iri(options.BaseIri + "dataset").Encode(), default);
        }).ConfigureAwait(false);
    }

    private static Task NotFoundAsync(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? new NotFoundPage(http.Request.Path.Value ?? "").WriteAsync(http, 404)
            : Problem.WriteAsync(http, 404, "Not found.", $"There is no {http.Request.Path} here.");
}
