using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MuseumXtd.Server.Http;

/// <summary>
/// Lets in as much work as the machine can do: some requests run, some wait, others are told to come back later. Little requests, such as
/// those that ask whether the server is well, always pass.
/// </summary>
internal sealed class Admission : IDisposable
{
    private static readonly PathString[] Heavy = ["/sparql", "/odata", "/update", "/graphs", "/shacl", "/search", "/oai"];

    private readonly ConcurrencyLimiter _running;
    private readonly MemoryCeiling _memory;
    private readonly TimeSpan _longest;
    private readonly long _longestUpload;

    public Admission(ServerOptions options, MemoryCeiling memory)
    {
        _running = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaxRunningRequests,
            QueueLimit = options.MaxWaitingRequests,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        _memory = memory;
        _longest = options.Timeout + options.Patience;
        _longestUpload = options.MaxRequestBytes;
    }

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!Array.Exists(Heavy, p => http.Request.Path.StartsWithSegments(p, StringComparison.Ordinal)))
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        if (_memory.IsReached())
        {
            await RefuseAsync(http, "The server has no memory left for more work.").ConfigureAwait(false);
            return;
        }

        using var lease = await _running.AcquireAsync(1, http.RequestAborted).ConfigureAwait(false);
        if (!lease.IsAcquired)
        {
            await RefuseAsync(http, "As many requests are running and waiting as the server can take.").ConfigureAwait(false);
            return;
        }

        // A client that takes its answer drop by drop keeps a snapshot and a place; at some point both are for others.
        using var deadline = IsUpload(http.Request) ? null : new Timer(_ => http.Abort(), null, _longest, Timeout.InfiniteTimeSpan);
        await next(http).ConfigureAwait(false);
    }

    public void Dispose() => _running.Dispose();

    /// <summary>Says that the server cannot do more now; nothing may have been sent before.</summary>
    public static Task TellAsync(HttpContext http, string why)
    {
        http.Response.Headers.RetryAfter = "2";
        return Problem.WriteAsync(http, 503, "Too much to do.", why + " Try again in a moment.");
    }

    private static bool IsUpload(HttpRequest request) => request.Path.StartsWithSegments("/graphs") || request.Path.StartsWithSegments("/update");

    private Task RefuseAsync(HttpContext http, string why)
    {
        // Most clients read no answer before they have sent all: what they may send is still received, or they would be told of a broken connection instead.
        if (IsUpload(http.Request) && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = _longestUpload;
        }

        return TellAsync(http, why);
    }
}
