using System.Globalization;
using MuseumXtd.Store;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Server.Http;

/// <summary>Whether the process has all the memory it may have. Garbage does not count: it is collected before work is refused.</summary>
internal sealed class MemoryCeiling(long bytes)
{
    private const long BetweenCollections = 1000;

    // What a collection leaves is to be enough for some work, or the next one would come at once; and whoever asks and deletes needs room as well.
    private const int Kept = 16;

    // What is resident beside heap and sorts, and is no mapping: the runtime's own, compiled code, stacks.
    private const long Program = 24L << 20;

    private readonly Lock _collecting = new();
    private long _allocated;
    private long _collected = -BetweenCollections;
    private bool _reached;

    /// <summary>How much it may have.</summary>
    public long Bytes => bytes;

    private static long InUse => GC.GetTotalMemory(forceFullCollection: false) + SystemMemory.InUse;

    /// <summary>
    /// Whether the system has given the process more than it may have. That may be more than is in use: what was collected is given back later, or when
    /// <see cref="Collect"/> asks for it.
    /// </summary>
    public bool IsExceeded => Resident - Program > bytes;

    /// <summary>The memory of the process that is not a mapping of a file (proc_pid_statm(5)), or 0 where the system does not say.</summary>
    private static long Resident
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return 0;
            }

            var pages = File.ReadAllText("/proc/self/statm").Split(' ');
            return (long.Parse(pages[1], CultureInfo.InvariantCulture) - long.Parse(pages[2], CultureInfo.InvariantCulture)) * Environment.SystemPageSize;
        }
    }

    public bool IsReached()
    {
        if (InUse < bytes)
        {
            return false;
        }

        lock (_collecting)
        {
            if (Environment.TickCount64 - _collected >= BetweenCollections)
            {
                Collect();
                _reached = InUse >= bytes;
                _collected = Environment.TickCount64;
            }

            return _reached;
        }
    }

    /// <summary>Makes sure that there is memory for data that is about to grow.</summary>
    /// <exception cref="StoreFullException">There is not.</exception>
    public void Require(long more)
    {
        if (HasRoomFor(more))
        {
            return;
        }

        lock (_collecting)
        {
            if (HasRoomFor(more))
            {
                return;
            }

            Collect();
            _allocated = GC.GetTotalAllocatedBytes();
            if (InUse + Math.Max(more, bytes / Kept) > bytes)
            {
                throw new StoreFullException(
                    $"It would take the server above the {bytes >> 20} MB of memory that it may have. Nothing was changed. "
                    + "Send less at a time, delete graphs that are not needed, or start the server with a higher --max-memory.");
            }
        }
    }

    /// <summary>Right after a collection what is in use counts alone: what is resident beside it is not to be had by another one.</summary>
    private bool HasRoomFor(long more) =>
        InUse + more <= bytes && (Resident - Program + more <= bytes || GC.GetTotalAllocatedBytes() - Volatile.Read(ref _allocated) < bytes / Kept);

    /// <summary>Gives the room back to the system, too: what is free but scattered would be taken beside what is new.</summary>
    public static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
