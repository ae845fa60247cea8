using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.OData.Edm;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.OData.Requests;
using MuseumXtd.Server.OData.Writing;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.OData;

/// <summary>OData 4.01 over HTTP, below <c>/odata</c>.</summary>
internal sealed class ODataEndpoint : IDisposable
{
    private const string Prefix = "/odata";

    private readonly LiveDataset _dataset;
    private readonly Uri? _publicRoot;
    private readonly ODataService _service;
    private readonly ODataBatch _batch;

    public ODataEndpoint(LiveDataset dataset, ServerOptions options)
    {
        _dataset = dataset;
        _publicRoot = options.Harvest.PublicUrl is { } url ? new Uri(url.TrimEnd('/') + Prefix + "/") : null;
        _service = new ODataService(new QueryEngine(), options, ODataLimits.Default);
        _batch = new ODataBatch(_service);
    }

    /// <summary>The entity model.</summary>
    public IEdmModel Model => _service.Model.Edm;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.Map(Prefix + "/{**path}", AnswerAsync);

    public void Dispose() => _service.Dispose();

    private async Task AnswerAsync(HttpContext http)
    {
        if (IsOpenedByPeople(http))
        {
            await new ODataPage(_service.Model, CallOf(http).Root).WriteAsync(http).ConfigureAwait(false);
            return;
        }

        ODataAnswer answer;
        try
        {
            answer = await AnswerOfAsync(http).ConfigureAwait(false);
        }
        catch (ODataRequestException e)
        {
            answer = ODataService.Refused(e);
        }

        try
        {
            await SendAsync(http, answer).ConfigureAwait(false);
        }
        catch (Exception e) when (e is QueryBudgetException or ODataRequestException)
        {
            if (http.Response.HasStarted)
            {
                // What was sent must not pass for a complete answer.
                http.Abort();
                return;
            }

            foreach (var (name, _) in answer.Headers)
            {
                http.Response.Headers.Remove(name);
            }

            http.Response.ContentLength = null;
            await SendAsync(http, ODataService.Refused(e)).ConfigureAwait(false);
        }
    }

    /// <summary>Whether somebody opened the address of the service itself; clients of OData name their formats.</summary>
    private static bool IsOpenedByPeople(HttpContext http) =>
        (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) && http.Request.Path.Value!.TrimEnd('/').Equals(Prefix, StringComparison.OrdinalIgnoreCase)
        && http.Request.Query.Keys.All(k => k == "lang") && Representation.IsForPeople(http);

    private static async Task SendAsync(HttpContext http, ODataAnswer answer)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.ContentType is not null)
        {
            response.ContentType = answer.ContentType;
        }

        if (answer.Body is not null && !HttpMethods.IsHead(http.Request.Method))
        {
            await answer.Body(response.BodyWriter, length => response.ContentLength = length, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task<ODataAnswer> AnswerOfAsync(HttpContext http)
    {
        var request = http.Request;
        var call = CallOf(http);
        var state = _dataset.Current;
        if (call.Path is "$batch" && !HttpMethods.IsPost(request.Method))
        {
            var refused = ODataService.Refused(ErrorJson.Answer(new ODataRequestException(405, "A batch is sent by POST.")));
            refused.Headers.RemoveAll(h => h.Name == "Allow");
            refused.Headers.Add(("Allow", "POST"));
            return refused;
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return _service.Answer(call, state, http.RequestAborted);
        }

        if (HttpMethods.IsPost(request.Method) && call.Path == "$batch")
        {
            return await _batch.AnswerAsync(request, call, state, http.RequestAborted).ConfigureAwait(false);
        }

        if (HttpMethods.IsPost(request.Method) && call.Path.EndsWith("/$query", StringComparison.Ordinal))
        {
            // The options of a request in its body, where a URL would be too long (Part 2, section 4.17).
            return _service.Answer(await WithBodyAsync(request, call).ConfigureAwait(false), state, http.RequestAborted);
        }

        throw new ODataRequestException(405, "The service is for reading: GET and HEAD, and POST for $batch and $query.");
    }

    private ODataCall CallOf(HttpContext http)
    {
        // The path as it was sent: decoded, a slash within a key would be one between segments.
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var start = target.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
        var rest = start < 0 ? "" : target[(start + Prefix.Length)..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var path = (question < 0 ? rest : rest[..question]).TrimStart('/');
        // Clients follow the links of answers, so these lead to where the server is reached.
        var root = _publicRoot ?? new Uri($"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}{http.Request.PathBase}{Prefix}/");
        var headers = http.Request.Headers;
        return new ODataCall(path, question < 0 ? "" : rest[(question + 1)..], root, name => headers.TryGetValue(name, out var value) ? value.ToString() : null);
    }

    private async Task<ODataCall> WithBodyAsync(HttpRequest request, ODataCall call)
    {
        if (request.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ODataRequestException(415, "Options in a body are text/plain.");
        }

        using var reader = new StreamReader(request.Body);
        var buffer = new char[_service.Limits.MaxQueryLength + 1];
        var length = await reader.ReadBlockAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false);
        if (length > _service.Limits.MaxQueryLength)
        {
            throw new ODataRequestException(413, $"The options of a request may have {_service.Limits.MaxQueryLength} characters.");
        }

        var options = new string(buffer, 0, length).Trim();
        return call with { Path = call.Path[..^"/$query".Length], Query = call.Query.Length == 0 ? options : call.Query + "&" + options };
    }
}
