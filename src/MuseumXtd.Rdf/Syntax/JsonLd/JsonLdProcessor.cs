using System.Text;
using System.Text.Json;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>JSON-LD 1.1 on documents as JSON text: expansion and the rest of the API's algorithms.</summary>
public static class JsonLdProcessor
{
    /// <summary>Expands a document.</summary>
    /// <param name="document">The document: JSON text in UTF-8.</param>
    /// <param name="options">Options.</param>
    /// <returns>The expanded document as JSON text.</returns>
    /// <exception cref="JsonLdException">The document breaks a rule of JSON-LD.</exception>
    /// <exception cref="RdfSyntaxException">The document is no JSON.</exception>
    public static string Expand(ReadOnlySpan<byte> document, JsonLdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Text(new Expansion(new ContextProcessor(options)).ExpandDocument(Parse(document, options)));
    }

    /// <summary>Hands the statements of a document to a sink (section 8.1).</summary>
    /// <param name="document">The document: JSON text in UTF-8.</param>
    /// <param name="sink">What takes them.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="JsonLdException">The document breaks a rule of JSON-LD.</exception>
    /// <exception cref="RdfSyntaxException">The document is no JSON.</exception>
    public static void ToRdf(ReadOnlySpan<byte> document, IQuadSink sink, JsonLdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var expanded = new Expansion(new ContextProcessor(options)).ExpandDocument(Parse(document, options));
        var labels = new BlankNodeLabels("");
        var map = new NodeMap(labels.Of);
        map.Add(expanded);
        new RdfDeserializer(sink, options, labels.Fresh).Write(map);
    }

    internal static object? Parse(ReadOnlySpan<byte> json, JsonLdOptions options)
    {
        try
        {
            return JsonTree.Parse(json, options.MaxDepth);
        }
        catch (JsonException e)
        {
            throw new RdfSyntaxException("jsonld-not-well-formed", "Not well-formed JSON. " + e.Message, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }
    }

    internal static string Text(object? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonTree.Write(value, writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
