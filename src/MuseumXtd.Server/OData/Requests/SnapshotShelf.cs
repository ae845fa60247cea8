using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>Keeps the states that clients page through for a while, so that all pages of one answer are of one state.</summary>
internal sealed class SnapshotShelf(TimeProvider clock, TimeSpan patience, int most)
{
    private readonly Lock _lock = new();
    private readonly List<(string State, DatasetState Kept, long Since)> _kept = [];

    public static string NameOf(DatasetState state) => state.ETag.Trim('"')[..16];

    /// <summary>Keeps a state, from now on for as long as pages of it are asked for.</summary>
    public string Keep(DatasetState state)
    {
        var name = NameOf(state);
        lock (_lock)
        {
            _kept.RemoveAll(k => k.State == name || clock.GetElapsedTime(k.Since) > patience);
            _kept.Add((name, state, clock.GetTimestamp()));
            if (_kept.Count > most)
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
            _kept.RemoveAll(k => clock.GetElapsedTime(k.Since) > patience);
            return _kept.Find(k => k.State == name).Kept;
        }
    }
}
