using BenchmarkDotNet.Attributes;
using MuseumXtd.Store;

namespace MuseumXtd.Benchmarks.Store;

/// <summary>One look-up by one and by two terms, at random places of each order.</summary>
public class LookUpBenchmarks : IDisposable
{
    private const int LookUps = 100_000;

    private readonly QuadStore _store = new();
    private readonly (TermId First, TermId Second)[] _terms = new (TermId, TermId)[LookUps];
    private TripleIndex _index = TripleIndex.Empty;

    [Params(TripleOrder.Spo, TripleOrder.Pos, TripleOrder.Osp)]
    public TripleOrder Order { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using (var transaction = _store.Begin())
        {
            SyntheticGraph.Read(SyntheticGraph.NTriples(1_000_000), transaction);
            _index = transaction.Commit().Union;
        }

        var random = new Random(2);
        var keys = _index.Keys(Order);
        var starts = _index.Starts(Order);
        var rows = _index.All(Order);
        for (var i = 0; i < LookUps; i++)
        {
            var key = random.Next(keys.Length);
            _terms[i] = (new TermId(keys[key]), new TermId(rows.Second[random.Next(starts[key], starts[key + 1])]));
        }
    }

    [Benchmark(OperationsPerInvoke = LookUps)]
    public int ByOneTerm()
    {
        var sum = 0;
        foreach (var (first, _) in _terms)
        {
            sum += _index.Range(Order, first).Count;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = LookUps)]
    public int ByTwoTerms()
    {
        var sum = 0;
        foreach (var (first, second) in _terms)
        {
            sum += _index.Range(Order, first, second).Count;
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }
}
