using System.Net;
using System.Net.Http.Headers;

namespace MuseumXtd.Server.Harvesting.Mirroring;

/// <summary>Asks a provider politely: who is told to come back later does.</summary>
internal sealed class ProviderClient : IDisposable
{
    private const int MostTries = 6;
    private const long MostBytes = 256 * 1024 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = TimeSpan.FromMinutes(2),
        MaxResponseContentBufferSize = MostBytes,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("MuseumXtd-harvest", "1.0") } },
    };

    /// <summary>What an address answers, or null when there is nothing (any more).</summary>
    /// <exception cref="MirrorException">It does not answer, or with an error.</exception>
    public async Task<(byte[] Content, string MediaType)?> GetAsync(string url, string accept, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                request.Headers.Accept.ParseAdd(accept);
                using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
                {
                    return null;
                }

                if (response.IsSuccessStatusCode)
                {
                    return (await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false), response.Content.Headers.ContentType?.MediaType ?? "");
                }

                if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) || attempt == MostTries)
                {
                    throw new MirrorException($"{url} answers {(int)response.StatusCode} {response.ReasonPhrase}.");
                }

                var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(attempt);
                await Task.Delay(wait < LongestWait ? wait : LongestWait, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                throw new MirrorException($"{url} does not answer: {e.Message}", e);
            }
        }
    }

    public void Dispose() => _http.Dispose();
}
