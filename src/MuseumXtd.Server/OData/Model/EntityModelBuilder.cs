using System.Collections.Immutable;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Server.OData.Model;

/// <summary>
/// Makes the entity model of an ontology: a class is an entity type and a set, a datatype property a property, an object property a navigation
/// property, both ways where the ontology names the inverse. How many values a property has is what the ontology and its shapes say.
/// </summary>
internal sealed class EntityModelBuilder(Ontology ontology, string baseIri)
{
    private readonly EdmModel _edm = new();
    private readonly Dictionary<Iri, EntityClass> _classes = [];
    private readonly Dictionary<(EntityClass, Iri), EdmNavigationProperty> _navigations = [];
    private readonly Dictionary<EntityClass, List<ValueBinding>> _values = [];
    private readonly Dictionary<EntityClass, List<LinkBinding>> _links = [];
    private EntityClass _resource = null!;
    private EdmComplexType _text = null!;
    private EdmEntityContainer _container = null!;

    public EntityModel Build()
    {
        _edm.SetEdmVersion(EdmConstants.EdmVersion401);
        _container = new EdmEntityContainer(ontology.Prefix, "Container");
        _edm.AddElement(_container);
        _text = new EdmComplexType(ontology.Prefix, "Text");
        _text.AddStructuralProperty("value", EdmPrimitiveTypeKind.String, isNullable: false);
        _text.AddStructuralProperty("language", EdmPrimitiveTypeKind.String, isNullable: true);
        _edm.AddElement(_text);
        AddResource();
        foreach (var @class in InOrder())
        {
            AddClass(@class);
        }

        var properties = ontology.Properties.ToDictionary(p => p.Iri);
        foreach (var property in ontology.Properties.OrderBy(p => !IsText(p) || !ontology.IsOnePerLanguage(p.Iri)))
        {
            if (property.IsLink && IsWithin(property, properties))
            {
                AddLink(property, properties);
            }
            else
            {
                AddValue(property);
            }
        }

        var all = _classes.Values.OrderBy(c => c.Type.Name, StringComparer.Ordinal).ToImmutableArray();
        foreach (var @class in all.Prepend(_resource).OrderBy(c => c.Depth))
        {
            Complete(@class, all);
        }

        SetPartners(properties);
        BindNavigations(all);
        var model = new EntityModel(_edm, ontology, _resource, _text, all, new EntityKeys(baseIri));
        ModelAnnotations.AddTo(model);
        return model;
    }

    private static bool IsText(OntologyProperty property) => property.Range.Any(r => r == RdfNames.LangString || r == RdfNames.DirLangString);

    /// <summary>A link whose targets are in the model; others are the IRIs of what lies outside.</summary>
    private static bool IsWithin(OntologyProperty property, Dictionary<Iri, OntologyProperty> properties) =>
        property.Range.Length > 0 || (property.Inverse is not null && properties.ContainsKey(property.Inverse));

    private static EdmPrimitiveTypeKind KindOf(Iri? datatype)
    {
        if (datatype is null || !datatype.Value.StartsWith(Xsd.Namespace, StringComparison.Ordinal))
        {
            return EdmPrimitiveTypeKind.String;
        }

        return datatype.Value[Xsd.Namespace.Length..] switch
        {
            "boolean" => EdmPrimitiveTypeKind.Boolean,
            "integer" or "long" or "nonNegativeInteger" or "positiveInteger" or "negativeInteger" or "nonPositiveInteger" or "unsignedInt" or "unsignedLong" => EdmPrimitiveTypeKind.Int64,
            "int" or "unsignedShort" or "gYear" => EdmPrimitiveTypeKind.Int32,
            "short" => EdmPrimitiveTypeKind.Int16,
            "byte" => EdmPrimitiveTypeKind.SByte,
            "unsignedByte" => EdmPrimitiveTypeKind.Byte,
            "decimal" => EdmPrimitiveTypeKind.Decimal,
            "double" => EdmPrimitiveTypeKind.Double,
            "float" => EdmPrimitiveTypeKind.Single,
            "date" => EdmPrimitiveTypeKind.Date,
            "dateTime" or "dateTimeStamp" => EdmPrimitiveTypeKind.DateTimeOffset,
            "time" => EdmPrimitiveTypeKind.TimeOfDay,
            "dayTimeDuration" => EdmPrimitiveTypeKind.Duration,
            _ => EdmPrimitiveTypeKind.String,
        };
    }

    private static IEdmTypeReference Reference(EdmPrimitiveTypeKind kind, bool isNullable) => kind switch
    {
        // Decimals of the graph have any number of places.
        EdmPrimitiveTypeKind.Decimal => new EdmDecimalTypeReference((IEdmPrimitiveType)EdmCoreModel.Instance.GetPrimitiveType(kind), isNullable, null, null),
        EdmPrimitiveTypeKind.DateTimeOffset or EdmPrimitiveTypeKind.Duration or EdmPrimitiveTypeKind.TimeOfDay =>
            new EdmTemporalTypeReference(EdmCoreModel.Instance.GetPrimitiveType(kind), isNullable, 7),
        _ => EdmCoreModel.Instance.GetPrimitive(kind, isNullable),
    };

    /// <summary>The classes, parents first.</summary>
    private IEnumerable<OntologyClass> InOrder()
    {
        var rest = ontology.Classes.ToDictionary(c => c.Iri);
        while (rest.Count > 0)
        {
            // In a circle of subclasses the first by name is taken for the top.
            var ready = rest.Values.Where(c => !c.Parents.Any(rest.ContainsKey)).OrderBy(c => c.Iri.Value, StringComparer.Ordinal).ToList();
            foreach (var @class in ready.Count > 0 ? ready : [rest.Values.OrderBy(c => c.Iri.Value, StringComparer.Ordinal).First()])
            {
                rest.Remove(@class.Iri);
                yield return @class;
            }
        }
    }

    private void AddResource()
    {
        var type = new EdmEntityType(ontology.Prefix, "Resource", null, isAbstract: true, isOpen: false);
        type.AddKeys(type.AddStructuralProperty("id", EdmPrimitiveTypeKind.String, isNullable: false));
        type.AddStructuralProperty("iri", EdmPrimitiveTypeKind.String, isNullable: false);
        _edm.AddElement(type);
        _resource = new EntityClass(null, type, null, "");
        _values[_resource] =
        [
            new ValueBinding("id", null, ValueForm.Id, true, EdmPrimitiveTypeKind.String, null),
            new ValueBinding("iri", null, ValueForm.Iri, true, EdmPrimitiveTypeKind.String, null),
        ];
        _links[_resource] = [];
    }

    private void AddClass(OntologyClass @class)
    {
        var parent = @class.Parents.Select(_classes.GetValueOrDefault).OfType<EntityClass>().FirstOrDefault() ?? _resource;
        var taken = _classes.Values.Select(c => c.Type.Name).Concat(["Resource", "Text", "Container"]).ToList();
        var name = EdmNames.Free(EdmNames.Of(@class.Iri), taken);
        var type = new EdmEntityType(ontology.Prefix, name, parent.Type);
        _edm.AddElement(type);
        var set = _container.AddEntitySet(EdmNames.Free(EdmNames.Plural(name), [.. _container.EntitySets().Select(s => s.Name)]), type);
        var added = new EntityClass(@class.Iri, type, set, FolderOf(@class, name, parent)) { Parent = parent };
        _classes.Add(@class.Iri, added);
        _values[added] = [];
        _links[added] = [];
    }

    /// <summary>Classes below one another share a folder, because an entity has one key in all sets that it is in.</summary>
    private string FolderOf(OntologyClass @class, string name, EntityClass parent) =>
        parent != _resource ? parent.Folder : @class.Folder ?? baseIri + name.ToLowerInvariant() + "/";

    private List<EntityClass> DomainOf(ImmutableArray<Iri> domain)
    {
        var classes = domain.Select(d => _classes[d]).ToList();
        return classes.Count == 0 ? [_resource] : [.. classes.Where(c => !classes.Exists(o => o != c && c.Is(o)))];
    }

    private void AddValue(OntologyProperty property)
    {
        var name = EdmNames.Of(property.Iri);
        var datatype = property.Range.FirstOrDefault();
        var kind = property.IsLink ? EdmPrimitiveTypeKind.String : KindOf(datatype);
        foreach (var domain in DomainOf(property.Domain))
        {
            if (IsText(property))
            {
                var isLocalised = ontology.IsOnePerLanguage(property.Iri);
                Add(domain, name, isLocalised ? ValueForm.Localised : ValueForm.Plain, isLocalised, kind);
                Add(domain, EdmNames.Plural(name), ValueForm.Texts, false, kind);
            }
            else
            {
                Add(domain, name, ValueForm.Plain, ontology.IsSingle(domain.Iri, property.Iri), kind);
            }
        }

        void Add(EntityClass domain, string wanted, ValueForm form, bool isSingle, EdmPrimitiveTypeKind valueKind)
        {
            var free = EdmNames.Free(wanted, TakenBy(domain));
            IEdmTypeReference type = form == ValueForm.Texts ? new EdmComplexTypeReference(_text, false) : Reference(valueKind, isNullable: isSingle);
            domain.Type.AddStructuralProperty(free, isSingle ? type : new EdmCollectionTypeReference(new EdmCollectionType(type)));
            _values[domain].Add(new ValueBinding(free, property.Iri, form, isSingle, valueKind, property.IsLink ? null : datatype));
        }
    }

    private void AddLink(OntologyProperty property, Dictionary<Iri, OntologyProperty> properties)
    {
        var inverse = property.Inverse is null ? null : properties.GetValueOrDefault(property.Inverse);
        var domains = DomainOf(property.Domain.IsEmpty && inverse is not null ? inverse.Range : property.Domain);
        var target = Common(DomainOf(property.Range.IsEmpty && inverse is not null ? inverse.Domain : property.Range));
        var isStated = property.IsStated || inverse is null || (!inverse.IsStated && string.CompareOrdinal(property.Iri.Value, inverse.Iri.Value) < 0);
        foreach (var domain in domains)
        {
            var isSingle = ontology.IsSingle(domain.Iri, property.Iri);
            var name = EdmNames.Of(property.Iri);
            name = EdmNames.Free(isSingle ? name : EdmNames.PluralOfLink(name), TakenBy(domain));
            var navigation = domain.Type.AddUnidirectionalNavigation(new EdmNavigationPropertyInfo
            {
                Name = name,
                Target = target.Type,
                TargetMultiplicity = isSingle ? EdmMultiplicity.ZeroOrOne : EdmMultiplicity.Many,
            });
            _navigations[(domain, property.Iri)] = navigation;
            _links[domain].Add(new LinkBinding(name, isStated ? property.Iri : inverse!.Iri, !isStated, isSingle, target, inverse?.Iri) { IsSymmetric = property.Inverse == property.Iri });
        }
    }

    /// <summary>The names of a type, of those above it and of those below it.</summary>
    private List<string> TakenBy(EntityClass domain) =>
        [.. _classes.Values.Append(_resource).Where(c => c.Is(domain) || domain.Is(c)).SelectMany(c => _values[c].Select(v => v.Name).Concat(_links[c].Select(l => l.Name)))];

    private EntityClass Common(List<EntityClass> classes)
    {
        for (var common = classes[0]; common is not null; common = common.Parent)
        {
            if (classes.TrueForAll(c => c.Is(common)))
            {
                return common;
            }
        }

        return _resource;
    }

    private void Complete(EntityClass @class, ImmutableArray<EntityClass> all)
    {
        var inherited = @class.Parent?.Values ?? [];

        // What a class calls by another predicate, its derived classes do as well.
        @class.Values = [.. inherited.Concat(_values[@class]).Select(v => v.Predicate is null || @class.Iri is null ? v : v with { Predicate = ontology.PredicateFor(@class.Iri, v.Predicate) })];
        @class.Links = [.. @class.Parent?.Links ?? [], .. _links[@class]];
        @class.WithDerived = [.. all.Prepend(_resource).Where(c => c.Is(@class))];
        foreach (var value in @class.Values)
        {
            @class.ValuesByName.Add(value.Name, value);
        }

        foreach (var link in @class.Links)
        {
            @class.LinksByName.Add(link.Name, link);
        }
    }

    /// <summary>CSDL allows a partner where both ends have one type each (section 8.4).</summary>
    private void SetPartners(Dictionary<Iri, OntologyProperty> properties)
    {
        foreach (var ((domain, iri), navigation) in _navigations)
        {
            if (properties[iri].Inverse is not { } inverse || navigation.Partner is not null)
            {
                continue;
            }

            var target = _classes.Values.Append(_resource).First(c => c.Type == navigation.ToEntityType());
            if (_navigations.TryGetValue((target, inverse), out var back) && back.ToEntityType() == domain.Type && back.Partner is null)
            {
                domain.Type.SetNavigationPropertyPartner(navigation, new EdmPathExpression(navigation.Name), back, new EdmPathExpression(back.Name));
            }
        }
    }

    private static void BindNavigations(ImmutableArray<EntityClass> all)
    {
        foreach (var @class in all)
        {
            foreach (var derived in @class.WithDerived)
            {
                foreach (var navigation in derived.Type.DeclaredNavigationProperties().Concat(derived == @class ? @class.Parent!.Type.NavigationProperties() : []))
                {
                    var target = all.FirstOrDefault(c => c.Type == navigation.ToEntityType());
                    // The set that a partner leads back to is that of the class which declares the link.
                    if (target is null || (navigation.Partner is not null && navigation.DeclaringType != @class.Type))
                    {
                        continue;
                    }

                    if (derived == @class)
                    {
                        @class.Set!.AddNavigationTarget(navigation, target.Set);
                    }
                    else
                    {
                        @class.Set!.AddNavigationTarget(navigation, target.Set, new EdmPathExpression(derived.Type.FullTypeName(), navigation.Name));
                    }
                }
            }
        }
    }
}
