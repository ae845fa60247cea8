using System.Globalization;
using MuseumXtd.Store.Files;

namespace MuseumXtd.Store.Durability;

/// <summary>
/// What was changed, on disk. A writer appends what its transaction changes before it commits, and confirms it after
/// <see cref="FlushAsync"/>; one flush serves all who wait. From time to time everything is written anew to a snapshot, and the journal
/// begins again.
/// </summary>
/// <remarks>
/// Files: <c>snapshot-N</c> holds the state from which <c>journal-N</c> goes on; <c>journal-N+1</c> follows when a snapshot was begun. A
/// snapshot counts once it has its name, and older files go only then. So at any time the newest snapshot and the journals from its
/// number on make the whole state. A journal holds <see cref="JournalRecord"/>s, a snapshot is a <see cref="SnapshotFile"/>, which a start maps and does
/// not parse; it is compared with its checksums first, since what is confirmed rests on it.
/// <para>
/// Each record says how much of the file was known to last before it. When nothing has come for a moment, and at the end, an empty record says it of the last
/// one: so damage in that is told from a write that broke off.
/// </para>
/// </remarks>
public sealed class Journal : IDisposable
{
    private const string JournalPrefix = "journal-";
    private const string SnapshotPrefix = "snapshot-";
    private const string Unfinished = ".part";
    private const int RoomAhead = 1 << 20;

    private readonly IJournalFiles _files;
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private readonly Lock _appending = new();
    private readonly List<(long Place, TaskCompletionSource Done)> _waiting = [];
    private IJournalFile _file;
    private Thread? _flusher;
    private bool _isDisposed;
    private long _number;
    private long _appended;
    private long _flushed;
    private long _whole;
    private long _lasting;
    private long _said;
    private long _sinceSnapshot;
    private long _snapshotBytes;
    private bool _compacting;
    private Exception? _failure;

    private Journal(IJournalFiles files, IJournalFile file, long number, long snapshotBytes)
    {
        _files = files;
        _file = file;
        _file.KeepAhead(RoomAhead);
        _number = number;
        _snapshotBytes = snapshotBytes;
        _whole = file.Length;
        _lasting = file.Length;
        _sinceSnapshot = file.Length;
    }

    /// <summary>How long records become, before the changes of a transaction go on in another.</summary>
    internal int RecordContent { get; set; } = 1 << 26;

    /// <summary>How long nothing comes before a record of its own says that the last one lasts: whoever writes again says it in the next.</summary>
    internal TimeSpan Moment { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many bytes a journal has at least, before a snapshot takes its place.</summary>
    internal long LeastToReplace { get; set; } = 64L << 20;

    /// <summary>Whether it was empty when it was opened.</summary>
    public bool WasEmpty { get; private init; }

    /// <summary>The sequence of the last transaction that was read back.</summary>
    public long LastSequence { get; private init; }

    /// <summary>Whether there is so much in the journal that a new snapshot is worth its while.</summary>
    public bool IsSnapshotDue
    {
        get
        {
            return !_compacting && _failure is null && _sinceSnapshot > Math.Max(LeastToReplace, 2 * _snapshotBytes);
        }
    }

    /// <summary>Opens a journal and brings an empty store to the state that it holds.</summary>
    /// <param name="files">The folder.</param>
    /// <param name="store">An empty store.</param>
    /// <param name="message">Told what was found broken and dropped.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="JournalException">A record that was once confirmed is damaged.</exception>
    public static Journal Open(IJournalFiles files, QuadStore store, Action<string>? message = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(store);
        foreach (var name in files.List().Where(n => n.EndsWith(Unfinished, StringComparison.Ordinal)))
        {
            files.Delete(name);
        }

        // A process that was ended between them may have given a snapshot its name without making that last.
        var snapshot = Numbers(files, SnapshotPrefix).LastOrDefault(-1);
        files.FlushNames();
        DeleteBefore(files, snapshot);
        var journals = Numbers(files, JournalPrefix);
        var reader = new JournalReader(store, message);
        long snapshotBytes = 0;
        if (snapshot >= 0)
        {
            (snapshotBytes, reader.LastSequence) = StartFrom(files, NameOf(SnapshotPrefix, snapshot), store, cancellation);
        }

        for (var i = 0; i + 1 < journals.Count; i++)
        {
            using var file = files.Open(NameOf(JournalPrefix, journals[i]));

            // A journal is flushed before the next one begins, so only the newest can break off.
            reader.Read(file, NameOf(JournalPrefix, journals[i]), mayBeTorn: false, cancellation);
        }

        var number = journals.Count > 0 ? journals[^1] : Math.Max(snapshot, 0);
        var last = files.Open(NameOf(JournalPrefix, number));
        try
        {
            reader.Read(last, NameOf(JournalPrefix, number), mayBeTorn: true, cancellation);
            last.Flush();
            files.FlushNames();
            reader.Commit(cancellation);
            return new Journal(files, last, number, snapshotBytes) { WasEmpty = snapshot < 0 && reader.Records == 0, LastSequence = reader.LastSequence };
        }
        catch
        {
            last.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Appends what a transaction changes. For the one writer, before it commits; nothing is confirmed before <see cref="FlushAsync"/> of the
    /// returned place ends.
    /// </summary>
    /// <exception cref="JournalException">The record could not be written; the transaction is not to be committed.</exception>
    public long Append(StoreTransaction transaction, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ThrowIfFailed();
        var changes = transaction.Changes(cancellation);
        if (changes.Count == 0)
        {
            return _appended;
        }

        lock (_appending)
        {
            return Append(transaction, changes, cancellation);
        }
    }

    private long Append(StoreTransaction transaction, IReadOnlyList<GraphDelta> changes, CancellationToken cancellation)
    {
        var start = _file.Length;
        try
        {
            using var record = new JournalRecord(transaction.Dictionary);
            var sequence = transaction.Before.Generation + 1;
            var lasting = Interlocked.Read(ref _lasting);
            foreach (var delta in changes)
            {
                cancellation.ThrowIfCancellationRequested();
                Write(record, delta.Graph, delta.Removed, delta.Added, _file, sequence, lasting, cancellation);
                if (delta.Index.Count == 0 && delta.Graph != 0)
                {
                    record.Graph(delta.Graph);
                    if (delta.StaysEmpty)
                    {
                        record.StaysEmpty();
                    }
                    else
                    {
                        record.Gone();
                    }
                }
            }

            record.AppendTo(_file, sequence, lasting, isLast: true);
        }
        catch (Exception e)
        {
            TakeBack(start, e);
            throw e is IOException ? new JournalException($"The journal could not be written: {e.Message} Nothing was changed.", e) { IsPassing = _failure is null } : e;
        }

        var written = _file.Length - start;
        Interlocked.Exchange(ref _whole, start + written);
        _sinceSnapshot += written;
        return Interlocked.Add(ref _appended, written);
    }

    /// <summary>Returns when everything up to a place lasts. Whoever comes while a flush is under way is served by the next one, all together.</summary>
    /// <param name="place">From <see cref="Append(StoreTransaction, CancellationToken)"/>.</param>
    /// <param name="isBrief">Whether what the waiter does next takes a moment only: it then does it on the thread that waited for the disk, and no other has to be woken.</param>
    /// <exception cref="JournalException">It is not known to last; the process is to start again from what is on disk.</exception>
    public Task FlushAsync(long place, bool isBrief = false)
    {
        if (Volatile.Read(ref _flushed) >= place)
        {
            return Task.CompletedTask;
        }

        lock (_waiting)
        {
            // Nobody would ever end the wait.
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var done = new TaskCompletionSource(isBrief ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((place, done));
            if (_flusher is null)
            {
                // The disk is waited for by a thread of its own: each of the pool's is one that answers no request meanwhile.
                _flusher = new Thread(FlushForAll) { IsBackground = true, Name = "journal" };
                _flusher.Start();
            }

            Monitor.Pulse(_waiting);
            return done.Task;
        }
    }

    /// <summary>The same for everything that was appended, for one who waits for it.</summary>
    /// <exception cref="JournalException">It is not known to last.</exception>
    public void Flush()
    {
        _flushing.Wait();
        try
        {
            FlushAll();
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>
    /// Begins a new journal, before a new snapshot: for the one writer, when all that was appended is in the state that the snapshot will be of.
    /// </summary>
    /// <returns>The number of the snapshot, for <see cref="WriteSnapshot"/>.</returns>
    /// <exception cref="IOException">There is no new journal; the one before goes on.</exception>
    /// <exception cref="JournalException">What was appended is not known to last.</exception>
    public async Task<long> BeginSnapshotAsync()
    {
        await _flushing.WaitAsync().ConfigureAwait(false);
        try
        {
            FlushAll();
            var next = OpenNext();
            lock (_appending)
            {
                _file.Dispose();
                _file = next;
                _number++;
                _sinceSnapshot = 0;
                _whole = 0;
                _lasting = 0;
                _said = 0;
                _compacting = true;
                return _number;
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>The file of the next journal, whose name lasts; where that fails there is none.</summary>
    private IJournalFile OpenNext()
    {
        var name = NameOf(JournalPrefix, _number + 1);
        IJournalFile? next = null;
        try
        {
            next = _files.Open(name);
            _files.FlushNames();
            next.KeepAhead(RoomAhead);
            return next;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            next?.Dispose();
            try
            {
                _files.Delete(name);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A start takes the last journal for the only one that may break off; so nothing is appended to the one before it.
                _failure = failure;
            }

            throw;
        }
    }

    /// <summary>Writes a state as a snapshot, which then replaces the journals before it. For any thread.</summary>
    /// <param name="number">From <see cref="BeginSnapshotAsync"/>.</param>
    /// <param name="state">The state as it was then.</param>
    /// <param name="isKept">Which graphs belong in the journal; unbound is the unnamed one.</param>
    /// <param name="cancellation">Ends the writing; it is then as if it had not begun.</param>
    public void WriteSnapshot(long number, Snapshot state, Func<TermId, bool> isKept, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(isKept);
        try
        {
            var name = NameOf(SnapshotPrefix, number);
            using (var file = _files.Open(name + Unfinished))
            {
                file.Truncate(0);
                using (var stream = new BufferedStream(new JournalStream(file), 1 << 20))
                {
                    SnapshotFile.Write(state.With(isKept, cancellation), stream, cancellation);
                }

                file.Flush();
                _snapshotBytes = file.Length;
            }

            _files.Rename(name + Unfinished, name);
            _files.FlushNames();
            DeleteBefore(_files, number);
        }
        finally
        {
            _compacting = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_waiting)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            Monitor.Pulse(_waiting);
        }

        // Whoever waited for the disk may go on on the thread that did.
        if (_flusher != Thread.CurrentThread)
        {
            _flusher?.Join();
        }

        SayWhatLasts();
        _file.Dispose();
        _flushing.Dispose();
    }

    private static string NameOf(string prefix, long number) => prefix + number.ToString("D12", CultureInfo.InvariantCulture);

    private static List<long> Numbers(IJournalFiles files, string prefix) =>
    [
        .. files.List().Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Select(n => long.TryParse(n.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(n => n >= 0).Order(),
    ];

    private static (long Bytes, long Sequence) StartFrom(IJournalFiles files, string name, QuadStore store, CancellationToken cancellation)
    {
        try
        {
            var file = SnapshotFile.Open(files.Map(name), name);
            file.Verify(cancellation);
            store.StartFrom(file, cancellation);
            return (file.Length, file.Generation);
        }
        catch (SnapshotFileException e)
        {
            throw new JournalException(e.Message, e);
        }
    }

    private void Write(
        JournalRecord record, uint graph, TripleIndex removed, TripleIndex added, IJournalFile file, long sequence, long lasting, CancellationToken cancellation)
    {
        record.Graph(graph);
        foreach (var triple in removed.Triples)
        {
            record.Remove(triple);
            Break();
        }

        foreach (var triple in added.Triples)
        {
            record.Add(triple);
            Break();
        }

        void Break()
        {
            if (record.ContentLength > RecordContent)
            {
                cancellation.ThrowIfCancellationRequested();
                record.AppendTo(file, sequence, lasting, isLast: false);
                record.Clear();
                record.Graph(graph);
            }
        }
    }

    /// <summary>Deletes what a snapshot replaces.</summary>
    private static void DeleteBefore(IJournalFiles files, long snapshot)
    {
        foreach (var prefix in (string[])[SnapshotPrefix, JournalPrefix])
        {
            foreach (var old in Numbers(files, prefix).Where(n => n < snapshot))
            {
                files.Delete(NameOf(prefix, old));
            }
        }
    }

    private void FlushForAll()
    {
        ShortSlice.Ask();
        var hasServed = false;
        while (true)
        {
            (long Place, TaskCompletionSource Done)[] served;
            lock (_waiting)
            {
                while (_waiting.Count == 0)
                {
                    if (_isDisposed)
                    {
                        return;
                    }

                    if (hasServed && !Monitor.Wait(_waiting, Moment))
                    {
                        break;
                    }

                    if (!hasServed)
                    {
                        Monitor.Wait(_waiting);
                    }
                }

                served = [.. _waiting];
                _waiting.Clear();
            }

            hasServed = served.Length > 0;
            if (!hasServed)
            {
                SayWhatLasts();
                continue;
            }

            try
            {
                FlushUpTo(served.Max(w => w.Place));
                foreach (var (_, done) in served)
                {
                    done.SetResult();
                }
            }
#pragma warning disable CA1031 // Those who wait are told.
            catch (Exception e)
#pragma warning restore CA1031
            {
                foreach (var (_, done) in served)
                {
                    done.SetException(e);
                }
            }
        }
    }

    private void FlushUpTo(long place)
    {
        _flushing.Wait();
        try
        {
            if (_flushed < place)
            {
                FlushAll();
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    private void FlushAll()
    {
        ThrowIfFailed();
        var (place, whole) = (Interlocked.Read(ref _appended), Interlocked.Read(ref _whole));
        try
        {
            _file.Flush();
        }
        catch (IOException e)
        {
            // What the system did with the pages after a failed flush is unknown: trying again could report a success that is none.
            _failure = e;
            throw new JournalException($"The journal could not be flushed: {e.Message} Nothing more is written until a new start.", e);
        }

        Interlocked.Exchange(ref _lasting, whole);
        Volatile.Write(ref _flushed, place);
    }

    /// <summary>Says in a record without content that all before it lasts, where no record has said it. It may itself be lost: it tells nothing else.</summary>
    private void SayWhatLasts()
    {
        // Whoever writes just now says it.
        if (!_appending.TryEnter())
        {
            return;
        }

        try
        {
            var start = _file.Length;
            var lasting = Interlocked.Read(ref _lasting);
            if (_failure is not null || lasting <= _said || lasting < start)
            {
                return;
            }

            try
            {
                using var record = new JournalRecord(null);
                record.AppendTo(_file, 0, lasting, isLast: true);
                _said = _file.Length;
                Interlocked.Exchange(ref _whole, _said);
            }
            catch (IOException e)
            {
                TakeBack(start, e);
            }
        }
        finally
        {
            _appending.Exit();
        }
    }

    /// <summary>Cuts off a record that could not be written whole.</summary>
    private void TakeBack(long start, Exception cause)
    {
        try
        {
            _file.Truncate(start);
        }
        catch (IOException)
        {
            _failure = cause;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw new JournalException($"The journal failed before: {_failure.Message} Nothing is written until a new start.", _failure);
        }
    }
}
