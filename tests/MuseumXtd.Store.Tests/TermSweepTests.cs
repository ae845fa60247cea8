using System.Globalization;
using System.Text;

namespace MuseumXtd.Store.Tests;

/// <summary>What a sweep leaves of a state, besides its content.</summary>
public sealed class TermSweepTests
{
    private const int Subjects = 20_000;

    [Fact]
    public async Task What_nobody_asked_for_is_not_made()
    {
        using var store = Store();
        store.Current.DefaultGraph.Range(TripleOrder.Pos, IdOf(store, "<http://x/p>"));

        var swept = await SweepAsync(store);

        // Each of these would take as much again as the graph does, and every commit would change them as well.
        Assert.Null(swept.MadeUnion);
        Assert.Null(swept.MadeNamedGraphs);
        Assert.Null(swept.MadeQuads);
        Assert.False(swept.DefaultGraph.IsAsked(TripleOrder.Sop));
        Assert.True(swept.DefaultGraph.IsAsked(TripleOrder.Pos));
    }

    [Fact]
    public async Task What_was_asked_for_is_there_again()
    {
        using var store = Store();
        store.Current.MakeAllOrders();
        Assert.Equal(Subjects + 1, store.Current.NamedGraphs.Count + store.Current.DefaultGraph.Count);
        Assert.Equal(1, GraphsOf(store.Current));

        var swept = await SweepAsync(store);

        Assert.Equal(Subjects + 2, swept.MadeUnion!.Count);
        Assert.All(Enum.GetValues<TripleOrder>(), order => Assert.True(swept.MadeUnion.IsAsked(order)));
        Assert.Equal(1, swept.MadeNamedGraphs!.Count);
        Assert.Equal(Subjects + 2, swept.MadeQuads!.Count);
        Assert.Equal(1, GraphsOf(swept));
    }

    [Fact]
    public async Task What_lay_beside_one_base_does_so_again()
    {
        using var store = new QuadStore(new StoreOptions { LeastUnusedTerms = 1 });
        using (var transaction = store.Begin())
        {
            for (var i = 0; i < Subjects; i++)
            {
                transaction.Quad(Bytes($"<http://x/s{i}>"), "<http://x/p>"u8, "<http://x/o>"u8, default);
            }

            transaction.Commit();
        }

        // The union of one graph is that graph, until another one comes.
        store.Current.MakeAllOrders();
        using (var transaction = store.Begin())
        {
            transaction.Quad("<http://x/s>"u8, "<http://x/p>"u8, "<http://x/o>"u8, "<http://x/g>"u8);
            transaction.Remove("<http://x/s7>"u8, "<http://x/p>"u8, "<http://x/o>"u8, default);
            transaction.Commit();
        }

        Assert.Same(store.Current.DefaultGraph.Settled, store.Current.MadeUnion!.Settled);

        var swept = await SweepAsync(store);

        Assert.Same(swept.DefaultGraph.Settled, swept.MadeUnion!.Settled);
        Assert.NotSame(swept.DefaultGraph.Settled, swept.DefaultGraph);
        Assert.Equal(Subjects, swept.DefaultGraph.Count);
        Assert.Equal(Subjects + 1, swept.MadeUnion.Count);
        Assert.True(swept.DefaultGraph.Range(TripleOrder.Spo, IdOf(store, "<http://x/s7>")).IsEmpty);
        Assert.Equal(1, swept.MadeUnion.Range(TripleOrder.Spo, IdOf(store, "<http://x/s>")).Count);
    }

    [Theory]
    [InlineData(1000, 499, false)]
    [InlineData(1000, 500, true)]
    [InlineData(100, 99, false)]
    [InlineData(100, 100, true)]
    public async Task A_sweep_is_worth_it_where_a_third_is_unused_and_that_is_not_little(int used, int unused, bool isSwept)
    {
        using var store = new QuadStore(new StoreOptions { LeastUnusedTerms = 100 });
        Assert.False(store.IsSweepDue);
        using (var transaction = store.Begin())
        {
            // The terms besides are a predicate and an object.
            for (var i = 2; i < used; i++)
            {
                transaction.Quad(Bytes($"<http://x/s{i}>"), "<http://x/p>"u8, "<http://x/o>"u8, default);
            }

            for (var i = 0; i < unused; i++)
            {
                transaction.Intern(Bytes($"<http://x/t{i}>"));
            }

            transaction.Commit();
        }

        Assert.True(store.IsSweepDue);
        Assert.Equal(isSwept, await store.SweepAsync() is not null);
        Assert.False(store.IsSweepDue);
        Assert.Equal(used - 2, store.Current.DefaultGraph.Count);
    }

    private static int GraphsOf(Snapshot snapshot)
    {
        Assert.True(snapshot.Dictionary.TryGetId("<http://x/s>"u8, out var subject));
        Assert.True(snapshot.Dictionary.TryGetId("<http://x/p>"u8, out var predicate));
        Assert.True(snapshot.Dictionary.TryGetId("<http://x/o>"u8, out var @object));
        return snapshot.GraphsOf(subject, predicate, @object).Length;
    }

    /// <summary>Enough triples that changes are kept beside them, and a named graph.</summary>
    private static QuadStore Store()
    {
        var store = new QuadStore(new StoreOptions { LeastUnusedTerms = 1 });
        using var transaction = store.Begin();
        for (var i = 0; i < Subjects; i++)
        {
            transaction.Quad(Bytes($"<http://x/s{i}>"), "<http://x/p>"u8, "<http://x/o>"u8, default);
        }

        transaction.Quad("<http://x/s>"u8, "<http://x/p>"u8, "<http://x/o>"u8, "<http://x/g>"u8);
        transaction.Commit();
        return store;
    }

    private static async Task<Snapshot> SweepAsync(QuadStore store)
    {
        for (var part = 0; part < 30; part++)
        {
            for (var isRemoved = 0; isRemoved < 2; isRemoved++)
            {
                using var transaction = store.Begin();
                for (var i = 0; i < 1000; i++)
                {
                    var text = Bytes($"\"{part}-{i}\"");
                    if (isRemoved == 0)
                    {
                        transaction.Quad("<http://x/s0>"u8, "<http://x/text>"u8, text, default);
                    }
                    else
                    {
                        transaction.Remove("<http://x/s0>"u8, "<http://x/text>"u8, text, default);
                    }
                }

                transaction.Commit();
            }
        }

        using (var transaction = store.Begin())
        {
            transaction.Quad("<http://x/s0>"u8, "<http://x/text>"u8, "\"stays\""u8, default);
            transaction.Commit();
        }

        return await store.SweepAsync() ?? throw new InvalidOperationException("Nothing was swept.");
    }

    private static TermId IdOf(QuadStore store, string term) => store.Current.Dictionary.TryGetId(Bytes(term), out var id) ? id : default;

    private static byte[] Bytes(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
