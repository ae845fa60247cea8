using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.OpenApi;

/// <summary>The description of all doors as a page: each operation can be opened, and nothing is loaded from elsewhere.</summary>
internal sealed class ApiPage(OpenApiDocument document) : Page
{
    /// <inheritdoc/>
    protected override string Title => T("api");

    /// <inheritdoc/>
    protected override void WriteMain(Html html)
    {
        html.Element("p", T("apiIntro"), ("class", "lead"));
        using (html.Open("p"))
        {
            html.Element("a", "OpenAPI 3.1", ("href", "/openapi.json"), ("type", "application/json"));
        }

        var operations = document.Paths
            .SelectMany(p => (p.Value.Operations ?? []).Select(o => (Path: p.Key, Item: p.Value, Method: o.Key.Method, Operation: o.Value)))
            .ToLookup(o => o.Operation.Tags?.FirstOrDefault()?.Name ?? "");
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
        {
            if (!operations.Contains(tag.Name!))
            {
                continue;
            }

            html.Element("h2", tag.Name!);
            html.Element("p", InLanguage(tag.Extensions, "x-description-fr", tag.Description));
            foreach (var entitySet in operations[tag.Name!].GroupBy(o => EntitySetOf(o.Path)))
            {
                using var group = entitySet.Key is null ? default(Html.Scope?) : html.Open("details", ("id", entitySet.Key));
                if (entitySet.Key is not null)
                {
                    html.Element("summary", entitySet.Key);
                }

                foreach (var (path, item, method, operation) in entitySet)
                {
                    WriteOperation(html, path, item, method, operation);
                }
            }
        }
    }

    /// <summary>An entity set has many addresses, which are shown together.</summary>
    private static string? EntitySetOf(string path) =>
        path.StartsWith("/odata/", StringComparison.Ordinal) && path["/odata/".Length] != '$' ? path["/odata/".Length..].Split('(', '/')[0] : null;

    private void WriteOperation(Html html, string path, IOpenApiPathItem item, string method, OpenApiOperation operation)
    {
        using var details = html.Open("details", ("id", operation.OperationId));
        using (html.Open("summary"))
        {
            html.Element("code", $"{method} {path}");
            html.Text(" " + InLanguage(operation.Extensions, "x-summary-fr", operation.Summary));
        }

        var parameters = (item.Parameters ?? []).Concat(operation.Parameters ?? []).ToList();
        if (parameters.Count > 0)
        {
            html.Element("h3", T("apiParameters"));
            using var list = html.Open("dl", ("lang", "en"));
            foreach (var parameter in parameters)
            {
                using (html.Open("dt"))
                {
                    html.Element("code", parameter.Name ?? "");
                    html.Text($" {TypeOf(parameter.Schema)}{(parameter.Required ? " *" : "")}");
                }

                html.Element("dd", parameter.Description ?? "");
            }
        }

        if (operation.RequestBody?.Content is { Count: > 0 } body)
        {
            html.Element("h3", T("apiBody"));
            WriteMediaTypes(html, body.Keys);
        }

        html.Element("h3", T("apiResponses"));
        using var answers = html.Open("dl", ("lang", "en"));
        foreach (var (status, response) in operation.Responses ?? [])
        {
            html.Element("dt", status);
            using var text = html.Open("dd");
            html.Text(response.Description ?? "");
            if (response.Content is { Count: > 0 } content)
            {
                WriteMediaTypes(html, content.Keys);
            }
        }
    }

    private static void WriteMediaTypes(Html html, IEnumerable<string> types)
    {
        using var paragraph = html.Open("p");
        foreach (var type in types)
        {
            html.Element("code", type);
            html.Text(" ");
        }
    }

    private static string TypeOf(IOpenApiSchema? schema) => schema switch
    {
        null => "",
        { Enum.Count: > 0 } => string.Join(" | ", schema.Enum.Select(e => e?.ToString())),
        { Type: JsonSchemaType.Array, Items: { } items } => TypeOf(items) + "[]",
        { Type: { } type } => string.Join(" | ", type.ToIdentifiers()),
        _ => "",
    };

    private string InLanguage(IDictionary<string, IOpenApiExtension>? extensions, string french, string? english) =>
        Language == "fr" && extensions?.TryGetValue(french, out var value) == true && value is JsonNodeExtension { Node: JsonValue text }
            ? text.GetValue<string>()
            : english ?? "";
}
