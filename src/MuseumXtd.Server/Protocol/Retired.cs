using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Feeds;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Protocol;

/// <summary>
/// Answers for identifiers that name nothing any more: 301 to what replaces them, 410 where nothing does (RFC 9110, sections 15.4.2 and
/// 15.5.11).
/// </summary>
internal static class Retired
{
    /// <summary>Answers, if the path is that of a retired thing, of a part of one, or of a document in some format.</summary>
    /// <param name="http">The request.</param>
    /// <param name="state">What is served.</param>
    /// <param name="baseIri">The base of all IRIs of data.</param>
    /// <param name="path">The path of the thing, without the prefix.</param>
    /// <param name="prefix">What stands before it on this server.</param>
    /// <returns>Whether the request is answered.</returns>
    public static async Task<bool> AnswerAsync(HttpContext http, DatasetState state, string baseIri, string path, string prefix)
    {
        if (state.Garden is not { } garden || (garden.Redirects.Count == 0 && garden.Gone.Count == 0))
        {
            return false;
        }

        var second = path.IndexOf('/', path.IndexOf('/', StringComparison.Ordinal) + 1);
        var thing = second < 0 ? path : path[..second];
        var dot = thing.LastIndexOf('.');
        foreach (var (name, suffix) in new[] { (thing, ""), (dot < 0 ? "" : thing[..dot], dot < 0 ? "" : thing[dot..]) })
        {
            if (name.Length == 0)
            {
                continue;
            }

            if (garden.Redirects.TryGetValue(baseIri + name, out var now) && now.StartsWith(baseIri, StringComparison.Ordinal))
            {
                http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
                http.Response.Headers.Location = new PathString(prefix + now[baseIri.Length..] + suffix).ToUriComponent() + http.Request.QueryString;
                return true;
            }

            if (garden.Gone.TryGetValue(baseIri + name, out var tombstone))
            {
                await AnswerGoneAsync(http, baseIri + name, suffix, tombstone).ConfigureAwait(false);
                return true;
            }
        }

        return false;
    }

    private static Task AnswerGoneAsync(HttpContext http, string iri, string suffix, Tombstone tombstone) =>
        new GoneAnswer(iri, tombstone.Since, $"{iri} named \"{tombstone.Name}\". No note speaks of it any more, since {tombstone.Since}, and nothing replaces it.") { Name = tombstone.Name }
            .WriteAsync(http, suffix.Length > 1 ? suffix[1..] : http.Request.Query["format"].ToString(), new GonePage(iri, tombstone));
}
