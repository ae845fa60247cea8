using MuseumXtd.Rdf;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.Federation;

/// <summary>The body of an answer, unpacked, up to a limit of bytes and until the time of the whole answer is up. Disposing it ends the answer.</summary>
internal sealed class ServiceStream(HttpResponseMessage response, Iri endpoint, long limit, CancellationTokenSource ending, CancellationToken asked) : Stream
{
    private readonly Stream _body = response.Content.ReadAsStream(ending.Token);
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = _body.ReadAsync(buffer.AsMemory(offset, count), ending.Token).AsTask().GetAwaiter().GetResult();
            _read += read;
            return _read <= limit ? read : throw new ServiceException($"SERVICE {endpoint}: the answer is longer than {limit >> 20} MB.");
        }
        catch (OperationCanceledException) when (!asked.IsCancellationRequested)
        {
            throw new ServiceException($"SERVICE {endpoint}: the answer did not end in time.");
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
            response.Dispose();
            ending.Dispose();
        }

        base.Dispose(disposing);
    }
}
