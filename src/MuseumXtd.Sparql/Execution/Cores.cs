namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// How many threads of this process are at work on queries. A query gets a second one only while a core has nothing else to do: many
/// queries at a time keep all cores busy by themselves.
/// </summary>
internal static class Cores
{
    private static int _busy;

    /// <summary>The cores that the process may use.</summary>
    public static int Count { get; } = Environment.ProcessorCount;

    /// <summary>How many threads are at work.</summary>
    public static int Busy => Volatile.Read(ref _busy);

    /// <summary>Whether more threads are at work than there are cores.</summary>
    public static bool AreOverrun => Volatile.Read(ref _busy) > Count;

    /// <summary>Whether some core is free.</summary>
    public static bool AnyFree => Volatile.Read(ref _busy) < Count;

    /// <summary>A thread begins to work on its query; to be followed by <see cref="Leave"/>.</summary>
    public static void Enter() => Interlocked.Increment(ref _busy);

    /// <summary>A thread that entered, or was let help, is done for now.</summary>
    public static void Leave() => Interlocked.Decrement(ref _busy);

    /// <summary>Lets a thread help with a query when a core is free for it; if so, to be followed by <see cref="Leave"/>.</summary>
    public static bool TryHelp()
    {
        if (Interlocked.Increment(ref _busy) <= Count)
        {
            return true;
        }

        Leave();
        return false;
    }
}
