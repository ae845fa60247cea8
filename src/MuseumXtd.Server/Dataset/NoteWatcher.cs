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
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Polling = TimeSpan.FromSeconds(2);

    private readonly Func<IEnumerable<string>> _linked;
    private readonly Action _changed;
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _following;
    private volatile bool _polls;

    /// <summary>Begins to watch.</summary>
    /// <param name="roots">Folders, watched with all that is in them.</param>
    /// <param name="linked">Gives the folders elsewhere to which links lead now.</param>
    /// <param name="changed">Called when something was saved, on one thread at a time; it throws nothing but cancellation.</param>
    public NoteWatcher(IEnumerable<string> roots, Func<IEnumerable<string>> linked, Action changed)
    {
        _linked = linked;
        _changed = changed;
        foreach (var root in roots)
        {
            Add(root);
        }

        // What was saved after the notes were read and before they were watched.
        Signal();
        _following = Task.Run(FollowAsync);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _following.Wait();
        foreach (var watcher in _watchers.Values)
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
        watcher.Created += Changed;
        watcher.Changed += Changed;
        watcher.Deleted += Changed;
        watcher.Renamed += (sender, e) => Changed(sender, e);
        watcher.Error += (_, e) =>
        {
            // More was changed at once than could be told, or more folders are there than can be watched.
            _polls |= e.GetException() is not InternalBufferOverflowException;
            Signal();
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

    private void Changed(object sender, FileSystemEventArgs e)
    {
        // What the server itself keeps beside the notes is none of them.
        if (!e.FullPath.Split(Path.DirectorySeparatorChar).Contains(GardenOptions.StateFolder, StringComparer.Ordinal))
        {
            Signal();
        }
    }

    private void Signal()
    {
        try
        {
            _signal.Release();
        }
        catch (ObjectDisposedException)
        {
            // The end came first.
        }
    }

    private void FollowLinks()
    {
        foreach (var folder in _linked().Where(f => !_watchers.ContainsKey(f)).ToList())
        {
            Add(folder);
            Signal();
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                await _signal.WaitAsync(_polls ? Polling : Timeout.InfiniteTimeSpan, _ending.Token).ConfigureAwait(false);
                var first = Stopwatch.GetTimestamp();
                while (await _signal.WaitAsync(Quiet, _ending.Token).ConfigureAwait(false) && Stopwatch.GetElapsedTime(first) < Patience)
                {
                    // The burst goes on.
                }

                _changed();
                FollowLinks();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
