namespace MuseumXtd.Server.Http;

/// <summary>How many threads more than usual a pool needs, judged by what it did from look to look.</summary>
internal sealed class PoolNeed
{
    /// <summary>After so many looks at which nothing is stuck the pool needs no more than usual.</summary>
    public const int CalmLooks = 50;

    private long _before;
    private int _calm;
    private volatile int _most;

    /// <summary>How many more it may need at most; may be set on another thread than the one that looks.</summary>
    public int Most
    {
        get => _most;
        set => _most = value;
    }

    /// <summary>How many more it needs now.</summary>
    public int More { get; private set; }

    /// <summary>Whether anything went on or waited at the last look.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Takes a look: when work waits and none has ended since the last look, all threads are held up.</summary>
    /// <param name="ended">How many pieces of work have ended since the beginning.</param>
    /// <param name="waiting">How many wait for a thread.</param>
    public void Look(long ended, long waiting)
    {
        var isStuck = waiting > 0 && ended == _before;
        IsBusy = waiting > 0 || ended != _before || More > 0;
        _before = ended;
        _calm = isStuck ? 0 : _calm + 1;
        if (isStuck)
        {
            More = Math.Min(_most, More + 1);
        }
        else if (_calm >= CalmLooks)
        {
            More = 0;
        }
    }
}
