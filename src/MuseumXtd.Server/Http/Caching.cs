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

    /// <summary>
    /// The same with a date as well, and the conditions that want the content to be as it was (RFC 9110, section 13.2.2).
    /// </summary>
    /// <returns>Whether the request is answered.</returns>
    public static bool IsUnchanged(HttpContext http, string etag, DateTimeOffset modified)
    {
        var asked = http.Request.GetTypedHeaders();
        http.Response.GetTypedHeaders().LastModified = modified;
        var match = http.Request.Headers.IfMatch.ToString();
        if (match.Length > 0 ? !match.Split(',').Any(t => t.Trim() == "*" || t.Trim() == etag) : asked.IfUnmodifiedSince < modified)
        {
            http.Response.Headers.ETag = etag;
            http.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
            return true;
        }

        if (IsUnchanged(http, etag))
        {
            return true;
        }

        if (http.Request.Headers.IfNoneMatch.Count == 0 && asked.IfModifiedSince >= modified)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        return false;
    }

    private static string TrimWeak(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
