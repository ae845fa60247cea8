using System.Collections.Frozen;

namespace MuseumXtd.Store;

/// <summary>An RDF dataset in memory: readers take the <see cref="Current"/> snapshot, one writer at a time publishes the next.</summary>
public sealed class QuadStore : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly FrozenSet<uint> _outside;
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

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    internal void Publish(Snapshot snapshot) => Volatile.Write(ref _current, snapshot);

    internal void End() => _writer.Release();
}
