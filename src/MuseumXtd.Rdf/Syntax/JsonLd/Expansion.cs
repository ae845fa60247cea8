namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>Expansion: takes contexts away, so that every IRI and every type is written out (JSON-LD 1.1 API, section 5.1).</summary>
internal sealed class Expansion(ContextProcessor contexts)
{
    private readonly JsonLdOptions _options = contexts.Options;

    /// <summary>Expands a document.</summary>
    public List<object?> ExpandDocument(object? document)
    {
        var active = StartContext();
        var expanded = Expand(active, null, document, _options.Base, false);
        if (expanded is JsonMap { Count: 1 } only && only.TryGetValue("@graph", out var graph))
        {
            expanded = graph;
        }

        return expanded is null ? [] : JsonTree.ToArray(expanded);
    }

    /// <summary>The context before the document's own.</summary>
    public ActiveContext StartContext()
    {
        var active = new ActiveContext(_options.Base);
        if (_options.ExpandContext is { } text)
        {
            var context = JsonTree.Parse(System.Text.Encoding.UTF8.GetBytes(text), _options.MaxDepth);
            active = contexts.Process(active, context is JsonMap map && map.TryGetValue("@context", out var inner) ? inner : context, _options.Base);
        }

        return active;
    }

    public object? Expand(ActiveContext active, string? activeProperty, object? element, string? baseUrl, bool fromMap)
    {
        if (element is null)
        {
            return null;
        }

        var definition = active.Term(activeProperty);
        switch (element)
        {
            case JsonMap map:
                try
                {
                    return ExpandMap(active, activeProperty, definition, map, baseUrl, fromMap);
                }
                catch (JsonLdException e) when (e.Offset < 0)
                {
                    e.Offset = map.Offset;
                    throw;
                }

            case List<object?> list:
                var result = new List<object?>();
                foreach (var item in list)
                {
                    var expanded = Expand(active, activeProperty, item, baseUrl, fromMap);
                    if (expanded is List<object?> inner && definition?.Holds("@list") == true)
                    {
                        expanded = new JsonMap { ["@list"] = inner };
                    }

                    if (expanded is List<object?> several)
                    {
                        result.AddRange(several);
                    }
                    else if (expanded is not null)
                    {
                        result.Add(expanded);
                    }
                }

                return result;
            default:
                if (activeProperty is null or "@graph")
                {
                    return null;
                }

                return ExpandValue(Scoped(active, definition), activeProperty, element);
        }
    }

    private ActiveContext Scoped(ActiveContext active, TermDefinition? definition) =>
        definition is { HasContext: true }
            ? contexts.Process(active, definition.Context, definition.BaseUrl, overrideProtected: true) : active;

    private object? ExpandMap(
        ActiveContext active, string? activeProperty, TermDefinition? definition, JsonMap element, string? baseUrl, bool fromMap)
    {
        if (active.Previous is not null && !fromMap
            && !element.Keys.Any(k => contexts.Expand(active, k, vocab: true) == "@value")
            && !(element.Count == 1 && contexts.Expand(active, element.GetAt(0).Key, vocab: true) == "@id"))
        {
            active = active.Previous;
        }

        active = Scoped(active, definition);
        if (element.TryGetValue("@context", out var local))
        {
            active = contexts.Process(active, local, baseUrl);
        }

        var typeScoped = active;
        string? inputType = null;
        foreach (var key in element.Keys.Where(k => contexts.Expand(active, k, vocab: true) == "@type").Order(StringComparer.Ordinal).ToList())
        {
            var types = JsonTree.ToArray(element[key]);
            inputType ??= types.Count > 0 && types[^1] is string last ? last : null;
            foreach (var type in types.OfType<string>().Order(StringComparer.Ordinal))
            {
                if (typeScoped.Term(type) is { HasContext: true } scoped)
                {
                    active = contexts.Process(active, scoped.Context, scoped.BaseUrl, propagate: false);
                }
            }
        }

        inputType = contexts.Expand(active, inputType, vocab: true);
        var result = new JsonMap(element.Offset);
        ExpandEntries(active, typeScoped, activeProperty, element, baseUrl, inputType, result);
        return Check(result, activeProperty, inputType);
    }

    private void ExpandEntries(
        ActiveContext active, ActiveContext typeScoped, string? activeProperty, JsonMap element, string? baseUrl, string? inputType, JsonMap result)
    {
        var nests = new List<string>();
        foreach (var key in Ordered(element.Keys))
        {
            if (key == "@context")
            {
                continue;
            }

            var property = contexts.Expand(active, key, vocab: true);
            if (property is null || (!property.Contains(':', StringComparison.Ordinal) && !Keywords.Contains(property)))
            {
                continue;
            }

            if (Keywords.Contains(property))
            {
                if (property == "@nest")
                {
                    nests.Add(key);
                }
                else
                {
                    ExpandKeyword(active, typeScoped, activeProperty, property, element[key], baseUrl, inputType, result);
                }
            }
            else
            {
                ExpandProperty(active, key, property, element[key], baseUrl, result);
            }
        }

        foreach (var nest in Ordered(nests))
        {
            var scoped = Scoped(active, active.Term(nest));
            foreach (var nested in JsonTree.ToArray(element[nest]))
            {
                if (nested is not JsonMap map || map.Keys.Any(k => contexts.Expand(scoped, k, vocab: true) == "@value"))
                {
                    throw new JsonLdException("invalid @nest value", $"'{nest}' holds objects that are no values.");
                }

                ExpandEntries(scoped, typeScoped, activeProperty, map, baseUrl, inputType, result);
            }
        }
    }

    private void ExpandKeyword(
        ActiveContext active, ActiveContext typeScoped, string? activeProperty, string keyword, object? value, string? baseUrl, string? inputType, JsonMap result)
    {
        if (activeProperty == "@reverse")
        {
            throw new JsonLdException("invalid reverse property map", "@reverse holds properties, not keywords.");
        }

        if (result.ContainsKey(keyword) && (_options.IsVersion10 || keyword is not ("@included" or "@type")))
        {
            throw new JsonLdException("colliding keywords", $"{keyword} is there twice.");
        }

        object? expanded;
        switch (keyword)
        {
            case "@id":
                expanded = value is string id
                    ? contexts.Expand(active, id, documentRelative: true) : throw new JsonLdException("invalid @id value", "@id is an IRI.");
                break;
            case "@type":
                if (value is not string && (value is not List<object?> list || !list.TrueForAll(v => v is string)))
                {
                    throw new JsonLdException("invalid type value", "@type is an IRI or several.");
                }

                var types = JsonTree.ToArray(value).ConvertAll(v => (object?)contexts.Expand(typeScoped, (string?)v, documentRelative: true, vocab: true));
                types.RemoveAll(t => t is null);
                if (types.Count == 0 && value is string)
                {
                    return;
                }

                expanded = value is string && !result.ContainsKey("@type") ? types[0]
                    : (List<object?>)[.. result.TryGetValue("@type", out var before) ? JsonTree.ToArray(before) : [], .. types];
                break;
            case "@graph":
                expanded = JsonTree.ToArray(Expand(active, "@graph", value, baseUrl, false) ?? new List<object?>());
                break;
            case "@included":
                if (_options.IsVersion10)
                {
                    return;
                }

                var included = JsonTree.ToArray(Expand(active, null, value, baseUrl, false) ?? new List<object?>());
                if (!included.TrueForAll(i => i is JsonMap node && !node.ContainsKey("@value") && !node.ContainsKey("@list") && !node.ContainsKey("@set"))
                    || included.Count == 0)
                {
                    throw new JsonLdException("invalid @included value", "@included holds nodes.");
                }

                expanded = (List<object?>)[.. result.TryGetValue("@included", out var already) ? JsonTree.ToArray(already) : [], .. included];
                break;
            case "@value":
                if (inputType == "@json")
                {
                    expanded = _options.IsVersion10 ? throw new JsonLdException("invalid value object value", "@json is of JSON-LD 1.1.") : value;
                }
                else if (value is JsonMap or List<object?>)
                {
                    throw new JsonLdException("invalid value object value", "@value is a string, a number, true, false or null.");
                }
                else
                {
                    expanded = value;
                }

                result["@value"] = expanded;
                return;
            case "@language":
                expanded = value as string ?? throw new JsonLdException("invalid language-tagged string", "@language is a string.");
                break;
            case "@direction":
                if (_options.IsVersion10)
                {
                    return;
                }

                expanded = value is "ltr" or "rtl" ? value : throw new JsonLdException("invalid base direction", "@direction is \"ltr\" or \"rtl\".");
                break;
            case "@index":
                expanded = value as string ?? throw new JsonLdException("invalid @index value", "@index is a string.");
                break;
            case "@list":
                if (activeProperty is null or "@graph")
                {
                    return;
                }

                expanded = JsonTree.ToArray(Expand(active, activeProperty, value, baseUrl, false) ?? new List<object?>());
                break;
            case "@set":
                expanded = Expand(active, activeProperty, value, baseUrl, false);
                break;
            case "@reverse":
                ExpandReverse(active, value, baseUrl, result);
                return;
            default:
                return;
        }

        if (expanded is not null || keyword is "@id")
        {
            result[keyword] = expanded;
        }
    }

    private void ExpandReverse(ActiveContext active, object? value, string? baseUrl, JsonMap result)
    {
        if (value is not JsonMap)
        {
            throw new JsonLdException("invalid @reverse value", "@reverse is an object.");
        }

        if (Expand(active, "@reverse", value, baseUrl, false) is not JsonMap expanded)
        {
            return;
        }

        if (expanded.TryGetValue("@reverse", out var twice))
        {
            foreach (var (property, items) in (JsonMap)twice!)
            {
                foreach (var item in JsonTree.ToArray(items))
                {
                    Add(result, property, item);
                }
            }
        }

        foreach (var (property, items) in expanded.Where(e => e.Key != "@reverse"))
        {
            AddReverse(result, property, items);
        }
    }

    private static void AddReverse(JsonMap result, string property, object? items)
    {
        if (!result.TryGetValue("@reverse", out var reverse))
        {
            result["@reverse"] = reverse = new JsonMap();
        }

        foreach (var item in JsonTree.ToArray(items))
        {
            if (item is JsonMap map && (map.ContainsKey("@value") || map.ContainsKey("@list")))
            {
                throw new JsonLdException("invalid reverse property value", "The value of a reverse property is a node.");
            }

            Add((JsonMap)reverse!, property, item);
        }
    }

    private void ExpandProperty(ActiveContext active, string key, string property, object? value, string? baseUrl, JsonMap result)
    {
        var definition = active.Term(key);
        object? expanded;
        if (definition?.Type == "@json")
        {
            expanded = new JsonMap { ["@value"] = value, ["@type"] = "@json" };
        }
        else if (definition?.Holds("@language") == true && value is JsonMap languages)
        {
            expanded = ExpandLanguages(active, definition, languages);
        }
        else if (definition is not null && value is JsonMap indexed && (definition.Holds("@index") || definition.Holds("@type") || definition.Holds("@id")))
        {
            expanded = ExpandIndex(active, key, definition, indexed, baseUrl);
        }
        else
        {
            expanded = Expand(active, key, value, baseUrl, false);
        }

        if (expanded is null)
        {
            return;
        }

        if (definition?.Holds("@list") == true && expanded is not JsonMap { } list)
        {
            expanded = new JsonMap { ["@list"] = JsonTree.ToArray(expanded) };
        }
        else if (definition?.Holds("@list") == true && !((JsonMap)expanded).ContainsKey("@list"))
        {
            expanded = new JsonMap { ["@list"] = JsonTree.ToArray(expanded) };
        }

        if (definition?.Holds("@graph") == true && !definition.Holds("@id") && !definition.Holds("@index"))
        {
            expanded = JsonTree.ToArray(expanded).ConvertAll(v => (object?)new JsonMap { ["@graph"] = JsonTree.ToArray(v) });
        }

        if (definition?.IsReverse == true)
        {
            AddReverse(result, property, expanded);
            return;
        }

        if (!result.ContainsKey(property))
        {
            result[property] = new List<object?>();
        }

        foreach (var item in JsonTree.ToArray(expanded))
        {
            Add(result, property, item);
        }
    }

    private List<object?> ExpandLanguages(ActiveContext active, TermDefinition definition, JsonMap languages)
    {
        var direction = definition.HasDirection ? definition.Direction : active.Direction;
        var result = new List<object?>();
        foreach (var language in Ordered(languages.Keys))
        {
            foreach (var item in JsonTree.ToArray(languages[language]))
            {
                if (item is null)
                {
                    continue;
                }

                if (item is not string text)
                {
                    throw new JsonLdException("invalid language map value", "A language map holds strings.");
                }

                var value = new JsonMap { ["@value"] = text };
                if (language != "@none" && contexts.Expand(active, language, vocab: true) != "@none")
                {
                    value["@language"] = language;
                }

                if (direction is not null)
                {
                    value["@direction"] = direction;
                }

                result.Add(value);
            }
        }

        return result;
    }

    private List<object?> ExpandIndex(ActiveContext active, string key, TermDefinition definition, JsonMap indexed, string? baseUrl)
    {
        var result = new List<object?>();
        var indexKey = definition.Index ?? "@index";
        foreach (var index in Ordered(indexed.Keys))
        {
            var mapContext = definition.Holds("@id") || definition.Holds("@type") ? active.Previous ?? active : active;
            mapContext = definition.Holds("@type") && mapContext.Term(index) is { HasContext: true } scoped
                ? contexts.Process(mapContext, scoped.Context, scoped.BaseUrl)
                : definition.Holds("@type") ? mapContext : active;
            var expandedIndex = contexts.Expand(active, index, vocab: true);
            var items = Expand(mapContext, key, JsonTree.ToArray(indexed[index]), baseUrl, fromMap: true);
            foreach (var one in JsonTree.ToArray(items))
            {
                var item = (JsonMap)one!;
                if (definition.Holds("@graph") && !IsGraph(item))
                {
                    item = new JsonMap { ["@graph"] = new List<object?> { item } };
                }

                if (definition.Holds("@index") && indexKey != "@index" && expandedIndex != "@none")
                {
                    var name = contexts.Expand(active, indexKey, vocab: true)!;
                    item[name] = (List<object?>)[ExpandValue(active, indexKey, index), .. item.TryGetValue(name, out var others) ? JsonTree.ToArray(others) : []];
                    if (item.ContainsKey("@value") && item.Count > 1)
                    {
                        throw new JsonLdException("invalid value object", "A value cannot have the property of its index.");
                    }
                }
                else if (definition.Holds("@index") && expandedIndex != "@none")
                {
                    item.TryAdd("@index", index);
                }
                else if (definition.Holds("@id") && expandedIndex != "@none")
                {
                    item.TryAdd("@id", contexts.Expand(active, index, documentRelative: true));
                }
                else if (definition.Holds("@type") && expandedIndex != "@none")
                {
                    item["@type"] = (List<object?>)[expandedIndex, .. item.TryGetValue("@type", out var types) ? JsonTree.ToArray(types) : []];
                }

                result.Add(item);
            }
        }

        return result;
    }

    /// <summary>Steps 15 to 20: what an object may be, once its entries are known.</summary>
    private static object? Check(JsonMap result, string? activeProperty, string? inputType)
    {
        object? made = result;
        if (result.TryGetValue("@value", out var value))
        {
            var hasType = result.TryGetValue("@type", out var type);
            if (result.Keys.Any(k => k is not ("@direction" or "@index" or "@language" or "@type" or "@value"))
                || (hasType && (result.ContainsKey("@language") || result.ContainsKey("@direction"))))
            {
                throw new JsonLdException("invalid value object", "A value has @type, or @language and @direction, and no properties.");
            }

            if (inputType == "@json" && hasType)
            {
                result["@type"] = type is List<object?> { Count: > 0 } several ? several[0] : type;
                return result;
            }

            if (value is null)
            {
                return null;
            }

            if (value is not string && result.ContainsKey("@language"))
            {
                throw new JsonLdException("invalid language-tagged value", "Only strings have a language.");
            }

            if (hasType && (type is not string datatype || !ActiveContext.IsWellFormed(datatype)))
            {
                throw new JsonLdException("invalid typed value", "@type of a value is one IRI.");
            }
        }
        else if (result.TryGetValue("@type", out var types) && types is not List<object?>)
        {
            result["@type"] = new List<object?> { types };
        }
        else if (result.ContainsKey("@set") || result.ContainsKey("@list"))
        {
            if (result.Count > (result.ContainsKey("@index") ? 2 : 1))
            {
                throw new JsonLdException("invalid set or list object", "A set or list has nothing else but an @index.");
            }

            if (result.TryGetValue("@set", out var set))
            {
                made = set;
            }
        }

        if (made is not JsonMap map)
        {
            return made;
        }

        if (map.Count == 1 && map.ContainsKey("@language"))
        {
            return null;
        }

        if (activeProperty is null or "@graph" && (map.Count == 0 || map.ContainsKey("@value") || map.ContainsKey("@list") || (map.Count == 1 && map.ContainsKey("@id"))))
        {
            return null;
        }

        return map;
    }

    /// <summary>Section 5.3.</summary>
    private JsonMap ExpandValue(ActiveContext active, string activeProperty, object value)
    {
        var definition = active.Term(activeProperty);
        if (definition?.Type is "@id" or "@vocab" && value is string reference)
        {
            return new JsonMap { ["@id"] = contexts.Expand(active, reference, documentRelative: true, vocab: definition.Type == "@vocab") };
        }

        var result = new JsonMap { ["@value"] = value };
        if (definition?.Type is not (null or "@id" or "@vocab" or "@none"))
        {
            result["@type"] = definition.Type;
        }
        else if (value is string)
        {
            var language = definition is { HasLanguage: true } ? definition.Language : active.Language;
            var direction = definition is { HasDirection: true } ? definition.Direction : active.Direction;
            if (language is not null)
            {
                result["@language"] = language;
            }

            if (direction is not null)
            {
                result["@direction"] = direction;
            }
        }

        return result;
    }

    private static bool IsGraph(JsonMap item) =>
        item.ContainsKey("@graph") && item.Keys.All(k => k is "@graph" or "@id" or "@index" or "@context");

    private List<string> Ordered(IEnumerable<string> keys) => [.. _options.Ordered ? keys.Order(StringComparer.Ordinal) : keys];

    private static void Add(JsonMap map, string property, object? item)
    {
        if (map.TryGetValue(property, out var list))
        {
            ((List<object?>)list!).Add(item);
        }
        else
        {
            map[property] = new List<object?> { item };
        }
    }
}
