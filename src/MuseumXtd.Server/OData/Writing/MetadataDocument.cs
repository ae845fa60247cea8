using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Requests;

namespace MuseumXtd.Server.OData.Writing;

/// <summary><c>$metadata</c> as XML and as JSON, written once.</summary>
internal sealed class MetadataDocument
{
    private const string XmlType = "application/xml";
    private const string JsonType = "application/json";
    private readonly byte[] _xml;
    private readonly byte[] _json;

    public MetadataDocument(EntityModel model)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            Check(CsdlWriter.TryWriteCsdl(model.Edm, xml, CsdlTarget.OData, out var errors), errors);
        }

        _xml = buffer.ToArray();
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = ErrorJson.Options.Encoder }))
        {
            Check(CsdlWriter.TryWriteCsdl(model.Edm, json, out var errors), errors);
        }

        _json = Completed(written.WrittenSpan, model);
        Version = Convert.ToHexStringLower(System.IO.Hashing.XxHash128.Hash(_xml));
    }

    /// <summary>A name of this state of the model.</summary>
    public string Version { get; }

    public ODataAnswer Answer(ODataCall call, string? format)
    {
        var type = format?.Split(';')[0].ToLowerInvariant() switch
        {
            null => Negotiated(call),
            "xml" or XmlType => XmlType,
            "json" or JsonType => JsonType,
            _ => null,
        };
        return type switch
        {
            XmlType => ODataAnswer.Bytes("application/xml;charset=utf-8", _xml),
            JsonType => ODataAnswer.Bytes("application/json;charset=utf-8", _json),
            _ => throw new ODataRequestException(406, "Available: application/xml, application/json.", format is null ? null : "$format"),
        };
    }

    /// <summary>
    /// Clients of OData 4.0 know the model as XML only, though tools among them ask for everything with one header that prefers JSON.
    /// </summary>
    private static string? Negotiated(ODataCall call)
    {
        var accept = call.Header("Accept");
        return Preferences.VersionOf(call) == "4.0" && ContentNegotiation.Choose(accept, [XmlType]) == 0
            ? XmlType
            : ContentNegotiation.Choose(accept, [XmlType, JsonType]) switch { 0 => XmlType, 1 => JsonType, _ => null };
    }

    private static void Check(bool isWritten, IEnumerable<Microsoft.OData.Edm.Validation.EdmError> errors)
    {
        if (!isWritten)
        {
            throw new InvalidOperationException("The model cannot be written: " + string.Join("; ", errors.Select(e => e.ErrorMessage)));
        }
    }

    /// <summary>The library leaves out that a link to one may lead nowhere (CSDL JSON, section 8.3).</summary>
    private static byte[] Completed(ReadOnlySpan<byte> json, EntityModel model)
    {
        var document = JsonNode.Parse(json)!;
        foreach (var type in model.Edm.SchemaElements.OfType<IEdmEntityType>())
        {
            foreach (var link in type.DeclaredNavigationProperties().Where(n => n.TargetMultiplicity() == EdmMultiplicity.ZeroOrOne))
            {
                if (document[type.Namespace]?[type.Name]?[link.Name] is JsonObject member)
                {
                    member["$Nullable"] = true;
                }
            }
        }

        return Encoding.UTF8.GetBytes(document.ToJsonString(new JsonSerializerOptions { Encoder = ErrorJson.Options.Encoder }));
    }
}
