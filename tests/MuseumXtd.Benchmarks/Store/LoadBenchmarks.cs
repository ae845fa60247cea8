using BenchmarkDotNet.Attributes;
using MuseumXtd.Store;

namespace MuseumXtd.Benchmarks.Store;

/// <summary>From N-Triples in memory to a published snapshot, with and without all sorted orders.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private byte[] _input = [];

    [Params(100_000, 1_000_000)]
    public int Triples { get; set; }

    [GlobalSetup]
    public void Setup() => _input = SyntheticGraph.NTriples(Triples);

    [Benchmark]
    public long Load()
    {
        using var store = new QuadStore();
        return Load(store).QuadCount;
    }

    [Benchmark]
    public long LoadAndMakeAllOrders()
    {
        using var store = new QuadStore();
        var snapshot = Load(store);
        snapshot.MakeAllOrders();
        return snapshot.QuadCount;
    }

    private Snapshot Load(QuadStore store)
    {
        using var transaction = store.Begin();
        SyntheticGraph.Read(_input, transaction);
        return transaction.Commit();
    }
}
