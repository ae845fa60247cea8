using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Dumps;
using MuseumXtd.Server.Federation;
using MuseumXtd.Server.Feeds;
using MuseumXtd.Server.Harvesting;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Http.Threads;
using MuseumXtd.Server.OData;
using MuseumXtd.Server.OpenApi;
using MuseumXtd.Server.Operations;
using MuseumXtd.Server.Pages;
using MuseumXtd.Server.Protocol;
using MuseumXtd.Server.Recipes;
using MuseumXtd.Server.Search;
using MuseumXtd.Sparql;
using MuseumXtd.Store;

namespace MuseumXtd.Server;

/// <summary>A running server: one live dataset behind all protocols.</summary>
public sealed class MuseumXtdServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Parts _parts;

    private MuseumXtdServer(WebApplication app, Parts parts, LiveDataset dataset, ChangeLog changes)
    {
        _app = app;
        _parts = parts;
        Dataset = dataset;
        Changes = changes;
    }

    /// <summary>What is served.</summary>
    public LiveDataset Dataset { get; }

    /// <summary>When which resource changed.</summary>
    public ChangeLog Changes { get; }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The patterns of all routes, to hold their description against.</summary>
    internal IReadOnlyList<string> Routes =>
        [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!).Distinct()];

    /// <summary>
    /// Lets the threads of this process that wait for sockets also answer what is answered in a moment, which makes light queries a quarter quicker. It concerns all
    /// sockets of the process: whoever uses others in it, and blocks where they have brought something, should not call this. To be called first of all.
    /// </summary>
    public static void AnswerOnSocketThreads() => SocketThreads.LetGoOn();

    /// <summary>
    /// Begins to compile what the first answers need, beside other work. <see cref="StartAsync"/> does so as well; whoever calls this before has it done while the command line is
    /// read, when one processor has nothing to do.
    /// </summary>
    public static void PrepareAnswers() => FirstAnswer.Prepare();

    /// <summary>Loads what is to be served and starts to listen.</summary>
    /// <exception cref="IOException">The port is in use, or a file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read as RDF.</exception>
    public static async Task<MuseumXtdServer> StartAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var license = NotesLicense.Of(options);
        options = options with { NotesLicense = license, Harvest = options.Harvest with { NoteLicence = license } };

        // What answers is made ready beside what it answers from: much of a start is code that is compiled.
        var frame = Task.Run(() => Frame(options), CancellationToken.None);
        LiveDataset dataset;
        try
        {
            dataset = LiveDataset.Load(options, cancellation);
        }
        catch
        {
            await (await frame.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            throw;
        }

        FirstAnswer.Prepare();
        var app = await frame.ConfigureAwait(false);
        var changes = ChangeLog.Open(options, dataset);
        var parts = new Parts();
        try
        {
            Map(app, parts, dataset, changes, options);
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            parts.Dispose();
            await changes.DisposeAsync().ConfigureAwait(false);
            dataset.Dispose();
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new MuseumXtdServer(app, parts, dataset, changes);
    }

    /// <summary>Runs until the process is asked to end.</summary>
    /// <exception cref="Store.Files.SnapshotFileException">The snapshot file that is served turned out to be damaged: its answers cannot be trusted.</exception>
    public async Task WaitAsync(CancellationToken cancellation = default)
    {
        var shutdown = _app.WaitForShutdownAsync(cancellation);
        await Task.WhenAny(shutdown, Dataset.Verified).ConfigureAwait(false);
        if (Dataset.Verified.IsFaulted)
        {
            await Dataset.Verified.ConfigureAwait(false);
        }

        await shutdown.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // First what asks for the others.
        await _app.DisposeAsync().ConfigureAwait(false);
        _parts.Dispose();
        await Changes.DisposeAsync().ConfigureAwait(false);
        Dataset.Dispose();
    }

    /// <summary>A web server that has no routes yet.</summary>
    private static WebApplication Frame(ServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls($"http://{new IPEndPoint(options.Address, options.Port)}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // The form of queries is sent as an address that can be linked: 8 KB, as usual, would be a page of text.
            kestrel.Limits.MaxRequestLineSize = 1 << 18;

            // Enough that the next part of a long answer is made while the one before is sent.
            kestrel.Limits.MaxResponseBufferSize = 1 << 20;
        });
        builder.WebHost.UseSockets(sockets =>
        {
            // One call of the system less for each request, for a page of memory for each connection.
            sockets.WaitForDataBeforeAllocatingBuffer = false;

            // The thread that reads a request answers it, or moves it to the pool (SocketThreads).
            sockets.UnsafePreferInlineScheduling = true;
        });
        builder.Services.AddRouting();
        return builder.Build();
    }

    private static void Map(WebApplication app, Parts parts, LiveDataset dataset, ChangeLog changes, ServerOptions options)
    {
        var shelf = parts.Own(new DumpShelf(options));
        var descriptions = parts.Own(new DescriptionSource(options, shelf, changes));
        var services = HttpServiceClient.For(options);
        if (services is not null)
        {
            parts.Own(services);
        }

        var sparql = new SparqlEndpoint(dataset, new QueryEngine(), services, descriptions, options);
        var resources = new ResourceEndpoint(dataset, new Tombstones(changes), options);
        var operations = new OperationsEndpoints(dataset, options);
        var metrics = new RequestMetrics();
        app.Use(ToPoolAsync);
        app.Use(metrics.InvokeAsync);
        app.Use(GuardAsync);
        app.Use(parts.Own(new Admission(options, dataset.Memory)).InvokeAsync);
        parts.Own(PoolWatch.For(options.MaxRunningRequests));
        app.UseRouting();
        string[] read = ["GET", "HEAD"];
        app.MapMethods("/", read, http => new HomePage(dataset.Current).WriteAsync(http));
        app.MapMethods("/sparql", ["GET", "HEAD", "POST"], sparql.AnswerAsync);
        app.Map("/shacl", new ShaclEndpoint(dataset, options).AnswerAsync);
        new DumpEndpoint(dataset, shelf, options).Map(app);
        new DatasetEndpoint(dataset, descriptions, options).Map(app);
        new ChangeFeedEndpoint(changes, descriptions, options).Map(app);
        new Sitemap(dataset, changes, descriptions, options).Map(app);
        if (options.IsWritable)
        {
            var access = new WriteAccess(options.WriteToken);
            var updates = new UpdateEngine();
            var documents = parts.Own(new RemoteDocuments(options));
            app.Map("/update", new UpdateEndpoint(dataset, updates, documents, services, access, options).AnswerAsync);
            var graphs = new GraphStoreEndpoint(dataset, updates, access, options);
            app.Map("/graphs", graphs.AnswerAsync);
            app.Map("/graphs/{**path}", graphs.AnswerAsync);
        }

        var odata = parts.Own(new ODataEndpoint(dataset, options));
        odata.Map(app);
        RecipesEndpoint.Map(app);
        new OpenApiEndpoint(() => odata.Model, options).Map(app);
        new SearchEndpoint(dataset, new QueryEngine(), options).Map(app);
        app.MapMethods("/diagnostics", read, operations.DiagnosticsAsync);
        app.MapMethods("/diagnostics/{code}", read, operations.DiagnosticAsync);
        app.MapMethods("/provenance", read, new ProvenanceEndpoint(dataset, options).AnswerAsync);
        app.MapMethods("/healthz", read, operations.HealthAsync);
        app.MapMethods("/readyz", read, operations.HealthAsync);
        app.MapHarvesting(changes, options);
        app.MapMethods("/metrics", read, new MetricsEndpoint(dataset, metrics).AnswerAsync);
        app.MapMethods("/doc/{**path}", read, resources.AnswerAsync);
        app.MapMethods("/{**path}", read, resources.RedirectAsync);
        var paths = new Lazy<HashSet<string>>(() =>
            [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText ?? "")]);
        descriptions.Serves = path => paths.Value.Contains(path);
    }

    /// <summary>Moves requests to the pool, but for those that see to it themselves when they know more.</summary>
    private static async Task ToPoolAsync(HttpContext http, RequestDelegate next)
    {
        const int ShortBody = 1 << 15;
        var isShort = HttpMethods.IsGet(http.Request.Method) || http.Request.ContentLength is <= ShortBody;
        if (http.Request.Path.Value is not ("/sparql" or "/update") || !isShort || !SocketThreads.TakeTurn())
        {
            await PoolBodies.Use(http);
        }

        await next(http).ConfigureAwait(false);
    }

    /// <summary>What every answer has: open access (Fetch standard, CORS), and no error that is not a problem of our own.</summary>
    private static async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        if (http.Request.Headers.Origin.Count > 0)
        {
            http.Response.Headers.AccessControlExposeHeaders = "ETag, Link, Location, OData-Version, Content-Language, Content-Range, Repr-Digest";
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            http.Response.Headers.AccessControlAllowMethods = "GET, HEAD, POST, OPTIONS";
            http.Response.Headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders.Count > 0 ? http.Request.Headers.AccessControlRequestHeaders : "*";
            http.Response.Headers.AccessControlMaxAge = "86400";
            return;
        }

        try
        {
            await next(http).ConfigureAwait(false);
            if (http.Response is { HasStarted: false, StatusCode: 405 })
            {
                await Problem.WriteAsync(http, 405, "Method not allowed.", $"{http.Request.Method} is not for {http.Request.Path}.").ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await Problem.WriteAsync(http, e.StatusCode, "Bad request.", e.Message).ConfigureAwait(false);
        }
        catch (RdfWriteException e) when (!http.Response.HasStarted)
        {
            http.Response.ContentLength = null;
            await Problem.WriteAsync(http, 406, "This syntax cannot say it.", e.Message).ConfigureAwait(false);
        }
        catch (StoreFullException) when (!http.Response.HasStarted)
        {
            // An order, a union or the words that nobody has asked for so far have no room.
            http.Response.Headers.ContentLength = null;
            await Admission.TellAsync(http, "The server has no memory left for this question: one on a single graph, or on less data, needs less.").ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"{http.Request.Method} {http.Request.Path}: {e}").ConfigureAwait(false);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            http.Response.Clear();
            http.Response.Headers.AccessControlAllowOrigin = "*";
            await Problem.WriteAsync(http, 500, "Internal error.", "This is our fault. The log of the server says more.").ConfigureAwait(false);
        }
    }
}
