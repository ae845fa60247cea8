using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Protocol;

/// <summary>The parameters of a query request, from the URL, a form or the body itself.</summary>
internal sealed record SparqlRequest(
    string? Query, IReadOnlyList<string> DefaultGraphs, IReadOnlyList<string> NamedGraphs, string? Format, TimeSpan? Timeout)
{
    /// <summary>Reads a request, or answers with a problem and returns null.</summary>
    public static async Task<SparqlRequest?> ReadAsync(HttpContext http, int maxBytes)
    {
        var url = http.Request.Query;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return await FromAsync(http, name => url[name], url["query"]).ConfigureAwait(false);
        }

        if (http.Request.ContentLength > maxBytes)
        {
            await Problem.WriteAsync(http, 413, "The query is too long.", $"At most {maxBytes} bytes.").ConfigureAwait(false);
            return null;
        }

        var type = (http.Request.ContentType ?? "").Split(';')[0].Trim();
        if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
            return await FromAsync(http, name => form.TryGetValue(name, out var values) ? values : url[name], form["query"], isPost: true).ConfigureAwait(false);
        }

        if (type.Equals("application/sparql-query", StringComparison.OrdinalIgnoreCase))
        {
            using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, true), detectEncodingFromByteOrderMarks: false);
            try
            {
                var text = await reader.ReadToEndAsync(http.RequestAborted).ConfigureAwait(false);
                return await FromAsync(http, name => url[name], text, isPost: true).ConfigureAwait(false);
            }
            catch (DecoderFallbackException)
            {
                await Problem.WriteAsync(http, 400, "The query is not valid UTF-8.", "Send the query as UTF-8.").ConfigureAwait(false);
                return null;
            }
        }

        await Problem.WriteAsync(
            http, 415, "Unsupported media type.", "Send the query as application/x-www-form-urlencoded or application/sparql-query.").ConfigureAwait(false);
        return null;
    }

    private static async Task<SparqlRequest?> FromAsync(HttpContext http, Func<string, StringValues> get, StringValues query, bool isPost = false)
    {
        if (query.Count > 1 || (isPost && query.Count == 0))
        {
            await Problem.WriteAsync(http, 400, "One query is wanted.", $"The request has {query.Count} query parameters.").ConfigureAwait(false);
            return null;
        }

        TimeSpan? timeout = null;
        if (get("timeout").ToString() is { Length: > 0 } text)
        {
            if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds <= 0 || seconds > 86400)
            {
                await Problem.WriteAsync(http, 400, "Bad timeout.", $"timeout wants seconds, not '{text}'.").ConfigureAwait(false);
                return null;
            }

            timeout = TimeSpan.FromSeconds(seconds);
        }

        return new SparqlRequest(
            query.Count == 0 ? null : query.ToString(),
            [.. get("default-graph-uri").OfType<string>()],
            [.. get("named-graph-uri").OfType<string>()],
            get("format").ToString() is { Length: > 0 } format ? format : null,
            timeout);
    }
}
