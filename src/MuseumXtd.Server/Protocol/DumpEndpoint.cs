using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Protocol;

/// <summary>The whole graph in one file: made once for a state, the same bytes for the same data.</summary>
internal sealed class DumpEndpoint(LiveDataset dataset)
{
    private readonly ConcurrentDictionary<string, (string ETag, Lazy<byte[]> Bytes)> _made = new(StringComparer.Ordinal);

    /// <summary>Answers with the dump in a format, as a compressed file if one is asked for.</summary>
    public async Task AnswerAsync(HttpContext http, RdfFormat format, Compression? compression)
    {
        var state = dataset.Current;
        http.Response.Headers.Link = "<http://creativecommons.org/publicdomain/zero/1.0/>; rel=\"license\"";
        if (Caching.IsUnchanged(http, state.ETag))
        {
            return;
        }

        var make = () => Make(state.Snapshot, format, compression);
        var made = _made.AddOrUpdate(
            format.Name + compression?.Suffix,
            _ => (state.ETag, new Lazy<byte[]>(make)),
            (_, old) => old.ETag == state.ETag ? old : (state.ETag, new Lazy<byte[]>(make)));
        var bytes = made.Bytes.Value;
        http.Response.ContentType = compression is null ? format.MediaTypes[0] + "; charset=utf-8" : "application/" + compression.Name;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static byte[] Make(Snapshot snapshot, RdfFormat format, Compression? compression)
    {
        using var output = new MemoryStream();
        if (compression is null)
        {
            Write(output, snapshot, format);
        }
        else
        {
            using var stream = compression.Compress(output);
            Write(stream, snapshot, format);
        }

        return output.ToArray();
    }

    private static void Write(Stream output, Snapshot snapshot, RdfFormat format)
    {
        using var writer = new SortedWriter(output, format, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix });
        if (format.SupportsDatasets)
        {
            SnapshotQuads.WriteAll(snapshot, writer);
        }
        else
        {
            SnapshotQuads.Write(snapshot, snapshot.Union, default, writer);
        }

        writer.Complete();
    }
}
