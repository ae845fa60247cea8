using System.Collections.Immutable;
using Microsoft.OData.Edm;
using MuseumXtd.Rdf;

namespace MuseumXtd.Server.OData.Model;

/// <summary>The entity model of an ontology, and what each part of it is in the graph.</summary>
internal sealed class EntityModel
{
    private readonly Dictionary<IEdmType, EntityClass> _byType;
    private readonly Dictionary<string, EntityClass> _bySet;

    internal EntityModel(EdmModel edm, Ontology ontology, EntityClass resource, EdmComplexType text, ImmutableArray<EntityClass> classes, EntityKeys keys)
    {
        Edm = edm;
        Ontology = ontology;
        Resource = resource;
        Text = text;
        Classes = classes;
        Keys = keys;
        _byType = classes.Append(resource).ToDictionary(c => (IEdmType)c.Type);
        _bySet = classes.ToDictionary(c => c.Set!.Name, StringComparer.Ordinal);
    }

    /// <summary>The model for the library.</summary>
    public EdmModel Edm { get; }

    public Ontology Ontology { get; }

    /// <summary>What all entities have in common.</summary>
    public EntityClass Resource { get; }

    /// <summary>A text with its language.</summary>
    public EdmComplexType Text { get; }

    /// <summary>The classes, by name.</summary>
    public ImmutableArray<EntityClass> Classes { get; }

    public EntityKeys Keys { get; }

    public EntityClass Of(IEdmType type) => _byType[type.AsElementType()];

    public EntityClass OfSet(string name) => _bySet[name];

    public EntityClass? Find(IEdmType type) => _byType.GetValueOrDefault(type);

    public EntityClass? FindByName(string qualifiedName) => Edm.FindDeclaredType(qualifiedName) is { } type ? Find(type) : null;

    /// <summary>Reads the ontology of a folder.</summary>
    /// <exception cref="Rdf.Syntax.RdfSyntaxException">A file is not well formed.</exception>
    public static EntityModel Read(string directory, string baseIri) => new EntityModelBuilder(new Ontology(OntologyFiles.Read(directory)), baseIri).Build();
}
