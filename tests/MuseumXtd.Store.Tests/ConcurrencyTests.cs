using System.Text;

namespace MuseumXtd.Store.Tests;

public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30_000)]
    public async Task Readers_see_every_transaction_whole_or_not_at_all(int others)
    {
        const int Rounds = 300;
        const int Subjects = 20;
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            for (var i = 0; i < others; i++)
            {
                transaction.Quad(
                    Encoding.UTF8.GetBytes($"<http://x/s{i % 9000}"), "<http://x/other"u8, Encoding.UTF8.GetBytes($"\"{i}\""), "<http://x/others"u8);
            }

            transaction.Commit();
        }

        Write(store, 0, Subjects);
        var before = store.Current.Generation;
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            var seen = 0L;
            while (!stop.IsCancellationRequested)
            {
                var snapshot = store.Current;
                Assert.True(snapshot.Generation >= seen);
                seen = snapshot.Generation;

                // Every round gives all subjects in both graphs the round's own value.
                Assert.True(snapshot.Dictionary.TryGetId("<http://x/p"u8, out var predicate));
                var range = snapshot.Union.Range(TripleOrder.Pos, predicate);
                Assert.Equal(Subjects, range.Count);
                Assert.Equal(1, snapshot.Union.CountDistinctSecond(TripleOrder.Pos, predicate));
                var graphs = snapshot.GraphsOf(new TermId(range.Third[0]), predicate, new TermId(range.Second[0]));
                Assert.Equal(2, graphs.Length);
                Assert.Equal(others + (2 * Subjects), snapshot.QuadCount);
                if (random.Next(10) == 0)
                {
                    Assert.Equal(others + Subjects, snapshot.Union.All((TripleOrder)random.Next(6)).Count);
                }
            }
        })).ToArray();

        for (var round = 1; round <= Rounds; round++)
        {
            Write(store, round, Subjects);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(before + Rounds, store.Current.Generation);
    }

    [Fact]
    public async Task Writers_wait_for_each_other_and_lose_nothing()
    {
        using var store = new QuadStore();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 25; i++)
            {
                using var transaction = store.Begin();
                transaction.Quad("<http://x/s"u8, "<http://x/p"u8, Encoding.UTF8.GetBytes($"\"{writer}-{i}\""), "<http://x/g"u8);
                transaction.Commit();
            }
        })));

        Assert.Equal(200, store.Current.QuadCount);
        Assert.Equal(200, store.Current.Generation);
    }

    [Fact]
    public async Task Writers_that_wait_are_served_in_the_order_in_which_they_asked()
    {
        using var store = new QuadStore();
        var first = await store.BeginAsync();
        var waiting = Enumerable.Range(0, 5).Select(_ => store.BeginAsync().AsTask()).ToList();
        var order = new List<int>();
        first.Dispose();
        while (order.Count < waiting.Count)
        {
            var next = await Task.WhenAny(waiting.Where(t => !order.Contains(waiting.IndexOf(t))));
            order.Add(waiting.IndexOf(next));
            (await next).Dispose();
        }

        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    [Fact]
    public void Waiting_for_another_writer_can_be_given_up()
    {
        using var store = new QuadStore();
        using var first = store.Begin();
        using var given = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.ThrowsAny<OperationCanceledException>(() => store.Begin(given.Token));
    }

    [Fact]
    public void A_commit_that_is_cancelled_publishes_nothing_and_lets_the_next_writer_in()
    {
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            transaction.Quad("<http://x/s"u8, "<http://x/p"u8, "<http://x/o"u8, default);
            Assert.ThrowsAny<OperationCanceledException>(() => transaction.Commit(new CancellationToken(canceled: true)));
        }

        Assert.Equal(0, store.Current.QuadCount);
        using var next = store.Begin();
        next.Quad("<http://x/s"u8, "<http://x/p"u8, "<http://x/o"u8, default);
        Assert.Equal(1, next.Commit().QuadCount);
    }

    [Fact]
    public void A_transaction_that_ended_takes_no_more()
    {
        using var store = new QuadStore();
        using var transaction = store.Begin();
        transaction.Commit();
        Assert.Throws<ObjectDisposedException>(() => transaction.Quad("<http://x/s"u8, "<http://x/p"u8, "<http://x/o"u8, default));
        Assert.Throws<ObjectDisposedException>(() => transaction.Commit());
    }

    private static void Write(QuadStore store, int round, int subjects)
    {
        using var transaction = store.Begin();
        var value = Encoding.UTF8.GetBytes($"\"round {round}\"");
        foreach (var graph in (byte[][])[[.. "<http://x/g1"u8], [.. "<http://x/g2"u8]])
        {
            transaction.Clear(graph);
            for (var i = 0; i < subjects; i++)
            {
                transaction.Quad(Encoding.UTF8.GetBytes($"<http://x/s{i}"), "<http://x/p"u8, value, graph);
            }
        }

        transaction.Commit();
    }
}
