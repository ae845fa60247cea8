using System.Collections.Frozen;
using System.Collections.Immutable;
using MuseumXtd.Store.Files;

namespace MuseumXtd.Store;

/// <summary>An RDF dataset in memory: readers take the <see cref="Current"/> snapshot, one writer at a time publishes the next.</summary>
public sealed class QuadStore : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly StoreOptions _options;
    private readonly SubjectChanges _changes = new();
    private FrozenSet<uint> _outside;
    private Snapshot _current;
    private int _sweepFrom;

    /// <summary>An empty store.</summary>
    public QuadStore(StoreOptions? options = null)
    {
        _options = options ?? StoreOptions.Default;
        var dictionary = new TermDictionary();
        _outside = OutsideUnion(dictionary).ToFrozenSet();
        _current = new Snapshot(0, 0, dictionary, ImmutableDictionary<uint, TripleIndex>.Empty, _outside);
    }

    /// <summary>The latest published state.</summary>
    public Snapshot Current => Volatile.Read(ref _current);

    /// <summary>
    /// Called before much memory is taken, with how many bytes: it throws <see cref="StoreFullException"/> where there are none, and what was begun comes to nothing.
    /// Null, as at the beginning: the store takes what it needs.
    /// </summary>
    public Action<long>? Room
    {
        get => Current.Dictionary.Room;
        set => Current.Dictionary.Room = value;
    }

    /// <summary>Begins to write. Waits until the writer before has ended.</summary>
    public StoreTransaction Begin(CancellationToken cancellation = default)
    {
        _writer.Wait(cancellation);
        return Begun();
    }

    /// <summary>Begins to write when the writers that asked before have ended.</summary>
    public async ValueTask<StoreTransaction> BeginAsync(CancellationToken cancellation = default)
    {
        await _writer.WaitAsync(cancellation).ConfigureAwait(false);
        return Begun();
    }

    private StoreTransaction Begun()
    {
        try
        {
            return new StoreTransaction(this, _current, _outside);
        }
        catch
        {
            // Whoever has no transaction cannot end it.
            _writer.Release();
            throw;
        }
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

    /// <summary>
    /// Makes the snapshot of a file the state of an empty store, without reading it: the file is mapped into memory. What is written later is kept
    /// beside it.
    /// </summary>
    /// <exception cref="SnapshotFileException">The file is damaged.</exception>
    /// <exception cref="InvalidOperationException">The store is not empty.</exception>
    public Snapshot StartFrom(SnapshotFile file, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        _writer.Wait(cancellation);
        try
        {
            if (_current.Generation > 0)
            {
                throw new InvalidOperationException("The store is not empty.");
            }

            var snapshot = file.ToSnapshot(OutsideUnion);
            _outside = snapshot.OutsideUnion.ToFrozenSet();
            _changes.Forget(snapshot.Generation);
            Volatile.Write(ref _current, snapshot);
            return snapshot;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Whether the dictionary has grown so much that <see cref="SweepAsync"/> may find something.</summary>
    public bool IsSweepDue
    {
        get
        {
            var count = Current.Dictionary.Count;
            Interlocked.CompareExchange(ref _sweepFrom, NextSweep(count), 0);
            return count >= Volatile.Read(ref _sweepFrom);
        }
    }

    /// <summary>
    /// Makes the dictionary anew where most of its terms are those of earlier states. The content stays the same, as the next generation; the terms
    /// have other ids. Writers wait for it, readers keep the state that they have.
    /// </summary>
    /// <returns>The new state, or null where there was too little to gain.</returns>
    public async ValueTask<Snapshot?> SweepAsync(CancellationToken cancellation = default)
    {
        await _writer.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var swept = TermSweep.Of(_current, _options.LeastUnusedTerms, out var used, cancellation);
            Volatile.Write(ref _sweepFrom, NextSweep(used));
            if (swept is not null)
            {
                swept.Dictionary.Room = Room;

                // Subjects are known by ids that are no more.
                _outside = swept.OutsideUnion.ToFrozenSet();
                _changes.Forget(swept.Generation);
                Volatile.Write(ref _current, swept);
            }

            return swept;
        }
        catch (StoreFullException)
        {
            Volatile.Write(ref _sweepFrom, _current.Dictionary.Count + _options.LeastUnusedTerms);
            return null;
        }
        finally
        {
            _writer.Release();
        }
    }

    private int NextSweep(int used) => (int)Math.Min(int.MaxValue, used + (long)TermSweep.WorthIt(used, _options.LeastUnusedTerms));

    private IEnumerable<uint> OutsideUnion(TermDictionary dictionary) => [.. _options.OutsideUnion.Select(g => dictionary.GetOrAdd(g.Encode()).Value)];

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    internal void Publish(Snapshot snapshot, IReadOnlyCollection<GraphDelta> deltas)
    {
        _changes.Add(snapshot.Generation, deltas);
        Volatile.Write(ref _current, snapshot);
    }

    /// <summary>Lets go of the terms that a transaction has added which came to nothing: the state before goes on, as the next generation, with those that it had.</summary>
    internal void Forget(Snapshot before, int terms)
    {
        var snapshot = before.Over(before.Dictionary.First(terms));
        _changes.Add(snapshot.Generation, []);
        Volatile.Write(ref _current, snapshot);
    }

    internal void End() => _writer.Release();
}
