using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Http;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.Protocol;

/// <summary>
/// The documents of a request. They are received whole, in memory or beyond some size in a file, before anything is written: a slow client
/// keeps no writer waiting.
/// </summary>
internal sealed class Upload(HttpContext http, long maxBytes)
{
    private const int InMemory = 1 << 20;
    private const int InMemoryOfUnknown = 1 << 16;

    private readonly List<Part> _parts = [];

    public IReadOnlyList<Part> Parts => _parts;

    /// <summary>How long a document may be when it is no longer compressed.</summary>
    public long MaxDocumentBytes { get; init; } = long.MaxValue;

    /// <summary>How long a document may be that its reader holds whole in memory.</summary>
    public long MaxHeldBytes { get; init; } = long.MaxValue;

    /// <summary>Receives the documents, or answers with a problem and returns false.</summary>
    public async Task<bool> ReadAsync()
    {
        var request = http.Request;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadPartsAsync(HeaderUtilities.RemoveQuotes(type.Boundary).ToString()).ConfigureAwait(false);
        }

        if (await FormatOfAsync(request.ContentType).ConfigureAwait(false) is not { } format)
        {
            return false;
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            await Problem.WriteAsync(http, 415, "Unsupported content encoding.", $"'{encoding}' is not known; gzip is.").ConfigureAwait(false);
            return false;
        }

        // Room for all that is kept in memory is taken at once: no more than the document is long.
        request.EnableBuffering(request.ContentLength is > 0 and <= InMemory and var length ? (int)length : InMemoryOfUnknown, maxBytes);
        await request.Body.DrainAsync(http.RequestAborted).ConfigureAwait(false);
        request.Body.Position = 0;
        _parts.Add(new Part(format, request.Body, encoding == "gzip"));
        return true;
    }

    /// <summary>Parses what was received.</summary>
    /// <param name="sink">Takes the quads.</param>
    /// <param name="graph">The graph of all triples, empty for the unnamed one; null: each quad's own.</param>
    /// <param name="baseIri">What relative IRIs are resolved against.</param>
    /// <param name="scope">Put before the labels of blank nodes.</param>
    public void Parse(IQuadSink sink, byte[]? graph, string baseIri, string scope)
    {
        for (var i = 0; i < _parts.Count; i++)
        {
            var (format, stream, isZipped) = _parts[i];
            using var content = isZipped ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : stream;
            var options = new ReaderOptions { BaseIri = baseIri, BlankNodeScope = $"{scope}x{i}.", MaxDocumentBytes = format == RdfFormats.JsonLd ? Math.Min(MaxDocumentBytes, MaxHeldBytes) : MaxDocumentBytes };
            format.CreateReader().Read(content, graph is null ? sink : new GraphSink(sink, graph), options, http.RequestAborted);
        }
    }

    private async Task<bool> ReadPartsAsync(string boundary)
    {
        var reader = new MultipartReader(boundary, http.Request.Body) { BodyLengthLimit = maxBytes };
        try
        {
            while (await reader.ReadNextSectionAsync(http.RequestAborted).ConfigureAwait(false) is { } section)
            {
                if (await FormatOfAsync(section.ContentType).ConfigureAwait(false) is not { } format)
                {
                    return false;
                }

                var content = new FileBufferingReadStream(section.Body, InMemory);
                http.Response.RegisterForDispose(content);
                await content.DrainAsync(http.RequestAborted).ConfigureAwait(false);
                content.Position = 0;
                _parts.Add(new Part(format, content, false));
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !http.RequestAborted.IsCancellationRequested)
        {
            await Problem.WriteAsync(http, 400, "The form is not well formed.", e.Message).ConfigureAwait(false);
            return false;
        }

        return true;
    }

    private async Task<RdfFormat?> FormatOfAsync(string? mediaType)
    {
        if (RdfFormats.ByMediaType(mediaType ?? "") is { } format)
        {
            return format;
        }

        var known = string.Join(", ", RdfFormats.All.Select(f => f.MediaTypes[0]));
        await Problem.WriteAsync(
            http, 415, "Unsupported media type.", string.IsNullOrEmpty(mediaType) ? $"Say with Content-Type what is sent: {known}." : $"'{mediaType}' is not one of {known}.")
            .ConfigureAwait(false);
        return null;
    }

    /// <summary>One document.</summary>
    internal readonly record struct Part(RdfFormat Format, Stream Content, bool IsZipped);

    /// <summary>Puts what it gets into one graph.</summary>
    private sealed class GraphSink(IQuadSink sink, byte[] name) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
            if (!graph.IsEmpty)
            {
                throw new UpdateException("The document has named graphs, but the request names the one graph to write. Send it to the endpoint without parameters.");
            }

            sink.Quad(subject, predicate, @object, name);
        }
    }
}
