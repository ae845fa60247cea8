using System.Security.Cryptography;
using System.Threading.Channels;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>
/// Follows what a live dataset publishes and keeps, for each resource that has records, when it was created, updated or deleted. It works behind
/// the writers; readers take <see cref="Current"/> and never wait, neither for it nor for its file.
/// </summary>
public sealed class ChangeLog : IAsyncDisposable
{
    // Small changes that come one after another are followed together.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly LiveDataset _dataset;
    private readonly string _baseIri;
    private readonly string _fingerprint;
    private readonly TimeProvider _clock;
    private readonly Action<string>? _message;
    private readonly ChangeLogFile? _file;
    private readonly Channel<bool> _published = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly Lock _showing = new();
    private readonly Task _following;
    private readonly List<ResourceChange> _unsaved = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChangeLogView? _current;
    private DateTime? _pending;

    private ChangeLog(LiveDataset dataset, ServerOptions options, ChangeLogFile? file, List<ResourceChange> known)
    {
        _dataset = dataset;
        _baseIri = options.BaseIri;
        _fingerprint = options.Harvest.Fingerprint;
        _clock = options.Clock;
        _message = options.Message;
        _file = file;
        Key = file?.Key ?? RandomNumberGenerator.GetBytes(32);
        dataset.Published += Wake;
        Wake();
        _following = Task.Run(() => FollowAsync(known));
    }

    /// <summary>The newest view, or null in the moments after the start while the first one is made.</summary>
    public ChangeLogView? Current => Volatile.Read(ref _current);

    /// <summary>Whether the log is kept from one start to the next.</summary>
    internal bool IsKept => _file is not null;

    /// <summary>A secret that lives as long as the log: what is signed with it was signed over this very log.</summary>
    internal byte[] Key { get; }

    /// <summary>
    /// Opens the log of a dataset: in the state directory where there is one that can be used, else in memory, with a message that says why.
    /// </summary>
    public static ChangeLog Open(ServerOptions options, LiveDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dataset);
        if (options.StateDirectory is null)
        {
            return new ChangeLog(dataset, options, null, []);
        }

        ChangeLogFile? file = null;
        try
        {
            file = ChangeLogFile.Open(options.StateDirectory);
            return new ChangeLog(dataset, options, file, file.Read());
        }
        catch (IOException e)
        {
            file?.Dispose();
            options.Message?.Invoke($"the change log is kept in memory only, and ends with this process: {e.Message} Name another folder with --state, or say --no-state.");
            return new ChangeLog(dataset, options, null, []);
        }
    }

    /// <summary>The newest view, waiting only for the first one.</summary>
    public async ValueTask<ChangeLogView> ViewAsync(CancellationToken cancellation) => Current ?? await AtLeastAsync(0, cancellation).ConfigureAwait(false);

    /// <summary>A view that tells of a generation of the dataset, or of a later one.</summary>
    public async Task<ChangeLogView> AtLeastAsync(long generation, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_showing)
            {
                if (_current is { } view && view.Snapshot.Generation >= generation)
                {
                    return view;
                }

                next = _next.Task;
                if (_wanted.CurrentCount == 0)
                {
                    _wanted.Release();
                }
            }

            await next.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The newest view and a time at which it was complete, in UTC: whatever was published at or after this time's second has a time that is not before
    /// it. So a harvester that asks next time from here on misses nothing. The time never runs backwards against the log.
    /// </summary>
    internal async ValueTask<(ChangeLogView View, DateTime Now)> NowAsync(CancellationToken cancellation)
    {
        await ViewAsync(cancellation).ConfigureAwait(false);
        lock (_showing)
        {
            var now = _clock.GetUtcNow().UtcDateTime;
            now = now < _current!.LastTime ? _current.LastTime : now;
            return (_current, _pending < now ? _pending.Value : now);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _dataset.Published -= Wake;
        await _ending.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        _file?.Dispose();
        _wanted.Dispose();
        _ending.Dispose();
    }

    private void Wake() => _published.Writer.TryWrite(true);

    private async Task FollowAsync(List<ResourceChange> known)
    {
        try
        {
            while (true)
            {
                await _published.Reader.ReadAsync(_ending.Token).ConfigureAwait(false);
                try
                {
                    Follow(known);
                }
                catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
                {
                    _message?.Invoke($"the change log could not follow the last change, it will with the next: {e.Message}");
                }

                // Nobody waits for the sake of others.
                await _wanted.WaitAsync(Gathering, _ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private void Follow(List<ResourceChange> known)
    {
        var state = _dataset.Current;
        var snapshot = state.Snapshot;
        var before = _current;
        if (before is not null && before.Snapshot.Generation >= snapshot.Generation)
        {
            return;
        }

        var comparison = new SnapshotComparison(snapshot, _baseIri, before ?? ChangeLogView.Of(snapshot, known), _fingerprint);
        var changed = new HashSet<TermId>();
        var differences = before is not null && _dataset.TryGetChangedSubjects(before.Snapshot.Generation, snapshot.Generation, changed)
            ? comparison.Compare(before.Snapshot, changed, _ending.Token)
            : comparison.CompareAll(_ending.Token);
        before ??= comparison.Log;
        if (differences.Count == 0)
        {
            Show(before.Then(snapshot, []));
            return;
        }

        DateTime time;
        lock (_showing)
        {
            var now = _clock.GetUtcNow().UtcDateTime;
            time = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
            time = time < before.LastTime ? before.LastTime : time;
            _pending = time;
        }

        var first = before.History.Count + 1L;
        var redirects = new MergedResources(state.Garden?.Redirects, before, differences);
        var changes = differences.Select((d, i) => new ResourceChange(first + i, time, d.Kind, d.Resource, d.Traits, d.Hash)
        {
            MovedTo = d.Kind == ChangeKind.Deleted ? redirects.TargetOf(d.Resource) : null,
        }).ToList();
        Save(changes);
        Show(before.Then(snapshot, changes));
    }

    private void Show(ChangeLogView view)
    {
        TaskCompletionSource shown;
        lock (_showing)
        {
            Volatile.Write(ref _current, view);
            _pending = null;
            shown = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        shown.SetResult();
    }

    /// <summary>What cannot be written now is written before what comes next.</summary>
    private void Save(List<ResourceChange> changes)
    {
        if (_file is null)
        {
            return;
        }

        var hadFailed = _unsaved.Count > 0;
        _unsaved.AddRange(changes);
        try
        {
            _file.Append(_unsaved);
            _unsaved.Clear();
        }
        catch (IOException e)
        {
            if (!hadFailed)
            {
                _message?.Invoke($"the change log could not be written, it is tried again with the next change: {e.Message}");
            }
        }
    }
}
