using System.Globalization;
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
internal sealed class EntityJson(GraphView view, LanguageChain languages, JsonFormat format, string root, Continuation? continuation, JsonOutput json) : IDisposable
{
    private static readonly byte[] TypeName = JsonOutput.Named("@odata.type");
    private static readonly byte[] IdName = JsonOutput.Named("@odata.id");
    private static readonly byte[] ValueName = JsonOutput.Named("value");
    private static readonly byte[] LanguageName = JsonOutput.Named("language");

    /// <summary>What stands for itself in URLs (RFC 3986, section 2.3).</summary>
    private static readonly System.Buffers.SearchValues<byte> Unreserved =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"u8);

    private readonly ValueJson _values = new(view.Dictionary, json, format.LongsAsText);
    private readonly byte[][] _languages = [.. languages.Languages.Select(System.Text.Encoding.UTF8.GetBytes)];
    private readonly byte[] _root = System.Text.Encoding.UTF8.GetBytes(root);
    private readonly List<uint> _sorted = [];

    public void Dispose() => _values.Dispose();

    /// <summary>Writes the members of an entity into an object that is begun.</summary>
    public void WriteMembers(EntityRows rows, int row)
    {
        var shape = rows.Shape;
        var id = rows.Ids[row];
        var statements = view.Statements(id);
        var plan = EntityPlan.Of(shape, view.ClassOf(statements, shape.Class), view);
        WriteControl(id, plan, shape.Class);
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

            json.Name(shape.Computed[i].Alias);
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
        json.OpenObject();
        json.Name(IdName);
        WriteUrl(id, view.ClassOf(id, declared));
        json.CloseObject();
    }

    /// <summary>Writes the values of a property.</summary>
    public void WriteValue(uint id, EntityClass @class, EntityPlan.Member member) => WriteContent(id, @class, member, GraphView.ObjectsOf(view.Statements(id), member.Predicate));

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

    /// <summary>Writes what <see cref="UrlOf"/> gives.</summary>
    private void WriteUrl(uint id, EntityClass @class)
    {
        if (@class.Set is not null && EntityKeys.TryKeyOf(view.Resource(id), @class, out var key) && !key.ContainsAnyExcept(Unreserved))
        {
            json.Text(_root, @class.UrlStart, key, "')"u8);
        }
        else
        {
            json.Text(UrlOf(id, @class));
        }
    }

    private void WriteControl(uint id, EntityPlan actual, EntityClass declared)
    {
        if (format.Level == MetadataLevel.None)
        {
            return;
        }

        if (actual.Class != declared || format.Level == MetadataLevel.Full)
        {
            json.Name(TypeName);
            json.Text(actual.TypeName);
        }

        // Where the set is not that of the declared type, a client cannot know the URL.
        if (format.Level == MetadataLevel.Full || declared.Set is null)
        {
            json.Name(IdName);
            WriteUrl(id, actual.Class);
        }
    }

    private void WriteMember(uint id, EntityClass @class, EntityPlan.Member member, TripleRange statements)
    {
        var values = GraphView.ObjectsOf(statements, member.Predicate);
        if (format.OmitsNulls && member.Value.IsSingle && member.Value.Predicate is not null && !HasValue(member, values))
        {
            return;
        }

        if (format.Level == MetadataLevel.Full && member.TypeAnnotation is not null)
        {
            json.Name(member.Value.Name + "@odata.type");
            json.Text(member.TypeAnnotation);
        }

        json.Name(member.Name);
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
                json.Null();
                break;
            case ValueForm.Localised:
                _values.WriteText(new TermId(Best(values)));
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
            json.Name(member.Value.Name + "@odata.count");
            json.Number(selected.Counts[row]);
        }

        if (format.Level == MetadataLevel.Full && member.TypeAnnotation is not null)
        {
            json.Name(member.Value.Name + "@odata.type");
            json.Text(member.TypeAnnotation);
        }

        json.Name(member.Name);
        WriteSelected(selected, row, member);
    }

    /// <summary>The values of one entity among some that were selected.</summary>
    public void WriteSelected(SelectedValues selected, int row, EntityPlan.Member member) =>
        WriteCollection(member, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(selected.Ids)[selected.Starts[row]..selected.Starts[row + 1]]);

    private void WriteCollection(EntityPlan.Member member, ReadOnlySpan<uint> values)
    {
        if (values.IsEmpty)
        {
            json.Raw("[]"u8);
            return;
        }

        json.OpenArray();
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

        json.CloseArray();
    }

    private void WriteKey(uint id, EntityClass @class)
    {
        if (EntityKeys.TryKeyOf(view.Resource(id), @class, out var key))
        {
            json.Text(key);
        }
        else
        {
            json.Text(view.Model.Keys.KeyOf(view.TextOf(id), @class));
        }
    }

    private void WriteIri(uint id)
    {
        if (new TermId(id).Tag == TermTag.Iri)
        {
            json.Text(new Rdf.EncodedTerm(view.Resource(id)).Iri);
        }
        else
        {
            json.Text(view.TextOf(id));
        }
    }

    private void WriteText(TermId text, HashSet<string>? parts)
    {
        json.OpenObject();
        if (parts?.Contains("value") != false)
        {
            json.Name(ValueName);
            _values.WriteText(text);
        }

        if (parts?.Contains("language") != false)
        {
            json.Name(LanguageName);
            if (text.Tag == TermTag.LangString)
            {
                json.Text(_values.Language(text));
            }
            else
            {
                json.Null();
            }
        }

        json.CloseObject();
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
            json.Name(expansion.Name + "@odata.count");
            json.Number(linked.Counts[row]);
        }

        if (linked.Level is null)
        {
            return;
        }

        if (expansion.Link.IsSingle && start == end && format.OmitsNulls)
        {
            return;
        }

        json.Name(expansion.Named);
        if (expansion.Link.IsSingle)
        {
            if (start == end)
            {
                json.Null();
            }
            else
            {
                WriteLinked(expansion, linked, start);
            }

            return;
        }

        json.OpenArray();
        for (var i = start; i < end; i++)
        {
            WriteLinked(expansion, linked, i);
        }

        json.CloseArray();
        if (linked.HasMore[row])
        {
            json.Name(expansion.Name + "@odata.nextLink");
            json.Text(Rest(UrlOf(rows.Ids[row], actual), expansion, end - start));
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

        var (level, row) = (linked.Level!, linked.Targets[place]);
        var isTwice = level.Weights?[row] > 1;
        if (isTwice && level.Told?[row] is { Length: > 0 } told && told.Part == json.Part)
        {
            json.Again(told.Start, told.Length);
            return;
        }

        json.OpenObject();
        var start = json.Length - 1;
        WriteMembers(level, row);
        json.CloseObject();
        if (isTwice)
        {
            (level.Told ??= new (int, int, int)[level.Count])[row] = (json.Part, start, json.Length - start);
        }
    }

    private void WriteLinks(string name, string url)
    {
        json.Name(name + "@odata.associationLink");
        json.Text($"{url}/{name}/$ref");
        json.Name(name + "@odata.navigationLink");
        json.Text($"{url}/{name}");
    }
}
