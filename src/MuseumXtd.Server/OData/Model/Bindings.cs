using System.Collections.Immutable;
using Microsoft.OData.Edm;
using MuseumXtd.Rdf;

namespace MuseumXtd.Server.OData.Model;

/// <summary>How the values of a property are told.</summary>
internal enum ValueForm : byte
{
    /// <summary>The key.</summary>
    Id,

    /// <summary>The IRI.</summary>
    Iri,

    /// <summary>A value, or a collection of them, as they are.</summary>
    Plain,

    /// <summary>One text in the language of the request, or the next best.</summary>
    Localised,

    /// <summary>All texts with their languages.</summary>
    Texts,
}

/// <summary>What a structural property is in the graph.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Predicate">The predicate; null for the key and the IRI.</param>
/// <param name="Form">How its values are told.</param>
/// <param name="IsSingle">Whether there is one value at most.</param>
/// <param name="Kind">The primitive type of a value.</param>
/// <param name="Datatype">The datatype of the ontology.</param>
internal sealed record ValueBinding(string Name, Iri? Predicate, ValueForm Form, bool IsSingle, EdmPrimitiveTypeKind Kind, Iri? Datatype);

/// <summary>What a navigation property is in the graph.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Predicate">The predicate that the graph states.</param>
/// <param name="IsInverse">Whether it is followed from object to subject.</param>
/// <param name="IsSingle">Whether there is one target at most.</param>
/// <param name="Target">The type of the targets.</param>
/// <param name="Inverse">The navigation property back, or null.</param>
internal sealed record LinkBinding(string Name, Iri Predicate, bool IsInverse, bool IsSingle, EntityClass Target, Iri? Inverse)
{
    /// <summary>Whether the link can be followed in both directions by one predicate.</summary>
    public bool IsSymmetric { get; init; }
}

/// <summary>A class with its entity type and set.</summary>
internal sealed class EntityClass(Iri? iri, EdmEntityType type, EdmEntitySet? set, string folder)
{
    private readonly byte[] _encodedFolder = new Iri(folder).Encode();

    /// <summary>The class; null for what all resources have in common.</summary>
    public Iri? Iri { get; } = iri;

    public EdmEntityType Type { get; } = type;

    /// <summary>The entity set; null for what all resources have in common.</summary>
    public EdmEntitySet? Set { get; } = set;

    /// <summary>What the IRIs of its instances usually begin with.</summary>
    public string Folder { get; } = folder;

    /// <summary>The folder as it stands in encoded IRIs.</summary>
    public ReadOnlySpan<byte> EncodedFolder => _encodedFolder;

    /// <summary>What the URLs of its instances have between the root of the service and the key.</summary>
    public byte[] UrlStart { get; } = System.Text.Encoding.UTF8.GetBytes((set?.Name ?? "") + "('");

    /// <summary>The class above.</summary>
    public EntityClass? Parent { get; internal set; }

    /// <summary>This class and those below it.</summary>
    public ImmutableArray<EntityClass> WithDerived { get; internal set; } = [];

    /// <summary>The structural properties, those of the classes above first.</summary>
    public ImmutableArray<ValueBinding> Values { get; internal set; } = [];

    /// <summary>The navigation properties, those of the classes above first.</summary>
    public ImmutableArray<LinkBinding> Links { get; internal set; } = [];

    internal Dictionary<string, ValueBinding> ValuesByName { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, LinkBinding> LinksByName { get; } = new(StringComparer.Ordinal);

    /// <summary>How many classes are above.</summary>
    public int Depth => Parent is null ? 0 : Parent.Depth + 1;

    public ValueBinding Value(string name) => ValuesByName[name];

    public LinkBinding Link(string name) => LinksByName[name];

    /// <summary>Whether this is the other class or below it.</summary>
    public bool Is(EntityClass other) => this == other || Parent?.Is(other) == true;

    public override string ToString() => Type.Name;
}
