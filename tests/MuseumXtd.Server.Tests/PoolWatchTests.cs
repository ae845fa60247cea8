using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Tests;

/// <summary>The pool of threads is the process's own: no other test runs beside these.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneGroup;

/// <summary>What is done for short requests while long ones hold up all threads.</summary>
[Collection("Alone")]
public sealed class PoolWatchTests
{
    [Fact]
    public async Task A_pool_whose_threads_are_all_held_up_gets_more_until_they_are_free()
    {
        await LowAsync();
        using var free = new ManualResetEventSlim();
        var held = new List<Task>();
        using (new PoolWatch(8))
        {
            int now;
            do
            {
                // Hold up whatever threads it has.
                held.Add(Task.Run(free.Wait));
                await Task.Delay(5);
                ThreadPool.GetMinThreads(out now, out _);
            }
            while (now <= PoolWatch.Least && held.Count < 5000);

            Assert.True(now > PoolWatch.Least);
            free.Set();
            await Task.WhenAll(held);
        }

        await LowAsync();
    }

    /// <summary>Waits until the pool is as it was. Watches of servers that other tests left to the end may have raised it as well; they too let it go.</summary>
    private static async Task LowAsync()
    {
        var least = 0;
        for (var looks = 0; looks < 3000 && least != PoolWatch.Least; looks++)
        {
            await Task.Delay(10);
            ThreadPool.GetMinThreads(out least, out _);
        }

        Assert.Equal(PoolWatch.Least, least);
    }
}
