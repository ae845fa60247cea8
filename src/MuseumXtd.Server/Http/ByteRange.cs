using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MuseumXtd.Server.Http;

/// <summary>The part of a file that a request wants (RFC 9110, section 14).</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">How many.</param>
/// <param name="IsPart">Whether less than all was asked for.</param>
internal readonly record struct ByteRange(long Start, long Length, bool IsPart)
{
    /// <summary>Whether a request asks for a part, and still means this content.</summary>
    public static bool IsAsked(HttpContext http, string etag, DateTimeOffset modified)
    {
        // A range in another unit or form, and several ranges, are answered with the whole: section 14.2 lets a server do so.
        var asked = http.Request.GetTypedHeaders();
        if (!HttpMethods.IsGet(http.Request.Method) || asked.Range is not { Ranges.Count: 1 } range || range.Unit != "bytes")
        {
            return false;
        }

        return http.Request.Headers.IfRange.Count == 0
            || (asked.IfRange is { } condition && (condition.EntityTag is { } tag ? !tag.IsWeak && tag.Tag == etag : condition.LastModified == modified));
    }

    /// <summary>Takes the range that was asked for, and sets the status and headers of the answer.</summary>
    /// <returns>What is to be sent, or null when the answer is 416.</returns>
    public static ByteRange? Take(HttpContext http, long length, bool isAsked)
    {
        if (!isAsked)
        {
            http.Response.ContentLength = length;
            return new ByteRange(0, length, false);
        }

        var range = http.Request.GetTypedHeaders().Range!.Ranges.First();
        var start = range.From ?? Math.Max(0, length - range.To!.Value);
        var end = range.From is null ? length : Math.Min(length, range.To is { } to ? to + 1 : length);
        if (start >= end)
        {
            http.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            http.Response.GetTypedHeaders().ContentRange = new ContentRangeHeaderValue(length);
            http.Response.ContentLength = 0;
            return null;
        }

        http.Response.StatusCode = StatusCodes.Status206PartialContent;
        http.Response.GetTypedHeaders().ContentRange = new ContentRangeHeaderValue(start, end - 1, length);
        http.Response.ContentLength = end - start;
        return new ByteRange(start, end - start, true);
    }
}
