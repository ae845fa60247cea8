using MuseumXtd.Server.Http;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Dataset;

/// <summary>
/// Gives back the memory that loads, large changes and the terms of earlier states took, and takes in the words of texts: work that can wait, beside all other.
/// </summary>
internal sealed class MemoryUpkeep
{
    /// <summary>Work that can wait leaves the processors to the start and the first answers for so long.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly QuadStore _store;
    private readonly MemoryCeiling _memory;
    private readonly TimeSpan _longestQuery;
    private readonly Action<Snapshot> _show;
    private readonly CancellationToken _ending;
    private readonly Lock _beginning = new();
    private Task _words = Task.CompletedTask;
    private Task _sweep = Task.CompletedTask;
    private Task _settling = Task.CompletedTask;

    /// <param name="store">Whose terms and words these are.</param>
    /// <param name="memory">How much the process may have.</param>
    /// <param name="longestQuery">How long an earlier state may be read; no limit where it is negative.</param>
    /// <param name="show">Shows a state that a sweep has made.</param>
    /// <param name="ending">Ends all of it.</param>
    public MemoryUpkeep(QuadStore store, MemoryCeiling memory, TimeSpan longestQuery, Action<Snapshot> show, CancellationToken ending)
    {
        _store = store;
        _memory = memory;
        _longestQuery = longestQuery < TimeSpan.Zero || longestQuery > LongestWait ? LongestWait : longestQuery;
        _show = show;
        _ending = ending;
    }

    /// <summary>Collects all that can be after a sweep, and gives the room back.</summary>
    public Action Compact { get; set; } = MemoryCeiling.Collect;

    /// <summary>Ends when all that was begun has ended.</summary>
    public Task Ended => Task.WhenAll(_words, _sweep, _settling);

    /// <summary>Gives what reading and sorting took back to the system, where it is worth the pause.</summary>
    public static void Release()
    {
        const long Large = 64L << 20;
        if (GC.GetTotalMemory(forceFullCollection: false) > Large)
        {
            MemoryCeiling.Collect();
        }
    }

    /// <summary>Makes the index of words after the first requests, before somebody searches and has to wait for it.</summary>
    public void TakeInWordsBeside() => Begin(ref _words, async () =>
    {
        await Task.Delay(Settling, _ending).ConfigureAwait(false);
        TakeInWords(_store.Current);
        Release();
    });

    /// <summary>Gives back what a large change has replaced, when nobody reads it any more, if the process has too much.</summary>
    public void SettleBeside() => Begin(ref _settling, async () =>
    {
        await Task.Delay(Settling, _ending).ConfigureAwait(false);
        if (_memory.IsExceeded)
        {
            MemoryCeiling.Collect();
        }
    });

    /// <summary>Lets go of the terms of earlier states.</summary>
    public void SweepBeside() => Begin(ref _sweep, async () =>
    {
        if (await SweepAsync().ConfigureAwait(false))
        {
            // Queries that began before read the state before. When they are over, what it leaves lies scattered among what stays, and would be kept.
            await Task.Delay(_longestQuery, _ending).ConfigureAwait(false);
            Compact();
        }
    });

    // Whoever waits afterwards holds no state.
    private async Task<bool> SweepAsync()
    {
        if (await _store.SweepAsync(_ending).ConfigureAwait(false) is not { } swept)
        {
            return false;
        }

        _show(swept);
        TakeInWords(swept);
        return true;
    }

    private void TakeInWords(Snapshot state)
    {
        try
        {
            state.Dictionary.Text.CatchUp(_ending);
        }
        catch (StoreFullException)
        {
            // Whoever searches asks for the room again, and is told.
        }
    }

    private void Begin(ref Task task, Func<Task> work)
    {
        lock (_beginning)
        {
            if (task.IsCompleted && !_ending.IsCancellationRequested)
            {
                task = Task.Run(work, _ending);
            }
        }
    }
}
