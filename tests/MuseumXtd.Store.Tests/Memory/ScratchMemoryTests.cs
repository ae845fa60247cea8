using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store.Tests.Memory;

/// <summary>Alone in the process, whose memory is looked at.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "Whole process";
}

[Collection(WholeProcess.Name)]
public sealed class ScratchMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 14)]
    [InlineData((1 << 15) + 1)]
    [InlineData(1 << 18)]
    [InlineData((1 << 20) + 12_345)]
    public void All_of_it_can_be_written_and_read(int length)
    {
        // Several at a time, of which each has its own.
        var parts = Enumerable.Range(0, 4).Select(_ => new ScratchMemory<ulong>(length)).ToList();
        for (var part = 0; part < parts.Count; part++)
        {
            parts[part].GetSpan().Fill((ulong)part + 7);
        }

        for (var part = 0; part < parts.Count; part++)
        {
            Assert.Equal(length, parts[part].GetSpan().Length);
            Assert.False(parts[part].GetSpan().ContainsAnyExcept((ulong)part + 7));
            ((IDisposable)parts[part]).Dispose();
            ((IDisposable)parts[part]).Dispose();
        }

        Assert.Throws<ObjectDisposedException>(() => parts[0].GetSpan().Length);
    }

    [Fact]
    public void What_is_given_back_is_the_systems_at_once()
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("Skipped: only Linux tells what of a process is in memory.");
            return;
        }

        // Blocks that the C library would keep for the next ones of their size, one behind another in use.
        const int Length = 1 << 21;
        GC.Collect();
        var before = Own();
        for (var round = 0; round < 8; round++)
        {
            var parts = Enumerable.Range(0, 16).Select(_ => new ScratchMemory<byte>(Length)).ToList();
            parts.ForEach(p => p.GetSpan().Fill(1));
            Assert.True(Own() - before > 8 * Length);
            parts.ForEach(p => ((IDisposable)p).Dispose());
        }

        Assert.True(Own() - before < 8 * Length);

        static long Own() => long.Parse(
            File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal))["RssAnon:".Length..].Replace("kB", "", StringComparison.Ordinal),
            System.Globalization.CultureInfo.InvariantCulture) << 10;
    }
}
