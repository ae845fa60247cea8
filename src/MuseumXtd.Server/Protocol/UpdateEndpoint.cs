using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Federation;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Http.Threads;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Federation;
using MuseumXtd.Sparql.Syntax;

namespace MuseumXtd.Server.Protocol;

/// <summary>Updates over HTTP (SPARQL 1.1 Protocol, section 2.2).</summary>
internal sealed class UpdateEndpoint(
    LiveDataset dataset, UpdateEngine engine, RemoteDocuments documents, IServiceClient? services, WriteAccess access, ServerOptions options)
{
    private const int BriefUpdate = 1 << 12;

    public async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "POST";
            await Problem.WriteAsync(http, 405, "Method not allowed.", "Updates are sent by POST.").ConfigureAwait(false);
        }
        else if (await access.AllowsAsync(http).ConfigureAwait(false) && await ReadAsync(http).ConfigureAwait(false) is { } request)
        {
            if (request.Text.Length > BriefUpdate || !dataset.MayBeBrief)
            {
                await PoolBodies.Use(http);
            }

            await WriteAnswer.GuardAsync(http, () => UpdateAsync(http, request)).ConfigureAwait(false);
        }
    }

    private async Task UpdateAsync(HttpContext http, Request request)
    {
        var update = SparqlParser.ParseUpdate(request.Text, options.BaseIri);
        if (!IsBrief(update))
        {
            await PoolBodies.Use(http);
        }

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
            Timeout = request.Timeout is { } asked && asked < options.Timeout ? asked : options.Timeout,
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

    /// <summary>Whether an update only says which few quads come and go, so that it may be done where its request was read.</summary>
    private static bool IsBrief(UpdateRequest update) => update.Operations.All(o => o is InsertData or DeleteData);

    private async Task<Request?> ReadAsync(HttpContext http)
    {
        var limit = UpdateText.Limit(http, options);
        var parsed = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var header) ? header : null;
        var charset = HeaderUtilities.RemoveQuotes(parsed?.Charset ?? default).ToString();
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            await Problem.WriteAsync(http, 415, "Unsupported character encoding.", $"Send the update as UTF-8, not as {charset}.").ConfigureAwait(false);
            return null;
        }

        var type = parsed?.MediaType ?? default;
        var url = http.Request.Query;
        if (type.Equals("application/sparql-update", StringComparison.OrdinalIgnoreCase))
        {
            return await UpdateText.ReadAsync(http).ConfigureAwait(false) is { } text ? await MakeAsync(http, name => url[name], text).ConfigureAwait(false) : null;
        }

        if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { ValueLengthLimit = limit, BufferBodyLengthLimit = limit }));
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

        var (all, named) = (get("using-graph-uri"), get("using-named-graph-uri"));
        if (all.Concat(named).FirstOrDefault(n => n is not null && !GraphNames.IsOne(n)) is { } relative)
        {
            await Problem.WriteAsync(http, 400, "Bad parameter.", $"using-graph-uri and using-named-graph-uri want absolute IRIs, not '{relative}'.").ConfigureAwait(false);
            return null;
        }

        try
        {
            return new Request(text.ToString(), GraphsOf(all), GraphsOf(named), SparqlRequest.TimeoutOf(get));
        }
        catch (FormatException e)
        {
            await Problem.WriteAsync(http, 400, "Bad parameter.", e.Message).ConfigureAwait(false);
            return null;
        }
    }

    private static Iri[] GraphsOf(StringValues names) => [.. names.OfType<string>().Select(n => new Iri(n))];

    private sealed record Request(string Text, Iri[] Default, Iri[] Named, TimeSpan? Timeout);
}
