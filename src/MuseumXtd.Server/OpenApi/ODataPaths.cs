using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OpenApi;

namespace MuseumXtd.Server.OpenApi;

/// <summary>The entity sets of OData as paths, their types as schemas (OData to OpenAPI Mapping 1.0), for the part that a client reads.</summary>
internal sealed class ODataPaths(IEdmModel model, OpenApiDocument document)
{
    private const string Root = "/odata/";
    private const string Json = "application/json";
    private const string DescriptionTerm = "Org.OData.Core.V1.Description";

    private static readonly (string Name, JsonSchemaType Type, string Description)[] Options =
    [
        ("$filter", JsonSchemaType.String, "Which entities, such as `startYear ge 2020 and contains(name,'musée')`."),
        ("$search", JsonSchemaType.String, "Words that names or texts hold, whatever their accents and case."),
        ("$select", JsonSchemaType.String, "Which properties."),
        ("$expand", JsonSchemaType.String, "Which linked entities to put in, such as `places($select=name)`."),
        ("$orderby", JsonSchemaType.String, "In which order, such as `startYear desc,name`."),
        ("$top", JsonSchemaType.Integer, "How many at most."),
        ("$skip", JsonSchemaType.Integer, "How many to leave out first."),
        ("$count", JsonSchemaType.Boolean, "Whether to say how many there are in all."),
        ("$apply", JsonSchemaType.String, "Groups and sums, such as `groupby((startYear),aggregate($count as n))`."),
        ("$compute", JsonSchemaType.String, "Properties to make, such as `endYear sub startYear as years`."),
        ("$format", JsonSchemaType.String, "`json`, `text/csv`, `xlsx` or `xml` where it applies."),
    ];

    private static readonly string[] OfOne = ["$select", "$expand", "$compute", "$format"];

    /// <summary>Adds them to the document.</summary>
    public void Add()
    {
        document.Components!.Parameters ??= new Dictionary<string, IOpenApiParameter>();
        foreach (var (name, type, description) in Options)
        {
            document.Components.Parameters[ComponentOf(name)] = new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = description,
                Schema = new OpenApiSchema { Type = type },
            };
        }

        AddDocuments();
        foreach (var type in model.SchemaElements.OfType<IEdmStructuredType>().OrderBy(t => t.FullTypeName(), StringComparer.Ordinal))
        {
            document.Components.Schemas![NameOf(type)] = SchemaOf(type);
        }

        foreach (var set in model.EntityContainer.EntitySets().OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            AddSet(set);
        }
    }

    private static string ComponentOf(string option) => option.Replace("$", "odata-", StringComparison.Ordinal);

    private static string NameOf(IEdmType type) => type.FullTypeName();

    private static OpenApiMediaType Content(IOpenApiSchema schema) => new() { Schema = schema };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private void AddDocuments()
    {
        Add("/odata", "odataService", "The entity sets", Answer("The service document.", (Json, new OpenApiSchema { Type = JsonSchemaType.Object })));
        Add("/odata/$metadata", "odataMetadata", "The entity model", Answer("CSDL.", ("application/xml", Text()), (Json, new OpenApiSchema { Type = JsonSchemaType.Object })));
        document.Paths["/odata/$batch"] = new OpenApiPathItem();
        var batch = Operation("odataBatch", "Several requests in one", Answer("An answer to each.", (Json, new OpenApiSchema { Type = JsonSchemaType.Object }), ("multipart/mixed", Text())));
        batch.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [Json] = Content(new OpenApiSchema { Type = JsonSchemaType.Object }),
                ["multipart/mixed"] = Content(Text()),
            },
        };
        ((OpenApiPathItem)document.Paths["/odata/$batch"]).AddOperation(HttpMethod.Post, batch);
    }

    private void AddSet(IEdmEntitySet set)
    {
        var type = set.EntityType;
        var entity = new OpenApiSchemaReference(NameOf(type), document);
        var page = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["@odata.context"] = Text(),
                ["@odata.count"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["@odata.nextLink"] = Text(),
                ["value"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = entity },
            },
            Required = new HashSet<string> { "value" },
        };
        Add(
            Root + set.Name,
            "list" + set.Name,
            DescriptionOf(type) is { } what ? $"{set.Name}: {what}" : set.Name,
            Answer("A page of entities; nextLink leads to the next.", (Json, page), ("text/csv", Text()), ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Text())),
            [.. Options.Select(o => Parameter(o.Name))]);
        Add(
            Root + set.Name + "/$count",
            "count" + set.Name,
            $"How many {set.Name}",
            Answer("A number.", ("text/plain", new OpenApiSchema { Type = JsonSchemaType.Integer })),
            [Parameter("$filter"), Parameter("$search")]);
        var one = Add(
            Root + set.Name + "('{id}')",
            "read" + set.Name,
            $"One of {set.Name}",
            Answer("The entity.", (Json, entity)),
            [.. OfOne.Select(Parameter)]);
        var id = new OpenApiParameter { Name = "id", In = ParameterLocation.Path, Required = true, Description = "The identifier.", Schema = Text() };
        one.Parameters = [id];
        foreach (var link in type.NavigationProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var isMany = link.TargetMultiplicity() == EdmMultiplicity.Many;
            var target = new OpenApiSchemaReference(NameOf(link.ToEntityType()), document);
            IOpenApiSchema schema = isMany
                ? new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema> { ["value"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = target } },
                }
                : target;
            var linked = Add(
                $"{Root}{set.Name}('{{id}}')/{link.Name}",
                $"read{set.Name}_{link.Name}",
                DescriptionOf(link) ?? link.Name,
                Answer("What it is linked to.", (Json, schema)),
                [.. (isMany ? Options.Select(o => o.Name) : OfOne).Select(Parameter)]);
            linked.Parameters = [id];
        }
    }

    private OpenApiPathItem Add(string path, string id, string summary, OpenApiResponses responses, List<IOpenApiParameter>? parameters = null)
    {
        var operation = Operation(id, summary, responses);
        operation.Parameters = parameters;
        var item = new OpenApiPathItem();
        item.AddOperation(HttpMethod.Get, operation);
        document.Paths[path] = item;
        return item;
    }

    private OpenApiOperation Operation(string id, string summary, OpenApiResponses responses) => new()
    {
        OperationId = id,
        Summary = summary,
        Tags = new HashSet<OpenApiTagReference> { new("OData", document) },
        Responses = responses,
    };

    private OpenApiParameterReference Parameter(string option) => new(ComponentOf(option), document);

    private OpenApiResponses Answer(string description, params (string MediaType, IOpenApiSchema Schema)[] contents) => new()
    {
        ["200"] = new OpenApiResponse
        {
            Description = description,
            Content = contents.ToDictionary(c => c.MediaType, IOpenApiMediaType (c) => Content(c.Schema)),
        },
        ["304"] = new OpenApiResponseReference("NotModified", document),
        ["default"] = new OpenApiResponse
        {
            Description = "An error.",
            Content = new Dictionary<string, IOpenApiMediaType> { [Json] = Content(new OpenApiSchemaReference("ODataError", document)) },
        },
    };

    private OpenApiSchema SchemaOf(IEdmStructuredType type)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = type is IEdmVocabularyAnnotatable annotated ? DescriptionOf(annotated) : null,
            Properties = new Dictionary<string, IOpenApiSchema>(),
        };
        foreach (var property in type.Properties().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            schema.Properties[property.Name] = property is IEdmNavigationProperty link ? SchemaOf(link) : SchemaOf(property.Type, DescriptionOf(property));
        }

        return schema;
    }

    private OpenApiSchema SchemaOf(IEdmNavigationProperty link)
    {
        var target = new OpenApiSchemaReference(NameOf(link.ToEntityType()), document);
        return link.TargetMultiplicity() == EdmMultiplicity.Many
            ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = target, Description = DescriptionOf(link) }
            : new OpenApiSchema { OneOf = [target, new OpenApiSchema { Type = JsonSchemaType.Null }], Description = DescriptionOf(link) };
    }

    private IOpenApiSchema SchemaOf(IEdmTypeReference reference, string? description = null)
    {
        if (reference.IsCollection())
        {
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = SchemaOf(reference.AsCollection().ElementType()), Description = description };
        }

        if (!reference.IsPrimitive())
        {
            return new OpenApiSchemaReference(NameOf(reference.Definition), document);
        }

        var (type, format) = reference.PrimitiveKind() switch
        {
            EdmPrimitiveTypeKind.Boolean => (JsonSchemaType.Boolean, null),
            EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.SByte or EdmPrimitiveTypeKind.Int16 or EdmPrimitiveTypeKind.Int32 => (JsonSchemaType.Integer, "int32"),
            EdmPrimitiveTypeKind.Int64 => (JsonSchemaType.Integer, "int64"),
            EdmPrimitiveTypeKind.Decimal => (JsonSchemaType.Number, "decimal"),
            EdmPrimitiveTypeKind.Double => (JsonSchemaType.Number, "double"),
            EdmPrimitiveTypeKind.Single => (JsonSchemaType.Number, "float"),
            EdmPrimitiveTypeKind.Date => (JsonSchemaType.String, "date"),
            EdmPrimitiveTypeKind.DateTimeOffset => (JsonSchemaType.String, "date-time"),
            EdmPrimitiveTypeKind.Duration => (JsonSchemaType.String, "duration"),
            EdmPrimitiveTypeKind.TimeOfDay => (JsonSchemaType.String, "time"),
            EdmPrimitiveTypeKind.Binary => (JsonSchemaType.String, "base64url"),
            _ => (JsonSchemaType.String, null),
        };
        return new OpenApiSchema { Type = reference.IsNullable ? type | JsonSchemaType.Null : type, Format = format, Description = description };
    }

    private string? DescriptionOf(IEdmVocabularyAnnotatable element) =>
        model.FindVocabularyAnnotations<IEdmVocabularyAnnotation>(element, DescriptionTerm)
            .OrderBy(a => a.Qualifier, StringComparer.Ordinal)
            .Select(a => (a.Value as IEdmStringConstantExpression)?.Value)
            .FirstOrDefault(v => v is not null);
}
