using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;
using Vocabulary = MuseumXtd.Rdf.Model.Dataset;

namespace MuseumXtd.Server.OData;

/// <summary>What a property of the entity model is in the graph.</summary>
/// <param name="Name">The name in OData: that of the ontology, as a plural where one word names many.</param>
/// <param name="Predicate">The predicate.</param>
/// <param name="IsSingle">Whether a resource has one value at most (for texts: one a language).</param>
/// <param name="IsText">Whether values compare as strings.</param>
/// <param name="IsInverse">Whether the graph states it from the other end.</param>
internal sealed record ODataProperty(string Name, Iri Predicate, bool IsSingle, bool IsText, bool IsInverse = false)
{
    /// <summary>The pattern that binds values of the property.</summary>
    public BasicGraphPattern Pattern(PatternTerm subject, PatternTerm value) => new([
        IsInverse ? new TriplePattern(value, new ConstantTerm(Predicate), subject) : new TriplePattern(subject, new ConstantTerm(Predicate), value)]);
}

/// <summary>The entity model, derived from the ontology and its shapes: a new class or property needs no code.</summary>
internal sealed class ODataModel
{
    private const string Mxtd = "https://w3id.org/museumxtd/ns#";
    private const string Owl = "http://www.w3.org/2002/07/owl#";
    private const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";
    private const string Schema = "https://schema.org/";
    private const string Shacl = "http://www.w3.org/ns/shacl#";

    private readonly Dictionary<string, ODataProperty> _properties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EdmEntityType> _types = new(StringComparer.Ordinal);
    private readonly string _baseIri;

    public ODataModel(string ontologyDirectory, string baseIri)
    {
        _baseIri = baseIri;
        var ontology = Read(ontologyDirectory, "mxtd.ttl");
        var single = SingleValued(Read(ontologyDirectory, "mxtd-shapes.ttl"));
        Edm = new EdmModel();
        Edm.SetEdmVersion(EdmConstants.EdmVersion401);
        Resource = new EdmEntityType("mxtd", "Resource", null, isAbstract: true, isOpen: false);
        Resource.AddKeys(Resource.AddStructuralProperty("id", EdmPrimitiveTypeKind.String, isNullable: false));
        Resource.AddStructuralProperty("iri", EdmPrimitiveTypeKind.String, isNullable: false);
        Edm.AddElement(Resource);
        var container = new EdmEntityContainer("mxtd", "MuseumXtd");
        Edm.AddElement(container);
        foreach (var name in NamesOf(ontology, "Class"))
        {
            var type = new EdmEntityType("mxtd", name, Resource);
            _types.Add(name, type);
            Edm.AddElement(type);
            container.AddEntitySet(Plural(name), type);
        }

        foreach (var name in NamesOf(ontology, "DatatypeProperty"))
        {
            AddValues(ontology, name, single.Contains(name));
        }

        foreach (var name in NamesOf(ontology, "ObjectProperty"))
        {
            AddLinks(ontology, name, single.Contains(name), container);
        }
    }

    /// <summary>The model for the library.</summary>
    public EdmModel Edm { get; }

    /// <summary>What all types have in common.</summary>
    public EdmEntityType Resource { get; }

    public ODataProperty Property(string name) => _properties[name];

    /// <summary>The class of an entity type; null for <see cref="Resource"/>.</summary>
    public static Iri? ClassOf(IEdmEntityType type) => type.Name == "Resource" ? null : new Iri(Mxtd + type.Name);

    /// <summary>The entity type of a class, or null when the model has none.</summary>
    public IEdmEntityType? TypeOf(Iri type) => type.Value.StartsWith(Mxtd, StringComparison.Ordinal) ? _types.GetValueOrDefault(type.Value[Mxtd.Length..]) : null;

    /// <summary>The key of a resource: its slug, or, where it lies elsewhere, its path below the base, or its IRI.</summary>
    public string KeyOf(string iri, IEdmEntityType type)
    {
        var folder = FolderOf(type);
        return iri.StartsWith(folder, StringComparison.Ordinal) && !iri.AsSpan(folder.Length).Contains('/') ? iri[folder.Length..]
            : iri.StartsWith(_baseIri, StringComparison.Ordinal) ? iri[_baseIri.Length..]
            : iri;
    }

    /// <summary>The resource of a key.</summary>
    public Iri IriOf(string key, IEdmEntityType type) => new(
        key.Contains(':', StringComparison.Ordinal) ? key
        : key.Contains('/', StringComparison.Ordinal) ? _baseIri + key
        : FolderOf(type) + key);

    private string FolderOf(IEdmEntityType type) => _baseIri + type.Name.ToLowerInvariant() + "/";

    private static Vocabulary Read(string directory, string file)
    {
        using var stream = File.OpenRead(Path.Combine(directory, file));
        return Vocabulary.Read(stream, RdfFormats.Turtle);
    }

    private static HashSet<string> SingleValued(Vocabulary shapes) => shapes
        .Where(q => (q.Predicate.Value == Shacl + "maxCount" && q.Object is Literal { LexicalForm: "1" }) || q.Predicate.Value == Shacl + "uniqueLang")
        .SelectMany(q => shapes.Objects(q.Subject, new Iri(Shacl + "path")).OfType<Iri>())
        .Where(p => p.Value.StartsWith(Mxtd, StringComparison.Ordinal))
        .Select(p => p.Value[Mxtd.Length..])
        .ToHashSet(StringComparer.Ordinal);

    private static List<string> NamesOf(Vocabulary ontology, string kind) =>
        [.. ontology.Subjects(RdfNames.Type, new Iri(Owl + kind)).OfType<Iri>()
            .Where(i => i.Value.StartsWith(Mxtd, StringComparison.Ordinal))
            .Select(i => i.Value[Mxtd.Length..])
            .Order(StringComparer.Ordinal)];

    /// <summary>A plural where a name is one word; names that are phrases, such as <c>ledBy</c>, stay.</summary>
    private static string PluralOfLink(string name) => name.All(char.IsAsciiLetterLower) && !name.EndsWith('s') ? name + "s" : name;

    private static string Plural(string type) => type.EndsWith('s') ? type + "es" : type.EndsWith('y') ? type[..^1] + "ies" : type + "s";

    private List<EdmEntityType> TypesOf(Vocabulary ontology, string property, string one, string several) =>
        [.. ontology.Objects(new Iri(Mxtd + property), new Iri(Rdfs + one)).Concat(ontology.Objects(new Iri(Mxtd + property), new Iri(Schema + several)))
            .OfType<Iri>().Select(TypeOf).OfType<EdmEntityType>().Distinct().OrderBy(t => t.Name, StringComparer.Ordinal)];

    private List<EdmEntityType> DomainOf(Vocabulary ontology, string property)
    {
        var types = TypesOf(ontology, property, "domain", "domainIncludes");
        return types.Count == 0 ? [Resource] : types;
    }

    private void AddValues(Vocabulary ontology, string name, bool isSingle)
    {
        var range = ontology.Objects(new Iri(Mxtd + name), new Iri(Rdfs + "range")).OfType<Iri>().FirstOrDefault()?.Value;
        var kind = range switch
        {
            Xsd.Namespace + "integer" => EdmPrimitiveTypeKind.Int64,
            Xsd.Namespace + "decimal" => EdmPrimitiveTypeKind.Decimal,
            Xsd.Namespace + "boolean" => EdmPrimitiveTypeKind.Boolean,
            _ => EdmPrimitiveTypeKind.String,
        };
        AddStructural(ontology, name, isSingle, kind);
    }

    private void AddStructural(Vocabulary ontology, string name, bool isSingle, EdmPrimitiveTypeKind kind)
    {
        _properties.Add(name, new ODataProperty(name, new Iri(Mxtd + name), isSingle, kind == EdmPrimitiveTypeKind.String));
        var type = EdmCoreModel.Instance.GetPrimitive(kind, isNullable: isSingle);
        foreach (var domain in DomainOf(ontology, name))
        {
            domain.AddStructuralProperty(name, isSingle ? type : new EdmCollectionTypeReference(new EdmCollectionType(type)));
        }
    }

    private void AddLinks(Vocabulary ontology, string name, bool isSingle, EdmEntityContainer container)
    {
        var targets = TypesOf(ontology, name, "range", "rangeIncludes");
        if (targets.Count == 0)
        {
            // A link out of the graph, such as a home page, is a text here.
            AddStructural(ontology, name, isSingle, EdmPrimitiveTypeKind.String);
            return;
        }

        var target = targets.Count == 1 ? targets[0] : Resource;
        var shown = isSingle ? name : PluralOfLink(name);
        var inverse = ontology.Objects(new Iri(Mxtd + name), new Iri(Owl + "inverseOf")).OfType<Iri>().FirstOrDefault();
        _properties.Add(shown, new ODataProperty(shown, inverse ?? new Iri(Mxtd + name), isSingle, IsText: false, inverse is not null));
        foreach (var domain in DomainOf(ontology, name))
        {
            var link = domain.AddUnidirectionalNavigation(new EdmNavigationPropertyInfo
            {
                Name = shown,
                Target = target,
                TargetMultiplicity = isSingle ? EdmMultiplicity.ZeroOrOne : EdmMultiplicity.Many,
            });
            if (target != Resource && domain != Resource)
            {
                ((EdmEntitySet)container.FindEntitySet(Plural(domain.Name))).AddNavigationTarget(link, container.FindEntitySet(Plural(target.Name)));
            }
        }
    }
}
