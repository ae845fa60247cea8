using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Protocol;

/// <summary>The whole graph in one file: made once for a state, the same bytes for the same data.</summary>
internal sealed class DumpEndpoint(LiveDataset dataset)
{
    private readonly ConcurrentDictionary<string, (string ETag, Lazy<byte[]> Bytes)> _made = new(StringComparer.Ordinal);

    /// <summary>Answers with the dump in a format.</summary>
    public async Task AnswerAsync(HttpContext http, RdfFormat format)
    {
        var state = dataset.Current;
        http.Response.Headers.Link = "<http://creativecommons.org/publicdomain/zero/1.0/>; rel=\"license\"";
        if (Caching.IsUnchanged(http, state.ETag))
        {
            return;
        }

        var made = _made.AddOrUpdate(
            format.Name,
            _ => (state.ETag, new Lazy<byte[]>(() => Make(state.Snapshot, format))),
            (_, old) => old.ETag == state.ETag ? old : (state.ETag, new Lazy<byte[]>(() => Make(state.Snapshot, format))));
        var bytes = made.Bytes.Value;
        http.Response.ContentType = format.MediaTypes[0] + "; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static byte[] Make(Snapshot snapshot, RdfFormat format)
    {
        using var output = new MemoryStream();
        using var writer = new SortedWriter(output, format, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix });
        if (format.SupportsDatasets)
        {
            Write(snapshot.DefaultGraph, default);
            foreach (var name in snapshot.GraphNames)
            {
                snapshot.TryGetGraph(new TermId(name), out var graph);
                Write(graph, new TermId(name));
            }
        }
        else
        {
            Write(snapshot.Union, default);
        }

        writer.Complete();
        return output.ToArray();

        void Write(TripleIndex index, TermId graph)
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
                    writer.Quad(
                        snapshot.Dictionary.Encoded(new TermId(keys[key]), s),
                        snapshot.Dictionary.Encoded(new TermId(all.Second[row]), p),
                        snapshot.Dictionary.Encoded(new TermId(all.Third[row]), o),
                        graph.IsBound ? snapshot.Dictionary.Encoded(graph, g) : default);
                }
            }
        }
    }
}
