using System.Collections.Frozen;

namespace MuseumXtd.Store;

/// <summary>An RDF dataset in memory: readers take the <see cref="Current"/> snapshot, one writer at a time publishes the next.</summary>
public sealed class QuadStore : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly FrozenSet<uint> _outside;
    private readonly SubjectChanges _changes = new();
    private Snapshot _current;

    /// <summary>An empty store.</summary>
    public QuadStore(StoreOptions? options = null)
    {
        var dictionary = new TermDictionary();
        _outside = (options ?? StoreOptions.Default).OutsideUnion.Select(g => dictionary.GetOrAdd(g.Encode()).Value).ToFrozenSet();
        _current = new Snapshot(0, 0, dictionary, [], _outside);
    }

    /// <summary>The latest published state.</summary>
    public Snapshot Current => Volatile.Read(ref _current);

    /// <summary>Begins to write. Waits until the writer before has ended.</summary>
    public StoreTransaction Begin(CancellationToken cancellation = default)
    {
        _writer.Wait(cancellation);
        return new StoreTransaction(this, _current, _outside);
    }

    /// <summary>Begins to write when the writers that asked before have ended.</summary>
    public async ValueTask<StoreTransaction> BeginAsync(CancellationToken cancellation = default)
    {
        await _writer.WaitAsync(cancellation).ConfigureAwait(false);
        return new StoreTransaction(this, _current, _outside);
    }

    /// <summary>
    /// Adds the subjects whose triples changed, in whatever graph, after one generation up to another. False when that is too long ago or was too
    /// much: then anything may have changed.
    /// </summary>
    public bool TryGetChangedSubjects(long after, long until, ISet<TermId> subjects)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        return _changes.TryCollect(after, until, subjects);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    internal void Publish(Snapshot snapshot, IReadOnlyCollection<GraphDelta> deltas)
    {
        _changes.Add(snapshot.Generation, deltas);
        Volatile.Write(ref _current, snapshot);
    }

    internal void End() => _writer.Release();
}
