using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>Keeps the states that clients page through for a while, so that all pages of one answer are of one state.</summary>
internal sealed class SnapshotShelf : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(string State, DatasetState Kept, long Since)> _kept = [];
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private readonly int _most;
    private readonly ITimer _tidying;

    /// <summary>An empty shelf.</summary>
    /// <param name="clock">What tells the time.</param>
    /// <param name="patience">How long a state is kept after it was last asked for.</param>
    /// <param name="most">How many are kept.</param>
    public SnapshotShelf(TimeProvider clock, TimeSpan patience, int most)
    {
        (_clock, _patience, _most) = (clock, patience, most);
        _tidying = clock.CreateTimer(_ => Tidy(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many states are kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count;
            }
        }
    }

    public static string NameOf(DatasetState state) => state.ETag.Trim('"')[..16];

    /// <summary>Keeps a state, from now on for as long as pages of it are asked for.</summary>
    public string Keep(DatasetState state)
    {
        var name = NameOf(state);
        lock (_lock)
        {
            if (_kept.Count == 0)
            {
                _tidying.Change(_patience, Timeout.InfiniteTimeSpan);
            }

            _kept.RemoveAll(k => k.State == name || IsOver(k.Since));
            _kept.Add((name, state, _clock.GetTimestamp()));
            if (_kept.Count > _most)
            {
                _kept.RemoveAt(0);
            }
        }

        return name;
    }

    /// <summary>A state that is kept or current; null when it is gone.</summary>
    public DatasetState? Find(string name, DatasetState current)
    {
        if (NameOf(current) == name)
        {
            return current;
        }

        lock (_lock)
        {
            _kept.RemoveAll(k => IsOver(k.Since));
            return _kept.Find(k => k.State == name).Kept;
        }
    }

    public void Dispose() => _tidying.Dispose();

    /// <summary>Lets states go whose time is over, also when nobody asks for pages any more: they hold old data in memory.</summary>
    private void Tidy()
    {
        lock (_lock)
        {
            _kept.RemoveAll(k => IsOver(k.Since));
            if (_kept.Count > 0)
            {
                _tidying.Change(_patience, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private bool IsOver(long since) => _clock.GetElapsedTime(since) >= _patience;
}
