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

    [Fact]
    public void An_order_that_a_question_needs_is_asked_for_and_may_be_asked_again()
    {
        using var store = new QuadStore();
        Add(store, "a", 200_000);
        var asked = new List<long>();
        store.Room = more =>
        {
            asked.Add(more);
            throw new StoreFullException("full");
        };
        Assert.True(store.Current.Dictionary.TryGetId(Term("a", 5), out var id));

        // What is there answers without room, what is not is refused, and nothing is half made.
        Assert.Equal(200_000, store.Current.DefaultGraph.Count);
        Assert.Throws<StoreFullException>(() => store.Current.DefaultGraph.CountMatches(default, default, id));
        Assert.Throws<StoreFullException>(() => store.Current.Union.CountMatches(default, default, id));
        Assert.All(asked, more => Assert.InRange(more, 200_000 * 24L, 200_000 * 50L));

        store.Room = null;
        Assert.Equal(1, store.Current.DefaultGraph.CountMatches(default, default, id));
    }

    [Fact]
    public void Small_orders_are_made_without_asking()
    {
        using var store = new QuadStore();
        Add(store, "a", 1_000);
        Assert.True(store.Current.Dictionary.TryGetId(Term("a", 5), out var id));
        store.Room = _ => throw new StoreFullException("full");
        Assert.Equal(1, store.Current.DefaultGraph.CountMatches(default, default, id));
    }

    [Fact]
    public void Without_room_much_can_be_deleted_and_not_added()
    {
        using var store = new QuadStore();
        Add(store, "a", 300_000);
        store.Current.MakeAllOrders();
        store.Room = more =>
        {
            if (more > 1 << 20)
            {
                throw new StoreFullException("full");
            }
        };

        var before = store.Current.ContentHash;
        Assert.Throws<StoreFullException>(() => Add(store, "b", 100_000));
        Assert.Equal(before, store.Current.ContentHash);
        using var transaction = store.Begin();
        for (var i = 0; i < 150_000; i++)
        {
            transaction.Remove("<http://x/s>"u8, "<http://x/p>"u8, Term("a", i), default);
        }

        transaction.Commit();
        Assert.Equal(150_000, store.Current.DefaultGraph.Count);
    }

    [Fact]
    public void Without_room_for_what_joins_the_graphs_a_graph_can_be_deleted()
    {
        using var store = new QuadStore();
        Add(store, "a", 100_000);
        Add(store, "b", 20_000, "<http://g/b>");
        Add(store, "c", 20_000, "<http://g/c>");
        Assert.Equal(140_000, store.Current.Union.Count);

        store.Room = _ => throw new StoreFullException("full");
        using (var transaction = store.Begin())
        {
            transaction.Clear("<http://g/b>"u8);
            transaction.Commit();
        }

        Assert.Equal(120_000, store.Current.QuadCount);
        Assert.Throws<StoreFullException>(() => store.Current.Union);
        store.Room = null;
        Assert.Equal(120_000, store.Current.Union.Count);
    }

    [Fact]
    public void Words_are_taken_in_where_there_is_room_and_a_part_of_a_text_is_found_without()
    {
        using var store = new QuadStore();
        Add(store, "a", 10_000);
        store.Room = _ => throw new StoreFullException("full");
        var text = store.Current.Dictionary.Text;
        Assert.Throws<StoreFullException>(() => text.Find(Text.TextQuery.Parse("a77")!));
        Assert.Null(text.Candidates("a77"));

        store.Room = null;
        Assert.Equal(1, text.Find(Text.TextQuery.Parse("a77")!).Count);
    }

    private const int TermHeapChunks = 1 << 16;

    private static byte[] Term(string name, int number) => Encoding.UTF8.GetBytes($"\"{name}{number}\"");

    private static void Add(QuadStore store, string name, int count, string graph = "")
    {
        using var transaction = store.Begin();
        for (var i = 0; i < count; i++)
        {
            transaction.Quad("<http://x/s>"u8, "<http://x/p>"u8, Term(name, i), Encoding.UTF8.GetBytes(graph));
        }

        transaction.Commit();
    }
}
