namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>Compaction: writes an expanded document with the names of a context (JSON-LD 1.1 API, section 6.1).</summary>
internal sealed class Compaction(ContextProcessor contexts)
{
    private readonly JsonLdOptions _options = contexts.Options;
    private readonly IriCompaction _iris = new(contexts.Options);

    /// <summary>Compacts an expanded document.</summary>
    public JsonMap CompactDocument(List<object?> expanded, object? context, string? baseUrl)
    {
        if (context is JsonMap map && map.TryGetValue("@context", out var inner))
        {
            context = inner;
        }

        var active = contexts.Process(new ActiveContext(_options.Base), context, baseUrl);
        var result = Compact(active, null, expanded) switch
        {
            JsonMap one => one,
            List<object?> { Count: 0 } => [],
            var several => new JsonMap { [Alias(active, "@graph")] = several },
        };
        if (context is JsonMap { Count: 0 } or List<object?> { Count: 0 } or null)
        {
            return result;
        }

        result.Insert(0, "@context", context);
        return result;
    }

    private object? Compact(ActiveContext active, string? activeProperty, object? element)
    {
        var definition = active.Term(activeProperty);
        if (element is List<object?> list)
        {
            var items = list.ConvertAll(i => Compact(active, activeProperty, i));
            items.RemoveAll(i => i is null);
            return items.Count != 1 || !_options.CompactArrays || activeProperty is "@graph" or "@set"
                || definition?.Holds("@list") == true || definition?.Holds("@set") == true ? items : items[0];
        }

        if (element is not JsonMap map)
        {
            return element;
        }

        var typeScoped = active;
        if (active.Previous is not null && !map.ContainsKey("@value") && !(map.Count == 1 && map.ContainsKey("@id")))
        {
            active = active.Previous;
        }

        if (definition is { HasContext: true })
        {
            active = contexts.Process(active, definition.Context, definition.BaseUrl, overrideProtected: true);
        }

        definition = active.Term(activeProperty);
        if (map.ContainsKey("@value") || map.ContainsKey("@id"))
        {
            var value = CompactValue(active, activeProperty, map);
            if (value is not JsonMap and not List<object?> || definition?.Type == "@json")
            {
                return value;
            }
        }

        if (map.TryGetValue("@list", out var listed) && definition?.Holds("@list") == true)
        {
            return Compact(active, activeProperty, listed);
        }

        if (map.TryGetValue("@type", out var types))
        {
            foreach (var type in JsonTree.ToArray(types).ConvertAll(t => _iris.Compact(typeScoped, (string?)t, vocab: true)!).Order(StringComparer.Ordinal))
            {
                if (typeScoped.Term(type) is { HasContext: true } scoped)
                {
                    active = contexts.Process(active, scoped.Context, scoped.BaseUrl, propagate: false);
                }
            }
        }

        var result = new JsonMap();
        foreach (var property in _options.Ordered ? map.Keys.Order(StringComparer.Ordinal).ToList() : [.. map.Keys])
        {
            CompactEntry(active, typeScoped, activeProperty, property, map[property], result);
        }

        return result;
    }

    private void CompactEntry(
        ActiveContext active, ActiveContext typeScoped, string? activeProperty, string property, object? value, JsonMap result)
    {
        switch (property)
        {
            case "@id":
                result[Alias(active, "@id")] = value is string id ? _iris.Compact(active, id) : value;
                return;
            case "@type":
                var alias = Alias(active, "@type");
                var types = JsonTree.ToArray(value).ConvertAll(t => (object?)_iris.Compact(typeScoped, (string?)t, vocab: true));
                var asSet = (active.Term(alias)?.Holds("@set") == true && !_options.IsVersion10) || !_options.CompactArrays;
                Add(result, alias, types.Count == 1 ? types[0] : types, asSet);
                return;
            case "@reverse":
                var reverse = (JsonMap)Compact(active, "@reverse", value)!;
                foreach (var name in reverse.Keys.ToList())
                {
                    if (active.Term(name) is { IsReverse: true } definition)
                    {
                        reverse.Remove(name, out var reversed);
                        Add(result, name, reversed, definition.Holds("@set") || !_options.CompactArrays);
                    }
                }

                if (reverse.Count > 0)
                {
                    result[Alias(active, "@reverse")] = reverse;
                }

                return;
            case "@index" when active.Term(activeProperty)?.Holds("@index") == true:
                return;
            case "@direction" or "@index" or "@language" or "@value":
                result[Alias(active, property)] = value;
                return;
            default:
                break;
        }

        var insideReverse = activeProperty == "@reverse";
        var items = (List<object?>)value!;
        if (items.Count == 0)
        {
            var name = _iris.Compact(active, property, items, vocab: true, insideReverse)!;
            Add(NestOf(active, name, result), name, new List<object?>(), true);
        }

        foreach (var item in items)
        {
            CompactItem(active, property, item, insideReverse, result);
        }
    }

    private JsonMap NestOf(ActiveContext active, string name, JsonMap result)
    {
        if (active.Term(name)?.Nest is not { } nest)
        {
            return result;
        }

        if (nest != "@nest" && contexts.Expand(active, nest, vocab: true) != "@nest")
        {
            throw new JsonLdException("invalid @nest value", $"'{nest}' does not mean @nest.");
        }

        if (!result.TryGetValue(nest, out var nested))
        {
            result[nest] = nested = new JsonMap();
        }

        return (JsonMap)nested!;
    }

    private void CompactItem(ActiveContext active, string property, object? item, bool insideReverse, JsonMap result)
    {
        var name = _iris.Compact(active, property, item, vocab: true, insideReverse)!;
        var nest = NestOf(active, name, result);
        var definition = active.Term(name);
        bool Holds(string container) => definition?.Holds(container) == true;
        var asArray = Holds("@set") || name is "@graph" or "@list" || !_options.CompactArrays;
        var map = item as JsonMap;
        var isList = map?.ContainsKey("@list") == true;
        var isGraph = map is not null && IriCompaction.IsGraph(map);
        var compacted = Compact(active, name, isList ? map!["@list"] : isGraph ? map!["@graph"] : item);
        if (isList)
        {
            var list = JsonTree.ToArray(compacted);
            if (Holds("@list"))
            {
                nest[name] = list;
                return;
            }

            var wrapped = new JsonMap { [Alias(active, "@list")] = list };
            if (map!.TryGetValue("@index", out var index))
            {
                wrapped[Alias(active, "@index")] = index;
            }

            Add(nest, name, wrapped, asArray);
        }
        else if (isGraph)
        {
            CompactGraph(active, name, definition, map!, compacted, asArray, nest);
        }
        else if (!Holds("@graph") && (Holds("@language") || Holds("@index") || Holds("@id") || Holds("@type")))
        {
            CompactIntoMap(active, name, definition!, map!, compacted, asArray, nest);
        }
        else
        {
            Add(nest, name, compacted, asArray);
        }
    }

    private void CompactGraph(
        ActiveContext active, string name, TermDefinition? definition, JsonMap item, object? compacted, bool asArray, JsonMap nest)
    {
        bool Holds(string container) => definition?.Holds(container) == true;
        var isSimple = !item.ContainsKey("@id");
        if (Holds("@graph") && (Holds("@id") || (Holds("@index") && isSimple)))
        {
            if (!nest.TryGetValue(name, out var byKey))
            {
                nest[name] = byKey = new JsonMap();
            }

            var key = Holds("@id") ? _iris.Compact(active, item.GetValueOrDefault("@id") as string) : item.GetValueOrDefault("@index") as string;
            Add((JsonMap)byKey!, key ?? Alias(active, "@none"), compacted, asArray);
            return;
        }

        if (Holds("@graph") && isSimple)
        {
            Add(nest, name, compacted is List<object?> { Count: > 1 } ? new JsonMap { [Alias(active, "@included")] = compacted } : compacted, asArray);
            return;
        }

        var graph = new JsonMap { [Alias(active, "@graph")] = compacted };
        if (item.TryGetValue("@id", out var id))
        {
            graph[Alias(active, "@id")] = _iris.Compact(active, (string?)id);
        }

        if (item.TryGetValue("@index", out var index))
        {
            graph[Alias(active, "@index")] = index;
        }

        Add(nest, name, graph, asArray);
    }

    private void CompactIntoMap(
        ActiveContext active, string name, TermDefinition definition, JsonMap item, object? compacted, bool asArray, JsonMap nest)
    {
        if (!nest.TryGetValue(name, out var byKey))
        {
            nest[name] = byKey = new JsonMap();
        }

        string? key = null;
        if (definition.Holds("@language") && item.TryGetValue("@value", out var text))
        {
            compacted = text;
            key = item.GetValueOrDefault("@language") as string;
        }
        else if (definition.Holds("@index") && (definition.Index ?? "@index") == "@index")
        {
            key = item.GetValueOrDefault("@index") as string;
        }
        else if (definition.Holds("@index"))
        {
            // The property may be there by the term that the index names, or by the name that fits best.
            var property = (compacted as JsonMap)?.ContainsKey(definition.Index!) == true
                ? definition.Index! : _iris.Compact(active, contexts.Expand(active, definition.Index, vocab: true), vocab: true)!;
            key = TakeFirst(compacted as JsonMap, property);
        }
        else if (definition.Holds("@id"))
        {
            var alias = Alias(active, "@id");
            key = (compacted as JsonMap)?.GetValueOrDefault(alias) as string;
            (compacted as JsonMap)?.Remove(alias);
        }
        else if (definition.Holds("@type"))
        {
            key = TakeFirst(compacted as JsonMap, Alias(active, "@type"));
            if (compacted is JsonMap { Count: 1 } rest && contexts.Expand(active, rest.GetAt(0).Key, vocab: true) == "@id")
            {
                compacted = Compact(active, name, new JsonMap { ["@id"] = item["@id"] });
            }
        }

        Add((JsonMap)byKey!, key ?? Alias(active, "@none"), compacted, asArray);
    }

    /// <summary>Takes the first value of a property, if it is a string, out of an object.</summary>
    private static string? TakeFirst(JsonMap? map, string property)
    {
        if (map is null || !map.TryGetValue(property, out var value) || JsonTree.ToArray(value) is not { Count: > 0 } values || values[0] is not string first)
        {
            return null;
        }

        map.Remove(property);
        if (values.Count > 1)
        {
            map[property] = values.Count == 2 ? values[1] : values.GetRange(1, values.Count - 1);
        }

        return first;
    }

    /// <summary>Section 6.4.</summary>
    private object? CompactValue(ActiveContext active, string? activeProperty, JsonMap value)
    {
        var definition = active.Term(activeProperty);
        var language = definition is { HasLanguage: true } ? definition.Language : active.Language;
        var direction = definition is { HasDirection: true } ? definition.Direction : active.Direction;
        var indexFits = !value.ContainsKey("@index") || definition?.Holds("@index") == true;
        var result = (JsonMap)JsonTree.Clone(value)!;
        if (value.TryGetValue("@id", out var id) && value.Keys.All(k => k is "@id" or "@index"))
        {
            if (definition?.Type is "@id" or "@vocab")
            {
                return _iris.Compact(active, (string?)id, vocab: definition.Type == "@vocab");
            }
        }
        else if (!value.ContainsKey("@value"))
        {
            return result;
        }
        else if (value.TryGetValue("@type", out var type) && type is string datatype && datatype == definition?.Type)
        {
            if (indexFits)
            {
                return value["@value"];
            }
        }
        else if (definition?.Type == "@none" || value.ContainsKey("@type"))
        {
            if (value.ContainsKey("@type"))
            {
                var types = JsonTree.ToArray(type).ConvertAll(t => (object?)_iris.Compact(active, (string?)t, vocab: true));
                result["@type"] = types.Count == 1 ? types[0] : types;
            }
        }
        else if (value["@value"] is not string)
        {
            if (indexFits)
            {
                return value["@value"];
            }
        }
        else if (string.Equals(value.GetValueOrDefault("@language") as string, language, StringComparison.OrdinalIgnoreCase)
            && Equals(value.GetValueOrDefault("@direction"), direction) && indexFits)
        {
            return value["@value"];
        }

        var named = new JsonMap();
        foreach (var (key, entry) in result)
        {
            named[Alias(active, key)] = entry;
        }

        return named;
    }

    private string Alias(ActiveContext active, string keyword) => _iris.Compact(active, keyword, vocab: true)!;

    private static void Add(JsonMap map, string key, object? value, bool asArray)
    {
        if (asArray && !map.ContainsKey(key))
        {
            map[key] = new List<object?>();
        }
        else if (asArray && map[key] is not List<object?>)
        {
            map[key] = new List<object?> { map[key] };
        }

        if (value is List<object?> several)
        {
            foreach (var item in several)
            {
                Add(map, key, item, asArray);
            }

            if (several.Count == 0)
            {
                map.TryAdd(key, new List<object?>());
            }
        }
        else if (!map.TryGetValue(key, out var existing))
        {
            map[key] = value;
        }
        else if (existing is List<object?> list)
        {
            list.Add(value);
        }
        else
        {
            map[key] = new List<object?> { existing, value };
        }
    }
}
