using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Protocol;

/// <summary>The parameters of a query request, from the URL, a form or the body itself.</summary>
/// <param name="Query">The query, or null where there is none.</param>
/// <param name="DefaultGraphs">default-graph-uri</param>
/// <param name="NamedGraphs">named-graph-uri</param>
/// <param name="Format">The format asked for by name, media type or suffix; null: what Accept prefers.</param>
/// <param name="Explain">How the plan is wanted in place of the answer: <c>text</c>, <c>json</c> or <c>html</c>; null: it is not.</param>
/// <param name="Timeout">How long the query may run, where the client lowers that.</param>
/// <param name="MaxRows">How many rows it may answer, likewise.</param>
/// <param name="MaxMemoryBytes">How many bytes it may hold, likewise.</param>
internal sealed record SparqlRequest(
    string? Query,
    IReadOnlyList<Iri> DefaultGraphs,
    IReadOnlyList<Iri> NamedGraphs,
    string? Format,
    string? Explain,
    TimeSpan? Timeout,
    long? MaxRows,
    long? MaxMemoryBytes)
{
    private static readonly string[] Explanations = ["text", "json", "html"];

    /// <summary>Reads a request, or answers with a problem and returns null.</summary>
    public static async Task<SparqlRequest?> ReadAsync(HttpContext http, int maxBytes)
    {
        var url = http.Request.Query;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return await FromAsync(http, name => url[name], url["query"], maxBytes).ConfigureAwait(false);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // A form is longer than what it says: percent signs take three bytes for one.
            size.MaxRequestBodySize = 3L * maxBytes;
        }

        if (http.Request.ContentLength > 3L * maxBytes)
        {
            await TooLongAsync(http, maxBytes).ConfigureAwait(false);
            return null;
        }

        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var parsed) ? parsed : null;
        var isForm = type?.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        if (!isForm && type?.MediaType.Equals("application/sparql-query", StringComparison.OrdinalIgnoreCase) != true)
        {
            http.Response.Headers["Accept-Post"] = "application/x-www-form-urlencoded, application/sparql-query";
            await Problem.WriteAsync(
                http, 415, "Unsupported media type.", "Send the query as application/x-www-form-urlencoded or application/sparql-query.").ConfigureAwait(false);
            return null;
        }

        var charset = HeaderUtilities.RemoveQuotes(type!.Charset).ToString();
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            await Problem.WriteAsync(http, 415, "Unsupported character encoding.", $"Send the query as UTF-8, not as {charset}.").ConfigureAwait(false);
            return null;
        }

        try
        {
            if (!isForm)
            {
                using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, true), detectEncodingFromByteOrderMarks: false);
                var text = await reader.ReadToEndAsync(http.RequestAborted).ConfigureAwait(false);
                return await FromAsync(http, name => url[name], text.TrimStart('\uFEFF'), maxBytes).ConfigureAwait(false);
            }

            var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
            return await FromAsync(http, name => form.TryGetValue(name, out var values) ? values : url[name], form["query"], maxBytes, isPost: true).ConfigureAwait(false);
        }
        catch (DecoderFallbackException)
        {
            await Problem.WriteAsync(http, 400, "The query is not valid UTF-8.", "Send the query as UTF-8.").ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            await Problem.WriteAsync(http, 413, "The form is too long.", e.Message).ConfigureAwait(false);
        }

        return null;
    }

    private static Task TooLongAsync(HttpContext http, int maxBytes) =>
        Problem.WriteAsync(http, 413, "The query is too long.", $"At most {maxBytes} bytes.");

    private static async Task<SparqlRequest?> FromAsync(HttpContext http, Func<string, StringValues> get, StringValues query, int maxBytes, bool isPost = false)
    {
        if (query.Count > 1 || (isPost && query.Count == 0))
        {
            await Problem.WriteAsync(http, 400, "One query is wanted.", $"The request has {query.Count} query parameters.").ConfigureAwait(false);
            return null;
        }

        if (query.Count == 1 && Encoding.UTF8.GetByteCount(query.ToString()) > maxBytes)
        {
            await TooLongAsync(http, maxBytes).ConfigureAwait(false);
            return null;
        }

        try
        {
            return new SparqlRequest(
                query.Count == 0 ? null : query.ToString(),
                Graphs(get, "default-graph-uri"),
                Graphs(get, "named-graph-uri"),
                get("format").ToString() is { Length: > 0 } format ? format : null,
                Explanation(http, get("explain")),
                TimeoutOf(get),
                (long?)Number(get, "max-rows", "a number of rows", long.MaxValue / 2),
                (long?)(Number(get, "max-memory", "megabytes", 1 << 30) * (1 << 20)));
        }
        catch (FormatException e)
        {
            await Problem.WriteAsync(http, 400, "Bad parameter.", e.Message).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>How long a request may run, where it says so.</summary>
    /// <exception cref="FormatException">It says it wrongly.</exception>
    public static TimeSpan? TimeoutOf(Func<string, StringValues> get)
    {
        const double Day = 86400;
        return Number(get, "timeout", "seconds", Day) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double? Number(Func<string, StringValues> get, string name, string unit, double most) =>
        get(name).ToString() is not { Length: > 0 } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0 && value <= most ? value
        : throw new FormatException($"{name} wants {unit}, not '{text}'.");

    private static Iri[] Graphs(Func<string, StringValues> get, string name) =>
        get(name) is not { Count: > 0 } values ? [] : [.. values.OfType<string>().Select(g => GraphNames.IsOne(g) ? new Iri(g) : throw new FormatException($"{name} wants an absolute IRI, not '{g}'."))];

    /// <summary>How the plan is wanted: as the parameter says or, where it only says that it is, as Accept prefers.</summary>
    private static string? Explanation(HttpContext http, StringValues values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var text = values.ToString();
        if (text is "" or "true" or "1")
        {
            var chosen = ContentNegotiation.Choose(http.Request.Headers.Accept, ["text/plain", "application/json", "text/html"]);
            return chosen < 0 ? Explanations[0] : Explanations[chosen];
        }

        return Explanations.Contains(text) ? text : throw new FormatException($"explain wants {string.Join(", ", Explanations)}, not '{text}'.");
    }
}
