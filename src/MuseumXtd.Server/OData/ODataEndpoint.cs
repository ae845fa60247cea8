using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData;

/// <summary>OData 4.01 over the graph: the request is read by the library, translated to algebra and run by the query engine.</summary>
internal sealed class ODataEndpoint(LiveDataset dataset, QueryEngine engine, ServerOptions server)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Variable Subject = new("s");

    private readonly Lazy<ODataModel> _model = new(() => new ODataModel(server.OntologyDirectory, server.BaseIri));

    /// <summary>The entity model.</summary>
    public IEdmModel Model => _model.Value.Edm;

    /// <summary>Answers a request below <c>/odata</c>.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers["OData-Version"] = "4.01";
        var state = dataset.Current;
        http.Response.Headers.Vary = "Accept, Accept-Language";
        if (Caching.IsUnchanged(http, $"{state.ETag[..^1]}-{Pages.Page.LanguageOf(http)}\""))
        {
            return;
        }

        try
        {
            using var buffer = new MemoryStream();
            http.Response.ContentType = "application/json;odata.metadata=minimal;charset=utf-8";
            Answer(http, state, buffer);
            http.Response.ContentLength = buffer.Length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (ODataRequestException e)
        {
            await WriteErrorAsync(http, e.Status, e.Message).ConfigureAwait(false);
        }
        catch (ODataUnrecognizedPathException e)
        {
            await WriteErrorAsync(http, 404, e.Message).ConfigureAwait(false);
        }
        catch (ODataException e)
        {
            await WriteErrorAsync(http, 400, e.Message).ConfigureAwait(false);
        }
        catch (QueryBudgetException e)
        {
            await WriteErrorAsync(http, 503, e.Message).ConfigureAwait(false);
        }
    }

    private static async Task WriteErrorAsync(HttpContext http, int status, string message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("message", message);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        http.Response.Headers.ETag = default;
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json;charset=utf-8";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
    }

    private void Answer(HttpContext http, DatasetState state, MemoryStream output)
    {
        var model = _model.Value;
        var root = new Uri($"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/odata/");
        var path = (http.Request.RouteValues["path"] as string ?? "").Trim('/');
        if (path == "$metadata")
        {
            WriteMetadata(http, model, output);
            return;
        }

        if (path.Length == 0)
        {
            WriteService(model, root, output);
            return;
        }

        var relative = http.Request.Path.ToUriComponent()["/odata/".Length..] + http.Request.QueryString.ToUriComponent();
        var parser = new ODataUriParser(model.Edm, root, new Uri(relative, UriKind.Relative)) { Resolver = new ODataUriResolver { EnableCaseInsensitive = false, EnableNoDollarQueryOptions = true } };
        var options = new QueryOptions { DefaultGraph = server.DefaultGraph, Timeout = server.Timeout, MaxMemoryBytes = server.MaxMemoryBytes };
        var reader = new EntityReader(engine, state.Snapshot, options, http.RequestAborted);
        foreach (var name in http.Request.Query.Keys)
        {
            // Options of the standard that are not done here are 501, those that no standard knows 400 (OData 4.01 Protocol, section 8.2.6).
            switch (name.TrimStart('$'))
            {
                case "filter" or "select" or "expand" or "orderby" or "top" or "skip" or "count" or "format":
                    break;
                case "apply" or "search" or "compute" or "deltatoken" or "skiptoken" or "levels" or "index" or "schemaversion":
                    throw ODataRequestException.NotImplemented(name);
                default:
                    if (name.StartsWith('$'))
                    {
                        throw new ODataRequestException(400, $"'{name}' is no option of OData.");
                    }

                    break;
            }
        }

        Answer(http, new Request(model, parser, reader, root, path), output);
    }

    private static void Answer(HttpContext http, Request request, MemoryStream output)
    {
        var segments = request.Parser.ParsePath().ToList();
        if (segments[0] is not EntitySetSegment set)
        {
            throw new ODataRequestException(404, $"There is no entity set at '{request.Path}'.");
        }

        var type = set.EntitySet.EntityType;
        GraphPattern pattern = EntityReader.Instances(ODataModel.ClassOf(type), Subject);
        Iri? single = null;
        var countOnly = false;
        foreach (var segment in segments.Skip(1))
        {
            switch (segment)
            {
                case KeySegment key:
                    single = request.Model.IriOf((string)key.Keys.Single().Value, type);
                    if (request.Reader.Count(new Join(new Values([Subject], [[single]]), pattern)) == 0)
                    {
                        throw new ODataRequestException(404, $"There is no {type.Name} '{key.Keys.Single().Value}'.");
                    }

                    break;
                case NavigationPropertySegment link when single is not null:
                    var property = request.Model.Property(link.NavigationProperty.Name);
                    pattern = property.Pattern(new ConstantTerm(single), Subject);
                    type = link.NavigationProperty.ToEntityType();
                    single = link.NavigationProperty.TargetMultiplicity() == EdmMultiplicity.Many ? null : request.Reader.Select(pattern, Subject).FirstOrDefault()
                        ?? throw new ODataRequestException(404, $"'{property.Name}' has no value.");
                    break;
                case CountSegment when single is null:
                    countOnly = true;
                    break;
                default:
                    throw ODataRequestException.NotImplemented($"The path '{request.Path}'");
            }
        }

        if (single is not null)
        {
            WriteEntity(request, single, type, output);
        }
        else
        {
            WriteCollection(http, request, pattern, type, countOnly, output);
        }
    }

    private static void WriteEntity(Request request, Iri iri, IEdmEntityType type, MemoryStream output)
    {
        var shape = request.Parser.ParseSelectAndExpand();
        using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartObject();
        json.WriteString("@odata.context", $"{request.Root}$metadata#{request.Path.Split('(', '/')[0]}/$entity");
        new EntityWriter(request.Model, request.Reader, json).WriteOne(iri, type, shape);
        json.WriteEndObject();
    }

    private static void WriteCollection(HttpContext http, Request request, GraphPattern pattern, IEdmEntityType type, bool countOnly, MemoryStream output)
    {
        var translation = new FilterTranslation(request.Model, Subject, pattern);
        var filter = request.Parser.ParseFilter();
        var condition = filter is null ? null : translation.Translate(filter.Expression);
        var matched = condition is null ? translation.Pattern : new Filter(condition, translation.Pattern);
        if (countOnly)
        {
            http.Response.ContentType = "text/plain;charset=utf-8";
            output.Write(Encoding.UTF8.GetBytes(request.Reader.Count(matched).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return;
        }

        var order = new FilterTranslation(request.Model, Subject, matched);
        var conditions = new List<OrderCondition>();
        for (var clause = request.Parser.ParseOrderBy(); clause is not null; clause = clause.ThenBy)
        {
            conditions.Add(new OrderCondition(order.Translate(clause.Expression), clause.Direction == OrderByDirection.Descending));
        }

        // Ties are broken by the resource, so that pages never overlap.
        conditions.Add(new OrderCondition(new VariableExpression(Subject), false));
        GraphPattern page = new Project(new OrderBy(order.Pattern, [.. conditions]), [Subject]);
        if (request.Parser.ParseSkip() is not null || request.Parser.ParseTop() is not null)
        {
            page = new Slice(page, request.Parser.ParseSkip() ?? 0, request.Parser.ParseTop());
        }

        var shape = request.Parser.ParseSelectAndExpand();
        var iris = request.Reader.Select(page, Subject);
        using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartObject();
        json.WriteString("@odata.context", $"{request.Root}$metadata#{request.Path}");
        if (request.Parser.ParseCount() == true)
        {
            json.WriteNumber("@odata.count", request.Reader.Count(matched));
        }

        json.WriteStartArray("value");
        new EntityWriter(request.Model, request.Reader, json).WriteAll(iris, type, shape);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteService(ODataModel model, Uri root, MemoryStream output)
    {
        using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartObject();
        json.WriteString("@odata.context", $"{root}$metadata");
        json.WriteStartArray("value");
        foreach (var set in model.Edm.EntityContainer.EntitySets().OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", set.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetadata(HttpContext http, ODataModel model, MemoryStream output)
    {
        var format = http.Request.Query["$format"].ToString();
        if (format is "json" or "application/json" || (format.Length == 0 && http.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal)))
        {
            using var json = new Utf8JsonWriter(output, Json);
            CsdlWriter.TryWriteCsdl(model.Edm, json, out _);
            return;
        }

        http.Response.ContentType = "application/xml;charset=utf-8";
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true });
        CsdlWriter.TryWriteCsdl(model.Edm, xml, CsdlTarget.OData, out _);
    }

    private sealed record Request(ODataModel Model, ODataUriParser Parser, EntityReader Reader, Uri Root, string Path);
}
