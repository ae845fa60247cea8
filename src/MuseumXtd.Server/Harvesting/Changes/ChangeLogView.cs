using System.Collections.Immutable;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>
/// The change log at one moment, immutable, together with the graph that it describes: what its last changes say is what
/// <see cref="Snapshot"/> holds.
/// </summary>
public sealed class ChangeLogView
{
    private readonly ImmutableDictionary<string, ResourceChange> _byResource;

    private ChangeLogView(
        Snapshot snapshot, ChangeHistory history, ImmutableArray<ResourceChange> latest, ImmutableDictionary<string, ResourceChange> byResource)
    {
        Snapshot = snapshot;
        History = history;
        Latest = latest;
        _byResource = byResource;
    }

    /// <summary>The graph.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>All changes in the order in which they were published.</summary>
    public ChangeHistory History { get; }

    /// <summary>
    /// The last change of each resource that ever was, also of the deleted ones, by sequence: so also by time.
    /// </summary>
    public ImmutableArray<ResourceChange> Latest { get; }

    /// <summary>When the last change was published; the smallest time when there is none.</summary>
    public DateTime LastTime => History.Count == 0 ? DateTime.MinValue.ToUniversalTime() : History[^1].Time;

    /// <summary>The last change of a resource, or null for one that never was.</summary>
    public ResourceChange? Find(string resource) => _byResource.GetValueOrDefault(resource);

    /// <summary>Where in <see cref="Latest"/> the first change is that comes after a sequence.</summary>
    public int FirstAfter(long sequence)
    {
        var (low, high) = (0, Latest.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Latest[middle].Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    internal static ChangeLogView Of(Snapshot snapshot, IReadOnlyList<ResourceChange> history)
    {
        var empty = new ChangeLogView(
            snapshot, ChangeHistory.Empty, [], ImmutableDictionary.Create<string, ResourceChange>(StringComparer.Ordinal));
        return empty.Then(snapshot, history);
    }

    /// <summary>This view after more changes.</summary>
    internal ChangeLogView Then(Snapshot snapshot, IReadOnlyList<ResourceChange> changes)
    {
        if (changes.Count == 0)
        {
            return new ChangeLogView(snapshot, History, Latest, _byResource);
        }

        var byResource = _byResource.ToBuilder();
        var replaced = new HashSet<ResourceChange>(ReferenceEqualityComparer.Instance);
        foreach (var change in changes)
        {
            if (byResource.TryGetValue(change.Resource, out var before))
            {
                replaced.Add(before);
                change.Previous = before.Sequence;
            }

            byResource[change.Resource] = change;
        }

        var latest = ImmutableArray.CreateBuilder<ResourceChange>(byResource.Count);
        foreach (var change in Latest)
        {
            if (!replaced.Contains(change))
            {
                latest.Add(change);
            }
        }

        latest.AddRange(changes.Where(c => !replaced.Contains(c)));
        return new ChangeLogView(snapshot, History.Then(changes), latest.ToImmutable(), byResource.ToImmutable());
    }
}
