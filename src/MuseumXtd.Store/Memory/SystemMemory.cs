using System.Runtime.InteropServices;

namespace MuseumXtd.Store.Memory;

/// <summary>
/// Memory outside the heap for one piece of work. What is large comes from the system and goes back to it at once: the C library would keep it, for each thread that ever
/// asked, since it takes blocks that were large once for small ones from then on.
/// </summary>
public static unsafe class SystemMemory
{
    private const int Large = 1 << 18;
    private const uint HugePage = 1 << 21;
    private static long _inUse;

    /// <summary>How many bytes are in use now. The garbage collector does not count them.</summary>
    public static long InUse => Interlocked.Read(ref _inUse);

    /// <summary>Bytes with any content, to be given to <see cref="Free"/> with the same number; on large pages where they are many and the system has such pages.</summary>
    /// <exception cref="OutOfMemoryException">There are none.</exception>
    internal static void* Allocate(nuint bytes)
    {
        var memory = Take(bytes);
        Interlocked.Add(ref _inUse, (long)bytes);
        return memory;
    }

    private static void* Take(nuint bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes < Large)
        {
            return NativeMemory.Alloc(bytes);
        }

        return bytes < HugePage ? Map(bytes) : OnHugePages(Whole(bytes));
    }

    /// <summary>Gives memory back.</summary>
    internal static void Free(void* memory, nuint bytes)
    {
        Interlocked.Add(ref _inUse, -(long)bytes);
        if (!OperatingSystem.IsLinux() || bytes < Large)
        {
            NativeMemory.Free(memory);
        }
        else
        {
            _ = Native.Unmap(memory, bytes < HugePage ? bytes : Whole(bytes));
        }
    }

    private static nuint Whole(nuint bytes) => (bytes + HugePage - 1) & ~(nuint)(HugePage - 1);

    private static void* Map(nuint bytes)
    {
        var memory = Native.Map(null, bytes, Native.ReadWrite, Native.PrivateAnonymous, -1, 0);
        if (memory != (void*)-1)
        {
            return memory;
        }

#pragma warning disable CA2201 // That is what it is.
        throw new OutOfMemoryException();
#pragma warning restore CA2201
    }

    private static void* OnHugePages(nuint bytes)
    {
        // The system starts where it likes: what is before a large page and behind the last goes back.
        var memory = (byte*)Map(bytes + HugePage);
        var start = (byte*)Whole((nuint)memory);
        if (start != memory)
        {
            _ = Native.Unmap(memory, (nuint)(start - memory));
        }

        _ = Native.Unmap(start + bytes, HugePage - (nuint)(start - memory));

        // Only a wish: without large pages it works as well.
        _ = Native.Advise(start, bytes, Native.HugePages);
        return start;
    }

    private static class Native
    {
        public const int ReadWrite = 3;
        public const int PrivateAnonymous = 0x22;
        public const int HugePages = 14;

        [DllImport("libc", EntryPoint = "mmap")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

        [DllImport("libc", EntryPoint = "munmap")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Unmap(void* address, nuint length);

        [DllImport("libc", EntryPoint = "madvise")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Advise(void* address, nuint length, int advice);
    }
}
