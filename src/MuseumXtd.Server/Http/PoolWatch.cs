namespace MuseumXtd.Server.Http;

/// <summary>
/// Gives the pool of threads one more whenever none of those it has comes to an end and others wait: long queries must not hold up short ones. The pool itself waits
/// half a second for each, and to let it have many from the start makes short queries a third slower, since each that comes wakes another thread.
/// The pool belongs to the process, and so does its watch: all servers of a process share one.
/// </summary>
internal sealed class PoolWatch : IDisposable
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);

    // Read before anything is raised or lowered.
    private static readonly (int Least, int Most, int LeastPorts, int MostPorts) AtStart = Own();

    private static readonly Lock Sharing = new();
    private static PoolWatch? _shared;

    private readonly ManualResetEvent _over = new(false);
    private readonly PoolNeed _need = new();
    private readonly Thread _thread;
    private int _shares;

    private PoolWatch()
    {
        _thread = new Thread(Watch) { IsBackground = true, Name = "Pool watch" };
        _thread.Start();
    }

    /// <summary>Has the pool watched until the answer is disposed.</summary>
    /// <param name="most">How many threads more there may be for this server: as many as requests that may run.</param>
    public static IDisposable For(int most)
    {
        lock (Sharing)
        {
            _shared ??= new PoolWatch();
            _shared._shares++;
            _shared._need.Most += most;
            return new Share(most);
        }
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
                ThreadPool.SetMinThreads(AtStart.Least + _need.More, AtStart.LeastPorts);
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
        ThreadPool.SetMinThreads(AtStart.Least, AtStart.LeastPorts);
        ThreadPool.SetMaxThreads(AtStart.Least, AtStart.MostPorts);
        ThreadPool.SetMaxThreads(AtStart.Most, AtStart.MostPorts);
    }

    private static (int Least, int Most, int LeastPorts, int MostPorts) Own()
    {
        ThreadPool.GetMinThreads(out var least, out var leastPorts);
        ThreadPool.GetMaxThreads(out var most, out var mostPorts);
        return (least, most, leastPorts, mostPorts);
    }

    private sealed class Share(int most) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 1)
            {
                return;
            }

            lock (Sharing)
            {
                var watch = _shared!;
                watch._need.Most -= most;
                if (--watch._shares > 0)
                {
                    return;
                }

                // Within the lock: the next one begins after this one has put the pool back.
                _shared = null;
                watch.Dispose();
            }
        }
    }
}
