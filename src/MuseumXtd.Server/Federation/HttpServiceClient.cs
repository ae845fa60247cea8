using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Federation;
using MuseumXtd.Sparql.Results;

namespace MuseumXtd.Server.Federation;

/// <summary>
/// Asks endpoints by the SPARQL Protocol: those only whose IRI begins as one of the allowed ones, without following redirects, at public addresses only unless
/// the allowed IRI names a private one itself, and no more of an answer than the limit.
/// </summary>
public sealed class HttpServiceClient : IServiceClient, IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private const int ErrorExcerpt = 300;

    private readonly IReadOnlyList<ServicePrefix> _allowed;
    private readonly ServerOptions _options;
    private readonly HttpClient _http;

    private HttpServiceClient(ServerOptions options)
    {
        _options = options;
        _allowed = [.. options.ServiceAllow.Select(ServicePrefix.Parse)];
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            ConnectTimeout = ConnectTimeout,
            ConnectCallback = PublicConnection.OpenAsync,
        })
        {
            // The query's own time ends requests.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>A client for the endpoints that the options allow; null where they allow none.</summary>
    /// <exception cref="ArgumentException">One of them is no IRI of endpoints.</exception>
    public static HttpServiceClient? For(ServerOptions options) => options.ServiceAllow.Count == 0 ? null : new HttpServiceClient(options);

    /// <inheritdoc/>
    public ServiceAnswer Ask(Iri endpoint, string query, CancellationToken cancellation)
    {
        var uri = Allowed(endpoint);
        CancellationTokenSource? ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(_options.ServiceTimeout);
        HttpResponseMessage? response = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new FormUrlEncodedContent([new("query", query)]) };
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MuseumXtd", "1.0"));
            request.Headers.TryAddWithoutValidation("Accept", $"{ResultReaders.MediaTypes[0]}, {ResultReaders.MediaTypes[1]};q=0.8");
            response = _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token).GetAwaiter().GetResult();
            if (!response.IsSuccessStatusCode)
            {
                throw new ServiceException($"SERVICE {endpoint}: answered {Describe(response, ending.Token)}");
            }

            var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
            var body = new ServiceStream(response, endpoint, _options.MaxServiceBytes, ending, cancellation);
            (response, ending) = (null, null);
            return new ServiceAnswer(body, mediaType);
        }
        catch (HttpRequestException e)
        {
            throw new ServiceException($"SERVICE {endpoint}: cannot be reached: {e.InnerException?.Message ?? e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ServiceException($"SERVICE {endpoint}: no answer within {_options.ServiceTimeout.TotalSeconds:0.###} s.");
        }
        finally
        {
            response?.Dispose();
            ending?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Uri Allowed(Iri endpoint)
    {
        if (Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && _allowed.Any(p => p.Covers(uri)))
        {
            return uri;
        }

        throw new ServiceException(
            $"SERVICE {endpoint}: this endpoint is not allowed; allowed are those that begin with {string.Join(", ", _allowed)}.")
        {
            IsRefused = true,
        };
    }

    private static string Describe(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{status}: redirects are not followed.");
        }

        using var body = response.Content.ReadAsStream(cancellation);
        var buffer = new byte[ErrorExcerpt];
        var read = body.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var text = System.Text.Encoding.UTF8.GetString(buffer, 0, read).ReplaceLineEndings(" ").Trim();
        return string.Create(CultureInfo.InvariantCulture, $"{status} {response.ReasonPhrase}{(text.Length > 0 ? ": " : "")}{text}");
    }
}
