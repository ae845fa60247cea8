namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>Context processing, term definitions and IRI expansion (JSON-LD 1.1 API, sections 4.1, 4.2 and 5.2).</summary>
internal sealed class ContextProcessor(JsonLdOptions options)
{
    private const int MaxRemote = 16;

    private static readonly HashSet<string> ContextKeywords =
        ["@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version", "@vocab"];

    private static readonly HashSet<string> DefinitionKeywords =
        ["@id", "@reverse", "@container", "@context", "@direction", "@index", "@language", "@nest", "@prefix", "@protected", "@type"];

    private readonly Dictionary<string, object?> _loaded = new(StringComparer.Ordinal);

    public JsonLdOptions Options { get; } = options;

    /// <summary>The context after a local one came into force.</summary>
    public ActiveContext Process(
        ActiveContext active, object? local, string? baseUrl, IReadOnlyList<string>? remote = null,
        bool overrideProtected = false, bool propagate = true, bool validateScoped = true)
    {
        remote ??= [];
        var result = active.Clone();
        if (local is JsonMap { } map && map.TryGetValue("@propagate", out var propagates))
        {
            propagate = propagates as bool? ?? throw new JsonLdException("invalid @propagate value", "@propagate is true or false.");
        }

        if (!propagate && result.Previous is null)
        {
            result.Previous = active;
        }

        foreach (var context in JsonTree.ToArray(local))
        {
            switch (context)
            {
                case null:
                    if (!overrideProtected && result.Terms.Values.Any(t => t.IsProtected))
                    {
                        throw new JsonLdException("invalid context nullification", "A context with protected terms cannot be taken away.");
                    }

                    result = new ActiveContext(active.OriginalBase) { Previous = propagate ? null : result };
                    break;
                case string reference:
                    result = ProcessRemote(result, reference, baseUrl, remote, overrideProtected, validateScoped);
                    break;
                case JsonMap definitions:
                    Define(result, definitions, baseUrl, remote, overrideProtected, validateScoped);
                    break;
                default:
                    throw new JsonLdException("invalid local context", "A context is an IRI, an object, or null.");
            }
        }

        return result;
    }

    /// <summary>Section 5.2.</summary>
    public string? Expand(
        ActiveContext active, string? value, bool documentRelative = false, bool vocab = false, JsonMap? local = null, Dictionary<string, bool>? defined = null)
    {
        if (value is null || Keywords.Contains(value))
        {
            return value;
        }

        if (Keywords.HasForm(value))
        {
            return null;
        }

        if (local is not null && local.ContainsKey(value) && !defined!.GetValueOrDefault(value))
        {
            CreateTerm(active, local, value, defined!);
        }

        var known = active.Terms.TryGetValue(value, out var term);
        if (known && (vocab || (term!.Iri is not null && Keywords.Contains(term.Iri))))
        {
            return term!.Iri;
        }

        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            var (prefix, suffix) = (value[..colon], value[(colon + 1)..]);
            if (prefix == "_" || suffix.StartsWith("//", StringComparison.Ordinal))
            {
                return value;
            }

            if (local is not null && local.ContainsKey(prefix) && !defined!.GetValueOrDefault(prefix))
            {
                CreateTerm(active, local, prefix, defined!);
            }

            if (active.Term(prefix) is { Iri: not null, IsPrefix: true } definition)
            {
                return definition.Iri + suffix;
            }

            if (ActiveContext.IsIri(value))
            {
                return value;
            }
        }

        return vocab && active.Vocab is not null ? active.Vocab + value
            : documentRelative ? active.Resolve(value) : value;
    }

    private ActiveContext ProcessRemote(
        ActiveContext active, string reference, string? baseUrl, IReadOnlyList<string> remote, bool overrideProtected, bool validateScoped)
    {
        var iri = ActiveContext.Resolve(baseUrl, reference);
        if (!validateScoped && remote.Contains(iri))
        {
            return active;
        }

        if (remote.Count >= MaxRemote)
        {
            throw new JsonLdException("context overflow", $"More than {MaxRemote} contexts refer to each other.");
        }

        return Process(active, Load(iri), iri, [.. remote, iri], overrideProtected, validateScoped: validateScoped);
    }

    private object? Load(string iri)
    {
        if (!_loaded.TryGetValue(iri, out var context))
        {
            var text = Options.LoadContext(iri) ?? throw new JsonLdException(
                "loading remote context failed", $"The context {iri} is not known here, and contexts are not fetched. Put it into the document, or hand it in.");
            context = JsonTree.Parse(System.Text.Encoding.UTF8.GetBytes(text), Options.MaxDepth) is JsonMap document && document.TryGetValue("@context", out var found)
                ? found
                : throw new JsonLdException("invalid remote context", $"The document {iri} holds no @context.");
            _loaded.Add(iri, context);
        }

        return context;
    }

    private void Define(
        ActiveContext result, JsonMap context, string? baseUrl, IReadOnlyList<string> remote, bool overrideProtected, bool validateScoped)
    {
        if (context.TryGetValue("@version", out var version))
        {
            if (version is not JsonNumber { Value: 1.1 })
            {
                throw new JsonLdException("invalid @version value", "@version is the number 1.1.");
            }

            if (Options.IsVersion10)
            {
                throw new JsonLdException("processing mode conflict", "The document says it is JSON-LD 1.1, and is read as 1.0.");
            }
        }

        if (context.TryGetValue("@import", out var import))
        {
            context = Import(context, import, baseUrl);
        }

        if (context.TryGetValue("@base", out var baseIri) && remote.Count == 0)
        {
            result.Base = baseIri switch
            {
                null => null,
                string text when ActiveContext.IsIri(text) => text,
                string text when result.Base is not null => result.Resolve(text),
                _ => throw new JsonLdException("invalid base IRI", "@base is an IRI or null."),
            };
        }

        if (context.TryGetValue("@vocab", out var vocab))
        {
            result.Vocab = vocab switch
            {
                null => null,
                string text when ActiveContext.IsIri(text) || text.Contains(':', StringComparison.Ordinal) || !Options.IsVersion10
                    => Expand(result, text, documentRelative: true, vocab: true),
                _ => throw new JsonLdException("invalid vocab mapping", "@vocab is an IRI, a blank node or null."),
            };
        }

        if (context.TryGetValue("@language", out var language))
        {
            result.Language = language is null or string
                ? (string?)language : throw new JsonLdException("invalid default language", "@language is a string or null.");
        }

        if (context.TryGetValue("@direction", out var direction))
        {
            Need11("@direction", "invalid context entry");
            result.Direction = direction is null or "ltr" or "rtl"
                ? (string?)direction : throw new JsonLdException("invalid base direction", "@direction is \"ltr\", \"rtl\" or null.");
        }

        if (context.ContainsKey("@propagate"))
        {
            Need11("@propagate", "invalid context entry");
        }

        var isProtected = context.TryGetValue("@protected", out var protects)
            && (protects as bool? ?? throw new JsonLdException("invalid @protected value", "@protected is true or false."));
        var defined = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in context.Keys.Where(k => !ContextKeywords.Contains(k)).ToList())
        {
            CreateTerm(result, context, name, defined, baseUrl, isProtected, overrideProtected, remote, validateScoped);
        }
    }

    private JsonMap Import(JsonMap context, object? import, string? baseUrl)
    {
        Need11("@import", "invalid context entry");
        if (import is not string reference)
        {
            throw new JsonLdException("invalid @import value", "@import is an IRI.");
        }

        if (Load(ActiveContext.Resolve(baseUrl, reference)) is not JsonMap imported)
        {
            throw new JsonLdException("invalid remote context", "An imported context is one object.");
        }

        if (imported.ContainsKey("@import"))
        {
            throw new JsonLdException("invalid context entry", "An imported context does not import another.");
        }

        var merged = new JsonMap(context.Offset);
        foreach (var (name, value) in imported.Concat(context))
        {
            merged[name] = value;
        }

        return merged;
    }

    /// <summary>Section 4.2.</summary>
    private void CreateTerm(
        ActiveContext active, JsonMap local, string term, Dictionary<string, bool> defined, string? baseUrl = null, bool isProtected = false,
        bool overrideProtected = false, IReadOnlyList<string>? remote = null, bool validateScoped = true)
    {
        if (defined.TryGetValue(term, out var done))
        {
            if (!done)
            {
                throw new JsonLdException("cyclic IRI mapping", $"The definition of '{term}' depends on itself.");
            }

            return;
        }

        if (term.Length == 0)
        {
            throw new JsonLdException("invalid term definition", "The empty string is no term.");
        }

        defined[term] = false;
        var value = local[term];
        if (term == "@type")
        {
            if (Options.IsVersion10 || value is not JsonMap { Count: > 0 } type || type.Keys.Any(k => k is not ("@container" or "@protected"))
                || (type.TryGetValue("@container", out var of) && of is not "@set" && of is not List<object?> { Count: 1 }))
            {
                throw new JsonLdException("keyword redefinition", "Of @type only @container: @set and @protected can be said.");
            }
        }
        else if (Keywords.Contains(term))
        {
            throw new JsonLdException("keyword redefinition", $"{term} is a keyword and no term.");
        }
        else if (Keywords.HasForm(term))
        {
            return;
        }

        active.Terms.Remove(term, out var previous);
        var simple = value is string;
        var map = value switch
        {
            null => new JsonMap { ["@id"] = null },
            string text => new JsonMap { ["@id"] = text },
            JsonMap given => given,
            _ => throw new JsonLdException("invalid term definition", $"'{term}' is defined by neither an IRI nor an object."),
        };

        var definition = new TermDefinition { IsProtected = isProtected, BaseUrl = null };
        if (map.TryGetValue("@protected", out var protects))
        {
            Need11("@protected", "invalid term definition");
            definition = definition with { IsProtected = protects as bool? ?? throw new JsonLdException("invalid @protected value", "@protected is true or false.") };
        }

        if (map.TryGetValue("@type", out var typeMapping))
        {
            var type = Expand(active, typeMapping as string ?? throw new JsonLdException("invalid type mapping", $"@type of '{term}' is no string."), false, true, local, defined);
            if (type is null || (type is "@json" or "@none" && Options.IsVersion10)
                || (type is not ("@id" or "@vocab" or "@json" or "@none") && (Keywords.Contains(type) || !ActiveContext.IsIri(type) || ActiveContext.IsBlankNode(type))))
            {
                throw new JsonLdException("invalid type mapping", $"@type of '{term}' is no IRI and no keyword for types.");
            }

            definition = definition with { Type = type };
        }

        if (map.TryGetValue("@reverse", out var reverse))
        {
            if (map.ContainsKey("@id") || map.ContainsKey("@nest"))
            {
                throw new JsonLdException("invalid reverse property", $"'{term}' has @reverse beside @id or @nest.");
            }

            if (reverse is not string reversed)
            {
                throw new JsonLdException("invalid IRI mapping", $"@reverse of '{term}' is no IRI.");
            }

            if (Keywords.HasForm(reversed))
            {
                return;
            }

            var iri = Expand(active, reversed, false, true, local, defined);
            if (iri is null || !iri.Contains(':', StringComparison.Ordinal))
            {
                throw new JsonLdException("invalid IRI mapping", $"@reverse of '{term}' is no IRI.");
            }

            var container = map.GetValueOrDefault("@container");
            if (container is not null and not ("@set" or "@index"))
            {
                throw new JsonLdException("invalid reverse property", $"A reverse property such as '{term}' is a set or an index.");
            }

            definition = definition with { Iri = iri, IsReverse = true, Container = container is string one ? [one] : [] };
            if (map.TryGetValue("@index", out var reverseIndex))
            {
                definition = definition with { Index = IndexProperty(definition, reverseIndex) };
            }

            Finish(definition);
            return;
        }

        if (map.TryGetValue("@id", out var id) && (id is not string same || same != term))
        {
            if (id is not null)
            {
                if (id is not string given)
                {
                    throw new JsonLdException("invalid IRI mapping", $"@id of '{term}' is no string.");
                }

                if (!Keywords.Contains(given) && Keywords.HasForm(given))
                {
                    return;
                }

                var iri = Expand(active, given, false, true, local, defined);
                if (iri is null || (!Keywords.Contains(iri) && !iri.Contains(':', StringComparison.Ordinal)))
                {
                    throw new JsonLdException("invalid IRI mapping", $"@id of '{term}' is no IRI, no blank node and no keyword.");
                }

                if (iri == "@context")
                {
                    throw new JsonLdException("invalid keyword alias", "@context has no other names.");
                }

                definition = definition with { Iri = iri };
                if (term.IndexOf(':', 1) is > 0 and var at && at < term.Length - 1 || term.Contains('/', StringComparison.Ordinal))
                {
                    defined[term] = true;
                    if (Expand(active, term, false, true, local, defined) != iri)
                    {
                        throw new JsonLdException("invalid IRI mapping", $"'{term}' looks like an IRI and is defined as another.");
                    }
                }

                definition = definition with
                {
                    IsPrefix = !term.Contains(':', StringComparison.Ordinal) && !term.Contains('/', StringComparison.Ordinal) && simple
                        && (":/?#[]@".Contains(iri[^1], StringComparison.Ordinal) || ActiveContext.IsBlankNode(iri)),
                };
            }
        }
        else if (term.IndexOf(':', 1) is > 0 and var colon)
        {
            var prefix = term[..colon];
            if (local.ContainsKey(prefix))
            {
                CreateTerm(active, local, prefix, defined);
            }

            definition = definition with { Iri = active.Term(prefix) is { } of ? of.Iri + term[(colon + 1)..] : term };
        }
        else if (term.Contains('/', StringComparison.Ordinal))
        {
            var iri = Expand(active, term, false, true);
            definition = definition with
            {
                Iri = iri is not null && ActiveContext.IsIri(iri) ? iri : throw new JsonLdException("invalid IRI mapping", $"'{term}' is no IRI."),
            };
        }
        else if (term == "@type")
        {
            definition = definition with { Iri = "@type" };
        }
        else
        {
            definition = definition with
            {
                Iri = active.Vocab is not null
                    ? active.Vocab + term : throw new JsonLdException("invalid IRI mapping", $"'{term}' has no @id, and there is no @vocab."),
            };
        }

        if (map.TryGetValue("@container", out var containers))
        {
            definition = definition with { Container = Containers(term, containers) };
            if (definition.Holds("@type"))
            {
                definition = definition with { Type = definition.Type ?? "@id" };
                if (definition.Type is not ("@id" or "@vocab"))
                {
                    throw new JsonLdException("invalid type mapping", $"A map by type such as '{term}' is of @id or @vocab.");
                }
            }
        }

        if (map.TryGetValue("@index", out var index))
        {
            definition = definition with { Index = IndexProperty(definition, index) };
        }

        if (map.TryGetValue("@context", out var scoped))
        {
            Need11("@context", "invalid term definition");
            try
            {
                Process(active, scoped, baseUrl, remote, overrideProtected: true, validateScoped: false);
            }
            catch (JsonLdException e)
            {
                throw new JsonLdException("invalid scoped context", $"The context of '{term}': {e.Detail}");
            }

            definition = definition with { HasContext = true, Context = scoped, BaseUrl = baseUrl };
        }

        if (map.TryGetValue("@language", out var language) && !map.ContainsKey("@type"))
        {
            definition = definition with
            {
                HasLanguage = true,
                Language = language is null or string ? (string?)language : throw new JsonLdException("invalid language mapping", $"@language of '{term}' is no string."),
            };
        }

        if (map.TryGetValue("@direction", out var direction) && !map.ContainsKey("@type"))
        {
            definition = definition with
            {
                HasDirection = true,
                Direction = direction is null or "ltr" or "rtl"
                    ? (string?)direction : throw new JsonLdException("invalid base direction", $"@direction of '{term}' is \"ltr\", \"rtl\" or null."),
            };
        }

        if (map.TryGetValue("@nest", out var nest))
        {
            Need11("@nest", "invalid term definition");
            definition = definition with
            {
                Nest = nest is string word && (word == "@nest" || !Keywords.Contains(word))
                    ? word : throw new JsonLdException("invalid @nest value", $"@nest of '{term}' is @nest or a term for it."),
            };
        }

        if (map.TryGetValue("@prefix", out var isPrefix))
        {
            Need11("@prefix", "invalid term definition");
            if (term.Contains(':', StringComparison.Ordinal) || term.Contains('/', StringComparison.Ordinal))
            {
                throw new JsonLdException("invalid term definition", $"'{term}' cannot be a prefix.");
            }

            definition = definition with { IsPrefix = isPrefix as bool? ?? throw new JsonLdException("invalid @prefix value", "@prefix is true or false.") };
            if (definition.IsPrefix && definition.Iri is not null && Keywords.Contains(definition.Iri))
            {
                throw new JsonLdException("invalid term definition", $"'{term}' is a keyword and no prefix.");
            }
        }

        if (map.Keys.FirstOrDefault(k => !DefinitionKeywords.Contains(k)) is { } unknown)
        {
            throw new JsonLdException("invalid term definition", $"'{unknown}' has no meaning in the definition of '{term}'.");
        }

        Finish(definition);

        string IndexProperty(TermDefinition of, object? given)
        {
            Need11("@index", "invalid term definition");
            return of.Holds("@index") && given is string name && Expand(active, name, false, true, local, defined) is { } expanded && ActiveContext.IsIri(expanded)
                ? name : throw new JsonLdException("invalid term definition", $"@index of '{term}' is no property, or '{term}' is no index.");
        }

        void Finish(TermDefinition made)
        {
            if (!overrideProtected && previous is { IsProtected: true })
            {
                made = made.SaysTheSameAs(previous)
                    ? previous : throw new JsonLdException("protected term redefinition", $"'{term}' is protected and means something else already.");
            }

            active.Terms[term] = made;
            defined[term] = true;
        }
    }

    private List<string> Containers(string term, object? value)
    {
        var list = JsonTree.ToArray(value).ConvertAll(c => c as string ?? "");
        var isGraph = list.Contains("@graph");
        var known = list.TrueForAll(c => c is "@graph" or "@id" or "@index" or "@language" or "@list" or "@set" or "@type") && list.Distinct().Count() == list.Count;
        var valid = known && (list.Count == 1
            || (isGraph && list.Exists(c => c is "@id" or "@index") && list.TrueForAll(c => c is "@graph" or "@id" or "@index" or "@set") && !(list.Contains("@id") && list.Contains("@index")))
            || (isGraph && list.Count == 2 && list.Contains("@set"))
            || (!isGraph && list.Count == 2 && list.Contains("@set") && !list.Contains("@list")));
        if (!valid || (Options.IsVersion10 && (value is not string || list[0] is "@graph" or "@id" or "@type")))
        {
            throw new JsonLdException("invalid container mapping", $"@container of '{term}' is none, or holds what does not go together.");
        }

        return list;
    }

    private void Need11(string keyword, string code)
    {
        if (Options.IsVersion10)
        {
            throw new JsonLdException(code, $"{keyword} is of JSON-LD 1.1, and the document is read as 1.0.");
        }
    }
}
