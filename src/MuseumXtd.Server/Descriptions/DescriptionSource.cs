using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Dumps;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Descriptions;

/// <summary>
/// Keeps the description of the latest state. It is no part of the data that it describes, or it would have to count itself: it is made when
/// it is asked for, and is the graph <c>graph/dataset</c> of its own.
/// </summary>
internal sealed class DescriptionSource(ServerOptions options, DumpShelf shelf, ChangeLog changes) : IDisposable
{
    /// <summary>
    /// Up to so many quads, all files are made for a description, in a moment, to tell their sizes and digests. Of larger data it tells these
    /// of the files that somebody has asked for.
    /// </summary>
    private const long MaxPreparedQuads = 200_000;

    private const int MaxKept = 8;

    private static readonly DumpFile[] Described =
        [.. DumpFile.All.Values.Where(f => f.Compression is null || f.Compression == Compression.Gzip).OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>What harvesters of cultural heritage look for: the records in the Europeana Data Model.</summary>
    private static readonly DumpFile Edm =
        new("dump.edm.rdf", "application/rdf+xml", DumpProfile.Core) { ConformsTo = "http://www.europeana.eu/schemas/edm/" };

    private readonly Iri _graph = new(options.BaseIri + "graph/dataset");
    private readonly Lock _keeping = new();
    private readonly SemaphoreSlim _preparing = new(1);
    private string _prepared = "";
    private ImmutableHashSet<string> _refused = [];
    private (string ETag, DatasetCounts Counts)? _counts;
    private ImmutableDictionary<string, DatasetDescription> _descriptions = ImmutableDictionary<string, DatasetDescription>.Empty;

    /// <summary>Whether a path is one of the server's, to be told by it.</summary>
    public Func<string, bool> Serves { get; set; } = _ => false;

    /// <summary>Where the server is reached.</summary>
    public string UrlFor(HttpRequest request) => options.Harvest.PublicUrl ?? $"{request.Scheme}://{request.Host.ToUriComponent()}";

    /// <summary>The description of a state, with the addresses by which a client reaches the server.</summary>
    public async Task<DatasetDescription> OfAsync(DatasetState state, HttpRequest request, CancellationToken cancellation)
    {
        if (state.Snapshot.QuadCount <= MaxPreparedQuads)
        {
            await PrepareAsync(state, cancellation).ConfigureAwait(false);
        }

        var url = UrlFor(request);
        var files = Described.Where(f => !_refused.Contains(f.Name)).Select(f => Known(state, f)).ToList();
        if (Serves("/" + Edm.Name))
        {
            files.Add(new DistributedFile(Edm, null, null));
        }

        var log = await LogOfAsync(state, cancellation).ConfigureAwait(false);
        DateTimeOffset? issued = log is { History.Count: > 0 } ? new DateTimeOffset(log.History[0].Time) : null;
        var modified = log is { History.Count: > 0 } ? new DateTimeOffset(log.LastTime) : state.Since;
        var key = $"{state.ETag} {files.Count(f => f.Length is not null)} {modified.Ticks} {url}";
        if (_descriptions.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var made = DatasetDescription.Of(options, url, CountsOf(state), issued, modified, files);
        lock (_keeping)
        {
            _descriptions = (_descriptions.Count >= MaxKept ? _descriptions.Clear() : _descriptions).SetItem(key, made);
        }

        return made;
    }

    /// <summary>Adds what the description says of the resources that a DESCRIBE names: the dataset, its files and services.</summary>
    public async Task AddToAsync(IQuadSink sink, DescribeQuery query, DatasetState state, HttpContext http)
    {
        var named = query.Targets.OfType<ConstantTerm>().Select(t => t.Term).OfType<Iri>().Where(i => i.Value.StartsWith(options.BaseIri + "dataset", StringComparison.Ordinal)).ToList();
        if (named.Count == 0)
        {
            return;
        }

        var description = await OfAsync(state, http.Request, http.RequestAborted).ConfigureAwait(false);
        foreach (var iri in named)
        {
            description.TryWriteTo(sink, iri);
        }
    }

    /// <summary>What a query is about: the description where its dataset is that graph alone, else the data.</summary>
    public async Task<Snapshot> SnapshotForAsync(Query query, QueryOptions queryOptions, DatasetState state, HttpContext http)
    {
        if ((queryOptions.Dataset ?? query.Dataset) is not { } asked || asked.Default.Concat(asked.Named).Any(g => g != _graph))
        {
            return state.Snapshot;
        }

        var description = await OfAsync(state, http.Request, http.RequestAborted).ConfigureAwait(false);
        using var store = new QuadStore();
        using var transaction = store.Begin();
        var graph = _graph.Encode();
        foreach (var statement in description.Statements)
        {
            transaction.Quad(statement.Subject.Encode(), statement.Predicate.Encode(), statement.Object.Encode(), graph);
        }

        return transaction.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => _preparing.Dispose();

    private DatasetCounts CountsOf(DatasetState state)
    {
        lock (_keeping)
        {
            if (_counts?.ETag != state.ETag)
            {
                _counts = (state.ETag, DatasetCounts.Of(state.Snapshot, options.BaseIri));
            }

            return _counts.Value.Counts;
        }
    }

    /// <summary>The log that tells of a state; a log that cannot follow is not waited for.</summary>
    private async Task<ChangeLogView?> LogOfAsync(DatasetState state, CancellationToken cancellation)
    {
        try
        {
            return await changes.AtLeastAsync(state.Snapshot.Generation, cancellation).WaitAsync(TimeSpan.FromSeconds(5), cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return changes.Current;
        }
    }

    private DistributedFile Known(DatasetState state, DumpFile file)
    {
        if (shelf.TryHoldWhole(state, file) is not { } dump)
        {
            return new DistributedFile(file, null, null);
        }

        var known = new DistributedFile(file, dump.Length, Convert.ToHexStringLower(dump.Digest.Span));
        dump.Release();
        return known;
    }

    private async Task PrepareAsync(DatasetState state, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _prepared) == state.ETag)
        {
            return;
        }

        await _preparing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_prepared == state.ETag)
            {
                return;
            }

            var refused = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
            foreach (var file in Described)
            {
                var dump = shelf.Hold(state, file);
                try
                {
                    await dump.Completion.WaitAsync(cancellation).ConfigureAwait(false);
                }
                catch (RdfWriteException)
                {
                    // A syntax that cannot say it is no distribution.
                    refused.Add(file.Name);
                }
                finally
                {
                    dump.Release();
                }
            }

            _refused = refused.ToImmutable();
            Volatile.Write(ref _prepared, state.ETag);
        }
        finally
        {
            _preparing.Release();
        }
    }
}
