using System.Collections.Frozen;
using MuseumXtd.Checks;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Http.Threads;
using MuseumXtd.Store;
using MuseumXtd.Store.Durability;
using MuseumXtd.Store.Files;
using MuseumXtd.Store.Loading;

namespace MuseumXtd.Server.Dataset;

/// <summary>
/// Owns the store and keeps it equal to the gardens: a saved note replaces the graphs that it changed in one step. Whoever answers a
/// request takes <see cref="Current"/> once and sees nothing of later changes.
/// </summary>
public sealed class LiveDataset : IDisposable
{
    private readonly QuadStore _store;
    private readonly GardenReader? _reader;
    private GardenShapes? _shapes;
    private IReadOnlyList<NamedGraph> _graphs = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _publishing = new();
    private JournalFolder? _folder;
    private Journal? _journal;
    private Task _snapshot = Task.CompletedTask;
    private long _noSnapshotBefore;
    private readonly string _reserved;
    private FrozenSet<string> _notes = [];
    private DatasetState _current;
    private NoteWatcher? _watcher;

    private LiveDataset(QuadStore store, GardenReader? reader, ServerOptions options)
    {
        _reserved = options.BaseIri + "graph/";
        _store = store;
        Memory = new MemoryCeiling(options.MaxProcessBytes);
        Upkeep = new MemoryUpkeep(store, Memory, options.Timeout, Show, _ending.Token);
        _reader = reader;
        _current = new DatasetState(store.Current, null);
    }

    /// <summary>The state to answer from.</summary>
    public DatasetState Current => Volatile.Read(ref _current);

    /// <summary>
    /// Whether a few quads may now be written in a moment, where a request is read: the journal goes on, and the dictionary has room. <see cref="WriteAsync"/> leaves that
    /// place itself when committing takes longer.
    /// </summary>
    internal bool MayBeBrief
    {
        get
        {
            const int Few = 1 << 10;
            return !IsSnapshotDue && Current.Snapshot.Dictionary.HasRoomFor(Few);
        }
    }

    private bool IsSnapshotDue => _journal is { IsSnapshotDue: true } && Environment.TickCount64 >= _noSnapshotBefore;

    /// <summary>Raised after <see cref="Current"/> changed, on the thread that changed it: whoever listens returns at once.</summary>
    public event Action? Published;

    /// <summary>Ends when a snapshot file that is served was compared with its checksums; fails when it is damaged.</summary>
    public Task Verified { get; private set; } = Task.CompletedTask;

    /// <summary>Called when something could not be read or kept, with the reason.</summary>
    public Action<string>? Failed { get; set; }

    /// <summary>How much memory there is for the data and all other work.</summary>
    internal MemoryCeiling Memory { get; }

    /// <summary>Keeps the memory of the process small.</summary>
    internal MemoryUpkeep Upkeep { get; }

    /// <summary>Reads gardens and files.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read as RDF.</exception>
    public static LiveDataset Load(ServerOptions options, CancellationToken cancellation)
    {
        var reader = options.Gardens.Count == 0
            ? null
            : new GardenReader(new GardenOptions
            {
                Roots = options.Gardens,
                BaseIri = options.BaseIri,
                OntologyDirectory = options.OntologyDirectory,
                KeepLastGood = true,
                RemembersIdentities = true,
                IdentityFile = options.StateDirectory is { } state ? Path.Combine(state, "identities.csv") : null,
            });
        var store = new QuadStore(new StoreOptions { OutsideUnion = reader?.OutsideUnion.Select(g => new Iri(g)).ToHashSet() ?? [] });
        var dataset = new LiveDataset(store, reader, options);

        // Each is most of all code that is compiled or read for the first time, which takes one processor.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = Task.Run(() => reader?.Build(enough.Token), CancellationToken.None);
        var shapes = Task.Run(() => reader is null ? null : GardenShapes.Read(options.OntologyDirectory, enough.Token), CancellationToken.None);
        GardenGraph? garden;
        try
        {
            dataset.OpenJournal(options, cancellation);
            dataset.LoadFiles(options, cancellation);
            dataset._shapes = shapes.GetAwaiter().GetResult();
            garden = reading.GetAwaiter().GetResult();
        }
        catch
        {
            enough.Cancel();
            Task.WhenAll(reading, shapes).ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
            dataset.Dispose();
            throw;
        }

        dataset.Replace(garden, cancellation);
        store.Current.MakeAllOrders();
        MemoryUpkeep.Release();

        // What was there at the start is served; what grows is refused.
        store.Room = dataset.Memory.Require;
        dataset.Failed = options.Message;
        dataset.SaveIdentities();
        dataset.Upkeep.TakeInWordsBeside();
        if (options.Watch && reader is not null)
        {
            reader.ReadLargeFilesBeside(dataset.Look);
            dataset._watcher = new NoteWatcher(options.Gardens, () => reader.LinkedFolders, () => reader.Awaits, dataset.Follow);
        }

        return dataset;
    }

    /// <summary>Reads the gardens again and publishes what changed.</summary>
    public void Refresh(CancellationToken cancellation = default)
    {
        if (_reader is not null)
        {
            Replace(_reader.Build(cancellation), cancellation);
            SaveIdentities();
        }
    }

    /// <summary>Keeps new identifiers, after everybody sees them: nobody waits for the disk.</summary>
    private void SaveIdentities()
    {
        try
        {
            _reader?.SaveIdentities();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed?.Invoke($"the identifiers given so far cannot be kept, they last until the server ends: {e.Message}");
        }
    }

    /// <summary>
    /// Changes the dataset in one step, after the writers that asked before. When the change throws, nothing is changed.
    /// </summary>
    /// <param name="change">Makes the changes; it does not commit.</param>
    /// <param name="condition">Whether the state before the change is the one that the writer wants, or null for any.</param>
    /// <param name="cancellation">Ends waiting and work.</param>
    /// <returns>The state before the change, and the state after it, or null when the condition does not hold.</returns>
    /// <exception cref="NotesException">A graph of the notes would change.</exception>
    public async Task<(Snapshot Before, DatasetState? After)> WriteAsync(
        Action<StoreTransaction> change, Func<DatasetState, bool>? condition, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        try
        {
            return await ChangeAsync(change, condition, cancellation).ConfigureAwait(false);
        }
        catch
        {
            ShowForgotten();
            throw;
        }
    }

    /// <summary>What came to nothing may have left the store with another dictionary, without the terms that it brought; they stay as long as the state before is shown.</summary>
    private void ShowForgotten()
    {
        var state = _store.Current;
        if (state.Dictionary != Current.Snapshot.Dictionary)
        {
            Show(state);
        }
    }

    /// <summary>Shows a state with the same content as before, which the store made by itself.</summary>
    private void Show(Snapshot state)
    {
        try
        {
            // Updates that came before are in it, and are not shown before they last.
            _journal?.Flush();
            Publish(state, null);
        }
        catch (JournalException e)
        {
            Failed?.Invoke(e.Message);
        }
    }

    private async Task<(Snapshot Before, DatasetState? After)> ChangeAsync(
        Action<StoreTransaction> change, Func<DatasetState, bool>? condition, CancellationToken cancellation)
    {
        using var transaction = await _store.BeginAsync(cancellation).ConfigureAwait(false);
        var before = transaction.Before;
        if (condition is not null && !condition(new DatasetState(before, null)))
        {
            return (before, null);
        }

        change(transaction);
        if (!transaction.IsBrief)
        {
            Upkeep.SettleBeside();
        }

        var isSnapshotDue = IsSnapshotDue;
        if (isSnapshotDue || !transaction.IsBrief)
        {
            await default(PoolThread);
        }

        CheckNotes(transaction, cancellation);
        if (_journal is null)
        {
            return (before, Publish(transaction.Commit(cancellation), null));
        }

        if (isSnapshotDue)
        {
            await BeginSnapshotAsync(before).ConfigureAwait(false);
        }

        // Others may write as soon as this is committed, and one flush serves all; but nobody reads it before it lasts.
        var place = _journal.Append(transaction, cancellation);
        var after = transaction.Commit(CancellationToken.None);
        await _journal.FlushAsync(place, isBrief: SocketThreads.IsThisOne).ConfigureAwait(false);
        return (before, Publish(after, null));
    }

    /// <summary>Writes the journal anew, beside all other work.</summary>
    private async Task BeginSnapshotAsync(Snapshot state)
    {
        long number;
        try
        {
            number = await _journal!.BeginSnapshotAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed?.Invoke($"the journal could not be written anew, it only grows; it is tried again in a minute: {e.Message}");
            _noSnapshotBefore = Environment.TickCount64 + 60_000;
            return;
        }

        _snapshot = Task.Run(() =>
        {
            try
            {
                _journal.WriteSnapshot(number, state, IsKept(state), _ending.Token);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Failed?.Invoke($"the journal could not be written anew, it only grows: {e.Message}");
            }
            catch (OperationCanceledException)
            {
                // The server ends; the journals are whole.
            }
        });
    }

    private Func<TermId, bool> IsKept(Snapshot state) => id =>
    {
        using var scratch = new ByteBuffer();
        return !id.IsBound || Term.Decode(state.Dictionary.Encoded(id, scratch)) is not Iri name || !IsOfNotes(name.Value);
    };

    /// <summary>Adds the subjects whose triples changed after one generation up to another; false when they are not known.</summary>
    internal bool TryGetChangedSubjects(long after, long until, ISet<TermId> subjects) => _store.TryGetChangedSubjects(after, until, subjects);

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _watcher?.Dispose();

        // Whoever opens the folder next is to find it at rest; what is being written there is given up.
        Task.WhenAny(_snapshot, Task.Delay(TimeSpan.FromSeconds(10))).GetAwaiter().GetResult();
        _journal?.Dispose();
        _folder?.Dispose();
        Task.WhenAll(_snapshot, Upkeep.Ended, Verified).ContinueWith(_ => _ending.Dispose(), TaskScheduler.Default);
        _store.Dispose();
    }

    private void OpenJournal(ServerOptions options, CancellationToken cancellation)
    {
        if (options.JournalDirectory is { } directory)
        {
            _folder = new JournalFolder(directory);
            _journal = Journal.Open(options.JournalFiles(_folder), _store, options.Message, cancellation);
        }
    }

    /// <summary>A journal that has something holds what the files said when it began, and what became of it since.</summary>
    private void LoadFiles(ServerOptions options, CancellationToken cancellation)
    {
        if (options.Files.Count == 0)
        {
            return;
        }

        if (_journal is { WasEmpty: false })
        {
            options.Message?.Invoke($"{string.Join(", ", options.Files)}: not loaded, the journal in '{options.JournalDirectory}' goes on from what it holds.");
            return;
        }

        Map(options, cancellation);
        using (var transaction = _store.Begin(cancellation))
        {
            for (var i = 0; i < options.Files.Count; i++)
            {
                if (!SnapshotFile.IsNameOf(options.Files[i]))
                {
                    BulkLoad.ReadFile(options.Files[i], transaction, new ReaderOptions { BlankNodeScope = $"f{i}." }, options.Progress, cancellation);
                }
            }

            transaction.Commit(cancellation);
        }

        if (_journal is not null)
        {
            // A snapshot takes no more room than the records, and the next start need not read it.
            var number = _journal.BeginSnapshotAsync().GetAwaiter().GetResult();
            _journal.WriteSnapshot(number, _store.Current, _ => true, cancellation);
        }
    }

    /// <summary>Begins with what a snapshot file holds.</summary>
    private void Map(ServerOptions options, CancellationToken cancellation)
    {
        var files = options.Files.Where(SnapshotFile.IsNameOf).ToList();
        if (files.Count == 0)
        {
            return;
        }

        if (files.Count > 1)
        {
            throw new InvalidDataException($"{files[1]}: only one snapshot file can be served, and {files[0]} is one. Convert the other to N-Quads.");
        }

        var file = SnapshotFile.Open(files[0]);
        if (_journal is not null)
        {
            // It is going to be copied, and read for that in any case.
            file.Verify(cancellation);
        }

        _store.StartFrom(file, cancellation);
        Verified = Task.Run(
            async () =>
            {
                await Task.Delay(MemoryUpkeep.Settling, _ending.Token).ConfigureAwait(false);
                file.Verify(_ending.Token);
            },
            CancellationToken.None);
    }

    private void Replace(GardenGraph? garden, CancellationToken cancellation)
    {
        if (garden is null)
        {
            Publish(_store.Current, null);
            return;
        }

        using var transaction = _store.Begin(cancellation);
        var removal = new Removal(transaction);
        var (graphs, at, isSameSet) = (_graphs, 0, true);
        foreach (var graph in garden.Graphs)
        {
            // Both are in the order of names, and most graphs are the same objects as before.
            while (at < graphs.Count && !ReferenceEquals(graphs[at], graph) && string.CompareOrdinal(graphs[at].Iri, graph.Iri) < 0)
            {
                transaction.Clear(new Iri(graphs[at++].Iri).Encode());
                isSameSet = false;
            }

            var before = at < graphs.Count && (ReferenceEquals(graphs[at], graph) || graphs[at].Iri == graph.Iri) ? graphs[at++] : null;
            if (before is null)
            {
                // A journal may remember what its note said when the server last ran.
                transaction.Clear(new Iri(graph.Iri).Encode());
                isSameSet = false;
            }

            if (!ReferenceEquals(before, graph))
            {
                graph.WriteChangesTo(before, removal, transaction);
            }
        }

        for (; at < graphs.Count; at++)
        {
            transaction.Clear(new Iri(graphs[at].Iri).Encode());
            isSameSet = false;
        }

        // A lookup is enough for the graphs of the notes; the set is only made anew when a note came or went.
        _notes = isSameSet ? _notes : garden.Graphs.Select(g => g.Iri).ToFrozenSet(StringComparer.Ordinal);
        var snapshot = transaction.Commit(cancellation);
        _graphs = garden.Graphs;

        // Updates that came before are in it, and are not shown before they last.
        _journal?.Flush();
        Publish(snapshot, garden);
    }

    /// <summary>Shows a state, unless a later one is shown already: writers and the reader of notes may come at the same time.</summary>
    private DatasetState Publish(Snapshot snapshot, GardenGraph? garden)
    {
        DatasetState state;
        lock (_publishing)
        {
            var latest = snapshot.Generation >= _current.Snapshot.Generation ? snapshot : _current.Snapshot;
            if (latest != _current.Snapshot || garden is not null)
            {
                var next = new DatasetState(latest, garden ?? _current.Garden, _shapes);
                Volatile.Write(ref _current, latest.ContentHash == _current.Snapshot.ContentHash ? next with { Since = _current.Since } : next);
            }

            state = latest == snapshot ? _current : new DatasetState(snapshot, garden ?? _current.Garden, _shapes);
        }

        Published?.Invoke();
        if (_store.IsSweepDue)
        {
            Upkeep.SweepBeside();
        }

        return state;
    }

    private bool IsOfNotes(string graph) =>
        _reader is not null && (_notes.Contains(graph) || graph.StartsWith(_reserved, StringComparison.Ordinal));

    /// <summary>Updates never touch what the notes say: it would be gone, or back, when the note is next saved.</summary>
    private void CheckNotes(StoreTransaction transaction, CancellationToken cancellation)
    {
        if (_reader is null)
        {
            return;
        }

        using var scratch = new ByteBuffer();
        foreach (var id in transaction.ChangedGraphs(cancellation))
        {
            if (id.IsBound && Term.Decode(transaction.Dictionary.Encoded(id, scratch)) is Iri name && IsOfNotes(name.Value))
            {
                throw new NotesException($"The graph {name} belongs to the garden: its notes say what is in it. Change the note, or write to another graph.");
            }
        }
    }

    private void Look(string path) => _watcher?.Look(path);

    private void Follow(IReadOnlyCollection<string>? changed)
    {
        try
        {
            var garden = changed is null ? _reader!.Build(_ending.Token) : _reader!.Build(changed, _ending.Token);
            if (!ReferenceEquals(garden, _current.Garden))
            {
                Replace(garden, _ending.Token);
                SaveIdentities();
            }
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            // What was served last goes on being served, and the next save is another chance.
            Failed?.Invoke($"the notes could not be read again: {e.Message}");
        }
    }

    /// <summary>Removes what is sent to it.</summary>
    private sealed class Removal(StoreTransaction transaction) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            transaction.Remove(subject, predicate, @object, graph);
    }
}
