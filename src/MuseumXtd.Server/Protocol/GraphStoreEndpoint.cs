using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;
using MuseumXtd.Store.Documents;

namespace MuseumXtd.Server.Protocol;

/// <summary>
/// Graphs as web resources (SPARQL 1.1 Graph Store HTTP Protocol): <c>?default</c>, <c>?graph=IRI</c>, a path below the endpoint, which
/// names the graph by its own URL, or none of these for the whole dataset.
/// </summary>
internal sealed class GraphStoreEndpoint(LiveDataset dataset, UpdateEngine engine, WriteAccess access, ServerOptions options)
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"];

    // A text that grows in memory is there twice, half as long and whole.
    private const int BytesInMemory = 3;

    private enum Scope
    {
        Default,
        Named,
        Whole,
    }

    public async Task AnswerAsync(HttpContext http)
    {
        if (await TargetOfAsync(http).ConfigureAwait(false) is not { } target)
        {
            return;
        }

        var method = http.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            await ReadAsync(http, target).ConfigureAwait(false);
        }
        else if (!Methods.Contains(method))
        {
            http.Response.Headers.Allow = string.Join(", ", Methods);
            await Problem.WriteAsync(http, 405, "Method not allowed.", $"{method} is not for graphs.").ConfigureAwait(false);
        }
        else if (await access.AllowsAsync(http).ConfigureAwait(false))
        {
            await WriteAnswer.GuardAsync(http, () => HttpMethods.IsDelete(method) ? DeleteAsync(http, target)
                : HttpMethods.IsPatch(method) ? PatchAsync(http, target)
                : StoreAsync(http, target)).ConfigureAwait(false);
        }
    }

    /// <summary>Which graph a request means (sections 4.1 and 4.2); null when it is answered because it means none.</summary>
    private static async Task<(Scope Scope, Iri? Name)?> TargetOfAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var path = http.Request.RouteValues["path"] as string;
        var isDefault = query.ContainsKey("default");
        var graphs = query["graph"];
        if ((isDefault ? 1 : 0) + graphs.Count + (path is null ? 0 : 1) > 1)
        {
            await Problem.WriteAsync(http, 400, "Several graphs.", "Name one graph: ?default, ?graph=IRI, or a path below the endpoint.").ConfigureAwait(false);
            return null;
        }

        if (isDefault)
        {
            return (Scope.Default, null);
        }

        if (path is not null)
        {
            return (Scope.Named, new Iri(UriHelper.BuildAbsolute(http.Request.Scheme, http.Request.Host, http.Request.PathBase, http.Request.Path)));
        }

        if (graphs.Count == 0)
        {
            return (Scope.Whole, null);
        }

        var name = graphs.ToString();
        if (!GraphNames.IsOne(name))
        {
            await Problem.WriteAsync(http, 400, "Not a graph's name.", $"graph= wants an absolute IRI, not '{name}'.").ConfigureAwait(false);
            return null;
        }

        return (Scope.Named, new Iri(name));
    }

    private static bool Exists(Snapshot snapshot, (Scope Scope, Iri? Name) target) => target.Name is null || Find(snapshot, target.Name, out _, out _);

    private static bool Find(Snapshot snapshot, Iri name, out TermId id, out TripleIndex graph)
    {
        graph = TripleIndex.Empty;
        return snapshot.Dictionary.TryGetId(name.Encode(), out id) && snapshot.TryGetGraph(id, out graph);
    }

    private async Task ReadAsync(HttpContext http, (Scope Scope, Iri? Name) target)
    {
        var state = dataset.Current;
        var graph = state.Snapshot.DefaultGraph;
        if (target.Scope == Scope.Named && !Find(state.Snapshot, target.Name!, out _, out graph))
        {
            await Problem.WriteAsync(http, 404, "No such graph.", $"There is no graph {target.Name}.").ConfigureAwait(false);
            return;
        }

        var offered = RdfFormats.Writable.Where(f => f.SupportsDatasets || target.Scope != Scope.Whole).OrderBy(f => f.SupportsDatasets && target.Scope != Scope.Whole)
            .SelectMany(f => f.MediaTypes.Select(m => (Format: f, MediaType: m))).ToList();
        http.Response.Headers.Vary = "Accept";
        var chosen = ContentNegotiation.Choose(http.Request.Headers.Accept, [.. offered.Select(o => o.MediaType)]);
        if (chosen < 0)
        {
            await Problem.WriteAsync(http, 406, "Not acceptable.", "Available: " + string.Join(", ", offered.Select(o => o.MediaType))).ConfigureAwait(false);
            return;
        }

        if (Caching.IsUnchanged(http, state.ETag))
        {
            return;
        }

        var format = offered[chosen].Format;
        using var buffer = new MemoryStream();
        using (var writer = new SortedWriter(buffer, format, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix }))
        {
            if (target.Scope == Scope.Whole)
            {
                SnapshotQuads.WriteAll(state.Snapshot, writer);
            }
            else
            {
                SnapshotQuads.Write(state.Snapshot, graph, default, writer);
            }

            writer.Complete();
        }

        http.Response.ContentType = format.MediaTypes[0] + "; charset=utf-8";
        http.Response.ContentLength = buffer.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(HttpContext http, (Scope Scope, Iri? Name) target)
    {
        var (before, after) = await WriteAsync(http, target, transaction =>
        {
            if (target.Scope == Scope.Whole)
            {
                engine.Execute(SparqlParser.ParseUpdate("DROP ALL"), transaction, UpdateOptions.Default, http.RequestAborted);
            }
            else
            {
                transaction.Clear(target.Name?.Encode() ?? []);
            }
        }).ConfigureAwait(false);
        if (after is not null && !Exists(before, target))
        {
            await Problem.WriteAsync(http, 404, "No such graph.", $"There is no graph {target.Name}.").ConfigureAwait(false);
        }
    }

    /// <summary>PATCH by an update whose default graph is the one that the request names, and which touches no other (section 5.7).</summary>
    private async Task PatchAsync(HttpContext http, (Scope Scope, Iri? Name) target)
    {
        if (!(http.Request.ContentType ?? "").StartsWith("application/sparql-update", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers["Accept-Patch"] = "application/sparql-update";
            await Problem.WriteAsync(http, 415, "Unsupported media type.", "Send the patch as application/sparql-update.").ConfigureAwait(false);
            return;
        }

        UpdateText.Limit(http, options);
        if (await UpdateText.ReadAsync(http).ConfigureAwait(false) is not { } text)
        {
            return;
        }

        var request = SparqlParser.ParseUpdate(text, target.Name?.Value ?? options.BaseIri);
        var scoped = target.Name is null ? request : GraphPatch.Scope(request, target.Name);
        var updateOptions = new UpdateOptions { DefaultGraph = options.DefaultGraph, Timeout = options.Timeout, MaxMemoryBytes = options.MaxMemoryBytes };
        await WriteAsync(http, target, transaction =>
        {
            engine.Execute(scoped, transaction, updateOptions, http.RequestAborted);
            if (target.Scope != Scope.Whole)
            {
                var id = target.Name is null ? default : transaction.Intern(target.Name.Encode());
                if (transaction.ChangedGraphs(http.RequestAborted).Any(g => g != id))
                {
                    throw new UpdateException("A patch changes the graph that it is sent to and no other. Send it to the endpoint of updates.");
                }
            }
        }).ConfigureAwait(false);
    }

    /// <summary>PUT replaces, POST adds.</summary>
    private async Task StoreAsync(HttpContext http, (Scope Scope, Iri? Name) target)
    {
        var upload = new Upload(http, options.MaxRequestBytes) { MaxHeldBytes = options.MaxMemoryBytes / BytesInMemory };
        if (!await upload.ReadAsync().ConfigureAwait(false))
        {
            return;
        }

        var isPut = HttpMethods.IsPut(http.Request.Method);
        if (target.Scope == Scope.Whole && !isPut && upload.Parts.All(p => !p.Format.SupportsDatasets))
        {
            // A graph that is sent to the graph store itself gets a name of its own (section 5.5).
            var url = UriHelper.BuildAbsolute(http.Request.Scheme, http.Request.Host, http.Request.PathBase, "/graphs/");
            target = (Scope.Named, new Iri(url + Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture)));
        }

        var endpoint = UriHelper.BuildAbsolute(http.Request.Scheme, http.Request.Host, http.Request.PathBase, http.Request.Path);
        var (before, after) = await WriteAsync(http, target, transaction =>
        {
            var scope = $"u{transaction.Before.Generation + 1}";
            if (target.Scope == Scope.Whole)
            {
                if (isPut)
                {
                    engine.Execute(SparqlParser.ParseUpdate("DROP ALL"), transaction, UpdateOptions.Default, http.RequestAborted);
                }

                upload.Parse(transaction, null, http.Request.Headers.ContentLocation is [{ Length: > 0 } location] ? location : endpoint, scope);
                return;
            }

            var name = target.Name?.Encode();
            if (isPut)
            {
                transaction.Clear(name ?? []);
            }

            if (name is not null)
            {
                transaction.Create(name);
            }

            upload.Parse(transaction, name ?? [], target.Name?.Value ?? endpoint, scope);
        }).ConfigureAwait(false);
        if (after is not null && !Exists(before, target))
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = target.Name!.Value.StartsWith(endpoint, StringComparison.Ordinal)
                ? target.Name.Value
                : $"{endpoint}?graph={Uri.EscapeDataString(target.Name.Value)}";
        }
    }

    private async Task<(Snapshot Before, DatasetState? After)> WriteAsync(HttpContext http, (Scope Scope, Iri? Name) target, Action<StoreTransaction> change)
    {
        var condition = Preconditions.Of(http.Request, state => Exists(state.Snapshot, target));
        var (before, after) = await dataset.WriteAsync(change, condition, http.RequestAborted).ConfigureAwait(false);
        if (after is null)
        {
            await WriteAnswer.ChangedMeanwhileAsync(http).ConfigureAwait(false);
        }
        else
        {
            http.Response.Headers.ETag = after.ETag;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }

        return (before, after);
    }
}
