using MuseumXtd.Server.Harvesting.Descriptions;

namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary>A value of a property of the work: a text, or what an IRI names.</summary>
internal readonly record struct EdmValue(string? Literal, string? Language, string? Resource)
{
    public static EdmValue Of(Text text) => new(text.Value, text.Language, null);

    public static EdmValue Of(string text) => new(text, null, null);

    public static EdmValue To(string iri) => new(null, null, iri);
}

/// <summary>The classes of what a record tells of beside the work.</summary>
internal enum EdmClass
{
    Agent,
    Place,
    TimeSpan,
    Concept,
}

/// <summary>Something that the work is linked to, described in the same record.</summary>
internal sealed record EdmEntity(EdmClass Class, string Iri)
{
    public IReadOnlyList<Text> Labels { get; init; } = [];

    public IReadOnlyList<Text> Notes { get; init; } = [];

    public string? Latitude { get; init; }

    public string? Longitude { get; init; }

    public string? Begin { get; init; }

    public string? End { get; init; }

    /// <summary>The same thing elsewhere.</summary>
    public IReadOnlyList<string> SameAs { get; init; } = [];

    /// <summary>What a concept is part of.</summary>
    public IReadOnlyList<string> Broader { get; init; } = [];
}

/// <summary>A record in the external form of the Europeana Data Model: one work, its aggregation, and what they are linked to.</summary>
internal sealed class EdmRecord
{
    private readonly Dictionary<string, EdmEntity> _entities = new(StringComparer.Ordinal);

    /// <summary>The IRI of the work.</summary>
    public required string Work { get; init; }

    /// <summary>Properties of the work, such as <c>dc:title</c>, in the order in which they are written.</summary>
    public List<(string Property, EdmValue Value)> Values { get; } = [];

    /// <summary>What the work is linked to, by class and IRI.</summary>
    public IEnumerable<EdmEntity> Entities => _entities.Values.OrderBy(e => e.Class).ThenBy(e => e.Iri, StringComparer.Ordinal);

    /// <summary>The page that shows the work.</summary>
    public required string ShownAt { get; init; }

    /// <summary>The rights statement of what the page shows, one of Europeana's.</summary>
    public required string Rights { get; init; }

    public required string DataProvider { get; init; }

    public required string Provider { get; init; }

    public string? IntermediateProvider { get; init; }

    public EdmEntity? Entity(string iri) => _entities.GetValueOrDefault(iri);

    public void Add(string property, EdmValue value)
    {
        if (!Values.Contains((property, value)))
        {
            Values.Add((property, value));
        }
    }

    public void Add(string property, IEnumerable<Text> texts)
    {
        foreach (var text in texts)
        {
            Add(property, EdmValue.Of(text));
        }
    }

    /// <summary>Links the work to something that the record describes.</summary>
    public void Add(string property, EdmEntity entity)
    {
        _entities.TryAdd(entity.Iri, entity);
        Add(property, EdmValue.To(entity.Iri));
    }
}
