using System.Diagnostics;
using MuseumXtd.Garden;

namespace MuseumXtd.Server.Dataset;

/// <summary>
/// Calls an action after notes were saved: when the saves of a burst are over, and in a long burst now and then. Symbolic links are followed,
/// which the system's own watching does not do.
/// </summary>
internal sealed class NoteWatcher : IDisposable
{
    // Editors save in several steps; the last one counts.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Polling = TimeSpan.FromSeconds(2);

    // Not all that changes is told: file systems of other machines tell nothing.
    private static readonly TimeSpan Looking = TimeSpan.FromMinutes(1);

    // With more, a look at everything costs less.
    private const int MostPaths = 1000;

    private readonly Func<IEnumerable<string>> _linked;
    private readonly Func<TimeSpan?> _awaits;
    private readonly Action<IReadOnlyCollection<string>?> _changed;
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _following;
    private readonly Lock _collecting = new();
    private HashSet<string>? _paths = new(StringComparer.Ordinal);
    private readonly List<FileSystemWatcher> _parents = [];
    private readonly string[] _roots;
    private bool _rootChanged;
    private volatile bool _polls;
    private bool _isRootAway;

    /// <summary>Begins to watch.</summary>
    /// <param name="roots">Folders, watched with all that is in them.</param>
    /// <param name="linked">Gives the folders elsewhere to which links lead now.</param>
    /// <param name="awaits">Gives the time after which to call though nothing changed, or null.</param>
    /// <param name="changed">
    /// Called with the paths that changed, or with null when anything may have, on one thread at a time; it throws nothing but cancellation.
    /// </param>
    public NoteWatcher(IEnumerable<string> roots, Func<IEnumerable<string>> linked, Func<TimeSpan?> awaits, Action<IReadOnlyCollection<string>?> changed)
    {
        _linked = linked;
        _awaits = awaits;
        _changed = changed;
        _roots = [.. roots];
        foreach (var root in _roots)
        {
            Add(root);
            AddParentOf(root);
        }

        // What was saved after the notes were read and before they were watched.
        Signal(null);
        _following = Task.Run(FollowAsync);
    }

    /// <summary>Calls as if a file had changed.</summary>
    public void Look(string path) => Signal(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _following.Wait();
        foreach (var watcher in _watchers.Values.Concat(_parents))
        {
            watcher.Dispose();
        }

        _ending.Dispose();
        _signal.Dispose();
    }

    private void Add(string folder)
    {
        if (_watchers.ContainsKey(folder) || !Directory.Exists(folder))
        {
            return;
        }

        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Created += (_, e) => Changed(e.FullPath);
        watcher.Changed += (_, e) => Changed(e.FullPath);
        watcher.Deleted += (_, e) => Changed(e.FullPath);
        watcher.Renamed += (_, e) =>
        {
            Changed(e.OldFullPath);
            Changed(e.FullPath);
        };
        watcher.Error += (_, e) =>
        {
            // More was changed at once than could be told, or more folders are there than can be watched.
            _polls |= e.GetException() is not InternalBufferOverflowException;
            Signal(null);
        };
        try
        {
            watcher.EnableRaisingEvents = true;
        }
        catch (IOException)
        {
            _polls = true;
        }

        _watchers.Add(folder, watcher);
    }

    /// <summary>
    /// Watches whether a root comes or goes. A folder that takes the name of one that was removed is another one, of which the watcher of the first is told nothing; and an
    /// empty one goes without a word.
    /// </summary>
    private void AddParentOf(string root)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (Path.GetDirectoryName(path) is not { } parent || !Directory.Exists(parent))
        {
            return;
        }

        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(parent, Path.GetFileName(path)) { NotifyFilter = NotifyFilters.DirectoryName };
            watcher.Created += (_, _) => RootChanged();
            watcher.Deleted += (_, _) => RootChanged();
            watcher.Renamed += (_, _) => RootChanged();
            watcher.EnableRaisingEvents = true;
            _parents.Add(watcher);
        }
        catch (IOException)
        {
            // It is looked at now and then.
            watcher?.Dispose();
        }
    }

    private void RootChanged()
    {
        Volatile.Write(ref _rootChanged, true);
        Signal(null);
    }

    private void Changed(string path)
    {
        // What the server itself keeps beside the notes is none of them.
        if (!path.Split(Path.DirectorySeparatorChar).Contains(GardenOptions.StateFolder, StringComparer.Ordinal))
        {
            Signal(path);
        }
    }

    /// <summary>Something changed: a path, or with null, anything.</summary>
    private void Signal(string? path)
    {
        lock (_collecting)
        {
            if (path is null || _paths?.Count >= MostPaths)
            {
                _paths = null;
            }
            else
            {
                _paths?.Add(path);
            }
        }

        try
        {
            _signal.Release();
        }
        catch (ObjectDisposedException)
        {
            // The end came first.
        }
    }

    private HashSet<string>? Collected()
    {
        lock (_collecting)
        {
            var paths = _paths;
            _paths = new(StringComparer.Ordinal);
            return paths;
        }
    }

    private void FollowLinks()
    {
        foreach (var folder in _linked().Where(f => !_watchers.ContainsKey(f)).ToList())
        {
            Add(folder);
            Signal(null);
        }
    }

    /// <summary>A folder that was away is another one for the system when it comes back.</summary>
    private void FollowRoots()
    {
        _isRootAway = false;
        var isAnother = Interlocked.Exchange(ref _rootChanged, false);
        foreach (var root in _roots)
        {
            if (isAnother && _watchers.Remove(root, out var before))
            {
                before.Dispose();
            }

            if (!Path.Exists(root))
            {
                _isRootAway = true;
                if (_watchers.Remove(root, out var watcher))
                {
                    watcher.Dispose();
                }
            }
            else if (!_watchers.ContainsKey(root) && Directory.Exists(root))
            {
                Add(root);
                Signal(null);
            }
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                var looking = _polls || _isRootAway ? Polling : Looking;
                var awaits = _awaits();
                if (!await _signal.WaitAsync(awaits < looking ? awaits.Value : looking, _ending.Token).ConfigureAwait(false) && !(awaits < looking))
                {
                    Signal(null);
                }

                var first = Stopwatch.GetTimestamp();
                while (await _signal.WaitAsync(Quiet, _ending.Token).ConfigureAwait(false) && Stopwatch.GetElapsedTime(first) < Patience)
                {
                    // The burst goes on.
                }

                _changed(Collected());
                FollowLinks();
                FollowRoots();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
