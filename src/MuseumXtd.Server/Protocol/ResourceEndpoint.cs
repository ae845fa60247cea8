using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Protocol;

/// <summary>Resources as linked data: the thing answers 303 to its document, which is HTML or RDF (W3C note Cool URIs, section 4.2).</summary>
internal sealed class ResourceEndpoint(LiveDataset dataset, ServerOptions options)
{
    private static readonly RdfFormat[] Formats = [RdfFormats.Turtle, RdfFormats.NTriples];

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
            await NotFoundAsync(http).ConfigureAwait(false);
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
            var dot = path.LastIndexOf('.');
            format = dot < 0 ? "" : path[(dot + 1)..];
            path = dot < 0 ? path : path[..dot];
            if (dot < 0 || !describer.Knows(options.BaseIri + path) || (format != "html" && Formats.All(f => !f.Suffixes.Contains(format))))
            {
                await NotFoundAsync(http).ConfigureAwait(false);
                return;
            }
        }

        string[] offered = ["text/html", .. Formats.SelectMany(f => f.MediaTypes)];
        var chosen = format.Length > 0 ? Array.IndexOf(offered, MediaTypeOf(format)) : ContentNegotiation.Choose(http.Request.Headers.Accept, offered);
        http.Response.Headers.Vary = "Accept, Accept-Language";
        if (chosen < 0)
        {
            await Problem.WriteAsync(http, 406, "Not acceptable.", "Available: " + string.Join(", ", offered)).ConfigureAwait(false);
            return;
        }

        var iri = options.BaseIri + path;
        var language = chosen == 0 ? Page.LanguageOf(http) : "";
        http.Response.Headers.Link = new[]
        {
            $"<{iri}>; rel=\"describes\"",
            $"<{iri}>; rel=\"canonical\"",
            $"</doc/{path}.ttl>; rel=\"alternate\"; type=\"text/turtle\"",
            $"</doc/{path}.nt>; rel=\"alternate\"; type=\"application/n-triples\"",
            "<http://creativecommons.org/publicdomain/zero/1.0/>; rel=\"license\"",
        };
        if (Caching.IsUnchanged(http, state.ETag[..^1] + "-" + chosen + language + "\""))
        {
            return;
        }

        if (chosen == 0)
        {
            http.Response.Headers.Remove("Vary");
            using var page = new ResourcePage(state, iri, path, options.BaseIri);
            await page.WriteAsync(http).ConfigureAwait(false);
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new SortedWriter(buffer, RdfFormats.ByMediaType(offered[chosen])!, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix }))
        {
            describer.WriteTo(iri, writer);
            writer.Complete();
        }

        http.Response.ContentType = RdfFormats.ByMediaType(offered[chosen])!.MediaTypes[0] + "; charset=utf-8";
        http.Response.ContentLength = buffer.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static string MediaTypeOf(string format) =>
        format == "html" ? "text/html" : (RdfFormats.ByName(format) ?? RdfFormats.BySuffix(format) ?? RdfFormats.ByMediaType(format))?.MediaTypes[0] ?? "";

    private static Task NotFoundAsync(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? new NotFoundPage(http.Request.Path.Value ?? "").WriteAsync(http, 404)
            : Problem.WriteAsync(http, 404, "Not found.", $"There is no {http.Request.Path} here.");
}
