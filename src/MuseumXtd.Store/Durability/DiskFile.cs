using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MuseumXtd.Store.Durability;

/// <summary>A file of a journal on disk.</summary>
internal sealed class DiskFile : IJournalFile
{
    private static readonly byte[] Zeros = new byte[1 << 16];

    private readonly SafeFileHandle _handle;
    private long _room;
    private int _ahead;

    public DiskFile(string path)
    {
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _room = RandomAccess.GetLength(_handle);
        Length = _room;
    }

    public long Length { get; private set; }

    public int Read(long position, Span<byte> output)
    {
        var done = 0;
        while (done < output.Length && RandomAccess.Read(_handle, output[done..], position + done) is var count and > 0)
        {
            done += count;
        }

        return done;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var end = Length + bytes.Length;
        if (_ahead > 0 && end > _room)
        {
            KeepRoom(end);
        }

        RandomAccess.Write(_handle, bytes, Length);
        Length = end;
        _room = Math.Max(_room, end);
    }

    public void KeepAhead(int bytes) => _ahead = OperatingSystem.IsLinux() ? bytes : 0;

    public void Truncate(long length)
    {
        RandomAccess.SetLength(_handle, length);
        (Length, _room) = (length, length);
    }

    public void Flush()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(_handle);
            return;
        }

        // The class library flushes the time of the last change as well, which costs a second write elsewhere on the disk.
        while (Native.FlushData(_handle) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Native.Interrupted)
            {
                throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} (error {error}).");
            }
        }
    }

    public void Dispose()
    {
        try
        {
            if (_room > Length)
            {
                RandomAccess.SetLength(_handle, Length);
            }
        }
        catch (IOException)
        {
            // Zeros behind the end do no harm.
        }

        _handle.Dispose();
    }

    private void KeepRoom(long end)
    {
        if (Native.Allocate(_handle, 0, (nint)_room, (nint)(end + _ahead - _room)) == 0)
        {
            // Where nothing was written yet, each flush would also write down that something is there now.
            _room = end + _ahead;
            for (var place = end; place < _room; place += Zeros.Length)
            {
                RandomAccess.Write(_handle, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, _room - place)), place);
            }
        }
        else if (Marshal.GetLastPInvokeError() != Native.NoSpace)
        {
            // Not every file system can; the file then grows with what is written, as it does when there is little space left.
            _ahead = 0;
        }
    }

    /// <summary>What the class library does not give.</summary>
    private static class Native
    {
        public const int Interrupted = 4;
        public const int NoSpace = 28;

        [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int FlushData(SafeFileHandle file);

        [DllImport("libc", EntryPoint = "fallocate", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Allocate(SafeFileHandle file, int mode, nint offset, nint length);
    }
}
