using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Http.Threads;
using MuseumXtd.Server.Pages;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Federation;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;

namespace MuseumXtd.Server.Protocol;

/// <summary>Queries over HTTP (SPARQL 1.1 Protocol, section 2.1).</summary>
internal sealed class SparqlEndpoint(
    LiveDataset dataset, QueryEngine engine, IServiceClient? services, DescriptionSource descriptions, ServerOptions options)
{
    private const int MaxQueryBytes = 1 << 20;

    // A longer text takes longer to understand than a thread that waits for sockets should be away.
    private const int ShortQuery = 4096;

    // Many times what a look-up takes: that the system let another thread run, or the collector, should not make it run anew.
    private static readonly TimeSpan BriefTime = TimeSpan.FromMilliseconds(10);

    public async Task AnswerAsync(HttpContext http)
    {
        var request = await SparqlRequest.ReadAsync(http, MaxQueryBytes).ConfigureAwait(false);
        if (request is null)
        {
            return;
        }

        if (request.Query is not { Length: <= ShortQuery } || request.Explain is not null)
        {
            await PoolBodies.Use(http);
        }

        if (request.Query is null)
        {
            await DescribeAsync(http).ConfigureAwait(false);
            return;
        }

        try
        {
            var query = SparqlParser.ParseQuery(request.Query, options.BaseIri);
            if (request.DefaultGraphs.Count + request.NamedGraphs.Count > 0 || !LookUps.MayBe(query))
            {
                await PoolBodies.Use(http);
            }

            await AnswerAsync(http, request, query).ConfigureAwait(false);
        }
        catch (SparqlSyntaxException e)
        {
            await FailAsync(http, request, new Problem(400, "The query is not well formed.", e.Detail, e.Line, e.Column, e.Hint)).ConfigureAwait(false);
        }
        catch (QueryBudgetException e)
        {
            await FailAsync(http, request, new Problem(503, "The query went over its budget.", e.Message, More: Problem.Of(e))).ConfigureAwait(false);
        }
        catch (ServiceException e)
        {
            await FailAsync(http, request, new Problem(e.IsRefused ? 403 : 502, "SERVICE failed.", e.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; the query ended with it.
        }
    }

    /// <summary>Answers with a problem; people who sent the form see their query again.</summary>
    private async Task FailAsync(HttpContext http, SparqlRequest request, Problem problem)
    {
        if (http.Response.HasStarted)
        {
            // What was sent must not pass for a complete answer.
            http.Abort();
            return;
        }

        http.Response.ContentLength = null;
        if (problem.Status == 503)
        {
            http.Response.Headers.RetryAfter = "5";
        }

        await problem.WriteAsync(http, new QueryPage(options) { Query = request.Query, ResultFormat = request.Format, Problem = problem }).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http, SparqlRequest request, Query query)
    {
        var queryOptions = new QueryOptions
        {
            DefaultGraph = options.DefaultGraph,
            Timeout = request.Timeout is { } asked && asked < options.Timeout ? asked : options.Timeout,
            MaxMemoryBytes = Math.Min(request.MaxMemoryBytes ?? long.MaxValue, options.MaxMemoryBytes),
            MaxRows = Math.Min(request.MaxRows ?? long.MaxValue, options.MaxRows),
            Services = services,
            Explain = request.Explain is not null,
            Dataset = request.DefaultGraphs.Count + request.NamedGraphs.Count == 0
                ? null
                : new DatasetClause([.. request.DefaultGraphs], [.. request.NamedGraphs]),
        };
        http.Response.Headers.Vary = "Accept";
        var state = dataset.Current;
        var snapshot = await descriptions.SnapshotForAsync(query, queryOptions, state, http).ConfigureAwait(false);
        if (request.Explain is { } form)
        {
            var explanation = Explanation.Of(() => engine.Execute(query, snapshot, queryOptions, http.RequestAborted));
            await explanation.WriteAsync(http, form, request, options).ConfigureAwait(false);
            return;
        }

        var isGraph = query is ConstructQuery or DescribeQuery;
        if (isGraph)
        {
            if (Choose(http, request.Format, RdfFormats.Writable, f => f.Name, f => f.MediaTypes, f => f.Suffixes) is not { } format)
            {
                await FailAsync(http, request, NotAcceptable(RdfFormats.Writable.Select(f => f.MediaTypes[0]))).ConfigureAwait(false);
                return;
            }

            using var graph = (GraphResults)engine.Execute(query, snapshot, queryOptions, http.RequestAborted);
            using var buffer = new MemoryStream();
            using (var writer = new SortedWriter(buffer, format, new WriterOptions { Prefixes = query.Prefixes }))
            {
                graph.WriteTo(writer);
                if (query is DescribeQuery describe)
                {
                    await descriptions.AddToAsync(writer, describe, state, http).ConfigureAwait(false);
                }

                writer.Complete();
            }

            http.Response.ContentType = format.MediaTypes[0] + "; charset=utf-8";
            http.Response.ContentLength = buffer.Length;
            await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
            return;
        }

        if (Choose(http, request.Format, ResultFormats.All, f => f.Name, f => f.MediaTypes, f => f.Suffixes) is not { } syntax)
        {
            await FailAsync(http, request, NotAcceptable(ResultFormats.All.Select(f => f.MediaTypes[0]))).ConfigureAwait(false);
            return;
        }

        http.Response.ContentType = syntax.MediaTypes[0] + "; charset=utf-8";
        void SetLength(int length) => http.Response.ContentLength = length;
        var briefOptions = SocketThreads.IsThisOne ? queryOptions with { BriefTimeout = BriefTime } : queryOptions;
        var results = engine.Execute(query, snapshot, briefOptions, http.RequestAborted);
        try
        {
            if (results.IsBrief)
            {
                using var briefWriter = syntax.CreateWriter();
                if (briefWriter.TryWriteShort(results, http.Response.BodyWriter, SetLength))
                {
                    return;
                }

                results.Dispose();
                await PoolBodies.Use(http);
                results = engine.Execute(query, snapshot, queryOptions, http.RequestAborted);
            }

            await PoolBodies.Use(http);
            using var resultWriter = syntax.CreateWriter();
            await resultWriter.WriteAsync(results, http.Response.BodyWriter, SetLength, http.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            results.Dispose();
        }
    }

    private static T? Choose<T>(
        HttpContext http, string? format, IReadOnlyList<T> all, Func<T, string> name, Func<T, IReadOnlyList<string>> mediaTypes, Func<T, IReadOnlyList<string>> suffixes)
        where T : class
    {
        if (format is not null)
        {
            return all.FirstOrDefault(f => name(f) == format || mediaTypes(f).Contains(format) || suffixes(f).Contains(format));
        }

        // Programs mostly name just the one type that they want.
        var accept = http.Request.Headers.Accept.ToString();
        foreach (var candidate in all)
        {
            if (mediaTypes(candidate).Contains(accept))
            {
                return candidate;
            }
        }

        var offered = all.SelectMany(f => mediaTypes(f).Select(m => (Format: f, MediaType: m))).ToList();
        var chosen = ContentNegotiation.Choose(accept, [.. offered.Select(o => o.MediaType)]);

        // A browser that only names HTML gets something that it can show.
        return chosen >= 0 ? offered[chosen].Format : accept.Contains("text/html", StringComparison.Ordinal) ? all[0] : null;
    }

    private static Problem NotAcceptable(IEnumerable<string> available) => new(406, "Not acceptable.", "Available: " + string.Join(", ", available));

    /// <summary>What the endpoint is: a form for people, a service description (SPARQL 1.1 Service Description) for machines.</summary>
    private async Task DescribeAsync(HttpContext http)
    {
        http.Response.Headers.Vary = "Accept";
        string[] offered = ["text/html", .. RdfFormats.Writable.SelectMany(f => f.MediaTypes)];
        var chosen = ContentNegotiation.Choose(http.Request.Headers.Accept, offered);
        if (chosen < 0)
        {
            await Problem.WriteAsync(http, 406, "Not acceptable.", "Available: " + string.Join(", ", offered)).ConfigureAwait(false);
        }
        else if (offered[chosen] == "text/html" && http.Request.Headers.Accept.ToString().Contains("html", StringComparison.Ordinal))
        {
            await new QueryPage(options).WriteAsync(http).ConfigureAwait(false);
        }
        else
        {
            var format = RdfFormats.ByMediaType(offered[chosen]) ?? RdfFormats.Turtle;
            using var buffer = new MemoryStream();
            using (var writer = new SortedWriter(buffer, format, new WriterOptions { Prefixes = ServiceDescription.Prefixes }))
            {
                ServiceDescription.WriteTo(writer, $"{http.Request.Scheme}://{http.Request.Host}/sparql", options);
                writer.Complete();
            }

            http.Response.ContentType = format.MediaTypes[0] + "; charset=utf-8";
            await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
        }
    }
}
