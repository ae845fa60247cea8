using System.IO.Pipelines;

namespace MuseumXtd.Server.Http.Threads;

/// <summary>A pipe to a client: whoever has waited for it goes on on a thread of the pool.</summary>
internal sealed class PoolWriter(PipeWriter writer) : PipeWriter
{
    public override bool CanGetUnflushedBytes => writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => writer.UnflushedBytes;

    public override void Advance(int bytes) => writer.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => writer.GetSpan(sizeHint);

    public override void CancelPendingFlush() => writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => writer.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => writer.CompleteAsync(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var flush = writer.FlushAsync(cancellationToken);
        return flush.IsCompleted ? flush : GoOnAsync(flush);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        var write = writer.WriteAsync(source, cancellationToken);
        return write.IsCompleted ? write : GoOnAsync(write);
    }

    private static async ValueTask<FlushResult> GoOnAsync(ValueTask<FlushResult> write)
    {
        try
        {
            return await write.ConfigureAwait(false);
        }
        finally
        {
            await default(PoolThread);
        }
    }
}
