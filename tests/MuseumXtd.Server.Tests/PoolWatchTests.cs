using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Tests;

/// <summary>Alone in the process, since the pool is the whole process's.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "Whole process";
}

/// <summary>The pool of threads has one watch, however many servers there are, and is as it was when they have gone.</summary>
[Collection(WholeProcess.Name)]
public sealed class PoolWatchTests
{
    [Fact]
    public void A_pool_that_was_stuck_under_many_watches_has_its_own_bounds_again()
    {
        var before = Bounds();
        for (var round = 0; round < 3; round++)
        {
            var watches = Enumerable.Range(0, 60).Select(_ => PoolWatch.For(4)).ToList();
            using (var goOn = new ManualResetEventSlim())
            {
                var stuck = Enumerable.Range(0, 40).Select(_ => Task.Run(goOn.Wait)).ToArray();
                Until(() => Bounds().Least > before.Least);
                goOn.Set();
                Until(() => Array.TrueForAll(stuck, t => t.IsCompleted));
            }

            Until(() => Bounds().Least == before.Least);
            Parallel.ForEach(watches, w => w.Dispose());
            Assert.Equal(before, Bounds());
        }
    }

    [Fact]
    public async Task Servers_share_a_watch_and_leave_none_behind()
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("Skipped: only Linux tells the names of threads.");
            return;
        }

        for (var round = 0; round < 2; round++)
        {
            var servers = new List<MuseumXtdServer>();
            for (var i = 0; i < 3; i++)
            {
                servers.Add(await MuseumXtdServer.StartAsync(new ServerOptions { Port = 0 }));
                Assert.Equal(1, Watches());
            }

            foreach (var server in servers)
            {
                Assert.Equal(1, Watches());
                await server.DisposeAsync();
            }

            Assert.Equal(0, Watches());
        }
    }

    private static int Watches() => Directory.EnumerateDirectories("/proc/self/task").Count(t => File.ReadAllText(Path.Combine(t, "comm")).StartsWith("Pool watch", StringComparison.Ordinal));

    private static (int Least, int Most) Bounds()
    {
        ThreadPool.GetMinThreads(out var least, out _);
        ThreadPool.GetMaxThreads(out var most, out _);
        return (least, most);
    }

    /// <summary>Waits without the pool.</summary>
    private static void Until(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 6000, "It never came to that.");
            Thread.Sleep(10);
        }
    }
}
