using System.Collections;

namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>
/// All changes up to some moment, immutable. Later histories share its memory: they only write behind what it sees.
/// </summary>
public sealed class ChangeHistory : IReadOnlyList<ResourceChange>
{
    private readonly ResourceChange[] _entries;

    private ChangeHistory(ResourceChange[] entries, int count)
    {
        _entries = entries;
        Count = count;
    }

    /// <summary>No changes.</summary>
    public static ChangeHistory Empty { get; } = new([], 0);

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The change with a sequence of <paramref name="index"/> + 1.</summary>
    public ResourceChange this[int index] =>
        index < Count ? _entries[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public IEnumerator<ResourceChange> GetEnumerator() => _entries.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>This history with more at its end; only the newest history may be continued.</summary>
    internal ChangeHistory Then(IReadOnlyList<ResourceChange> changes)
    {
        var entries = _entries;
        var count = Count + changes.Count;
        if (count > entries.Length)
        {
            Array.Resize(ref entries, Math.Max(count, Count * 2));
        }

        for (var i = 0; i < changes.Count; i++)
        {
            entries[Count + i] = changes[i];
        }

        return new ChangeHistory(entries, count);
    }
}
