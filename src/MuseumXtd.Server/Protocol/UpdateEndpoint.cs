using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Federation;
using MuseumXtd.Server.Http;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Federation;
using MuseumXtd.Sparql.Syntax;

namespace MuseumXtd.Server.Protocol;

/// <summary>Updates over HTTP (SPARQL 1.1 Protocol, section 2.2).</summary>
internal sealed class UpdateEndpoint(
    LiveDataset dataset, UpdateEngine engine, RemoteDocuments documents, IServiceClient? services, WriteAccess access, ServerOptions options)
{
    private const int LongestUpdate = 1 << 28;

    public async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "POST";
            await Problem.WriteAsync(http, 405, "Method not allowed.", "Updates are sent by POST.").ConfigureAwait(false);
        }
        else if (await access.AllowsAsync(http).ConfigureAwait(false) && await ReadAsync(http).ConfigureAwait(false) is { } request)
        {
            await WriteAnswer.GuardAsync(http, () => UpdateAsync(http, request)).ConfigureAwait(false);
        }
    }

    private async Task UpdateAsync(HttpContext http, Request request)
    {
        var update = SparqlParser.ParseUpdate(request.Text, options.BaseIri);
        var clause = request.Default.Length + request.Named.Length == 0 ? null : new DatasetClause([.. request.Default], [.. request.Named]);
        if (clause is not null && update.Operations.OfType<Modify>().Any(m => m.Using is not null || m.With is not null))
        {
            await Problem.WriteAsync(
                http, 400, "Two datasets.", "The request names graphs with using-graph-uri, its text with USING or WITH; one of them is to go.").ConfigureAwait(false);
            return;
        }

        var updateOptions = new UpdateOptions
        {
            DefaultGraph = options.DefaultGraph,
            Dataset = clause,
            Timeout = options.Timeout,
            MaxMemoryBytes = options.MaxMemoryBytes,
            Load = await documents.FetchAsync(update, http.RequestAborted).ConfigureAwait(false),
            Services = services,
        };
        var (_, after) = await dataset.WriteAsync(
            transaction => engine.Execute(update, transaction, updateOptions, http.RequestAborted), Preconditions.Of(http.Request, _ => true), http.RequestAborted).ConfigureAwait(false);
        if (after is null)
        {
            await WriteAnswer.ChangedMeanwhileAsync(http).ConfigureAwait(false);
            return;
        }

        http.Response.Headers.ETag = after.ETag;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<Request?> ReadAsync(HttpContext http)
    {
        var limit = Math.Min(LongestUpdate, options.MaxRequestBytes);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        var type = (http.Request.ContentType ?? "").Split(';')[0].Trim();
        var url = http.Request.Query;
        if (type.Equals("application/sparql-update", StringComparison.OrdinalIgnoreCase))
        {
            using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, true), detectEncodingFromByteOrderMarks: false);
            try
            {
                return await MakeAsync(http, name => url[name], await reader.ReadToEndAsync(http.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (DecoderFallbackException)
            {
                await Problem.WriteAsync(http, 400, "The update is not valid UTF-8.", "Send the update as UTF-8.").ConfigureAwait(false);
                return null;
            }
        }

        if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { ValueLengthLimit = (int)limit, BufferBodyLengthLimit = limit }));
            var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
            return await MakeAsync(http, name => form.TryGetValue(name, out var values) ? values : url[name], form["update"]).ConfigureAwait(false);
        }

        await Problem.WriteAsync(
            http, 415, "Unsupported media type.", "Send the update as application/x-www-form-urlencoded or application/sparql-update.").ConfigureAwait(false);
        return null;
    }

    private static async Task<Request?> MakeAsync(HttpContext http, Func<string, StringValues> get, StringValues text)
    {
        if (text.Count != 1)
        {
            await Problem.WriteAsync(http, 400, "One update is wanted.", $"The request has {text.Count} update parameters.").ConfigureAwait(false);
            return null;
        }

        return new Request(text.ToString(), GraphsOf(get("using-graph-uri")), GraphsOf(get("using-named-graph-uri")));
    }

    private static Iri[] GraphsOf(StringValues names) => [.. names.OfType<string>().Select(n => new Iri(n))];

    private sealed record Request(string Text, Iri[] Default, Iri[] Named);
}
