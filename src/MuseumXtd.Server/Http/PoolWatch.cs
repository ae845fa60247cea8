namespace MuseumXtd.Server.Http;

/// <summary>
/// Gives the pool of threads one more whenever none of those it has comes to an end and others wait: long queries must not hold up short ones. The pool itself waits
/// half a second for each, and to let it have many from the start makes short queries a third slower, since each that comes wakes another thread.
/// </summary>
internal sealed class PoolWatch : IDisposable
{
    private const int CalmLooks = 50;
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);

    // Read before anything is raised.
    private static readonly (int Least, int Ports) AtStart = Own();

    private readonly ManualResetEvent _over = new(false);
    private readonly Thread _thread;
    private readonly int _most;

    /// <summary>Begins to watch.</summary>
    /// <param name="most">How many threads more there may be: as many as requests that may run.</param>
    public PoolWatch(int most)
    {
        _most = most;
        _thread = new Thread(Watch) { IsBackground = true, Name = "Pool watch" };
        _thread.Start();
    }

    /// <summary>The number of threads that the pool keeps to as long as nothing is stuck.</summary>
    public static int Least => AtStart.Least;

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Watch()
    {
        var (more, calm, before, period) = (0, 0, 0L, Idle);
        while (!_over.WaitOne(period))
        {
            var (ended, waiting) = (ThreadPool.CompletedWorkItemCount, ThreadPool.PendingWorkItemCount);
            var isStuck = waiting > 0 && ended == before;
            calm = isStuck ? 0 : calm + 1;
            if (isStuck && more < _most)
            {
                more++;
                ThreadPool.SetMinThreads(Least + more, AtStart.Ports);
            }
            else if (more > 0 && calm == CalmLooks)
            {
                more = 0;
                Lower();
            }

            period = waiting > 0 || ended != before || more > 0 ? Busy : Idle;
            before = ended;
        }

        if (more > 0)
        {
            Lower();
        }
    }

    /// <summary>Back to the pool's own number; it keeps to a number that it was raised to unless the upper bound makes it go down.</summary>
    private static void Lower()
    {
        ThreadPool.SetMinThreads(Least, AtStart.Ports);
        ThreadPool.GetMaxThreads(out var most, out var mostPorts);
        ThreadPool.SetMaxThreads(Least, mostPorts);
        ThreadPool.SetMaxThreads(most, mostPorts);
    }

    private static (int Least, int Ports) Own()
    {
        ThreadPool.GetMinThreads(out var least, out var ports);
        return (least, ports);
    }
}
