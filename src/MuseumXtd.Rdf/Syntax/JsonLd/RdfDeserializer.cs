using System.Globalization;
using System.Text;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>The statements of a node map (JSON-LD 1.1 API, section 8.1). What is no well-formed RDF is left out, as the algorithm says.</summary>
internal sealed class RdfDeserializer(IQuadSink sink, JsonLdOptions options, Func<string> freshNode)
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string I18n = "https://www.w3.org/ns/i18n#";

    private byte[] _graph = [];

    public void Write(NodeMap map)
    {
        foreach (var (name, graph) in map.Graphs)
        {
            if (name == NodeMap.DefaultGraph)
            {
                _graph = [];
            }
            else if (Node(name) is { } encoded)
            {
                _graph = encoded;
            }
            else
            {
                continue;
            }

            foreach (var (id, node) in graph)
            {
                if (Node(id) is { } subject)
                {
                    WriteNode(subject, (JsonMap)node!);
                }
            }
        }
    }

    private void WriteNode(byte[] subject, JsonMap node)
    {
        foreach (var (property, values) in node)
        {
            if (property == "@type")
            {
                foreach (var type in JsonTree.ToArray(values))
                {
                    if (Node((string)type!) is { } @class)
                    {
                        Emit(subject, Encode(Rdf + "type"), @class);
                    }
                }

                continue;
            }

            if (Keywords.Contains(property) || (ActiveContext.IsBlankNode(property) && !options.ProduceGeneralizedRdf) || Node(property) is not { } predicate)
            {
                continue;
            }

            foreach (var value in JsonTree.ToArray(values))
            {
                if (Object((JsonMap)value!) is { } term)
                {
                    Emit(subject, predicate, term);
                }
            }
        }
    }

    private byte[]? Object(JsonMap item)
    {
        if (item.TryGetValue("@list", out var list))
        {
            return List((List<object?>)list!);
        }

        return item.TryGetValue("@value", out var value) ? Literal(item, value)
            : item.GetValueOrDefault("@id") is string id ? Node(id) : null;
    }

    private byte[] List(List<object?> items)
    {
        var head = Encode(Rdf + "nil");
        var cells = items.ConvertAll(_ => Encoding.UTF8.GetBytes(freshNode()));
        for (var i = 0; i < items.Count; i++)
        {
            if (Object((JsonMap)items[i]!) is { } term)
            {
                Emit(cells[i], Encode(Rdf + "first"), term);
            }

            Emit(cells[i], Encode(Rdf + "rest"), i + 1 < items.Count ? cells[i + 1] : head);
        }

        return cells.Count > 0 ? cells[0] : head;
    }

    private byte[]? Literal(JsonMap item, object? value)
    {
        var type = item.GetValueOrDefault("@type") as string;
        if (type is not null && type != "@json" && Node(type) is null)
        {
            return null;
        }

        var language = item.GetValueOrDefault("@language") as string;
        if (language is not null && !LanguageTag.IsWellFormed(language))
        {
            return null;
        }

        string text;
        switch (value)
        {
            case var json when type == "@json":
                return Encoded(JsonTree.Canonical(json), Rdf + "JSON");
            case bool flag:
                return Encoded(flag ? "true" : "false", type ?? Xsd.Namespace + "boolean");
            case JsonNumber { Value: var number }:
                var isWhole = number == Math.Truncate(number) && Math.Abs(number) < 1e21 && type != Xsd.Namespace + "double";
                return isWhole
                    ? Encoded((number == 0 ? 0 : number).ToString("F0", CultureInfo.InvariantCulture), type ?? Xsd.Namespace + "integer")
                    : Encoded(CanonicalDouble(number), type ?? Xsd.Namespace + "double");
            default:
                text = (string?)value ?? "";
                break;
        }

        var direction = item.GetValueOrDefault("@direction") as string;
        if (direction is not null && options.Direction == RdfDirection.I18nDatatype)
        {
            return Encoded(text, $"{I18n}{language?.ToLowerInvariant()}_{direction}");
        }

        if (direction is not null && options.Direction == RdfDirection.CompoundLiteral)
        {
            var node = Encoding.UTF8.GetBytes(freshNode());
            Emit(node, Encode(Rdf + "value"), Encoded(text, null));
            if (language is not null)
            {
                Emit(node, Encode(Rdf + "language"), Encoded(language.ToLowerInvariant(), null));
            }

            Emit(node, Encode(Rdf + "direction"), Encoded(direction, null));
            return node;
        }

        if (language is not null && direction is not null && options.Direction == RdfDirection.DirectionalLiteral)
        {
            return Encoding.UTF8.GetBytes($"\"{text}\"@{language}--{direction}");
        }

        return language is not null ? Encoding.UTF8.GetBytes($"\"{text}\"@{language}") : Encoded(text, type);
    }

    /// <summary>A double as XML Schema's canonical form has it, with 15 digits after the point at most.</summary>
    private static string CanonicalDouble(double number)
    {
        var text = number.ToString("E15", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = text[..e].TrimEnd('0');
        return (mantissa.EndsWith('.') ? mantissa + "0" : mantissa) + "E" + int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    private static byte[] Encode(string iri) => Encoding.UTF8.GetBytes("<" + iri);

    private static byte[] Encoded(string text, string? type) =>
        Encoding.UTF8.GetBytes(type is null or Xsd.Namespace + "string" ? $"\"{text}\"" : $"\"{text}\"^^<{type}");

    /// <summary>An IRI or blank node; null for what is neither.</summary>
    private static byte[]? Node(string id)
    {
        if (ActiveContext.IsBlankNode(id))
        {
            return Encoding.UTF8.GetBytes(id);
        }

        return ActiveContext.IsWellFormed(id) ? Encode(id) : null;
    }

    private void Emit(byte[] subject, byte[] predicate, byte[] value) => sink.Quad(subject, predicate, value, _graph);
}
