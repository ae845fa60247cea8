using Microsoft.AspNetCore.Http;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Http;

/// <summary>Conditional writing (RFC 9110, section 13.1): the tag is that of the whole dataset.</summary>
internal static class Preconditions
{
    /// <summary>What If-Match and If-None-Match ask of the state before the change, or null where they ask nothing.</summary>
    public static Func<DatasetState, bool>? Of(HttpRequest request, Func<DatasetState, bool> exists)
    {
        var match = Tags(request.Headers.IfMatch.ToString());

        // If-None-Match compares weakly (section 13.1.2): a tag that was weakened on its way still names the state.
        var noneMatch = Array.ConvertAll(Tags(request.Headers.IfNoneMatch.ToString()), t => t.StartsWith("W/", StringComparison.Ordinal) ? t[2..] : t);
        if (match.Length + noneMatch.Length == 0)
        {
            return null;
        }

        return state =>
            (match.Length == 0 || match.Contains(state.ETag) || (match.Contains("*") && exists(state)))
            && !noneMatch.Contains(state.ETag)
            && !(noneMatch.Contains("*") && exists(state));
    }

    private static string[] Tags(string header) => header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
