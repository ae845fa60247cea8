using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OData.Edm;
using Microsoft.OpenApi;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.OpenApi;

/// <summary>The description of all doors, for programs at <c>/openapi.json</c> and for people at <c>/api</c>.</summary>
internal sealed class OpenApiEndpoint
{
    private readonly Lazy<(OpenApiDocument Document, byte[] Json, string ETag)> _description;

    /// <summary>An endpoint that makes its document when it is first asked for.</summary>
    public OpenApiEndpoint(Func<IEdmModel> model, ServerOptions options) => _description = new(() =>
    {
        var document = OpenApiDescription.Of(model(), options.IsWritable);
        using var output = new MemoryStream();
        using (var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" })
        {
            document.SerializeAsV31(new OpenApiJsonWriter(text));
        }

        var bytes = output.ToArray();
        return (document, bytes, $"\"{System.IO.Hashing.XxHash128.HashToUInt128(bytes):x32}\"");
    });

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = ["GET", "HEAD"];
        routes.MapMethods("/openapi.json", read, AnswerAsync);
        routes.MapMethods("/api", read, http => new ApiPage(_description.Value.Document).WriteAsync(http));
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var (_, json, etag) = _description.Value;
        if (Caching.IsUnchanged(http, etag))
        {
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(json, http.RequestAborted).ConfigureAwait(false);
        }
    }
}
