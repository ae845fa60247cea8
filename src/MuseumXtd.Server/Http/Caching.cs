using Microsoft.AspNetCore.Http;

namespace MuseumXtd.Server.Http;

/// <summary>Entity tags from the content of the dataset (RFC 9110, section 8.8.3 and 13.1.2).</summary>
internal static class Caching
{
    /// <summary>Sets the tag, and answers 304 where the client has it already.</summary>
    /// <returns>Whether the request is answered.</returns>
    public static bool IsUnchanged(HttpContext http, string etag)
    {
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "no-cache";
        foreach (var value in http.Request.Headers.IfNoneMatch)
        {
            if (value is not null && value.Split(',').Any(t => t.Trim() is "*" || TrimWeak(t.Trim()) == etag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return true;
            }
        }

        return false;
    }

    private static string TrimWeak(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
