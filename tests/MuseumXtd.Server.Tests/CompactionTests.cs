using System.Globalization;
using System.Text;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Tests;

/// <summary>What is left when a state is no more.</summary>
public sealed class CompactionTests
{
    [Fact]
    public async Task When_the_terms_of_earlier_states_are_let_go_the_heap_is_compacted()
    {
        using var dataset = Load();
        var terms = new TaskCompletionSource<int>();
        dataset.Upkeep.Compact = () => terms.TrySetResult(dataset.Current.Snapshot.Dictionary.Count);
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
        using var dataset = Load();
        var before = GC.GetGCMemoryInfo(GCKind.FullBlocking).Index;

        dataset.Upkeep.Compact();

        var after = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        Assert.True(after.Index > before);
        Assert.True(after.Compacted);
        Assert.Equal(GC.MaxGeneration, after.Generation);
    }

    private static LiveDataset Load() => LiveDataset.Load(
        new ServerOptions { Gardens = [], Timeout = TimeSpan.FromMilliseconds(10) }, CancellationToken.None);

    private static void Add(StoreTransaction transaction, string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            transaction.Quad("<urn:s>"u8, "<urn:p>"u8, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{name}{i}\"")), default);
        }
    }
}
