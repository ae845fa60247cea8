using System.Globalization;
using System.Text;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http.Threads;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Tests;

/// <summary>Where writers do their work, and what is left when a state is no more.</summary>
public sealed class DatasetWritingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mxtd-dataset-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1000, false, true)]
    [InlineData(1, true, true)] // A disk is waited for.
    public async Task A_few_quads_are_written_where_their_request_was_read_and_others_elsewhere(int quads, bool hasJournal, bool leaves)
    {
        Assert.True(SocketThreads.GoOn);
        using var dataset = Load(hasJournal ? _folder : null);
        var place = new TaskCompletionSource<bool>();

        // A thread that waits for sockets is one that is not of the pool.
        var thread = new Thread(async () =>
        {
            try
            {
                await dataset.WriteAsync(t => Add(t, "a", quads), null, CancellationToken.None);
                place.SetResult(Thread.CurrentThread.IsThreadPoolThread);
            }
            catch (Exception e)
            {
                place.SetException(e);
                throw;
            }
        });
        thread.Start();

        Assert.Equal(leaves, await place.Task);
        Assert.Equal(quads, dataset.Current.Snapshot.QuadCount);
    }

    [Fact]
    public async Task When_the_terms_of_earlier_states_are_let_go_the_heap_is_compacted()
    {
        using var dataset = Load(null);
        var terms = new TaskCompletionSource<int>();
        dataset.Compact = () => terms.TrySetResult(dataset.Current.Snapshot.Dictionary.Count);
        const int Many = 70_000;
        for (var round = 0; round < 4; round++)
        {
            await dataset.WriteAsync(
                t =>
                {
                    t.Clear(default);
                    Add(t, $"round{round}-", Many);
                },
                null,
                CancellationToken.None);
        }

        // It is the new state that is served by then.
        Assert.InRange(await terms.Task.WaitAsync(TimeSpan.FromMinutes(1)), Many, 3 * Many);
    }

    [Fact]
    public void A_compaction_collects_everything_and_moves_what_is_left()
    {
        using var dataset = Load(null);
        var before = GC.GetGCMemoryInfo(GCKind.FullBlocking).Index;

        dataset.Compact();

        var after = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        Assert.True(after.Index > before);
        Assert.True(after.Compacted);
        Assert.Equal(GC.MaxGeneration, after.Generation);
    }

    private static LiveDataset Load(string? journal) => LiveDataset.Load(
        new ServerOptions { Gardens = [], JournalDirectory = journal, Timeout = TimeSpan.FromMilliseconds(10) }, CancellationToken.None);

    private static void Add(StoreTransaction transaction, string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            transaction.Quad("<urn:s>"u8, "<urn:p>"u8, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{name}{i}\"")), default);
        }
    }
}
