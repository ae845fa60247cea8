using System.Globalization;
using System.Text.Json;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Server.OData;

/// <summary>Writes entities as OData JSON (OData JSON Format 4.01, minimal metadata), a query for each level of $expand.</summary>
internal sealed class EntityWriter(ODataModel model, EntityReader reader, Utf8JsonWriter json)
{
    /// <summary>Writes the members of entities into an array.</summary>
    public void WriteAll(IReadOnlyList<Iri> iris, IEdmEntityType declared, SelectExpandClause? shape)
    {
        var entities = Prepare(iris, shape);
        foreach (var iri in iris)
        {
            json.WriteStartObject();
            Write(iri, entities, declared, shape);
            json.WriteEndObject();
        }
    }

    /// <summary>Writes the members of one entity into an object that is begun.</summary>
    public void WriteOne(Iri iri, IEdmEntityType declared, SelectExpandClause? shape) => Write(iri, Prepare([iri], shape), declared, shape);

    private Level Prepare(IReadOnlyList<Iri> iris, SelectExpandClause? shape)
    {
        var said = reader.Describe([.. iris]);
        var below = new Dictionary<string, (Dictionary<Iri, List<Iri>> Links, Level Level)>(StringComparer.Ordinal);
        foreach (var expand in Expanded(shape))
        {
            var link = LinkOf(expand);
            var links = reader.Follow(said.Keys, model.Property(link.Name));
            below[link.Name] = (links, Prepare([.. links.Values.SelectMany(t => t).Distinct()], expand.SelectAndExpand));
        }

        return new Level(said, below);
    }

    private static IEnumerable<ExpandedNavigationSelectItem> Expanded(SelectExpandClause? shape) =>
        shape?.SelectedItems.OfType<ExpandedNavigationSelectItem>() ?? [];

    private static IEdmNavigationProperty LinkOf(ExpandedNavigationSelectItem expand)
    {
        if (expand.FilterOption is not null || expand.OrderByOption is not null || expand.TopOption is not null || expand.SkipOption is not null
            || expand.CountOption is not null || expand.LevelsOption is not null || expand.SearchOption is not null)
        {
            throw ODataRequestException.NotImplemented("An option within $expand other than $select and $expand");
        }

        return ((NavigationPropertySegment)expand.PathToNavigationProperty.LastSegment).NavigationProperty;
    }

    private void Write(Iri iri, Level level, IEdmEntityType declared, SelectExpandClause? shape)
    {
        var said = level.Said[iri];
        var type = said.GetValueOrDefault(RdfNames.Type)?.OfType<Iri>().Select(model.TypeOf).FirstOrDefault(t => t is not null) ?? declared;
        if (type != declared)
        {
            json.WriteString("@odata.type", "#" + type.FullTypeName());
        }

        var selected = shape is null || shape.AllSelected || shape.SelectedItems.OfType<WildcardSelectItem>().Any()
            ? null
            : shape.SelectedItems.OfType<PathSelectItem>().Select(i => i.SelectedPath.FirstSegment.Identifier).ToHashSet(StringComparer.Ordinal);
        foreach (var property in type.StructuralProperties())
        {
            if (selected?.Contains(property.Name) == false)
            {
                continue;
            }

            json.WritePropertyName(property.Name);
            if (property.Name == "id")
            {
                json.WriteStringValue(model.KeyOf(iri.Value, type));
            }
            else if (property.Name == "iri")
            {
                json.WriteStringValue(iri.Value);
            }
            else
            {
                WriteValues(property, said.GetValueOrDefault(model.Property(property.Name).Predicate) ?? []);
            }
        }

        foreach (var expand in Expanded(shape))
        {
            var link = LinkOf(expand);
            var (links, below) = level.Below[link.Name];
            json.WritePropertyName(link.Name);
            WriteLinked(links.GetValueOrDefault(iri) ?? [], below, link, expand.SelectAndExpand);
        }
    }

    private void WriteLinked(List<Iri> targets, Level level, IEdmNavigationProperty link, SelectExpandClause shape)
    {
        if (link.TargetMultiplicity() != EdmMultiplicity.Many)
        {
            if (targets.Count == 0)
            {
                json.WriteNullValue();
                return;
            }

            json.WriteStartObject();
            Write(targets[0], level, link.ToEntityType(), shape);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray();
        foreach (var target in targets)
        {
            json.WriteStartObject();
            Write(target, level, link.ToEntityType(), shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteValues(IEdmStructuralProperty property, List<Term> values)
    {
        if (!property.Type.IsCollection())
        {
            if (values.Count == 0)
            {
                json.WriteNullValue();
            }
            else
            {
                WriteValue(values[0], property.Type);
            }

            return;
        }

        json.WriteStartArray();
        foreach (var value in values)
        {
            WriteValue(value, property.Type.AsCollection().ElementType());
        }

        json.WriteEndArray();
    }

    private void WriteValue(Term term, IEdmTypeReference type)
    {
        var text = term is Literal literal ? literal.LexicalForm : ((term as Iri)?.Value ?? term.ToString())!;
        if (type.IsInt64() && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            json.WriteNumberValue(integer);
        }
        else if (type.IsDecimal() && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumberValue(number);
        }
        else if (type.IsBoolean())
        {
            json.WriteBooleanValue(text is "true" or "1");
        }
        else if (type.IsString())
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private sealed record Level(Dictionary<Iri, Dictionary<Iri, List<Term>>> Said, Dictionary<string, (Dictionary<Iri, List<Iri>> Links, Level Level)> Below);
}
