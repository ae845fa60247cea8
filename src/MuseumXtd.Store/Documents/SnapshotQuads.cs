using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Store.Documents;

/// <summary>Writes what a snapshot holds to sinks.</summary>
public static class SnapshotQuads
{
    /// <summary>Writes the unnamed graph and all named ones.</summary>
    public static void WriteAll(Snapshot snapshot, IQuadSink sink)
    {
        Write(snapshot, snapshot.DefaultGraph, default, sink);
        foreach (var name in snapshot.GraphNames)
        {
            snapshot.TryGetGraph(new TermId(name), out var graph);
            Write(snapshot, graph, new TermId(name), sink);
        }
    }

    /// <summary>Writes an index as the graph with a name, or as the unnamed one.</summary>
    public static void Write(Snapshot snapshot, TripleIndex index, TermId graph, IQuadSink sink)
    {
        using var s = new ByteBuffer();
        using var p = new ByteBuffer();
        using var o = new ByteBuffer();
        using var g = new ByteBuffer();
        var keys = index.Keys(TripleOrder.Spo);
        var starts = index.Starts(TripleOrder.Spo);
        var all = index.All(TripleOrder.Spo);
        for (var key = 0; key < keys.Length; key++)
        {
            for (var row = starts[key]; row < starts[key + 1]; row++)
            {
                sink.Quad(
                    snapshot.Dictionary.Encoded(new TermId(keys[key]), s),
                    snapshot.Dictionary.Encoded(new TermId(all.Second[row]), p),
                    snapshot.Dictionary.Encoded(new TermId(all.Third[row]), o),
                    graph.IsBound ? snapshot.Dictionary.Encoded(graph, g) : default);
            }
        }
    }
}
