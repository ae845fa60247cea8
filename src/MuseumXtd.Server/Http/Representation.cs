using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Results;

namespace MuseumXtd.Server.Http;

/// <summary>Negotiation between a page and the syntaxes of RDF, and answers in these.</summary>
internal static class Representation
{
    /// <summary>HTML.</summary>
    public const string Html = "text/html";

    /// <summary>The syntaxes that documents about one thing come in.</summary>
    public static IReadOnlyList<RdfFormat> Formats { get; } = [RdfFormats.Turtle, RdfFormats.JsonLd, RdfFormats.RdfXml, RdfFormats.NTriples];

    /// <summary>The media types that documents about one thing come in, the preferred one first.</summary>
    public static IReadOnlyList<string> Offered { get; } = [Html, .. Formats.SelectMany(f => f.MediaTypes)];

    // What programs ask for: of two that a client likes equally, not the page.
    private static readonly string[] ForProgramsOrPeople =
    [
        "application/problem+json", .. ResultFormats.All.SelectMany(f => f.MediaTypes), .. RdfFormats.Writable.SelectMany(f => f.MediaTypes), Html,
    ];

    /// <summary>Whether a request prefers a page to whatever programs read, as browsers do.</summary>
    public static bool IsForPeople(HttpContext http) =>
        ContentNegotiation.Choose(http.Request.Headers.Accept, ForProgramsOrPeople) == ForProgramsOrPeople.Length - 1;

    /// <summary>
    /// The media type that a request wants, by the name, suffix or media type of a format, else by its Accept header. Where there is none,
    /// the request is answered.
    /// </summary>
    public static async Task<string?> ChooseAsync(HttpContext http, string format, IReadOnlyList<string> offered)
    {
        http.Response.Headers.Vary = "Accept, Accept-Language";
        var chosen = format.Length > 0
            ? offered.FirstOrDefault(o => o == MediaTypeOf(format))
            : ContentNegotiation.Choose(http.Request.Headers.Accept, offered) is >= 0 and var index ? offered[index] : null;
        if (chosen is null)
        {
            await Problem.WriteAsync(http, 406, "Not acceptable.", "Available: " + string.Join(", ", offered)).ConfigureAwait(false);
            return null;
        }

        return RdfFormats.ByMediaType(chosen)?.MediaTypes[0] ?? chosen;
    }

    /// <summary>The media type that a format's name, suffix or media type means, or nothing.</summary>
    public static string MediaTypeOf(string format) =>
        format == "html" ? Html : (RdfFormats.ByName(format) ?? RdfFormats.BySuffix(format) ?? RdfFormats.ByMediaType(format))?.MediaTypes[0] ?? "";

    /// <summary>Answers with statements in a syntax, under the tag of their bytes.</summary>
    public static async Task WriteAsync(HttpContext http, string mediaType, IReadOnlyDictionary<string, string> prefixes, Action<IQuadSink> write, int status = 200)
    {
        var format = RdfFormats.ByMediaType(mediaType)!;
        using var buffer = new MemoryStream();
        using (var writer = new SortedWriter(buffer, format, new WriterOptions { Prefixes = prefixes }))
        {
            write(writer);
            writer.Complete();
        }

        await WriteAsync(http, WithCharset(mediaType), buffer.GetBuffer().AsMemory(0, (int)buffer.Length), status).ConfigureAwait(false);
    }

    /// <summary>Answers with bytes, under the tag of these bytes unless one is set, and sends none that the client has.</summary>
    public static async Task WriteAsync(HttpContext http, string contentType, ReadOnlyMemory<byte> bytes, int status = 200)
    {
        if (status == StatusCodes.Status200OK && http.Response.Headers.ETag.Count == 0 && http.Response.Headers.CacheControl != "no-store")
        {
            var cacheControl = http.Response.Headers.CacheControl;
            var isUnchanged = Caching.IsUnchanged(http, $"\"{Base64Url.EncodeToString(SHA256.HashData(bytes.Span))[..22]}\"");
            if (cacheControl.Count > 0)
            {
                http.Response.Headers.CacheControl = cacheControl;
            }

            if (isUnchanged)
            {
                return;
            }
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>A media type with its charset, where it has one: XML and JSON tell theirs themselves.</summary>
    public static string WithCharset(string mediaType) => mediaType.StartsWith("text/", StringComparison.Ordinal) ? mediaType + "; charset=utf-8" : mediaType;
}
