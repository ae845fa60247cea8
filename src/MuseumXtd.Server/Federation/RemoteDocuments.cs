using System.Net;
using System.Net.Http.Headers;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Http.Threads;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.Federation;

/// <summary>
/// Gets the documents that LOAD names: those only whose IRI begins as one of the allowed ones, also behind redirects; at public addresses only,
/// unless the allowed IRI names a private one itself; and no more than the limits. They are here before the update begins, so that no writer
/// waits for another site.
/// </summary>
internal sealed class RemoteDocuments : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly string Accept = string.Join(", ", RdfFormats.All.SelectMany(f => f.MediaTypes).Where(m => m != "application/json")) + ", */*;q=0.1";

    private readonly IReadOnlyList<ServicePrefix> _allowed;
    private readonly ServerOptions _options;
    private readonly HttpClient _http;

    public RemoteDocuments(ServerOptions options)
    {
        _options = options;
        _allowed = [.. options.LoadAllow.Select(ServicePrefix.Parse)];
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = options.LoadProxy is not null,
            Proxy = options.LoadProxy is null ? null : new WebProxy(options.LoadProxy),
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            ConnectTimeout = TimeSpan.FromSeconds(10),

            // Behind a proxy names are resolved there, and which addresses may be reached is decided there.
            ConnectCallback = options.LoadProxy is null ? PublicConnection.OpenAsync : null,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Gets the documents of all LOADs of an update; what is wrong with one is told when its operation is carried out.</summary>
    /// <returns>Reads a document into a sink.</returns>
    public async Task<Action<Iri, IQuadSink, CancellationToken>> FetchAsync(UpdateRequest update, CancellationToken cancellation)
    {
        var sources = update.Operations.OfType<Load>().Select(l => l.Source).Distinct().ToList();
        var documents = new Dictionary<Iri, RemoteDocument>();
        if (sources.Count == 0)
        {
            // Most updates read nothing: they stay on the thread that they are on.
            return Read;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(_options.LoadTimeout);
        foreach (var source in sources)
        {
            try
            {
                documents[source] = await FetchAsync(source, ending.Token).ConfigureAwait(false);
            }
            catch (UpdateException e)
            {
                documents[source] = new RemoteDocument(e);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                documents[source] = new RemoteDocument(new UpdateException($"LOAD {source}: cannot be read: {e.InnerException?.Message ?? e.Message}"));
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                documents[source] = new RemoteDocument(new UpdateException($"LOAD {source}: no answer within {_options.LoadTimeout.TotalSeconds:0.###} s."));
            }
        }

        await default(PoolThread);
        return Read;

        void Read(Iri source, IQuadSink sink, CancellationToken token) => documents[source].Read(sink, token);
    }

    public void Dispose() => _http.Dispose();

    private async Task<RemoteDocument> FetchAsync(Iri source, CancellationToken cancellation)
    {
        var uri = Allowed(source, source.Value);
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MuseumXtd", "1.0"));
            request.Headers.TryAddWithoutValidation("Accept", Accept);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (response.Headers.Location is { } location && (int)response.StatusCode is 301 or 302 or 303 or 307 or 308)
            {
                uri = redirects < MostRedirects ? Allowed(source, new Uri(uri, location).AbsoluteUri) : throw new UpdateException($"LOAD {source}: more than {MostRedirects} redirects.");
                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new UpdateException($"LOAD {source}: answered {(int)response.StatusCode} {response.ReasonPhrase}.");
            }

            var format = RdfFormats.ByMediaType(response.Content.Headers.ContentType?.MediaType ?? "") ?? RdfFormats.ByFileName(uri.AbsolutePath)
                ?? throw new UpdateException($"LOAD {source}: neither its media type nor its name tells an RDF format.");
            return new RemoteDocument(format, uri.AbsoluteUri, await ReadAsync(response, source, cancellation).ConfigureAwait(false));
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, Iri source, CancellationToken cancellation)
    {
        using var content = new ByteBuffer(1 << 16);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        while (await body.ReadAsync(content.GetMemory(1 << 16), cancellation).ConfigureAwait(false) is var read and > 0)
        {
            content.Advance(read);
            if (content.Length > _options.MaxLoadBytes)
            {
                throw new UpdateException($"LOAD {source}: the document is longer than {_options.MaxLoadBytes} bytes.");
            }
        }

        return content.Written.ToArray();
    }

    private Uri Allowed(Iri source, string target)
    {
        if (Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && _allowed.Any(p => p.Covers(uri)))
        {
            return uri;
        }

        throw new UpdateException(
            _allowed.Count == 0
                ? $"LOAD {source}: loading is switched off; whoever runs the server can allow sources with --load-allow IRI-PREFIX. Or send the document itself with the Graph Store Protocol."
                : $"LOAD {source}: {(target == source.Value ? "this source" : target)} is not allowed; allowed are those that begin with {string.Join(", ", _allowed)}.");
    }

    /// <summary>A document, or why there is none.</summary>
    private sealed class RemoteDocument
    {
        private readonly UpdateException? _failure;
        private readonly RdfFormat? _format;
        private readonly string _place = "";
        private readonly byte[] _content = [];

        public RemoteDocument(UpdateException failure) => _failure = failure;

        public RemoteDocument(RdfFormat format, string place, byte[] content)
        {
            _format = format;
            _place = place;
            _content = content;
        }

        public void Read(IQuadSink sink, CancellationToken cancellation)
        {
            if (_failure is not null)
            {
                throw _failure;
            }

            // Blank nodes of a document are nobody else's, also when it is loaded again.
            using var content = new MemoryStream(_content, writable: false);
            var options = new ReaderOptions { BaseIri = _place, BlankNodeScope = $"l{Guid.NewGuid():N}." };
            try
            {
                _format!.CreateReader().Read(content, sink, options, cancellation);
            }
            catch (RdfSyntaxException e)
            {
                throw new UpdateException($"LOAD {_place}:{e.Message} [{e.Code}]");
            }
        }
    }
}
