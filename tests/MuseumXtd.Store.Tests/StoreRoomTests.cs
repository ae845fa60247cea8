using System.Text;

namespace MuseumXtd.Store.Tests;

/// <summary>A store that may not take all the memory there is.</summary>
public sealed class StoreRoomTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(TermHeapChunks * 2)]
    public void What_finds_no_room_changes_nothing_and_is_given_back(int terms)
    {
        using var store = new QuadStore();
        Add(store, "a", terms);
        var before = store.Current;
        before.Dictionary.Text.CatchUp();
        var bytes = before.Dictionary.Bytes;

        var left = 24L << 20;
        store.Room = more => left = left > more ? left - more : throw new StoreFullException("full");
        Assert.Throws<StoreFullException>(() => Add(store, "b", 1_000_000));

        var after = store.Current;
        Assert.Equal(before.ContentHash, after.ContentHash);
        Assert.True(after.Generation > before.Generation);
        Assert.Equal(before.Dictionary.Count == 0 ? 0 : terms + 1, after.Dictionary.Count - 1);
        Assert.InRange(after.Dictionary.Bytes, 1, bytes + (2 << 20));

        // Who reads the state before finds all that it knows.
        Assert.True(before.Dictionary.TryGetId(Term("b", 5), out var lost));
        Assert.Equal(Term("b", 5), before.Dictionary.Encoded(lost, new()).ToArray());

        left = long.MaxValue;
        Assert.False(after.Dictionary.TryGetId(Term("b", 5), out _));
        Add(store, "c", 100_000);
        foreach (var (name, count) in (ReadOnlySpan<(string, int)>)[("a", terms), ("c", 100_000)])
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(store.Current.Dictionary.TryGetId(Term(name, i), out var id));
                Assert.Equal(1, store.Current.DefaultGraph.CountMatches(default, default, id));
                Assert.True(store.Current.Dictionary.Encoded(id, new()).SequenceEqual(Term(name, i)));
            }
        }

        Assert.Equal(1, store.Current.Dictionary.Text.Find(Text.TextQuery.Parse("c99999")!).Count);
        Assert.Equal(1, store.Current.Dictionary.Text.Find(Text.TextQuery.Parse("a0")!).Count);
    }

    [Fact]
    public void An_index_is_asked_for_before_it_is_made()
    {
        using var store = new QuadStore();
        var most = 0L;
        store.Room = more => most = Math.Max(most, more);
        Add(store, "a", 200_000);
        Assert.InRange(most, 200_000 * 24L, 200_000 * 100L);
    }

    private const int TermHeapChunks = 1 << 16;

    private static byte[] Term(string name, int number) => Encoding.UTF8.GetBytes($"\"{name}{number}\"");

    private static void Add(QuadStore store, string name, int count)
    {
        using var transaction = store.Begin();
        for (var i = 0; i < count; i++)
        {
            transaction.Quad("<http://x/s>"u8, "<http://x/p>"u8, Term(name, i), default);
        }

        transaction.Commit();
    }
}
