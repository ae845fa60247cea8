namespace MuseumXtd.Server.Http.Threads;

/// <summary>
/// The threads that wait for sockets. Where they also go on with what a socket brought, no other thread has to be woken for a request, which costs as much as a light
/// query. They serve all connections: what takes longer than a moment has to leave them (<see cref="PoolThread"/>).
/// </summary>
internal static class SocketThreads
{
    // The runtime has no other switch, and reads it when the first socket is used.
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    // A client may send many requests before it reads an answer, and they are answered one after the other: others get their turn in between.
    private const int MostTurns = 32;

    [ThreadStatic]
    private static int _turns;

    /// <summary>Whether they go on with what a socket brought. It is as it was when the first socket of the process was used.</summary>
    public static bool GoOn { get; private set; } = Environment.GetEnvironmentVariable(Switch) == "1";

    /// <summary>Whether this thread is one of them, or may be.</summary>
    public static bool IsThisOne => GoOn && !Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>Has them go on; to be called before the first socket is used. A setting of whoever runs the process stays as it is.</summary>
    public static void LetGoOn()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null)
        {
            Environment.SetEnvironmentVariable(Switch, "1");
            GoOn = true;
        }
    }

    /// <summary>Whether a short piece of work may be done where it is, if that is one of them: now and then one goes elsewhere, and takes with it what its client sent already.</summary>
    public static bool TakeTurn() => ++_turns % MostTurns != 0;
}
