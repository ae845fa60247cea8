using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Protocol;

/// <summary>The text of an update that is the body of a request: UTF-8, and no longer than what it takes in memory allows.</summary>
internal static class UpdateText
{
    private const int Longest = 1 << 28;
    private const int Short = 1 << 15;

    // Two for each character, twice while they are read, and what they become.
    private const int BytesInMemory = 4;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Limits how long the body may be, before it is read.</summary>
    /// <returns>How many bytes.</returns>
    public static int Limit(HttpContext http, ServerOptions options)
    {
        var limit = (int)Math.Min(Math.Min(Longest, options.MaxRequestBytes), options.MaxMemoryBytes / BytesInMemory);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        return limit;
    }

    /// <summary>Reads the body; null where that was answered with a problem.</summary>
    public static async Task<string?> ReadAsync(HttpContext http)
    {
        try
        {
            return await ReadAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        }
        catch (DecoderFallbackException)
        {
            await Problem.WriteAsync(http, 400, "The update is not valid UTF-8.", "Send the update as UTF-8.").ConfigureAwait(false);
            return null;
        }
    }

    private static async Task<string> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is not (>= 0 and <= Short))
        {
            using var reader = new StreamReader(request.Body, Utf8, detectEncodingFromByteOrderMarks: false);
            return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        }

        // Most updates are short: they have come already, and need no copy but the text.
        var read = await request.BodyReader.ReadAtLeastAsync((int)request.ContentLength.Value, cancellation).ConfigureAwait(false);
        try
        {
            return Utf8.GetString(read.Buffer);
        }
        finally
        {
            request.BodyReader.AdvanceTo(read.Buffer.End);
        }
    }
}
