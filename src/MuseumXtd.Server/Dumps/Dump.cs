using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace MuseumXtd.Server.Dumps;

/// <summary>
/// A dump on disk that is being written or is whole. Readers may follow the writer; the file is gone when the last of them has let go, and
/// with the process in any case.
/// </summary>
internal sealed class Dump
{
    private readonly SafeFileHandle _file;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _length;
    private int _holders = 1;

    /// <summary>An empty file in a folder.</summary>
    public Dump(string folder)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName());
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it cannot stay behind, however the process ends.
            File.Delete(path);
        }
    }

    /// <summary>Ends when the file is whole, with the error when it cannot be written.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether it is whole.</summary>
    public bool IsWhole => _completion.Task.IsCompletedSuccessfully;

    /// <summary>How many bytes there are so far.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>The SHA-256 digest of a file that is whole.</summary>
    public ReadOnlyMemory<byte> Digest { get; private set; }

    /// <summary>Keeps the file for one more holder.</summary>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0; holders = Volatile.Read(ref _holders))
        {
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets go.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _file.Dispose();
        }
    }

    /// <summary>Adds bytes at the end. For the one writer.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, _length);
        Volatile.Write(ref _length, _length + bytes.Length);
        Interlocked.Exchange(ref _progress, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Says that the file is whole.</summary>
    public void Complete(ReadOnlyMemory<byte> digest)
    {
        Digest = digest;
        _completion.TrySetResult();
        _progress.TrySetResult();
    }

    /// <summary>Says that the file will never be whole.</summary>
    public void Fail(Exception error)
    {
        _completion.TrySetException(error);
        _ = _completion.Task.Exception;
        _progress.TrySetResult();
    }

    /// <summary>Reads bytes that are there.</summary>
    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_file, buffer, offset);

    /// <summary>Waits until there are more than so many bytes, or the end of the file.</summary>
    /// <returns>How many there are; when no more than asked, the file is whole.</returns>
    public async ValueTask<long> WaitBeyondAsync(long length, CancellationToken cancellation)
    {
        while (true)
        {
            var progress = Volatile.Read(ref _progress);
            var isCompleted = _completion.Task.IsCompleted;
            if (Length > length)
            {
                return Length;
            }

            if (isCompleted)
            {
                await _completion.Task.ConfigureAwait(false);
                return Length;
            }

            await progress.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is in a file that is whole to a stream.</summary>
    public void CopyTo(Stream output, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            int read;
            for (long offset = 0; (read = Read(buffer, offset)) > 0; offset += read)
            {
                cancellation.ThrowIfCancellationRequested();
                output.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
