using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Large files that are read beside while their garden is served, on a thread of their own and one after the other, so that no other save waits for
/// them. Until it is read, a file stays as it was.
/// </summary>
internal sealed class LargeFiles(Action<string> read)
{
    /// <summary>From how many bytes on a file is large: reading it takes longer than authors notice.</summary>
    public const long LeastBytes = 128 * 1024;

    private readonly ConcurrentDictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private readonly Lock _queueing = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Takes what was read of a file; null while it is being read, or when nobody began to.</summary>
    public Reading? Take(GardenFile file, GardenLexicon lexicon, out bool isBeingRead)
    {
        isBeingRead = false;
        if (!_readings.TryGetValue(file.Path, out var reading))
        {
            return null;
        }

        if (reading.IsOf(file, lexicon) && !reading.IsOver)
        {
            isBeingRead = true;
            return null;
        }

        _readings.TryRemove(file.Path, out _);
        return reading.IsOf(file, lexicon) ? reading : null;
    }

    /// <summary>Begins to read a file. When that is over, its path on the disk is told, on another thread.</summary>
    /// <param name="file">The file.</param>
    /// <param name="most">How many bytes are read at most.</param>
    /// <param name="lexicon">The words by which it is read.</param>
    /// <param name="content">What its bytes, with their hash, say; null where that is known.</param>
    public void Begin(GardenFile file, int most, GardenLexicon lexicon, Func<byte[], string, ReadFile?> content)
    {
        var reading = new Reading(file, lexicon);
        _readings[file.Path] = reading;
        lock (_queueing)
        {
            _last = _last.ContinueWith(
                _ =>
                {
                    reading.Read(most, content);
                    read(file.Info.FullName);
                },
                CancellationToken.None,
                TaskContinuationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    public bool IsReading(string path) => _readings.ContainsKey(path);

    /// <summary>Forgets a file that is none of the large ones any more.</summary>
    public void Forget(string path) => _readings.TryRemove(path, out _);

    /// <summary>Forgets the files that are no longer there.</summary>
    public void Keep(IEnumerable<GardenFile> files)
    {
        if (!_readings.IsEmpty)
        {
            var paths = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in _readings.Keys.Where(p => !paths.Contains(p)))
            {
                Forget(gone);
            }
        }
    }

    /// <summary>One reading of one state of a file.</summary>
    internal sealed class Reading(GardenFile file, GardenLexicon lexicon)
    {
        // A large file is often written in parts.
        private const int MostTries = 5;
        private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

        private volatile bool _isOver;
        private ReadFile? _content;
        private Exception? _failure;

        /// <summary>When the state that was read was written.</summary>
        public DateTime Written { get; private set; }

        /// <summary>How many bytes it has.</summary>
        public long Length { get; private set; }

        /// <summary>When it was looked at before it was read.</summary>
        public DateTime LookedAt { get; private set; }

        public bool IsOver => _isOver;

        /// <summary>The hash of the bytes that were read; null when there are none.</summary>
        public string? Hash { get; private set; }

        /// <summary>What the file says; null where that was known when it was begun, or when there is nothing.</summary>
        /// <exception cref="IOException">It could not be read.</exception>
        /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
        public ReadFile? Content
        {
            get
            {
                if (_failure is not null)
                {
                    ExceptionDispatchInfo.Throw(_failure);
                }

                return _content;
            }
        }

        public bool IsOf(GardenFile other, GardenLexicon words) => other.IsDraft == file.IsDraft && ReferenceEquals(words, lexicon);

        public void Read(int most, Func<byte[], string, ReadFile?> content)
        {
            try
            {
                if (Bytes(most) is { } bytes)
                {
                    Hash = NoteReader.HashOf(bytes);
                    _content = content(bytes, Hash);
                }
            }
#pragma warning disable CA1031 // Whoever takes it sees it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure = e;
            }

            _isOver = true;
        }

        /// <summary>The bytes of one state; null where it has become too large, which the next look at it tells.</summary>
        private byte[]? Bytes(int most)
        {
            var info = new FileInfo(file.Info.FullName);
            for (var tries = 1; ; tries++)
            {
                (Length, Written, LookedAt) = (info.Length, info.LastWriteTimeUtc, DateTime.UtcNow);
                if (Length > most)
                {
                    return null;
                }

                var bytes = FileBytes.Read(file.Info.FullName, Length, most).ToArray();
                info.Refresh();
                if (bytes.Length > most)
                {
                    return null;
                }

                if ((info.Length == Length && info.LastWriteTimeUtc == Written) || tries == MostTries)
                {
                    return bytes;
                }

                Thread.Sleep(BetweenTries);
            }
        }
    }
}
