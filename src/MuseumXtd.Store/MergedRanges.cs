using System.Collections.Concurrent;

namespace MuseumXtd.Store;

/// <summary>
/// Ranges of a base that were merged with what is kept beside it. The layers that follow one another on the same base share them: a range is merged
/// anew only when the changes within it are others, however many states have come since.
/// </summary>
/// <param name="mostRows">How many rows are kept at most.</param>
internal sealed class MergedRanges(int mostRows)
{
    private ConcurrentDictionary<(TripleOrder Order, uint First, uint Second), MergedRange>? _ranges;
    private long _rows;

    /// <summary>The range as it was merged last, if it was merged with just these changes.</summary>
    public bool TryGet((TripleOrder Order, uint First, uint Second) key, TripleRange added, TripleRange removed, out TripleRange range)
    {
        if (Volatile.Read(ref _ranges) is { } ranges && ranges.TryGetValue(key, out var known) && known.IsOf(added, removed))
        {
            range = new TripleRange(known.Second, known.Third);
            return true;
        }

        range = default;
        return false;
    }

    /// <summary>Keeps a range in place of what it was before.</summary>
    public void Keep((TripleOrder Order, uint First, uint Second) key, MergedRange range)
    {
        var ranges = LazyInitializer.EnsureInitialized(ref _ranges);
        lock (ranges)
        {
            if (_rows + range.Rows > mostRows)
            {
                ranges.Clear();
                _rows = 0;
            }

            _rows += range.Rows - (ranges.TryGetValue(key, out var before) ? before.Rows : 0);
            ranges[key] = range;
        }
    }
}

/// <summary>A range that was merged, and with which changes.</summary>
internal sealed class MergedRange(uint[] second, uint[] third, TripleRange added, TripleRange removed)
{
    private readonly uint[] _changes = [.. added.Second, .. added.Third, .. removed.Second, .. removed.Third];
    private readonly int _added = added.Count;

    public uint[] Second => second;

    public uint[] Third => third;

    public int Rows => third.Length + (_changes.Length / 2);

    public bool IsOf(TripleRange added, TripleRange removed)
    {
        ReadOnlySpan<uint> changes = _changes;
        return added.Count == _added && 2 * (added.Count + removed.Count) == changes.Length
            && changes[..added.Count].SequenceEqual(added.Second) && changes.Slice(added.Count, added.Count).SequenceEqual(added.Third)
            && changes.Slice(2 * added.Count, removed.Count).SequenceEqual(removed.Second) && changes[^removed.Count..].SequenceEqual(removed.Third);
    }
}
