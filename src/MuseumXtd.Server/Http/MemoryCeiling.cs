namespace MuseumXtd.Server.Http;

/// <summary>Whether the process has all the memory it may have. Garbage does not count: it is collected before work is refused.</summary>
internal sealed class MemoryCeiling(long bytes)
{
    private const long BetweenCollections = 1000;
    private readonly Lock _collecting = new();
    private long _collected = -BetweenCollections;
    private bool _reached;

    public bool IsReached()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) < bytes)
        {
            return false;
        }

        lock (_collecting)
        {
            if (Environment.TickCount64 - _collected >= BetweenCollections)
            {
                GC.Collect();
                _reached = GC.GetTotalMemory(forceFullCollection: false) >= bytes;
                _collected = Environment.TickCount64;
            }

            return _reached;
        }
    }
}
