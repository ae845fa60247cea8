using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Benchmarks.Store;

/// <summary>A note is saved: one small graph of a large store is replaced, and the union follows.</summary>
[MemoryDiagnoser]
public class UpdateBenchmarks : IDisposable
{
    private readonly QuadStore _store = new();
    private readonly byte[] _note = SyntheticGraph.NTriples(50);
    private int _round;

    [Params(100_000, 500_000)]
    public int Triples { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using (var transaction = _store.Begin())
        {
            SyntheticGraph.Read(SyntheticGraph.NTriples(Triples), transaction);
            transaction.Commit();
        }

        ReplaceOneSmallGraph();
        _store.Current.MakeAllOrders();
    }

    [Benchmark]
    public int ReplaceOneSmallGraph()
    {
        using var transaction = _store.Begin();
        var graph = "<https://museumxtd.example/graph/note"u8;
        transaction.Clear(graph);
        SyntheticGraph.Read(_note, new InGraph(transaction));
        var saved = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"saved {_round++} times\""));
        transaction.Quad("<https://museumxtd.example/note"u8, "<https://museumxtd.example/ns#saved"u8, saved, graph);
        var snapshot = transaction.Commit();
        return snapshot.Dictionary.TryGetId("<https://museumxtd.example/note"u8, out var note) ? snapshot.Union.Range(TripleOrder.Spo, note).Count : 0;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class InGraph(StoreTransaction transaction) : IQuadSink
    {
        public void Quad(
            ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            transaction.Quad(subject, predicate, @object, "<https://museumxtd.example/graph/note"u8);
    }
}
