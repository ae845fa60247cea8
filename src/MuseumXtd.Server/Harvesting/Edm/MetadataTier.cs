namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary>A metadata tier of the Europeana Publishing Framework; 0 is below all.</summary>
internal enum Tier
{
    Zero,
    A,
    B,
    C,
}

/// <summary>
/// The metadata tier of a record by the rules that Europeana calculates with: for language, for elements that help to find it, for what it is linked to; the
/// lowest of the three counts.
/// </summary>
/// <param name="Language">By the share of properties that have a value with a language.</param>
/// <param name="Enabling">By the number of enabling elements, and of groups of them.</param>
/// <param name="Contextual">By the number of classes of linked things that are fully described.</param>
internal readonly record struct MetadataTier(Tier Language, Tier Enabling, Tier Contextual)
{
    private static readonly HashSet<string> WithLanguage = new(StringComparer.Ordinal)
    {
        "dc:coverage", "dc:description", "dc:format", "dc:relation", "dc:rights", "dc:source", "dc:subject", "dc:title", "dc:type", "dcterms:alternative",
        "dcterms:hasPart", "dcterms:isPartOf", "dcterms:isReferencedBy", "dcterms:medium", "dcterms:provenance", "dcterms:references", "dcterms:spatial",
        "dcterms:tableOfContents", "dcterms:temporal", "edm:currentLocation", "edm:hasType", "edm:isRelatedTo",
    };

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["dcterms:created"] = "temporal",
        ["dcterms:issued"] = "temporal",
        ["dcterms:temporal"] = "temporal",
        ["dc:format"] = "conceptual",
        ["dc:type"] = "conceptual",
        ["dcterms:medium"] = "conceptual",
        ["dc:creator"] = "personal",
        ["dc:contributor"] = "personal",
        ["dc:publisher"] = "personal",
        ["dcterms:spatial"] = "geographical",
        ["edm:currentLocation"] = "geographical",
    };

    /// <summary>The tier of the record.</summary>
    public Tier Overall => (Tier)Math.Min((int)Language, Math.Min((int)Enabling, (int)Contextual));

    /// <summary>Calculates the tier of a record.</summary>
    public static MetadataTier Of(EdmRecord record) => new(LanguageOf(record), EnablingOf(record), ContextualOf(record));

    private static Tier LanguageOf(EdmRecord record)
    {
        var properties = record.Values.Where(v => WithLanguage.Contains(v.Property)).GroupBy(v => v.Property).ToList();
        var tagged = properties.Count(p => p.Any(v => v.Value.Literal is not null
            ? v.Value.Language is not null
            : record.Entity(v.Value.Resource!) is { Class: not EdmClass.Agent } entity && entity.Labels.Any(l => l.Language is not null)));
        return properties.Count == 0 ? Tier.Zero : ((double)tagged / properties.Count) switch
        {
            >= 0.75 => Tier.C,
            >= 0.5 => Tier.B,
            >= 0.25 => Tier.A,
            _ => Tier.Zero,
        };
    }

    private static Tier EnablingOf(EdmRecord record)
    {
        var elements = new HashSet<(string Element, string Group)>();
        foreach (var (property, value) in record.Values)
        {
            if (Groups.TryGetValue(property, out var group))
            {
                elements.Add((property, group));
            }
            else if (property == "dc:subject" && value.Resource is { } iri)
            {
                switch (record.Entity(iri)?.Class)
                {
                    case EdmClass.Concept:
                        elements.Add((property, "conceptual"));
                        break;
                    case EdmClass.Agent:
                        elements.Add((property, "personal"));
                        break;
                }
            }
        }

        var count = elements.Select(e => e.Element).Distinct().Count();
        var groups = elements.Select(e => e.Group).Distinct().Count();
        return (count, groups) switch
        {
            ( >= 4, >= 2) => Tier.C,
            ( >= 3, >= 2) => Tier.B,
            ( >= 1, >= 1) => Tier.A,
            _ => Tier.Zero,
        };
    }

    private static Tier ContextualOf(EdmRecord record) =>
        record.Entities.Where(e => record.Values.Any(v => v.Value.Resource == e.Iri) && IsComplete(e)).Select(e => e.Class).Distinct().Count() switch
        {
            0 => Tier.A,
            1 => Tier.B,
            _ => Tier.C,
        };

    private static bool IsComplete(EdmEntity entity) => entity.Class switch
    {
        EdmClass.Agent => entity.Labels.Count > 0 && (entity.Begin is not null || entity.End is not null),
        EdmClass.Concept => entity.Labels.Count > 0 && (entity.Notes.Count > 0 || entity.Broader.Count > 0 || entity.SameAs.Count > 0),
        EdmClass.Place => entity.Labels.Count > 0 && entity.Latitude is not null && entity.Longitude is not null,
        _ => entity.Begin is not null && entity.End is not null,
    };
}
