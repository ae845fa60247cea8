using System.Text;
using System.Text.Json;
using MuseumXtd.Rdf.Model;

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

    /// <summary>Expanded JSON-LD of a dataset (section 8.4).</summary>
    /// <param name="quads">The statements.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="JsonLdException">A literal is no JSON though its datatype says so, or has a bad language or direction.</exception>
    /// <exception cref="RdfWriteException">There is a triple term, which JSON-LD 1.1 does not have.</exception>
    public static string FromRdf(IEnumerable<Quad> quads, JsonLdOptions options)
    {
        ArgumentNullException.ThrowIfNull(quads);
        ArgumentNullException.ThrowIfNull(options);
        return Text(new RdfSerializer(options).Serialize(quads));
    }

    /// <summary>Compacts a document (section 6).</summary>
    /// <param name="document">The document: JSON text in UTF-8.</param>
    /// <param name="context">The context, or an object with one as its <c>@context</c>: JSON text in UTF-8.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="JsonLdException">The document or the context breaks a rule of JSON-LD.</exception>
    /// <exception cref="RdfSyntaxException">One of them is no JSON.</exception>
    public static string Compact(ReadOnlySpan<byte> document, ReadOnlySpan<byte> context, JsonLdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var contexts = new ContextProcessor(options);
        var expanded = new Expansion(contexts).ExpandDocument(Parse(document, options));
        return Text(new Compaction(contexts).CompactDocument(expanded, Parse(context, options), options.Base));
    }

    /// <summary>Flattens a document (section 7), and compacts the result where there is a context.</summary>
    /// <param name="document">The document: JSON text in UTF-8.</param>
    /// <param name="context">A context as for <see cref="Compact"/>; empty for none.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="JsonLdException">The document or the context breaks a rule of JSON-LD.</exception>
    /// <exception cref="RdfSyntaxException">One of them is no JSON.</exception>
    public static string Flatten(ReadOnlySpan<byte> document, ReadOnlySpan<byte> context, JsonLdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var contexts = new ContextProcessor(options);
        var flat = Flattening.Flatten(new Expansion(contexts).ExpandDocument(Parse(document, options)));
        return Text(context.IsEmpty ? flat : new Compaction(contexts).CompactDocument(flat, Parse(context, options), options.Base));
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
