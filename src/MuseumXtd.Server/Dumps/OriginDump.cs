using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Store.Documents;

namespace MuseumXtd.Server.Dumps;

/// <summary>A dump with the graph that tells where each statement comes from: asked for rarely, so it is made for each request.</summary>
internal static class OriginDump
{
    /// <summary>Answers with the dump.</summary>
    public static async Task AnswerAsync(HttpContext http, DumpFile file, DatasetState state, string origin)
    {
        OriginForm? form = origin switch { "reifiers" => OriginForm.Reifiers, "annotations" => OriginForm.Annotations, _ => null };
        if (form is null || file.Format is not { SupportsDatasets: true } format || file.Profile != DumpProfile.Full || file.Compression is not null
            || (form == OriginForm.Reifiers && !format.SupportsTripleTerms))
        {
            await Problem.WriteAsync(
                http, StatusCodes.Status400BadRequest, "No such dump.",
                "origin is reifiers or annotations, for dump.trig and dump.nq; annotations also for dump.jsonld.").ConfigureAwait(false);
            return;
        }

        var etag = $"{state.ETag[..^1]}-{file.Name}-{origin}\"";
        if (Caching.IsUnchanged(http, etag))
        {
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new SortedWriter(buffer, format, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix }))
        {
            SnapshotQuads.WriteAll(state.Snapshot, writer);
            state.Garden?.WriteOriginsTo(writer, form.Value, http.RequestAborted);
            writer.Complete();
        }

        http.Response.ContentType = file.MediaType;
        http.Response.ContentLength = buffer.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
        }
    }
}
