using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Dumps;

/// <summary>
/// The dumps of the latest state that somebody asked for: each is made once, whoever asks, on disk and beside the answers. Those of an older
/// state go when one of a newer is asked for, those not used for longest when all together are too large.
/// </summary>
internal sealed class DumpShelf(ServerOptions options) : IDisposable
{
    // A writer and its hashing keep two cores busy.
    private const int AtOnce = 1;

    private readonly Lock _shelf = new();
    private readonly Dictionary<string, (Dump Dump, long Used)> _dumps = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _making = new(AtOnce);
    private readonly CancellationTokenSource _ending = new();
    private readonly string _folder = options.DumpDirectory ?? Path.GetTempPath();
    private string _etag = "";
    private long _uses;

    /// <summary>The dump of a state, which is made if it is not there; the caller holds it and has to release it.</summary>
    public Dump Hold(DatasetState state, DumpFile file)
    {
        lock (_shelf)
        {
            if (_etag != state.ETag)
            {
                Clear();
                _etag = state.ETag;
            }

            if (_dumps.TryGetValue(file.Name, out var found) && found.Dump is { Completion: { IsFaulted: false, IsCanceled: false } } && found.Dump.TryHold())
            {
                _dumps[file.Name] = (found.Dump, ++_uses);
                return found.Dump;
            }

            found.Dump?.Release();
            var dump = new Dump(_folder);
            _dumps[file.Name] = (dump, ++_uses);

            // One for the caller and one for the writer.
            dump.TryHold();
            dump.TryHold();
            _ = Task.Run(() => MakeAsync(dump, state, file));
            return dump;
        }
    }

    /// <summary>The dump of a state where it is whole already, else null; the caller has to release it.</summary>
    public Dump? TryHoldWhole(DatasetState state, DumpFile file)
    {
        lock (_shelf)
        {
            return _etag == state.ETag && _dumps.TryGetValue(file.Name, out var found) && found.Dump.IsWhole && found.Dump.TryHold() ? found.Dump : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        lock (_shelf)
        {
            Clear();
        }
    }

    private async Task MakeAsync(Dump dump, DatasetState state, DumpFile file)
    {
        try
        {
            var unpacked = file.Unpacked is null ? null : Hold(state, file.Unpacked);
            try
            {
                if (unpacked is not null)
                {
                    await unpacked.Completion.WaitAsync(_ending.Token).ConfigureAwait(false);
                }

                await _making.WaitAsync(_ending.Token).ConfigureAwait(false);
                try
                {
                    Write(dump, state, file, unpacked);
                }
                finally
                {
                    ReleaseMemory(state);
                    _making.Release();
                }
            }
            finally
            {
                unpacked?.Release();
            }
        }
#pragma warning disable CA1031 // Whoever reads the dump gets the error.
        catch (Exception e)
#pragma warning restore CA1031
        {
            dump.Fail(e);
        }
        finally
        {
            dump.Release();
            Trim();
        }
    }

    private void Write(Dump dump, DatasetState state, DumpFile file, Dump? unpacked)
    {
        using var output = new DumpStream(dump, _ending.Token);
        if (unpacked is null)
        {
            file.Write!(state, output, _ending.Token);
        }
        else
        {
            using var packed = file.Compression!.Compress(output);
            unpacked.CopyTo(packed, _ending.Token);
        }

        dump.Complete(output.Finish());
    }

    /// <summary>
    /// Collects what the making of a large dump took. Nothing in it is needed any more, but it is in large arrays, for which the collector would wait until
    /// there are many.
    /// </summary>
    private static void ReleaseMemory(DatasetState state)
    {
        const long Large = 500_000;
        if (state.Snapshot.QuadCount > Large)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }

    /// <summary>Keeps the files within what they may take, but the one used last.</summary>
    private void Trim()
    {
        lock (_shelf)
        {
            var total = _dumps.Values.Sum(d => d.Dump.Length);
            foreach (var (name, (dump, used)) in _dumps.OrderBy(d => d.Value.Used).ToList())
            {
                if (total <= options.MaxDumpBytes || used == _uses)
                {
                    break;
                }

                if (dump.Completion.IsCompleted)
                {
                    total -= dump.Length;
                    dump.Release();
                    _dumps.Remove(name);
                }
            }
        }
    }

    private void Clear()
    {
        foreach (var (dump, _) in _dumps.Values)
        {
            dump.Release();
        }

        _dumps.Clear();
    }
}
