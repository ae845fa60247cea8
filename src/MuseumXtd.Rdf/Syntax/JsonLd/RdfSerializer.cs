using System.Globalization;
using System.Text;
using System.Text.Json;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>Expanded JSON-LD of a dataset (JSON-LD 1.1 API, section 8.4): lists become lists where nothing else is said of their cells.</summary>
internal sealed class RdfSerializer(JsonLdOptions options)
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string I18n = "https://www.w3.org/ns/i18n#";

    /// <summary>From graph names to nodes by name.</summary>
    private readonly SortedDictionary<string, SortedDictionary<string, JsonMap>> _graphs = new(StringComparer.Ordinal);

    /// <summary>The one place in all graphs that refers to a blank node, or null where there are several.</summary>
    private readonly Dictionary<string, Usage?> _once = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<Usage>> _nilUsages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _compounds = new(StringComparer.Ordinal);

    /// <summary>The expanded document.</summary>
    public List<object?> Serialize(IEnumerable<Quad> quads)
    {
        Graph(NodeMap.DefaultGraph);
        foreach (var quad in quads)
        {
            Add(quad);
        }

        foreach (var (name, graph) in _graphs)
        {
            FoldCompounds(name, graph);
            FoldLists(name, graph);
        }

        var result = new List<object?>();
        var defaultGraph = _graphs[NodeMap.DefaultGraph];
        foreach (var (id, node) in defaultGraph)
        {
            if (id != NodeMap.DefaultGraph && _graphs.TryGetValue(id, out var graph))
            {
                node["@graph"] = (List<object?>)[.. graph.Values.Where(n => n.Count > 1)];
            }

            if (node.Count > 1)
            {
                result.Add(node);
            }
        }

        return result;
    }

    private SortedDictionary<string, JsonMap> Graph(string name)
    {
        if (!_graphs.TryGetValue(name, out var graph))
        {
            _graphs[name] = graph = new SortedDictionary<string, JsonMap>(StringComparer.Ordinal);
            _nilUsages[name] = [];
            _compounds[name] = [];
        }

        return graph;
    }

    private void Add(Quad quad)
    {
        var name = quad.Graph is null ? NodeMap.DefaultGraph : Id(quad.Graph);
        var graph = Graph(name);
        if (name != NodeMap.DefaultGraph)
        {
            Node(_graphs[NodeMap.DefaultGraph], name);
        }

        var subject = Id(quad.Subject);
        var node = Node(graph, subject);
        var predicate = quad.Predicate.Value;
        if (options.Direction == RdfDirection.CompoundLiteral && predicate == Rdf + "direction")
        {
            _compounds[name].Add(subject);
        }

        if (quad.Object is not Literal literal)
        {
            var id = Id(quad.Object);
            Node(graph, id);
            if (predicate == Rdf + "type" && !options.UseRdfType)
            {
                Put(node, "@type", id);
                return;
            }

            var value = Put(node, predicate, new JsonMap { ["@id"] = id });
            var usage = new Usage(name, subject, predicate, (JsonMap)value!);
            if (id == Rdf + "nil")
            {
                _nilUsages[name].Add(usage);
            }
            else if (quad.Object is BlankNode)
            {
                _once[id] = _once.ContainsKey(id) ? null : usage;
            }
        }
        else
        {
            Put(node, predicate, Value(literal));
        }
    }

    private static JsonMap Node(SortedDictionary<string, JsonMap> graph, string id)
    {
        if (!graph.TryGetValue(id, out var node))
        {
            graph[id] = node = new JsonMap { ["@id"] = id };
        }

        return node;
    }

    private static object? Put(JsonMap node, string property, object? value)
    {
        if (!node.TryGetValue(property, out var values))
        {
            node[property] = values = new List<object?>();
        }

        var list = (List<object?>)values!;
        if (list.Find(v => JsonTree.AreEqual(v, value)) is { } same)
        {
            return same;
        }

        list.Add(value);
        return value;
    }

    private void FoldCompounds(string name, SortedDictionary<string, JsonMap> graph)
    {
        foreach (var id in _compounds[name])
        {
            if (!_once.TryGetValue(id, out var usage) || usage?.Graph != name || !graph.Remove(id, out var node))
            {
                continue;
            }

            var reference = usage.Value;
            reference.Remove("@id");
            reference["@value"] = TextOf(node, Rdf + "value");
            if (TextOf(node, Rdf + "language") is { } language)
            {
                reference["@language"] = LanguageTag.IsWellFormed(language)
                    ? language : throw new JsonLdException("invalid language-tagged string", $"'{language}' is no language tag.");
            }

            if (TextOf(node, Rdf + "direction") is { } direction)
            {
                reference["@direction"] = direction is "ltr" or "rtl"
                    ? direction : throw new JsonLdException("invalid base direction", $"'{direction}' is neither ltr nor rtl.");
            }
        }
    }

    private static string? TextOf(JsonMap node, string property) =>
        node.TryGetValue(property, out var values) && values is List<object?> { Count: > 0 } list && list[0] is JsonMap value
            ? value.GetValueOrDefault("@value") as string : null;

    private void FoldLists(string name, SortedDictionary<string, JsonMap> graph)
    {
        foreach (var start in _nilUsages[name])
        {
            var usage = start;
            var (items, cells) = (new List<object?>(), new List<string>());
            while (usage.Property == Rdf + "rest" && ActiveContext.IsBlankNode(usage.Node)
                && _once.TryGetValue(usage.Node, out var before) && before?.Graph == name
                && graph.TryGetValue(usage.Node, out var cell) && IsCell(cell))
            {
                items.Add(((List<object?>)cell[Rdf + "first"]!)[0]);
                cells.Add(usage.Node);
                usage = before;
                if (!ActiveContext.IsBlankNode(usage.Node) || cells.Contains(usage.Node))
                {
                    break;
                }
            }

            usage.Value.Remove("@id");
            items.Reverse();
            usage.Value["@list"] = items;
            cells.ForEach(c => graph.Remove(c));
        }
    }

    /// <summary>A cell says what it holds and what follows, and nothing else but that it is a list.</summary>
    private static bool IsCell(JsonMap node) =>
        node.TryGetValue(Rdf + "first", out var first) && first is List<object?> { Count: 1 }
        && node.TryGetValue(Rdf + "rest", out var rest) && rest is List<object?> { Count: 1 }
        && (node.Count == 3 || (node.Count == 4 && node.TryGetValue("@type", out var type) && type is List<object?> { Count: 1 } types && types[0] is Rdf + "List"));

    private JsonMap Value(Literal literal)
    {
        var result = new JsonMap();
        object? value = literal.LexicalForm;
        string? type = null;
        var datatype = literal.Datatype.Value;
        if (options.UseNativeTypes && datatype == Xsd.Namespace + "boolean" && literal.LexicalForm is "true" or "false" or "1" or "0")
        {
            value = literal.LexicalForm is "true" or "1";
        }
        else if (options.UseNativeTypes && datatype is Xsd.Namespace + "integer" or Xsd.Namespace + "double"
            && double.TryParse(literal.LexicalForm, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            value = new JsonNumber(JsonTree.Canonical(number));
        }
        else if (datatype == Rdf + "JSON" && !options.IsVersion10)
        {
            try
            {
                value = JsonTree.Parse(Encoding.UTF8.GetBytes(literal.LexicalForm), options.MaxDepth);
            }
            catch (JsonException e)
            {
                throw new JsonLdException("invalid JSON literal", e.Message);
            }

            type = "@json";
        }
        else if (datatype.StartsWith(I18n, StringComparison.Ordinal) && options.Direction == RdfDirection.I18nDatatype)
        {
            var parts = datatype[I18n.Length..].Split('_');
            if (parts[0].Length > 0)
            {
                result["@language"] = parts[0];
            }

            if (parts.Length > 1)
            {
                result["@direction"] = parts[1];
            }
        }
        else if (literal.Language is not null)
        {
            result["@language"] = literal.Language;
            if (literal.Direction != BaseDirection.None)
            {
                result["@direction"] = literal.Direction == BaseDirection.LeftToRight ? "ltr" : "rtl";
            }
        }
        else if (datatype != Xsd.Namespace + "string")
        {
            type = datatype;
        }

        result["@value"] = value;
        if (type is not null)
        {
            result["@type"] = type;
        }

        return result;
    }

    private static string Id(Term term) => term switch
    {
        Iri iri => iri.Value,
        BlankNode node => "_:" + node.Label,
        _ => throw new RdfWriteException("JSON-LD 1.1 has no triple terms; choose another syntax, such as Turtle."),
    };

    private sealed record Usage(string Graph, string Node, string Property, JsonMap Value);
}
