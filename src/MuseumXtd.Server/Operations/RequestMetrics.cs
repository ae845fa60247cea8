using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MuseumXtd.Server.Operations;

/// <summary>Counts the requests of each route and how long they took.</summary>
internal sealed class RequestMetrics
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private readonly ConcurrentDictionary<(string Route, string Method, int Status), Durations> _requests = new();
    private int _running;

    /// <summary>How many requests are running.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>What was counted so far, in order.</summary>
    public IEnumerable<KeyValuePair<(string Route, string Method, int Status), Durations>> Counted => _requests.OrderBy(r => r.Key);

    /// <summary>Runs a request and counts it.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var start = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _running);
        try
        {
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);

            // Routes and methods are few, whatever clients send.
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
            var method = Array.Find(Methods, m => HttpMethods.Equals(m, http.Request.Method)) ?? "other";
            _requests.GetOrAdd((route, method, http.Response.StatusCode), _ => new Durations()).Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }
}
