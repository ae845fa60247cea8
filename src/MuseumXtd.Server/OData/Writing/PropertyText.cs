using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>The single value of a property as text: for <c>$value</c> and for tables.</summary>
internal static class PropertyText
{
    /// <summary>The text, or null where there is no value of the property's type.</summary>
    public static string? Of(GraphView view, LanguageChain languages, EntityClass @class, uint id, ValueBinding value)
    {
        switch (value.Form)
        {
            case ValueForm.Id:
                return view.Model.Keys.KeyOf(view.TextOf(id), @class);
            case ValueForm.Iri:
                return view.TextOf(id);
        }

        var values = view.Objects(id, view.IdOf(value.Predicate!)).ToArray();
        if (values.Length == 0)
        {
            return null;
        }

        view.SortByText(values);
        return TextOf(view, value.Form == ValueForm.Localised ? EntityJson.Best(view, languages, values) : values[0], value);
    }

    /// <summary>One value as text; null where it is none of the property's type.</summary>
    public static string? TextOf(GraphView view, uint id, ValueBinding value)
    {
        using var scratch = new ByteBuffer();
        return Term.Decode(view.Dictionary.Encoded(new TermId(id), scratch)) switch
        {
            Literal literal => ValueJson.Convert(literal, value.Kind) is { } converted ? ValueJson.TextOf(converted) : null,
            Iri iri => iri.Value,
            var other => other.ToString(),
        };
    }
}
