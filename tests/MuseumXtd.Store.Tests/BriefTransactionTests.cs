using System.Text;

namespace MuseumXtd.Store.Tests;

/// <summary>Which changes are told to take a moment only: those that are kept beside what is there.</summary>
public sealed class BriefTransactionTests
{
    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(0, 64, true)]
    [InlineData(0, 65, false)]
    [InlineData(1_000, 10, true)]
    [InlineData(10_000, 1, true)]
    [InlineData(20_000, 10, true)]
    [InlineData(20_000, 65, false)]
    public void A_few_triples_are_put_beside_many(int there, int added, bool isBrief)
    {
        using var store = Store(there);
        using var transaction = store.Begin();
        Add(transaction, 0, added, default);
        Assert.Equal(isBrief, transaction.IsBrief);
    }

    [Fact]
    public void Clearing_a_graph_takes_as_long_as_the_graph_is_large()
    {
        using var store = Store(20_000);
        using var transaction = store.Begin();
        transaction.Clear(ReadOnlySpan<byte>.Empty);
        Assert.False(transaction.IsBrief);
    }

    [Fact]
    public void The_change_that_makes_everything_be_merged_is_not_brief_and_no_other_merges()
    {
        using var store = Store(20_000);
        var merges = 0;
        for (var round = 0; round < 200; round++)
        {
            using var transaction = store.Begin();
            Add(transaction, round * 10, 10, default);
            var isBrief = transaction.IsBrief;
            var after = transaction.Commit();
            Assert.Equal(isBrief, !after.DefaultGraph.IsMerged(TripleOrder.Spo));
            merges += isBrief ? 0 : 1;
        }

        Assert.Equal(1, merges);
    }

    [Fact]
    public void Taking_from_one_of_several_graphs_needs_to_know_the_others()
    {
        using var store = Store(20_000);
        using (var transaction = store.Begin())
        {
            Add(transaction, 0, 1, "<http://x/g>"u8);
            transaction.Commit();
        }

        _ = store.Current.Union;
        using (var transaction = store.Begin())
        {
            Remove(transaction);
            Assert.False(transaction.IsBrief);
        }

        Assert.Equal(1, store.Current.GraphsOf(IdOf(store, "<http://x/new0>"), IdOf(store, "<http://x/p>"), IdOf(store, "\"new\"")).Length);
        using (var transaction = store.Begin())
        {
            Remove(transaction);
            Assert.True(transaction.IsBrief);
        }

        static void Remove(StoreTransaction transaction) => transaction.Remove("<http://x/s1>"u8, "<http://x/p>"u8, "<http://x/o>"u8, default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_union_that_is_there_is_changed_as_well(bool isThere)
    {
        // The graph is small, but in the union the changes have come to so many that they are merged with all the rest.
        using var store = Store(20_000);
        if (isThere)
        {
            _ = store.Current.Union;
        }

        using (var transaction = store.Begin())
        {
            Add(transaction, 0, 1_240, "<http://x/g>"u8);
            transaction.Commit();
        }

        using (var transaction = store.Begin())
        {
            Add(transaction, 1_240, 20, "<http://x/g>"u8);
            Assert.Equal(!isThere, transaction.IsBrief);
        }
    }

    private static TermId IdOf(QuadStore store, string term)
    {
        Assert.True(store.Current.Dictionary.TryGetId(Encoding.UTF8.GetBytes(term), out var id));
        return id;
    }

    private static QuadStore Store(int triples)
    {
        var store = new QuadStore();
        using var transaction = store.Begin();
        for (var i = 0; i < triples; i++)
        {
            transaction.Quad(Bytes($"<http://x/s{i}>"), "<http://x/p>"u8, "<http://x/o>"u8, default);
        }

        transaction.Commit();
        return store;
    }

    private static void Add(StoreTransaction transaction, int from, int count, ReadOnlySpan<byte> graph)
    {
        for (var i = from; i < from + count; i++)
        {
            transaction.Quad(Bytes($"<http://x/new{i}>"), "<http://x/p>"u8, "\"new\""u8, graph);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
