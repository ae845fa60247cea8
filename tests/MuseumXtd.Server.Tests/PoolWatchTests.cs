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

            Assert.InRange(now, PoolWatch.Least + 1, PoolWatch.Least + 8);
            free.Set();
            await Task.WhenAll(held);
        }

        // Watches of other servers in this process may have raised it as well; they too let it go.
        var after = 0;
        for (var looks = 0; looks < 3000 && after != PoolWatch.Least; looks++)
        {
            await Task.Delay(10);
            ThreadPool.GetMinThreads(out after, out _);
        }

        Assert.Equal(PoolWatch.Least, after);
    }
}
