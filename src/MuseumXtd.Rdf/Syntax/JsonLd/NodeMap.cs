namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>All nodes of an expanded document by graph and name, each once with all that is said of it (JSON-LD 1.1 API, section 7.2).</summary>
internal sealed class NodeMap(Func<string?, string> issue)
{
    public const string DefaultGraph = "@default";

    // Longer lists of values are looked up by hash: one thing may name thousands of others.
    private const int LongList = 32;

    private readonly Dictionary<List<object?>, HashSet<object?>> _long = new(ReferenceEqualityComparer.Instance);

    /// <summary>From graph names to the nodes of the graph, by their names.</summary>
    public SortedDictionary<string, JsonMap> Graphs { get; } = new(StringComparer.Ordinal) { [DefaultGraph] = [] };

    /// <summary>Adds an expanded document or a part of one.</summary>
    public void Add(object? element) => Add(element, DefaultGraph, null, null, null);

    private void Add(object? element, string graphName, object? subject, string? property, JsonMap? list)
    {
        if (element is List<object?> items)
        {
            items.ForEach(item => Add(item, graphName, subject, property, list));
            return;
        }

        if (element is not JsonMap map)
        {
            return;
        }

        if (!Graphs.TryGetValue(graphName, out var graph))
        {
            Graphs[graphName] = graph = [];
        }

        var node = subject is string name ? (JsonMap)graph[name]! : null;
        if (map.TryGetValue("@type", out var types))
        {
            map["@type"] = types is List<object?> several
                ? several.ConvertAll(t => (object?)Renamed((string)t!)) : Renamed((string)types!);
        }

        if (map.ContainsKey("@value"))
        {
            Put(map, unlessThere: true);
        }
        else if (map.TryGetValue("@list", out var inner))
        {
            var result = new JsonMap { ["@list"] = new List<object?>() };
            Add(inner, graphName, subject, property, result);
            Put(result, unlessThere: false);
        }
        else
        {
            AddNode(map, graphName, graph, subject, property, list);
        }

        void Put(JsonMap value, bool unlessThere)
        {
            if (list is not null)
            {
                ((List<object?>)list["@list"]!).Add(value);
            }
            else
            {
                AddValue(node!, property!, value, unlessThere);
            }
        }
    }

    private void AddNode(JsonMap map, string graphName, JsonMap graph, object? subject, string? property, JsonMap? list)
    {
        // What is said to be no node (its @id looks like a keyword) is none, and leads nowhere.
        if (map.Remove("@id", out var given) && given is null)
        {
            return;
        }

        var id = given is string iri ? Renamed(iri) : issue(null);
        if (!graph.TryGetValue(id, out var found))
        {
            graph[id] = found = new JsonMap(map.Offset) { ["@id"] = id };
        }

        var node = (JsonMap)found!;
        if (subject is JsonMap referring)
        {
            AddValue(node, property!, referring, unlessThere: true);
        }
        else if (property is not null)
        {
            var reference = new JsonMap { ["@id"] = id };
            if (list is null)
            {
                AddValue((JsonMap)graph[(string)subject!]!, property, reference, unlessThere: true);
            }
            else
            {
                ((List<object?>)list["@list"]!).Add(reference);
            }
        }

        if (map.Remove("@type", out var types))
        {
            foreach (var type in JsonTree.ToArray(types))
            {
                AddValue(node, "@type", type, unlessThere: true);
            }
        }

        if (map.Remove("@index", out var index))
        {
            if (node.TryGetValue("@index", out var other) && !Equals(other, index))
            {
                throw new JsonLdException("conflicting indexes", $"The node {id} has two values of @index.");
            }

            node["@index"] = index;
        }

        if (map.Remove("@reverse", out var reverse))
        {
            foreach (var (reversed, values) in (JsonMap)reverse!)
            {
                foreach (var value in JsonTree.ToArray(values))
                {
                    Add(value, graphName, new JsonMap { ["@id"] = id }, reversed, null);
                }
            }
        }

        if (map.Remove("@graph", out var nested))
        {
            Graphs.TryAdd(id, []);
            Add(nested, id, null, null, null);
        }

        if (map.Remove("@included", out var included))
        {
            Add(included, graphName, null, null, null);
        }

        foreach (var key in map.Keys.Order(StringComparer.Ordinal).ToList())
        {
            var name = Renamed(key);
            node.TryAdd(name, new List<object?>());
            Add(map[key], graphName, id, name, null);
        }
    }

    private string Renamed(string id) => ActiveContext.IsBlankNode(id) ? issue(id) : id;

    private void AddValue(JsonMap node, string property, object? value, bool unlessThere)
    {
        if (!node.TryGetValue(property, out var values))
        {
            node[property] = values = new List<object?>();
        }

        var list = (List<object?>)values!;
        if (list.Count < LongList)
        {
            if (!unlessThere || !list.Exists(v => JsonTree.AreEqual(v, value)))
            {
                list.Add(value);
            }

            return;
        }

        if (!_long.TryGetValue(list, out var known))
        {
            _long[list] = known = new HashSet<object?>(list, JsonTree.Equality);
        }

        if (known.Add(value) || !unlessThere)
        {
            list.Add(value);
        }
    }
}
