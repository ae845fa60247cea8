namespace MuseumXtd.Server.Http;

/// <summary>
/// Gives the pool of threads one more whenever none of those it has comes to an end and others wait: long queries must not hold up short ones. The pool itself waits
/// half a second for each, and to let it have many from the start makes short queries a third slower, since each that comes wakes another thread.
/// </summary>
internal sealed class PoolWatch : IDisposable
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);

    // Read before anything is raised.
    private static readonly (int Least, int Ports) AtStart = Own();

    private readonly ManualResetEvent _over = new(false);
    private readonly PoolNeed _need;
    private readonly Thread _thread;

    /// <summary>Begins to watch.</summary>
    /// <param name="most">How many threads more there may be: as many as requests that may run.</param>
    public PoolWatch(int most)
    {
        _need = new PoolNeed(most);
        _thread = new Thread(Watch) { IsBackground = true, Name = "Pool watch" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Watch()
    {
        var more = 0;
        while (!_over.WaitOne(_need.IsBusy ? Busy : Idle))
        {
            _need.Look(ThreadPool.CompletedWorkItemCount, ThreadPool.PendingWorkItemCount);
            if (_need.More > more)
            {
                ThreadPool.SetMinThreads(AtStart.Least + _need.More, AtStart.Ports);
            }
            else if (_need.More < more)
            {
                Lower();
            }

            more = _need.More;
        }

        if (more > 0)
        {
            Lower();
        }
    }

    /// <summary>Back to the pool's own number; it keeps to a number that it was raised to unless the upper bound makes it go down.</summary>
    private static void Lower()
    {
        ThreadPool.SetMinThreads(AtStart.Least, AtStart.Ports);
        ThreadPool.GetMaxThreads(out var most, out var mostPorts);
        ThreadPool.SetMaxThreads(AtStart.Least, mostPorts);
        ThreadPool.SetMaxThreads(most, mostPorts);
    }

    private static (int Least, int Ports) Own()
    {
        ThreadPool.GetMinThreads(out var least, out var ports);
        return (least, ports);
    }
}
