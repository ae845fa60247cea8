using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Tests;

/// <summary>When the pool of threads gets more of them, so that long requests do not hold up short ones, and when no longer.</summary>
public sealed class PoolNeedTests
{
    [Fact]
    public void A_pool_gets_a_thread_more_at_each_look_while_work_waits_and_none_ends()
    {
        var need = new PoolNeed { Most = 3 };
        Assert.Equal([0, 1, 2, 3, 3], Looks(need, (7, 2), (7, 2), (7, 2), (7, 1), (7, 5)));
        Assert.True(need.IsBusy);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 5)]
    public void A_pool_whose_work_goes_on_needs_no_more(int step, int waiting)
    {
        var need = new PoolNeed { Most = 8 };
        Assert.All(Looks(need, [.. Enumerable.Range(1, 20).Select(i => ((long)i * step, (long)waiting))]), more => Assert.Equal(0, more));
    }

    [Fact]
    public void What_was_given_stays_until_nothing_was_stuck_for_a_while()
    {
        var need = new PoolNeed { Most = 8 };
        Looks(need, (1, 1), (1, 1), (1, 1));

        Assert.Equal(2, Looks(need, [.. Enumerable.Range(2, PoolNeed.CalmLooks - 1).Select(i => ((long)i, 0L))])[^1]);
        Assert.Equal([0], Looks(need, (1000, 0)));
        Looks(need, (1000, 0));
        Assert.False(need.IsBusy);
    }

    private static List<int> Looks(PoolNeed need, params (long Ended, long Waiting)[] looks)
    {
        var more = new List<int>();
        foreach (var (ended, waiting) in looks)
        {
            need.Look(ended, waiting);
            more.Add(need.More);
        }

        return more;
    }
}
