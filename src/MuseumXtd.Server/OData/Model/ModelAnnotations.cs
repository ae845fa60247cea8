using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace MuseumXtd.Server.OData.Model;

/// <summary>What the standard vocabularies (Core, Capabilities, Validation) say of the model: descriptions, and what the service can do.</summary>
internal static class ModelAnnotations
{
    private const string Capabilities = "Org.OData.Capabilities.V1.";
    private const string Core = "Org.OData.Core.V1.";

    /// <summary>What <c>Translation/FunctionTranslation</c> translates, and what <c>Requests/ExpressionText</c> tells in other words.</summary>
    private static readonly string[] Functions =
    [
        "contains", "startswith", "endswith", "matchespattern", "length", "indexof", "substring", "tolower", "toupper", "trim", "concat", "hassubset",
        "year", "month", "day", "hour", "minute", "second", "fractionalseconds", "date", "time", "totaloffsetminutes", "totalseconds",
        "now", "mindatetime", "maxdatetime", "round", "floor", "ceiling", "cast", "isof", "case",
    ];

    private static readonly IEdmModel[] Vocabularies = [CoreVocabularyModel.Instance, CapabilitiesVocabularyModel.Instance];

    public static void AddTo(EntityModel model)
    {
        var edm = model.Edm;
        foreach (var @class in model.Classes)
        {
            Describe(model, @class.Type, @class.Iri!);
            foreach (var property in @class.Type.DeclaredProperties)
            {
                DescribeProperty(model, @class, property);
            }

            AnnotateSet(edm, @class);
        }

        foreach (var property in model.Resource.Type.DeclaredProperties)
        {
            DescribeProperty(model, model.Resource, property);
        }

        var iri = model.Resource.Type.FindProperty("iri");
        edm.AddAlternateKeyAnnotation(model.Resource.Type, new Dictionary<string, IEdmProperty> { ["iri"] = iri }, true);
        AnnotateContainer(edm);
    }

    private static void DescribeProperty(EntityModel model, EntityClass @class, IEdmProperty property)
    {
        var iri = @class.ValuesByName.TryGetValue(property.Name, out var value) ? value.Predicate
            : @class.LinksByName.TryGetValue(property.Name, out var link) ? (link.IsInverse ? link.Inverse : link.Predicate)
            : null;
        switch (value?.Form)
        {
            case ValueForm.Id:
                Add(model.Edm, property, Core + "Description", new EdmStringConstant("The key: the last part of the IRI."));
                return;
            case ValueForm.Iri:
                Add(model.Edm, property, Core + "Description", new EdmStringConstant("The name of the entity on the web."));
                Add(model.Edm, property, Core + "IsURL", new EdmBooleanConstant(true));
                return;
            case ValueForm.Localised:
                Add(model.Edm, property, Core + "IsLanguageDependent", new EdmBooleanConstant(true));
                break;
        }

        if (iri is not null)
        {
            Describe(model, property, iri);
        }
    }

    private static void Describe(EntityModel model, IEdmVocabularyAnnotatable target, Rdf.Iri of)
    {
        // English without a qualifier, because tools show only that; French beside it.
        Text(Core + "Description", model.Ontology.Label(of, "en"), null);
        Text(Core + "Description", model.Ontology.Label(of, "fr"), "fr");
        Text(Core + "LongDescription", model.Ontology.Definition(of, "en"), null);
        Text(Core + "LongDescription", model.Ontology.Definition(of, "fr"), "fr");

        void Text(string term, string? text, string? qualifier)
        {
            if (text is not null)
            {
                Add(model.Edm, target, term, new EdmStringConstant(text), qualifier);
            }
        }
    }

    private static void AnnotateSet(EdmModel edm, EntityClass @class)
    {
        var set = @class.Set!;
        Add(edm, set, Capabilities + "SearchRestrictions", Record(("Searchable", true)));
        Add(edm, set, Capabilities + "InsertRestrictions", Record(("Insertable", false)));
        Add(edm, set, Capabilities + "UpdateRestrictions", Record(("Updatable", false)));
        Add(edm, set, Capabilities + "DeleteRestrictions", Record(("Deletable", false)));
        Add(edm, set, Capabilities + "CountRestrictions", Record(("Countable", true)));
        Add(edm, set, Capabilities + "FilterRestrictions", Record(("Filterable", true)));
        Add(edm, set, Capabilities + "SortRestrictions", Record(("Sortable", true)));
        Add(edm, set, Capabilities + "ExpandRestrictions", new EdmRecordExpression(
            new EdmPropertyConstructor("Expandable", new EdmBooleanConstant(true)), new EdmPropertyConstructor("MaxLevels", new EdmIntegerConstant(ODataLimits.Default.MaxExpandDepth))));
    }

    private static void AnnotateContainer(EdmModel edm)
    {
        var container = edm.EntityContainer;
        Add(edm, container, Core + "ODataVersions", new EdmStringConstant("4.0 4.01"));
        Add(edm, container, Capabilities + "ConformanceLevel", Member("Org.OData.Capabilities.V1.ConformanceLevelType", "Intermediate"));
        Add(edm, container, Capabilities + "BatchSupported", new EdmBooleanConstant(true));
        Add(edm, container, Capabilities + "AsynchronousRequestsSupported", new EdmBooleanConstant(false));
        Add(edm, container, Capabilities + "CrossJoinSupported", new EdmBooleanConstant(false));
        Add(edm, container, Capabilities + "KeyAsSegmentSupported", new EdmBooleanConstant(true));
        Add(edm, container, Capabilities + "QuerySegmentSupported", new EdmBooleanConstant(true));
        Add(edm, container, Capabilities + "FilterFunctions", new EdmCollectionExpression(Functions.Select(f => new EdmStringConstant(f))));
        Add(edm, container, Capabilities + "TopSupported", new EdmBooleanConstant(true));
        Add(edm, container, Capabilities + "SkipSupported", new EdmBooleanConstant(true));
        Add(edm, container, Capabilities + "ComputeSupported", new EdmBooleanConstant(true));
        Add(edm, container, Capabilities + "SupportedFormats", new EdmCollectionExpression(new EdmStringConstant("application/json")));
    }

    private static EdmRecordExpression Record(params ReadOnlySpan<(string Name, bool Value)> properties)
    {
        var members = new List<IEdmPropertyConstructor>();
        foreach (var (name, value) in properties)
        {
            members.Add(new EdmPropertyConstructor(name, new EdmBooleanConstant(value)));
        }

        return new EdmRecordExpression(members);
    }

    private static EdmEnumMemberExpression? Member(string type, string member) =>
        FindVocabularyType(type) is { } found && found.Members.FirstOrDefault(m => m.Name == member) is { } value ? new EdmEnumMemberExpression(value) : null;

    private static IEdmEnumType? FindVocabularyType(string name) =>
        Vocabularies.Select(m => m.FindDeclaredType(name)).OfType<IEdmEnumType>().FirstOrDefault();

    /// <summary>A term that the library's copy of the vocabularies has; others are left out.</summary>
    private static IEdmTerm? Term(string name) =>
        Vocabularies.Select(m => m.FindDeclaredTerm(name)).FirstOrDefault(t => t is not null);

    private static void Add(EdmModel edm, IEdmVocabularyAnnotatable target, string term, IEdmExpression? value, string? qualifier = null)
    {
        if (value is null || Term(term) is not { } found)
        {
            return;
        }

        var annotation = qualifier is null ? new EdmVocabularyAnnotation(target, found, value) : new EdmVocabularyAnnotation(target, found, qualifier, value);
        annotation.SetSerializationLocation(edm, EdmVocabularyAnnotationSerializationLocation.Inline);
        edm.AddVocabularyAnnotation(annotation);
    }
}
