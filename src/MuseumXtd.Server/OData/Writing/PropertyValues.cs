using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>The values of a property as values of the framework: text, numbers, truth values, dates and times.</summary>
internal static class PropertyValues
{
    /// <summary>The values, sorted by text; of a localised property the one text in the best language.</summary>
    public static IEnumerable<object?> Of(GraphView view, LanguageChain languages, EntityClass @class, uint id, ValueBinding binding)
    {
        switch (binding.Form)
        {
            case ValueForm.Id:
                return [view.Model.Keys.KeyOf(view.TextOf(id), @class)];
            case ValueForm.Iri:
                return [view.TextOf(id)];
        }

        var ids = view.Objects(id, view.IdOf(binding.Predicate!)).ToArray();
        view.SortByText(ids);
        var terms = Terms(view, ids);
        return binding.Form switch
        {
            ValueForm.Localised => terms.OfType<Literal>().OrderBy(l => Rank(l, languages)).Take(1).Select(l => l.LexicalForm),
            ValueForm.Texts => terms.OfType<Literal>().Select(l => l.Language is { Length: > 0 } language ? $"{l.LexicalForm} ({language})" : l.LexicalForm),
            _ => terms.Select(t => ValueOf(t, binding)).Where(v => v is not null).Take(binding.IsSingle ? 1 : int.MaxValue),
        };
    }

    /// <summary>The value of a term that a query made.</summary>
    public static object? Of(Term? term) => term switch
    {
        Literal literal => ValueJson.Convert(literal, ValueJson.KindOf(literal)),
        Iri iri => iri.Value,
        _ => term?.ToString(),
    };

    private static List<Term> Terms(GraphView view, uint[] ids)
    {
        using var scratch = new ByteBuffer();
        var terms = new List<Term>(ids.Length);
        foreach (var id in ids)
        {
            terms.Add(Term.Decode(view.Dictionary.Encoded(new TermId(id), scratch)));
        }

        return terms;
    }

    private static int Rank(Literal text, LanguageChain languages)
    {
        var place = languages.Languages.IndexOf((text.Language ?? "").ToLowerInvariant());
        return place < 0 ? int.MaxValue : place;
    }

    private static object? ValueOf(Term term, ValueBinding binding) => term switch
    {
        Literal literal => ValueJson.Convert(literal, binding.Kind),
        Iri iri => iri.Value,
        _ => term.ToString(),
    };
}
