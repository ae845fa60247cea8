using Microsoft.OData;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Requests;
using MuseumXtd.Server.OData.Tables;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Server.OData.Writing;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.OData;

/// <summary>
/// Answers OData requests, however they come. The path leads to entities, an entity or a property; options become algebra; the engine finds a
/// page of keys; what is told of them comes from the index, level by level.
/// </summary>
internal sealed class ODataService(QueryEngine engine, ServerOptions server, ODataLimits limits) : IDisposable
{
    /// <summary>How many translated requests a snapshot keeps.</summary>
    private const int MaxPrepared = 1024;

    private readonly Lazy<EntityModel> _model = new(() => EntityModel.Read(server.OntologyDirectory, server.BaseIri));
    private readonly Microsoft.Extensions.ObjectPool.ObjectPool<Rdf.Buffers.ByteBuffer> _buffers = AnswerBuffers.CreatePool();
    private readonly SnapshotShelf _shelf = new(TimeProvider.System, TimeSpan.FromMinutes(10), most: 8);
    private MetadataDocument? _metadata;

    public EntityModel Model => _model.Value;

    public ODataLimits Limits => limits;

    /// <summary>How long a request may take, or a batch of them.</summary>
    public TimeSpan Timeout => server.Timeout;

    private MetadataDocument Metadata => _metadata ??= new MetadataDocument(Model);

    public void Dispose() => _shelf.Dispose();

    /// <summary>Answers a request for reading, from a state of the dataset or from the one that its token names.</summary>
    public ODataAnswer Answer(ODataCall call, DatasetState state, CancellationToken cancellation)
    {
        try
        {
            var answer = Dispatch(call, state, cancellation);
            answer.Headers.Add(("OData-Version", Preferences.VersionOf(call)));
            return answer;
        }
        catch (Exception e) when (e is ODataRequestException or QueryBudgetException)
        {
            return Refused(e);
        }
    }

    /// <summary>The answer where a request is refused or went over its budget.</summary>
    public static ODataAnswer Refused(Exception e) =>
        Refused(ErrorJson.Answer(e as ODataRequestException ?? new ODataRequestException(503, e.Message)));

    public static ODataAnswer Refused(ODataAnswer answer)
    {
        answer.Headers.Add(("OData-Version", "4.01"));
        return answer;
    }

    private ODataAnswer Dispatch(ODataCall call, DatasetState state, CancellationToken cancellation)
    {
        if (call.Query.Length > limits.MaxQueryLength || call.Path.Length > limits.MaxQueryLength)
        {
            throw new ODataRequestException(414, $"A request may have {limits.MaxQueryLength} characters.");
        }

        var options = new SystemOptions(call.Query);
        if (options["schemaversion"] is { } version && version != "*" && version != Metadata.Version)
        {
            throw new ODataRequestException(404, "The model has no such version: see $metadata.", "$schemaversion");
        }

        var languages = LanguageChain.Of(options.Custom.GetValueOrDefault("lang") ?? call.Header("Accept-Language"));
        var path = call.Path.Trim('/');
        if (path.Length == 0)
        {
            options.Allow("on the service document");
            var wanted = Preferences.Of(call, options["format"]);
            return Answered(new ResultJson(GraphView.Of(state.Snapshot, Model, server.DefaultGraph), languages, wanted.Json, call.Root, null, _buffers).Service(Model), call, wanted, $"\"{Metadata.Version}-{wanted.Json.Level}\"", languages);
        }

        if (path == "$metadata")
        {
            options.Allow("on $metadata");
            var answer = Metadata.Answer(call, options["format"]);
            return Unchanged(call, $"\"{Metadata.Version}-{answer.ContentType!.Split('/', ';')[1]}\"") ?? Tagged(answer, $"\"{Metadata.Version}-{answer.ContentType!.Split('/', ';')[1]}\"", null);
        }

        if (path is "$all" or "$delta" || path.StartsWith("$all/", StringComparison.Ordinal) || path.StartsWith("$crossjoin(", StringComparison.Ordinal))
        {
            throw ODataRequestException.NotImplemented($"'{path.Split('(', '/')[0]}'");
        }

        if (path == "$entity")
        {
            call = ById(call, options);
            options = new SystemOptions(call.Query);
        }

        return Data(call, options, state, languages, cancellation);
    }

    /// <summary>The request that <c>$entity?$id=...</c> stands for (Part 2, section 4.11).</summary>
    private static ODataCall ById(ODataCall call, SystemOptions options)
    {
        var id = options["id"] ?? throw new ODataRequestException(400, "$entity needs $id.", "$id");
        if (!Uri.TryCreate(call.Root, id, out var url) || !call.Root.IsBaseOf(url))
        {
            throw new ODataRequestException(404, "The $id is of no entity of this service.", "$id");
        }

        return call with { Path = call.Root.MakeRelativeUri(url).OriginalString.Split('?')[0], Query = SystemOptions.Without(call.Query, "id") };
    }

    private ODataAnswer Data(ODataCall call, SystemOptions options, DatasetState state, LanguageChain languages, CancellationToken cancellation)
    {
        var preferences = Preferences.Of(call, options["format"]);
        var query = SystemOptions.Without(call.Query, "skiptoken");
        var identity = call.Path + "?" + query;
        var token = options["skiptoken"] is { } text ? SkipToken.Decode(text, identity) : null;
        if (token is not null && preferences.Table is not null)
        {
            throw new ODataRequestException(400, "A table has no pages: ask for it without $skiptoken.", "$skiptoken");
        }

        if (token is not null)
        {
            state = _shelf.Find(token.State, state)
                ?? (token.After.Length > 0 ? state : throw new ODataRequestException(410, "The state of the data that these pages are of is gone. Begin anew.", "$skiptoken"));
        }

        var etag = $"\"{state.ETag.Trim('"')}-{languages.Text}-{(int)preferences.Json.Level}{(preferences.Json.LongsAsText ? "t" : "")}{(preferences.Json.OmitsNulls ? "o" : "")}{preferences.Table?.Suffix}\"";
        if (Unchanged(call, etag) is { } unchanged)
        {
            return unchanged;
        }

        var view = GraphView.Of(state.Snapshot, Model, server.DefaultGraph);
        RequestScope NewScope() => new(
            engine, view, languages, new QueryOptions { DefaultGraph = server.DefaultGraph, Timeout = call.TimeLeft ?? server.Timeout, MaxMemoryBytes = server.MaxMemoryBytes }, cancellation);

        var request = NewScope();
        var result = new ResultJson(
            view, languages, preferences.Json, call.Root, (path, rest, told) => new SkipToken(_shelf.Keep(state), "", told, limits.NestedPageSize, null).Encode(path + "?" + rest), _buffers);
        var prepared = Prepare(view, request, call with { Path = options.Resolved(call.Path), Query = query }, options, identity + "\n" + languages.Text);
        var answer = prepared switch
        {
            CollectionRequest { Target.IsCount: true } counted => ODataAnswer.Text(new CollectionReader(request).Count(counted).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            CollectionRequest { Target.IsReference: false } collection when preferences.Table is { } table => new TableAnswer(collection, NewScope, limits).In(table),
            _ when preferences.Table is not null => throw new ODataRequestException(406, "Tables are of entity sets; this is available as application/json.", "$format"),
            CollectionRequest collection => result.Collection(collection, Read(collection, request, call, identity, query, token, preferences, state)),
            EntityRequest { Target.Id: 0 } => new ODataAnswer { Status = 204 },
            EntityRequest entity => result.Entity(entity.Target, Read(entity, request)),
            PropertyRequest property => Property(property, request, languages, result),
            _ => throw new InvalidOperationException(prepared.GetType().Name),
        };
        return Answered(answer, call, preferences, etag, languages);
    }

    /// <summary>Parses and translates a request, or takes what was made of the same text before.</summary>
    private object Prepare(GraphView view, RequestScope request, ODataCall call, SystemOptions options, string key)
    {
        if (view.Prepared.TryGetValue(key, out var known))
        {
            return known;
        }

        var parser = new RequestParser(Model, call, options, limits);
        var path = parser.Path();
        var target = new Resolution(view).Resolve(path);
        object prepared;
        switch (target)
        {
            case EntitiesTarget { IsCount: true } counted:
                options.Allow("on $count", "filter", "search", "apply", "skiptoken");
                prepared = CollectionRequest.Of(counted, parser, options, request.Properties, limits);
                break;
            case EntitiesTarget { IsReference: true } references:
                options.Allow("on references", "filter", "search", "orderby", "top", "skip", "count", "skiptoken");
                prepared = CollectionRequest.Of(references, parser, options, request.Properties, limits);
                break;
            case EntitiesTarget entities:
                options.Allow("here", "filter", "search", "orderby", "top", "skip", "count", "skiptoken", "select", "expand", "apply", "compute");
                prepared = CollectionRequest.Of(entities, parser, options, request.Properties, limits);
                break;
            case EntityTarget entity:
                options.Allow("on one entity", "select", "expand", "compute");
                prepared = EntityRequest.Of(entity, parser, options, Model, limits);
                break;
            case PropertyTarget property:
                prepared = PropertyRequest.Of(property, parser, options, limits);
                break;
            default:
                throw new InvalidOperationException(target.GetType().Name);
        }

        if (view.Prepared.Count >= MaxPrepared)
        {
            view.Prepared.Clear();
        }

        view.Prepared[key] = prepared;
        return prepared;
    }

    private CollectionAnswer Read(
        CollectionRequest collection, RequestScope request, ODataCall call, string identity, string query, SkipToken? token, Preferences preferences, DatasetState state)
    {
        var isExpanded = collection.Shape is { Expansions.IsEmpty: false };
        var pageSize = token?.PageSize ?? Math.Min(preferences.MaxPageSize ?? (isExpanded ? limits.ExpandedPageSize : limits.PageSize), limits.MaxPageSize);
        var delivered = token?.Delivered ?? 0;
        var rest = collection.Top is { } top ? Math.Max(0, top - delivered) : long.MaxValue;
        var size = (int)Math.Min(rest, pageSize);
        var reader = new CollectionReader(request);
        var place = new PagePlace(token is { After.Length: > 0 } ? token.After : null, collection.Skip + delivered, size);
        var count = collection.Counts ? token?.Count ?? reader.Count(collection) : (long?)null;
        EntityRows? entities = null;
        List<Rdf.Term?[]>? rows = null;
        bool hasMore;
        int told;
        var after = "";
        if (collection.Columns is not null)
        {
            (rows, hasMore) = reader.Rows(collection, place);
            told = rows.Count;
        }
        else
        {
            (var ids, hasMore) = reader.Page(collection, place);
            told = ids.Length;
            entities = Fill(new EntityRows(collection.Shape!, ids), collection.Computed, collection.Aliases, request);
            after = collection is { Order.IsEmpty: true, Target.IsWholeSet: true } && told > 0 ? request.View.TextOf(ids[^1]) : "";
        }

        string? next = null;
        if (hasMore && rest > told)
        {
            var following = new SkipToken(_shelf.Keep(state), after, delivered + told, pageSize, count);
            next = $"{call.Root.AbsoluteUri}{call.Path}?{query}{(query.Length > 0 ? "&" : "")}$skiptoken={following.Encode(identity)}";
        }

        return new CollectionAnswer { Entities = entities, Rows = rows, Count = count, NextLink = next };
    }

    private EntityRows Read(EntityRequest entity, RequestScope request) =>
        Fill(new EntityRows(entity.Shape, [entity.Target.Id]), entity.Computed, entity.Aliases, request);

    private EntityRows Fill(
        EntityRows rows, System.Collections.Immutable.ImmutableArray<ComputeExpression> computed, IReadOnlyDictionary<string, SingleValueNode> aliases, RequestScope request)
    {
        if (!rows.Shape.Computed.IsEmpty && rows.Count > 0)
        {
            rows.Computed = request.Compute(rows.Ids, rows.Shape.Class, computed, rows.Shape.Computed, aliases);
        }

        new Expander(request, limits, aliases).Expand(rows);
        return rows;
    }

    private static ODataAnswer Property(PropertyRequest property, RequestScope request, LanguageChain languages, ResultJson result)
    {
        var (target, view) = (property.Target, request.View);
        var shape = new EntityShape { Class = target.Class, Selected = null, Parts = new Dictionary<string, HashSet<string>>(), Computed = [], Expansions = [] };
        var member = EntityPlan.Of(shape, target.Class, view).Members.First(m => m.Value.Name == target.Value.Name);
        var selected = target.Selection is { } selection ? new CollectionSelector(request, property.Aliases).Select(new EntityRows(shape, [target.Id]), selection) : null;
        var text = PropertyValues.Of(view, languages, target.Class, target.Id, member.Value).FirstOrDefault() is { } value ? ValueJson.TextOf(value) : null;
        if (target.IsCount)
        {
            return ODataAnswer.Text((selected?.Counts[0] ?? view.Objects(target.Id, member.Predicate).Length).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (target.Value.IsSingle && text is null)
        {
            return new ODataAnswer { Status = 204 };
        }

        return target.IsRaw ? ODataAnswer.Text(text!) : result.Property(target, member, selected);
    }

    private static ODataAnswer? Unchanged(ODataCall call, string etag)
    {
        foreach (var tag in (call.Header("If-None-Match") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (tag == "*" || (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag) == etag)
            {
                return new ODataAnswer { Status = 304, Headers = [("ETag", etag), ("Vary", Vary)] };
            }
        }

        return null;
    }

    private const string Vary = "Accept, Accept-Language, OData-MaxVersion, Prefer";

    private static ODataAnswer Answered(ODataAnswer answer, ODataCall call, Preferences preferences, string etag, LanguageChain languages)
    {
        if (Unchanged(call, etag) is { } unchanged)
        {
            return unchanged;
        }

        if (preferences.Applied is { } applied)
        {
            answer.Headers.Add(("Preference-Applied", applied));
        }

        return Tagged(answer, etag, languages.First);
    }

    private static ODataAnswer Tagged(ODataAnswer answer, string etag, string? language)
    {
        answer.Headers.Add(("ETag", etag));
        answer.Headers.Add(("Cache-Control", "no-cache"));
        answer.Headers.Add(("Vary", Vary));
        if (language is not null)
        {
            answer.Headers.Add(("Content-Language", language));
        }

        return answer;
    }
}
