namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>The terms of a context by what they mean: IRI, container, and type or language (JSON-LD 1.1 API, sections 6.2 and 6.3).</summary>
internal sealed class InverseContext
{
    private readonly Dictionary<string, Dictionary<string, Choices>> _terms = new(StringComparer.Ordinal);

    public InverseContext(ActiveContext context)
    {
        var language = context.Language?.ToLowerInvariant() ?? "@none";
        foreach (var (term, definition) in context.Terms.OrderBy(t => t.Key.Length).ThenBy(t => t.Key, StringComparer.Ordinal))
        {
            if (definition.Iri is null)
            {
                continue;
            }

            var container = definition.Container.Count == 0 ? "@none" : string.Concat(definition.Container.Order(StringComparer.Ordinal));
            if (!_terms.TryGetValue(definition.Iri, out var containers))
            {
                _terms[definition.Iri] = containers = new Dictionary<string, Choices>(StringComparer.Ordinal);
            }

            if (!containers.TryGetValue(container, out var choices))
            {
                containers[container] = choices = new Choices(term);
            }

            if (definition.IsReverse)
            {
                choices.Types.TryAdd("@reverse", term);
            }
            else if (definition.Type == "@none")
            {
                choices.Languages.TryAdd("@any", term);
                choices.Types.TryAdd("@any", term);
            }
            else if (definition.Type is not null)
            {
                choices.Types.TryAdd(definition.Type, term);
            }
            else if (definition.HasLanguage || definition.HasDirection)
            {
                var (l, d) = (definition.Language?.ToLowerInvariant(), definition.Direction);
                var key = (definition.HasLanguage, definition.HasDirection) switch
                {
                    (true, true) => l is null ? d is null ? "@null" : "_" + d : d is null ? l : $"{l}_{d}",
                    (true, false) => l ?? "@null",
                    _ => d is null ? "@none" : "_" + d,
                };
                choices.Languages.TryAdd(key, term);
            }
            else
            {
                choices.Languages.TryAdd(context.Direction is null ? language : $"{context.Language?.ToLowerInvariant()}_{context.Direction}", term);
                choices.Languages.TryAdd("@none", term);
                choices.Types.TryAdd("@none", term);
            }
        }
    }

    public bool Has(string iri) => _terms.ContainsKey(iri);

    /// <summary>The first term that fits, by containers and then by what is preferred.</summary>
    public string? Select(string iri, IEnumerable<string> containers, string typeOrLanguage, IReadOnlyList<string> preferred)
    {
        foreach (var container in containers)
        {
            if (!_terms[iri].TryGetValue(container, out var choices))
            {
                continue;
            }

            foreach (var value in preferred)
            {
                if (typeOrLanguage == "@any" && value == "@none")
                {
                    return choices.Any;
                }

                if ((typeOrLanguage == "@type" ? choices.Types : choices.Languages).TryGetValue(value, out var term) && typeOrLanguage != "@any")
                {
                    return term;
                }
            }
        }

        return null;
    }

    private sealed class Choices(string any)
    {
        public string Any { get; } = any;

        public Dictionary<string, string> Languages { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);
    }
}
