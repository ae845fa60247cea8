using Microsoft.OData.Edm;
using Microsoft.OpenApi;

namespace MuseumXtd.Server.OpenApi;

/// <summary>
/// All that the server answers over HTTP as one OpenAPI 3.1 document. What does not depend on the ontology is told in <c>http.json</c>;
/// the paths and schemas of OData come from the entity model.
/// </summary>
internal static class OpenApiDescription
{
    private static readonly string[] Writing = ["/update", "/graphs", "/graphs/{path}"];

    /// <summary>The description of a server.</summary>
    /// <param name="model">The entity model of its OData.</param>
    /// <param name="isWritable">Whether it takes updates.</param>
    public static OpenApiDocument Of(IEdmModel model, bool isWritable)
    {
        using var stream = typeof(OpenApiDescription).Assembly.GetManifestResourceStream("MuseumXtd.Server.OpenApi.http.json")!;
        using var reader = new StreamReader(stream);
        var read = OpenApiDocument.Parse(reader.ReadToEnd(), OpenApiConstants.Json);
        var document = read.Document is { } parsed && read.Diagnostic?.Errors.Count is null or 0
            ? read.Document
            : throw new InvalidDataException("http.json: " + string.Join("; ", read.Diagnostic?.Errors.Select(e => e.ToString()) ?? []));
        if (!isWritable)
        {
            foreach (var path in Writing)
            {
                document.Paths.Remove(path);
            }
        }

        new ODataPaths(model, document).Add();
        document.RegisterComponents();
        return document;
    }
}
