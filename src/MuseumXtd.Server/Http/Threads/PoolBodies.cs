using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MuseumXtd.Server.Http.Threads;

/// <summary>Moves a request to the pool: now, and again whenever it has waited for its client.</summary>
internal static class PoolBodies
{
    /// <summary>Moves a request, if it may be on a thread that waits for sockets. To be called before its bodies are used, or where they are not used at that moment.</summary>
    public static PoolThread Use(HttpContext http)
    {
        if (SocketThreads.GoOn && http.Features.Get<IHttpResponseBodyFeature>() is { } body and not ResponseBody)
        {
            http.Features.Set<IHttpResponseBodyFeature>(new ResponseBody(body));
            http.Request.Body = new PoolStream(http.Request.Body);
        }

        return default;
    }

    private sealed class ResponseBody(IHttpResponseBodyFeature body) : IHttpResponseBodyFeature
    {
        private PoolStream? _stream;
        private PoolWriter? _writer;

        public Stream Stream => _stream ??= new PoolStream(body.Stream);

        public PipeWriter Writer => _writer ??= new PoolWriter(body.Writer);

        public void DisableBuffering() => body.DisableBuffering();

        public async Task StartAsync(CancellationToken cancellationToken = default)
        {
            await body.StartAsync(cancellationToken).ConfigureAwait(false);
            await default(PoolThread);
        }

        public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
        {
            await body.SendFileAsync(path, offset, count, cancellationToken).ConfigureAwait(false);
            await default(PoolThread);
        }

        public async Task CompleteAsync()
        {
            await body.CompleteAsync().ConfigureAwait(false);
            await default(PoolThread);
        }
    }
}
