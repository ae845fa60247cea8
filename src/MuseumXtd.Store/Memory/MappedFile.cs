using System.IO.MemoryMappedFiles;

namespace MuseumXtd.Store.Memory;

/// <summary>
/// A file as memory: the system reads a page when it is first looked at, and may take it back. The mapping is never ended, since readers hold
/// plain addresses; a process maps the few files that it starts from.
/// </summary>
public sealed unsafe class MappedFile
{
    private readonly byte* _address;

    private MappedFile(byte* address, long length)
    {
        _address = address;
        Length = length;
    }

    /// <summary>How many bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file, for reading.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static MappedFile Open(string path)
    {
        var length = new FileInfo(path).Length;
        if (length == 0)
        {
            return new MappedFile(null, 0);
        }

        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* address = null;

        // The reference that this takes is never given back, which keeps the view for ever.
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        return new MappedFile(address + view.PointerOffset, length);
    }

    /// <summary>The same of bytes that are no file, for those that keep files elsewhere.</summary>
    public static MappedFile Copy(ReadOnlySpan<byte> bytes)
    {
        var address = (byte*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc((nuint)Math.Max(bytes.Length, 1), 64);
        bytes.CopyTo(new Span<byte>(address, bytes.Length));
        return new MappedFile(address, bytes.Length);
    }

    /// <summary>Values at a place.</summary>
    internal Column<T> Column<T>(long position, long bytes)
        where T : unmanaged
    {
        if (position < 0 || bytes < 0 || position > Length - bytes || bytes % sizeof(T) != 0 || bytes / sizeof(T) > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(position));
        }

        return new Column<T>((T*)(_address + position), (int)(bytes / sizeof(T)));
    }
}
