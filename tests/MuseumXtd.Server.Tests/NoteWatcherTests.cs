using System.Threading.Channels;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Tests;

/// <summary>
/// That a save is told, however soon it follows another one. Nothing here depends on how fast anything is: each test waits until it is told, and holds that the
/// save itself was told, not that a look at everything came by, which happens every minute.
/// </summary>
public sealed class NoteWatcherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-watch-").FullName;
    private readonly Channel<(IReadOnlyCollection<string>? Paths, string Text)> _told = Channel.CreateUnbounded<(IReadOnlyCollection<string>?, string)>();

    private string Note => Path.Combine(_folder, "Phare.md");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_saves_by_renaming_right_after_each_other_are_told()
    {
        Replace("one");
        using var watcher = Watch(() => { });
        Assert.Null((await _told.Reader.ReadAsync()).Paths);
        for (var round = 0; round < 20; round++)
        {
            Replace($"first of {round}");
            Replace($"second of {round}");
            await ToldAsync($"second of {round}");
        }
    }

    [Fact]
    public async Task A_save_that_comes_while_the_one_before_is_read_is_told()
    {
        Replace("one");
        var next = 0;
        var last = 0;

        // On the thread that reads, when it has read: what it holds is older than the file before it is done.
        using var watcher = Watch(() =>
        {
            if (Volatile.Read(ref next) > Volatile.Read(ref last))
            {
                Replace($"during {Volatile.Read(ref next)}");
                Volatile.Write(ref last, Volatile.Read(ref next));
            }
        });
        Assert.Null((await _told.Reader.ReadAsync()).Paths);
        for (var round = 1; round <= 20; round++)
        {
            Volatile.Write(ref next, round);
            Replace($"before {round}");
            await ToldAsync($"during {round}");
        }
    }

    [Fact]
    public async Task A_folder_that_is_made_anew_at_once_is_watched_at_once()
    {
        Replace("one");
        using var watcher = new NoteWatcher([_folder], () => [], () => null, paths => _told.Writer.TryWrite((paths, File.Exists(Note) ? File.ReadAllText(Note) : "")));
        Assert.Null((await _told.Reader.ReadAsync()).Paths);
        for (var round = 0; round < 10; round++)
        {
            // Empty, it goes without a word of what was in it.
            File.Delete(Note);
            Directory.Delete(_folder);
            Directory.CreateDirectory(_folder);
            Replace($"after {round}");
            await ReadAsync($"after {round}");
            Replace($"later {round}");
            await ReadAsync($"later {round}");
        }

        // A look at everything comes by every minute only.
        async Task ReadAsync(string text)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            while ((await _told.Reader.ReadAsync(soon.Token)).Text != text)
            {
            }
        }
    }

    private NoteWatcher Watch(Action read) => new([_folder], () => [], () => null, paths =>
    {
        var text = File.ReadAllText(Note);
        read();
        _told.Writer.TryWrite((paths, text));
    });

    /// <summary>As editors save: another file is written, which then takes the name.</summary>
    private void Replace(string text)
    {
        var other = Path.Combine(_folder, ".Phare.md.new");
        File.WriteAllText(other, text);
        File.Move(other, Note, overwrite: true);
    }

    private async Task ToldAsync(string text)
    {
        while (true)
        {
            var (paths, read) = await _told.Reader.ReadAsync();
            Assert.NotNull(paths);
            if (read == text)
            {
                Assert.Contains(Note, paths);
                return;
            }
        }
    }
}
