using System.Globalization;
using System.Text.Json;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>The token for what comes after the first entities of an expansion.</summary>
/// <param name="path">The path of all of them.</param>
/// <param name="query">The options.</param>
/// <param name="told">How many were told.</param>
internal delegate string Continuation(string path, string query, int told);

/// <summary>Writes entities as OData JSON (OData JSON Format 4.01, section 6), from ids to bytes.</summary>
internal sealed class EntityJson(GraphView view, LanguageChain languages, JsonFormat format, string root, Continuation? continuation, Utf8JsonWriter json) : IDisposable
{
    private static readonly JsonEncodedText TypeName = JsonEncodedText.Encode("@odata.type");
    private static readonly JsonEncodedText IdName = JsonEncodedText.Encode("@odata.id");
    private static readonly JsonEncodedText ValueName = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText LanguageName = JsonEncodedText.Encode("language");

    /// <summary>What stands for itself in URLs (RFC 3986, section 2.3).</summary>
    private static readonly System.Buffers.SearchValues<byte> Unreserved =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"u8);

    private readonly ValueJson _values = new(view.Dictionary, json, format.LongsAsText);
    private readonly byte[][] _languages = [.. languages.Languages.Select(System.Text.Encoding.UTF8.GetBytes)];
    private readonly List<uint> _sorted = [];

    public void Dispose() => _values.Dispose();

    /// <summary>Writes the members of an entity into an object that is begun.</summary>
    public void WriteMembers(EntityRows rows, int row)
    {
        var shape = rows.Shape;
        var id = rows.Ids[row];
        var plan = EntityPlan.Of(shape, view.ClassOf(id, shape.Class), view);
        WriteControl(id, plan.Class, shape.Class);
        var statements = view.Statements(id);
        foreach (var member in plan.Members)
        {
            if (member.Selection >= 0)
            {
                WriteSelection(rows, row, member);
            }
            else
            {
                WriteMember(id, plan.Class, member, statements);
            }
        }

        for (var i = 0; i < shape.Computed.Length; i++)
        {
            var value = rows.Computed?[row][i];
            if (value is null && format.OmitsNulls)
            {
                continue;
            }

            json.WritePropertyName(shape.Computed[i].Alias);
            _values.Write(value, KindOf(shape.Computed[i].TypeReference));
        }

        for (var i = 0; i < shape.Expansions.Length; i++)
        {
            WriteExpansion(rows, row, shape.Expansions[i], rows.Expansions[i], plan.Class);
        }

        if (format.Level == MetadataLevel.Full)
        {
            foreach (var link in plan.Class.Links.Where(l => shape.Tells(l.Name) && !shape.Expansions.Any(e => e.Name == l.Name)))
            {
                WriteLinks(link.Name, UrlOf(id, plan.Class));
            }
        }
    }

    /// <summary>Writes a reference to an entity.</summary>
    public void WriteReference(uint id, EntityClass declared)
    {
        json.WriteStartObject();
        json.WriteString(IdName, UrlOf(id, view.ClassOf(id, declared)));
        json.WriteEndObject();
    }

    /// <summary>Writes the values of a property.</summary>
    public void WriteValue(uint id, EntityClass @class, EntityPlan.Member member) => WriteContent(id, @class, member, Values(view.Statements(id), member.Predicate));

    /// <summary>The URL of an entity: in the set of its class.</summary>
    public string UrlOf(uint id, EntityClass @class)
    {
        var of = @class.Set is null ? view.Model.Classes[0] : @class;
        if (EntityKeys.TryKeyOf(view.Resource(id), of, out var key) && !key.ContainsAnyExcept(Unreserved))
        {
            return string.Concat(root, of.Set!.Name, "('", System.Text.Encoding.ASCII.GetString(key)) + "')";
        }

        return $"{root}{of.Set!.Name}('{Uri.EscapeDataString(view.Model.Keys.KeyOf(view.TextOf(id), of).Replace("'", "''", StringComparison.Ordinal))}')";
    }

    private static Microsoft.OData.Edm.EdmPrimitiveTypeKind? KindOf(Microsoft.OData.Edm.IEdmTypeReference? type) =>
        type is Microsoft.OData.Edm.IEdmPrimitiveTypeReference primitive ? ((Microsoft.OData.Edm.IEdmPrimitiveType)primitive.Definition).PrimitiveKind : null;

    private static ReadOnlySpan<uint> Values(TripleRange statements, TermId predicate)
    {
        if (!predicate.IsBound)
        {
            return [];
        }

        var predicates = statements.Second;
        var (low, high) = (0, predicates.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (predicates[middle] < predicate.Value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var end = low;
        while (end < predicates.Length && predicates[end] == predicate.Value)
        {
            end++;
        }

        return statements.Third[low..end];
    }

    private void WriteControl(uint id, EntityClass actual, EntityClass declared)
    {
        if (format.Level == MetadataLevel.None)
        {
            return;
        }

        if (actual != declared || format.Level == MetadataLevel.Full)
        {
            json.WriteString(TypeName, "#" + actual.Type.Namespace + "." + actual.Type.Name);
        }

        // Where the set is not that of the declared type, a client cannot know the URL.
        if (format.Level == MetadataLevel.Full || declared.Set is null)
        {
            json.WriteString(IdName, UrlOf(id, actual));
        }
    }

    private void WriteMember(uint id, EntityClass @class, EntityPlan.Member member, TripleRange statements)
    {
        var values = Values(statements, member.Predicate);
        if (format.OmitsNulls && member.Value.IsSingle && member.Value.Predicate is not null && !HasValue(member, values))
        {
            return;
        }

        if (format.Level == MetadataLevel.Full && member.TypeAnnotation is not null)
        {
            json.WriteString(member.Value.Name + "@odata.type", member.TypeAnnotation);
        }

        json.WritePropertyName(member.Name);
        WriteContent(id, @class, member, values);
    }

    private bool HasValue(EntityPlan.Member member, ReadOnlySpan<uint> values) =>
        values.Length > 0 && (member.Value.Form == ValueForm.Localised || _values.Fits(First(values), member.Value.Kind));

    private void WriteContent(uint id, EntityClass @class, EntityPlan.Member member, ReadOnlySpan<uint> values)
    {
        var value = member.Value;
        switch (value.Form)
        {
            case ValueForm.Id:
                WriteKey(id, @class);
                break;
            case ValueForm.Iri:
                WriteIri(id);
                break;
            case ValueForm.Localised when values.Length == 0:
            case ValueForm.Plain when value.IsSingle && values.Length == 0:
                json.WriteNullValue();
                break;
            case ValueForm.Localised:
                json.WriteStringValue(_values.Text(new TermId(Best(values))));
                break;
            case ValueForm.Plain when value.IsSingle:
                _values.Write(First(values), value.Kind);
                break;
            default:
                WriteCollection(member, Sorted(values));
                break;
        }
    }

    /// <summary>A collection that was selected with options.</summary>
    private void WriteSelection(EntityRows rows, int row, EntityPlan.Member member)
    {
        var selected = rows.Selections[member.Selection];
        if (rows.Shape.Selections[member.Selection].Counts)
        {
            json.WriteNumber(member.Value.Name + "@odata.count", selected.Counts[row]);
        }

        if (format.Level == MetadataLevel.Full && member.TypeAnnotation is not null)
        {
            json.WriteString(member.Value.Name + "@odata.type", member.TypeAnnotation);
        }

        json.WritePropertyName(member.Name);
        WriteSelected(selected, row, member);
    }

    /// <summary>The values of one entity among some that were selected.</summary>
    public void WriteSelected(SelectedValues selected, int row, EntityPlan.Member member) =>
        WriteCollection(member, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(selected.Ids)[selected.Starts[row]..selected.Starts[row + 1]]);

    private void WriteCollection(EntityPlan.Member member, ReadOnlySpan<uint> values)
    {
        json.WriteStartArray();
        foreach (var item in values)
        {
            if (member.Value.Form == ValueForm.Texts)
            {
                WriteText(new TermId(item), member.Parts);
            }
            else if (_values.Fits(item, member.Value.Kind))
            {
                _values.Write(item, member.Value.Kind);
            }
        }

        json.WriteEndArray();
    }

    private void WriteKey(uint id, EntityClass @class)
    {
        if (EntityKeys.TryKeyOf(view.Resource(id), @class, out var key))
        {
            json.WriteStringValue(key);
        }
        else
        {
            json.WriteStringValue(view.Model.Keys.KeyOf(view.TextOf(id), @class));
        }
    }

    private void WriteIri(uint id)
    {
        if (new TermId(id).Tag == TermTag.Iri)
        {
            json.WriteStringValue(new Rdf.EncodedTerm(view.Resource(id)).Iri);
        }
        else
        {
            json.WriteStringValue(view.TextOf(id));
        }
    }

    private void WriteText(TermId text, HashSet<string>? parts)
    {
        json.WriteStartObject();
        if (parts?.Contains("value") != false)
        {
            json.WritePropertyName(ValueName);
            _values.Write(text.Value, Microsoft.OData.Edm.EdmPrimitiveTypeKind.String);
        }

        if (parts?.Contains("language") != false)
        {
            json.WritePropertyName(LanguageName);
            if (text.Tag == TermTag.LangString)
            {
                json.WriteStringValue(_values.Language(text));
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Of several values against the model, the least by text.</summary>
    private uint First(ReadOnlySpan<uint> values) => values.Length == 1 ? values[0] : Sorted(values)[0];

    private ReadOnlySpan<uint> Sorted(ReadOnlySpan<uint> values)
    {
        if (values.Length < 2)
        {
            return values;
        }

        _sorted.Clear();
        _sorted.AddRange(values);
        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sorted);
        view.SortByText(span);
        return span;
    }

    private uint Best(ReadOnlySpan<uint> texts)
    {
        if (texts.Length == 1)
        {
            return texts[0];
        }

        foreach (var language in _languages)
        {
            var best = 0u;
            foreach (var text in texts)
            {
                if (System.Text.Ascii.EqualsIgnoreCase(_values.Language(new TermId(text)), language) && (best == 0 || view.CompareText(text, best) < 0))
                {
                    best = text;
                }
            }

            if (best != 0)
            {
                return best;
            }
        }

        return Sorted(texts)[0];
    }

    private void WriteExpansion(EntityRows rows, int row, Expansion expansion, LinkedRows linked, EntityClass actual)
    {
        if (expansion.Source != rows.Shape.Class && !actual.Is(expansion.Source))
        {
            return;
        }

        var (start, end) = (linked.Starts[row], linked.Starts[row + 1]);
        if (format.Level == MetadataLevel.Full)
        {
            // What is said of a property comes before it (OData JSON Format 4.01, section 4.5).
            WriteLinks(expansion.Name, UrlOf(rows.Ids[row], actual));
        }

        if (expansion.Counts || linked.Level is null)
        {
            json.WriteNumber(expansion.Name + "@odata.count", linked.Counts[row]);
        }

        if (linked.Level is null)
        {
            return;
        }

        if (expansion.Link.IsSingle && start == end && format.OmitsNulls)
        {
            return;
        }

        json.WritePropertyName(expansion.Name);
        if (expansion.Link.IsSingle)
        {
            if (start == end)
            {
                json.WriteNullValue();
            }
            else
            {
                WriteLinked(expansion, linked, start);
            }

            return;
        }

        json.WriteStartArray();
        for (var i = start; i < end; i++)
        {
            WriteLinked(expansion, linked, i);
        }

        json.WriteEndArray();
        if (linked.HasMore[row])
        {
            json.WriteString(expansion.Name + "@odata.nextLink", Rest(UrlOf(rows.Ids[row], actual), expansion, end - start));
        }
    }

    /// <summary>Where the rest of an expansion is, in the same state of the data.</summary>
    private string Rest(string entity, Expansion expansion, int told)
    {
        var cast = expansion.Target == expansion.Link.Target ? "" : $"/{expansion.Target.Type.Namespace}.{expansion.Target.Type.Name}";
        var path = $"{entity[root.Length..]}/{expansion.Name}{cast}{(expansion.IsReference ? "/$ref" : "")}";
        var skip = expansion.Skip > 0 ? string.Create(CultureInfo.InvariantCulture, $"$skip={expansion.Skip}&") : "";
        var top = expansion.Top is { } most ? string.Create(CultureInfo.InvariantCulture, $"$top={most}&") : "";
        var query = (expansion.Options + skip + top).TrimEnd('&');
        return $"{root}{path}?{query}{(query.Length > 0 ? "&" : "")}$skiptoken={continuation!(path, query, told)}";
    }

    private void WriteLinked(Expansion expansion, LinkedRows linked, int place)
    {
        if (expansion.IsReference)
        {
            WriteReference(linked.Level!.Ids[linked.Targets[place]], expansion.Target);
            return;
        }

        json.WriteStartObject();
        WriteMembers(linked.Level!, linked.Targets[place]);
        json.WriteEndObject();
    }

    private void WriteLinks(string name, string url)
    {
        json.WriteString(name + "@odata.associationLink", $"{url}/{name}/$ref");
        json.WriteString(name + "@odata.navigationLink", $"{url}/{name}");
    }
}
