using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Dumps;

/// <summary>The whole dataset in one file: made once for a state, the same bytes for the same data, in parts on request.</summary>
internal sealed class DumpEndpoint(LiveDataset dataset, DumpShelf shelf, ServerOptions options)
{
    private const int BlockSize = 1 << 16;

    // A new version of a writer may write the same data otherwise.
    private static readonly string Version = typeof(DumpEndpoint).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>Maps the paths of all dumps.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var file in DumpFile.All.Values)
        {
            app.MapMethods("/" + file.Name, ["GET", "HEAD"], http => AnswerAsync(http, file));
        }
    }

    /// <summary>Answers with a dump.</summary>
    public async Task AnswerAsync(HttpContext http, DumpFile file)
    {
        var profile = http.Request.Query["profile"].ToString();
        if (profile.Length > 0 && profile != file.Profile.Name)
        {
            if (!DumpFile.All.TryGetValue(file.Name.Replace("dump.", $"dump.{profile}.", StringComparison.Ordinal), out var other) || file.Profile != DumpProfile.Full)
            {
                await Problem.WriteAsync(http, 400, "No such profile.", $"{file.Name} has the profiles {string.Join(", ", DumpProfile.All.Select(p => p.Name))}.").ConfigureAwait(false);
                return;
            }

            file = other;
        }

        var state = dataset.Current;
        if (http.Request.Query["origin"].ToString() is { Length: > 0 } origin)
        {
            await OriginDump.AnswerAsync(http, file, state, origin).ConfigureAwait(false);
            return;
        }

        var etag = $"\"{state.Snapshot.ContentHash:x32}-{Version}-{file.Name}\"";
        http.Response.Headers.Link = new[]
        {
            $"<{options.LicenseOf(file.Profile)}>; rel=\"license\"",
            $"<{options.BaseIri}dataset>; rel=\"collection\"",
            "</dataset>; rel=\"describedby\"",
        };
        http.Response.Headers.AcceptRanges = "bytes";
        if (Caching.IsUnchanged(http, etag, state.Since))
        {
            return;
        }

        http.Response.ContentType = file.MediaType;
        var dump = shelf.Hold(state, file);
        try
        {
            await SendAsync(http, file, dump, ByteRange.IsAsked(http, etag, state.Since)).ConfigureAwait(false);
        }
        finally
        {
            dump.Release();
        }
    }

    private static async Task SendAsync(HttpContext http, DumpFile file, Dump dump, bool isPart)
    {
        var isHead = HttpMethods.IsHead(http.Request.Method);
        if (isPart || isHead || (file.Unpacked ?? file).MayBeRefused)
        {
            await dump.Completion.WaitAsync(http.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            // The first bytes or the first error, before there is a status.
            await dump.WaitBeyondAsync(0, http.RequestAborted).ConfigureAwait(false);
        }

        var (offset, end) = (0L, long.MaxValue);
        if (dump.IsWhole)
        {
            http.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(dump.Digest.Span)}:";
            if (ByteRange.Take(http, dump.Length, isPart) is not { } range)
            {
                return;
            }

            (offset, end) = (range.Start, range.Start + range.Length);
        }

        if (!isHead)
        {
            await CopyAsync(http, dump, offset, end).ConfigureAwait(false);
        }
    }

    /// <summary>Sends what is there, and what is added meanwhile; an error on the way breaks the connection.</summary>
    private static async Task CopyAsync(HttpContext http, Dump dump, long offset, long end)
    {
        var output = http.Response.BodyWriter;
        while (offset < end)
        {
            var available = Math.Min(end, await dump.WaitBeyondAsync(offset, http.RequestAborted).ConfigureAwait(false));
            if (available <= offset)
            {
                return;
            }

            while (offset < available)
            {
                var wanted = (int)Math.Min(BlockSize, available - offset);
                var read = dump.Read(output.GetSpan(wanted)[..wanted], offset);
                output.Advance(read);
                offset += read;
                await output.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            }
        }
    }
}
