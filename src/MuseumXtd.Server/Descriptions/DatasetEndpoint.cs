using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Dumps;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Descriptions;

/// <summary><c>/dataset</c>: what is served, as a page or as RDF, and where registers look for it.</summary>
internal sealed class DatasetEndpoint(LiveDataset dataset, DescriptionSource descriptions, ServerOptions options)
{
    private static readonly string[] Suffixes = ["html", "ttl", "jsonld", "rdf", "nt"];

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        string[] read = ["GET", "HEAD"];
        app.MapMethods("/dataset", read, http => AnswerAsync(http, http.Request.Query["format"].ToString()));
        foreach (var suffix in Suffixes)
        {
            app.MapMethods("/dataset." + suffix, read, http => AnswerAsync(http, suffix));
        }

        // VoID, section 7.2: a redirect of RFC 5785's well-known place to the description.
        app.MapMethods("/.well-known/void", read, http =>
        {
            http.Response.StatusCode = StatusCodes.Status302Found;
            http.Response.Headers.Location = "/dataset";
            return Task.CompletedTask;
        });
    }

    private async Task AnswerAsync(HttpContext http, string format)
    {
        if (await Representation.ChooseAsync(http, format, Representation.Offered).ConfigureAwait(false) is not { } mediaType)
        {
            return;
        }

        var state = dataset.Current;
        var description = await descriptions.OfAsync(state, http.Request, http.RequestAborted).ConfigureAwait(false);
        http.Response.Headers.Link = Links(description);
        if (mediaType == Representation.Html)
        {
            http.Response.Headers.Remove("Vary");
            await new DatasetPage(description, options).WriteAsync(http).ConfigureAwait(false);
            return;
        }

        await Representation.WriteAsync(http, mediaType, DescriptionGraph.Prefixes, description.WriteTo).ConfigureAwait(false);
    }

    /// <summary>Where a landing page leads (signposting, https://signposting.org/FAIR/): to its persistent name, its metadata and its files.</summary>
    private string[] Links(DatasetDescription description) =>
    [
        $"<{description.Dataset.Value}>; rel=\"cite-as\"",
        $"<{description.Dataset.Value}>; rel=\"describes\"",
        "<https://schema.org/Dataset>; rel=\"type\"",
        $"<{options.LicenseOf(DumpProfile.Full)}>; rel=\"license\"",
        .. new[] { ("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("rdf", "application/rdf+xml"), ("nt", "application/n-triples") }
            .SelectMany(f => new[] { $"</dataset.{f.Item1}>; rel=\"describedby\"; type=\"{f.Item2}\"", $"</dataset.{f.Item1}>; rel=\"alternate\"; type=\"{f.Item2}\"" }),
        .. description.Files.Select(f => $"</{f.File.Name}>; rel=\"item\"; type=\"{f.File.MediaType.Split(';')[0]}\""),
    ];
}
