namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>The shortest name that a context has for an IRI (JSON-LD 1.1 API, section 6.2).</summary>
internal sealed class IriCompaction(JsonLdOptions options)
{
    public string? Compact(ActiveContext active, string? iri, object? value = null, bool vocab = false, bool reverse = false)
    {
        if (iri is null)
        {
            return null;
        }

        if (vocab && active.Inverse.Has(iri) && Term(active, iri, value, reverse) is { } term)
        {
            return term;
        }

        if (vocab && active.Vocab is { } vocabulary && iri.Length > vocabulary.Length && iri.StartsWith(vocabulary, StringComparison.Ordinal)
            && !active.Terms.ContainsKey(iri[vocabulary.Length..]))
        {
            return iri[vocabulary.Length..];
        }

        string? compact = null;
        foreach (var (prefix, definition) in active.Terms)
        {
            if (definition.Iri is null || !definition.IsPrefix || definition.Iri == iri || !iri.StartsWith(definition.Iri, StringComparison.Ordinal))
            {
                continue;
            }

            var candidate = $"{prefix}:{iri[definition.Iri.Length..]}";
            var isShorter = compact is null || candidate.Length < compact.Length
                || (candidate.Length == compact.Length && string.CompareOrdinal(candidate, compact) < 0);
            if (isShorter && (active.Term(candidate) is not { } other || (other.Iri == iri && value is null)))
            {
                compact = candidate;
            }
        }

        if (compact is not null)
        {
            return compact;
        }

        var colon = iri.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && active.Term(iri[..colon]) is { IsPrefix: true } && !iri.AsSpan(colon + 1).StartsWith("//"))
        {
            throw new JsonLdException("IRI confused with prefix", $"{iri} would be read as a name with the prefix '{iri[..colon]}'.");
        }

        return !vocab && options.CompactToRelative && active.Base is not null && !Keywords.Contains(iri) ? Relative(active.Base, iri) : iri;
    }

    private string? Term(ActiveContext active, string iri, object? value, bool reverse)
    {
        var language = active.Direction is not null
            ? $"{active.Language?.ToLowerInvariant()}_{active.Direction}" : active.Language?.ToLowerInvariant() ?? "@none";
        var map = value as JsonMap;
        var containers = new List<string>();
        var kind = "@language";
        string? wanted = "@null";
        if (map is not null && map.ContainsKey("@index") && !IsGraph(map))
        {
            containers.AddRange(["@index", "@index@set"]);
        }

        if (reverse)
        {
            (kind, wanted) = ("@type", "@reverse");
            containers.Add("@set");
        }
        else if (map is not null && map.TryGetValue("@list", out var items))
        {
            if (!map.ContainsKey("@index"))
            {
                containers.Add("@list");
            }

            (kind, wanted) = OfList((List<object?>)items!, language);
        }
        else if (map is not null && IsGraph(map))
        {
            var (hasIndex, hasId) = (map.ContainsKey("@index"), map.ContainsKey("@id"));
            containers.AddRange(hasIndex ? ["@graph@index", "@graph@index@set"] : []);
            containers.AddRange(hasId ? ["@graph@id", "@graph@id@set"] : []);
            containers.AddRange(["@graph", "@graph@set", "@set"]);
            containers.AddRange(hasIndex ? [] : ["@graph@index", "@graph@index@set"]);
            containers.AddRange(hasId ? [] : ["@graph@id", "@graph@id@set"]);
            containers.AddRange(["@index", "@index@set"]);
            (kind, wanted) = ("@type", "@id");
        }
        else
        {
            if (map is not null && map.ContainsKey("@value"))
            {
                if (map.TryGetValue("@direction", out var direction) && !map.ContainsKey("@index"))
                {
                    wanted = $"{(map.GetValueOrDefault("@language") as string)?.ToLowerInvariant()}_{direction}";
                    containers.AddRange(["@language", "@language@set"]);
                }
                else if (map.TryGetValue("@language", out var tag) && !map.ContainsKey("@index"))
                {
                    wanted = ((string)tag!).ToLowerInvariant();
                    containers.AddRange(["@language", "@language@set"]);
                }
                else if (map.TryGetValue("@type", out var type))
                {
                    (kind, wanted) = ("@type", (string?)type);
                }
            }
            else
            {
                (kind, wanted) = ("@type", "@id");
                containers.AddRange(["@id", "@id@set", "@type", "@set@type"]);
            }

            containers.Add("@set");
        }

        containers.Add("@none");
        if (!options.IsVersion10 && (map is null || !map.ContainsKey("@index")))
        {
            containers.AddRange(["@index", "@index@set"]);
        }

        if (!options.IsVersion10 && map is { Count: 1 } && map.ContainsKey("@value"))
        {
            containers.AddRange(["@language", "@language@set"]);
        }

        wanted ??= "@null";
        var preferred = new List<string>();
        if (wanted == "@reverse")
        {
            preferred.Add("@reverse");
        }

        if (wanted is "@id" or "@reverse" && map?.GetValueOrDefault("@id") is string id)
        {
            var hasTerm = active.Term(Compact(active, id, vocab: true)) is { } definition && definition.Iri == id;
            preferred.AddRange(hasTerm ? ["@vocab", "@id", "@none"] : ["@id", "@vocab", "@none"]);
        }
        else
        {
            preferred.AddRange([wanted, "@none"]);
            if (map?.GetValueOrDefault("@list") is List<object?> { Count: 0 })
            {
                kind = "@any";
            }
        }

        preferred.Add("@any");
        preferred.AddRange(preferred.Where(p => p.Contains('_', StringComparison.Ordinal)).Select(p => p[p.IndexOf('_', StringComparison.Ordinal)..]).ToList());
        return active.Inverse.Select(iri, containers, kind, preferred);
    }

    private static (string Kind, string Wanted) OfList(List<object?> items, string defaultLanguage)
    {
        string? type = null;
        var language = items.Count == 0 ? defaultLanguage : null;
        foreach (var item in items.Cast<JsonMap>())
        {
            var (itemLanguage, itemType) = ("@none", "@none");
            if (item.ContainsKey("@value"))
            {
                if (item.TryGetValue("@direction", out var direction))
                {
                    itemLanguage = $"{(item.GetValueOrDefault("@language") as string)?.ToLowerInvariant()}_{direction}";
                }
                else if (item.TryGetValue("@language", out var tag))
                {
                    itemLanguage = ((string)tag!).ToLowerInvariant();
                }
                else if (item.TryGetValue("@type", out var of))
                {
                    itemType = (string)of!;
                }
                else
                {
                    itemLanguage = "@null";
                }
            }
            else
            {
                itemType = "@id";
            }

            language = language is null || language == itemLanguage ? itemLanguage : item.ContainsKey("@value") ? "@none" : language;
            type = type is null || type == itemType ? itemType : "@none";
        }

        return type is not (null or "@none") ? ("@type", type) : ("@language", language ?? "@none");
    }

    internal static bool IsGraph(JsonMap map) => map.ContainsKey("@graph") && map.Keys.All(k => k is "@graph" or "@id" or "@index");

    /// <summary>A reference that leads from a base to an IRI with the same authority; the IRI itself where there is none.</summary>
    private static string Relative(string baseIri, string iri)
    {
        if (!Uri.TryCreate(baseIri, UriKind.Absolute, out _))
        {
            return iri;
        }

        var (baseRoot, basePath) = Split(baseIri);
        var (root, rest) = Split(iri);
        if (root != baseRoot || root.Length == 0)
        {
            return iri;
        }

        basePath = basePath.Split('?', '#')[0];
        var end = rest.IndexOfAny(['?', '#']);
        var (path, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        var from = basePath.Split('/').ToList();
        var to = path.Split('/').ToList();
        var keep = tail.Length > 0 ? 0 : 1;
        while (from.Count > 0 && to.Count > keep && from[0] == to[0])
        {
            from.RemoveAt(0);
            to.RemoveAt(0);
        }

        var relative = string.Concat(Enumerable.Repeat("../", Math.Max(0, from.Count - 1))) + string.Join('/', to) + tail;
        return relative.Length == 0 ? "./" : Keywords.HasForm(relative) ? "./" + relative : relative;
    }

    private static (string Root, string Path) Split(string iri)
    {
        var colon = iri.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return ("", iri);
        }

        if (!iri.AsSpan(colon + 1).StartsWith("//"))
        {
            return (iri[..(colon + 1)], iri[(colon + 1)..]);
        }

        var slash = iri.AsSpan(colon + 3).IndexOfAny('/', '?', '#');
        return slash < 0 ? (iri, "") : (iri[..(colon + 3 + slash)], iri[(colon + 3 + slash)..]);
    }
}
