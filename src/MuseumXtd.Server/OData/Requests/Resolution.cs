using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>What the path of a request leads to.</summary>
/// <param name="Class">The type of the entities or of the entity.</param>
/// <param name="Context">The part of the context URL before what is selected.</param>
internal abstract record Target(EntityClass Class, string Context);

/// <summary>Entities: a whole set, or what a link to many leads to; the pattern binds <see cref="Resolution.Subject"/>.</summary>
internal sealed record EntitiesTarget(EntityClass Class, string Context, GraphPattern Pattern, bool IsWholeSet) : Target(Class, Context)
{
    /// <summary>The entities, where a link leads to them.</summary>
    public IReadOnlyList<uint>? Source { get; init; }

    /// <summary>What the path keeps of them.</summary>
    public ImmutableArray<QueryNode> Filters { get; init; } = [];

    /// <summary>Whether their number is asked for.</summary>
    public bool IsCount { get; init; }

    /// <summary>Whether references are asked for.</summary>
    public bool IsReference { get; init; }
}

/// <summary>One entity; 0 where a link to one leads nowhere.</summary>
internal sealed record EntityTarget(EntityClass Class, string Context, uint Id) : Target(Class, Context)
{
    /// <summary>Whether a reference is asked for.</summary>
    public bool IsReference { get; init; }
}

/// <summary>A property of one entity.</summary>
internal sealed record PropertyTarget(EntityClass Class, string Context, uint Id, ValueBinding Value) : Target(Class, Context)
{
    /// <summary>The part of a text that is asked for, or null.</summary>
    public string? Part { get; init; }

    /// <summary>What is asked for of a collection; null for all.</summary>
    public CollectionSelection? Selection { get; init; }

    /// <summary>Whether the bare value is asked for.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Whether the number of values is asked for.</summary>
    public bool IsCount { get; init; }
}

/// <summary>Follows the segments of a path (Part 2, section 4) from a set to what it leads to. Keys and links are looked up in the index.</summary>
internal sealed class Resolution(GraphView view)
{
    public static Variable Subject { get; } = new("s");

    public Target Resolve(ODataPath path)
    {
        Target? target = null;
        foreach (var segment in path)
        {
            target = (segment, target) switch
            {
                (EntitySetSegment set, null) => Set(view.Model.OfSet(set.EntitySet.Name)),
                (FilterSegment filter, EntitiesTarget { IsCount: false, IsReference: false } entities) => entities with { Filters = entities.Filters.Add(filter.Expression) },
                (KeySegment key, EntitiesTarget { IsCount: false, IsReference: false, Filters.IsEmpty: true } entities) => Key(entities, key),
                (NavigationPropertySegment navigation, EntityTarget entity) => Follow(Existing(entity), navigation.NavigationProperty.Name),
                (NavigationPropertyLinkSegment navigation, EntityTarget entity) => Follow(Existing(entity), navigation.NavigationProperty.Name) switch
                {
                    EntitiesTarget entities => entities with { IsReference = true, Context = "Collection($ref)" },
                    EntityTarget linked => linked with { IsReference = true, Context = "$ref" },
                    var other => other,
                },
                (PropertySegment property, EntityTarget entity) => Property(Existing(entity), property.Property.Name),
                (PropertySegment part, PropertyTarget { Value.Form: ValueForm.Texts }) => throw ODataRequestException.NotImplemented($"'{part.Identifier}' of a collection"),
                (ValueSegment, EntityTarget) => throw new ODataRequestException(400, "$value is of properties: an entity here is no media."),
                (ValueSegment, PropertyTarget { Value.IsSingle: true } property) => property with { IsRaw = true },
                (CountSegment, EntitiesTarget entities) => entities with { IsCount = true },
                (CountSegment, PropertyTarget { Value.IsSingle: false } property) => property with { IsCount = true },
                (TypeSegment type, EntitiesTarget entities) => Cast(entities, view.Model.Of(type.EdmType)),
                (TypeSegment type, EntityTarget entity) => Cast(Existing(entity), view.Model.Of(type.EdmType)),
                (ReferenceSegment, EntitiesTarget entities) => entities with { IsReference = true, Context = "Collection($ref)" },
                (ReferenceSegment, EntityTarget entity) => entity with { IsReference = true, Context = "$ref" },
                _ => throw ODataRequestException.NotImplemented($"'{segment.Identifier}' in a path"),
            };
        }

        return target ?? throw new ODataRequestException(404, "The path leads nowhere.");
    }

    private static EntitiesTarget Set(EntityClass @class) => new(@class, @class.Set!.Name, Patterns.Instances(@class, Subject), IsWholeSet: true);

    private static EntityTarget Existing(EntityTarget entity) =>
        entity.Id != 0 ? entity : throw new ODataRequestException(404, "The path goes on from an entity that does not exist.");

    private EntityTarget Key(EntitiesTarget entities, KeySegment segment)
    {
        var (name, value) = segment.Keys.First();
        if (value is not string key)
        {
            throw new ODataRequestException(400, $"The key '{name}' is a string.");
        }

        foreach (var iri in name == "iri" ? [key] : entities.Class.WithDerived.Select(c => view.Model.Keys.IriOf(key, c)).Distinct())
        {
            if (iri.Length > 0 && view.Find(EntityKeys.TermOf(iri)) is { IsBound: true } id && Has(entities, id.Value, name == "iri" ? null : key))
            {
                return new EntityTarget(entities.Class, (entities.Class.Set is null ? entities.Class.Type.Namespace + "." + entities.Class.Type.Name : entities.Class.Set.Name) + (entities.Class.Set is null ? "" : "/$entity"), id.Value);
            }
        }

        throw new ODataRequestException(404, $"There is no {entities.Class.Type.Name} with the key '{key}' here.");
    }

    /// <summary>Whether an entity is among some and has the key.</summary>
    private bool Has(EntitiesTarget entities, uint id, string? key)
    {
        if (entities.Class.Iri is not null && !view.IsInstance(id, entities.Class))
        {
            return false;
        }

        var actual = view.ClassOf(id, entities.Class);
        if (key is not null && view.Model.Keys.KeyOf(view.TextOf(id), actual) != key)
        {
            return false;
        }

        return entities.IsWholeSet || (entities.Source is { } source && source.Contains(id));
    }

    private Target Follow(EntityTarget entity, string name)
    {
        var actual = view.ClassOf(entity.Id, entity.Class);
        var link = actual.LinksByName.GetValueOrDefault(name) ?? entity.Class.Link(name);
        var targets = new List<uint>();
        view.Targets(entity.Id, link, view.IdOf(link.Predicate), targets);
        var context = link.Target.Set?.Name ?? $"Collection({link.Target.Type.Namespace}.{link.Target.Type.Name})";
        if (!link.IsSingle)
        {
            return new EntitiesTarget(link.Target, context, Patterns.Link(link, new ConstantTerm(EntityKeys.TermOf(view.TextOf(entity.Id))), Subject), IsWholeSet: false) { Source = targets };
        }

        context = link.Target.Set is null ? $"{link.Target.Type.Namespace}.{link.Target.Type.Name}" : link.Target.Set.Name + "/$entity";
        return new EntityTarget(link.Target, context, targets.Count == 0 ? 0 : targets[0]);
    }

    private PropertyTarget Property(EntityTarget entity, string name)
    {
        var actual = view.ClassOf(entity.Id, entity.Class);
        var set = actual.Set ?? view.Model.Classes[0].Set!;
        var key = view.Model.Keys.KeyOf(view.TextOf(entity.Id), actual).Replace("'", "''", StringComparison.Ordinal);
        return new PropertyTarget(actual, $"{set.Name}('{Uri.EscapeDataString(key)}')/{name}", entity.Id, actual.Value(name));
    }

    private static EntitiesTarget Cast(EntitiesTarget entities, EntityClass type) => entities with
    {
        Class = type,
        Context = $"{entities.Context}/{type.Type.Namespace}.{type.Type.Name}",
        Pattern = entities.IsWholeSet ? Patterns.Instances(type, Subject) : new Join(entities.Pattern, Patterns.Instances(type, Subject)),
    };

    private EntityTarget Cast(EntityTarget entity, EntityClass type) => view.IsInstance(entity.Id, type)
        ? entity with { Class = type }
        : throw new ODataRequestException(404, $"The entity is no {type.Type.Name}.");
}
