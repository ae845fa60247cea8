namespace MuseumXtd.Store;

/// <summary>An RDF dataset in memory: readers take the <see cref="Current"/> snapshot, one writer at a time publishes the next.</summary>
public sealed class QuadStore
{
    /// <summary>An empty store.</summary>
    public QuadStore(StoreOptions? options = null) => throw new NotImplementedException();

    /// <summary>The latest published state.</summary>
    public Snapshot Current => throw new NotImplementedException();

    /// <summary>Begins to write. Waits until the writer before has ended.</summary>
    public StoreTransaction Begin(CancellationToken cancellation = default) => throw new NotImplementedException();
}
