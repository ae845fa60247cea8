using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MuseumXtd.Server.Dumps;

/// <summary>
/// What writers of dumps write to: blocks go to another thread, which hashes them and adds them to the file while the next ones are made.
/// </summary>
internal sealed class DumpStream : Stream
{
    private const int BlockSize = 1 << 20;
    private const int MaxBlocks = 4;

    private readonly BlockingCollection<(byte[] Bytes, int Length)> _blocks = new(MaxBlocks);
    private readonly CancellationTokenSource _stopping;
    private readonly Task<byte[]> _appending;
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _length;

    public DumpStream(Dump dump, CancellationToken cancellation)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _appending = Task.Factory.StartNew(() => Append(dump), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends the last block; the SHA-256 digest of everything.</summary>
    /// <exception cref="IOException">The disk is full, or the file cannot be written for another reason.</exception>
    public byte[] Finish()
    {
        Send();
        _blocks.CompleteAdding();
        return _appending.GetAwaiter().GetResult();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var taken = Math.Min(buffer.Length, BlockSize - _length);
            buffer[..taken].CopyTo(_block.AsSpan(_length));
            _length += taken;
            buffer = buffer[taken..];
            if (_length == BlockSize)
            {
                Send();
            }
        }
    }

    public override void Flush()
    {
        // Whole blocks are sent on; what is left goes with Finish.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Cancel();
            if (!_blocks.IsAddingCompleted)
            {
                _blocks.CompleteAdding();
            }

            ((IAsyncResult)_appending).AsyncWaitHandle.WaitOne();
            _ = _appending.Exception;
            ArrayPool<byte>.Shared.Return(_block);
            _block = [];
            _blocks.Dispose();
            _stopping.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Send()
    {
        try
        {
            _blocks.Add((_block, _length), _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The error of the file says more, where there is one.
            _appending.GetAwaiter().GetResult();
            throw;
        }

        _block = ArrayPool<byte>.Shared.Rent(BlockSize);
        _length = 0;
    }

    private byte[] Append(Dump dump)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            foreach (var (bytes, length) in _blocks.GetConsumingEnumerable(_stopping.Token))
            {
                hash.AppendData(bytes, 0, length);
                dump.Append(bytes.AsSpan(0, length));
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
        catch (IOException)
        {
            _stopping.Cancel();
            throw;
        }

        return hash.GetHashAndReset();
    }
}
