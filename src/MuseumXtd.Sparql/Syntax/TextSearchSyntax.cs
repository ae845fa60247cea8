using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>
/// Reads what stands for a <see cref="TextSearch"/> in a query: triples whose predicate is a name of ours, in the manner of other engines' property
/// functions. <c>?resource mxtd:search "words"</c>, <c>(?resource ?score ?text ?property) mxtd:search ("words" 20)</c>,
/// <c>(?text ?score) mxtd:searchText "words"</c>.
/// </summary>
internal static class TextSearchSyntax
{
    /// <summary>Whether a predicate is no property but a search.</summary>
    public static bool IsSearch(Iri predicate) => predicate.Value is TextSearch.ResourceFunction or TextSearch.TextFunction;

    /// <summary>The search that a triple stands for. The cells of lists that it takes its arguments from are removed from the triples.</summary>
    public static TextSearch Read(
        Iri predicate, PatternTerm subject, PatternTerm @object, List<TriplePattern> triples, Func<string, SparqlSyntaxException> error)
    {
        var isOfResources = predicate.Value == TextSearch.ResourceFunction;
        var name = isOfResources ? "mxtd:search" : "mxtd:searchText";
        var given = TakeList(@object, triples) ?? [@object];
        var wanted = TakeList(subject, triples) ?? [subject];
        if (given is not [ConstantTerm { Term: Literal words }, ..] || given.Count > 2 || (words.Language is null && words.Datatype != Xsd.String))
        {
            throw error($"{name} takes a string of words, or a list of it and the most solutions wanted: (\"words\" 20).");
        }

        long? limit = given.Count == 1 ? null
            : given[1] is ConstantTerm { Term: Literal number } && long.TryParse(number.LexicalForm, System.Globalization.CultureInfo.InvariantCulture, out var most) && most >= 0
            ? most
            : throw error($"The second argument of {name}, how many solutions are wanted at most, is not a whole number from 0.");
        if (wanted.Count == 0 || wanted.Count > (isOfResources ? 4 : 2) || (wanted.Count > 1 && wanted[1] is not Variable))
        {
            throw error(isOfResources
                ? "On the left of mxtd:search stands ?resource, or (?resource ?score ?text ?property)."
                : "On the left of mxtd:searchText stands ?text, or (?text ?score).");
        }

        var score = wanted.ElementAtOrDefault(1) as Variable;
        var query = TextQuery.Parse(words.LexicalForm);
        return isOfResources
            ? new TextSearch(query, wanted[0], wanted.ElementAtOrDefault(2), score, wanted.ElementAtOrDefault(3), limit)
            : new TextSearch(query, null, wanted[0], score, null, limit);
    }

    /// <summary>The items of a list that was written out, whose triples are removed; null when the term is none.</summary>
    private static List<PatternTerm>? TakeList(PatternTerm head, List<TriplePattern> triples)
    {
        if (head is not Variable { IsHidden: true } || !triples.Exists(t => t.Subject == head && IsNamed(t, RdfNames.First)))
        {
            return head is ConstantTerm { Term: Iri nil } && nil == RdfNames.Nil ? [] : null;
        }

        var items = new List<PatternTerm>();
        for (var cell = head; triples.Find(t => t.Subject == cell && IsNamed(t, RdfNames.First)) is { } first;)
        {
            items.Add(first.Object);
            var rest = triples.Find(t => t.Subject == cell && IsNamed(t, RdfNames.Rest));
            triples.RemoveAll(t => t.Subject == cell);
            if (rest is null)
            {
                break;
            }

            cell = rest.Object;
        }

        return items;
    }

    private static bool IsNamed(TriplePattern triple, Iri predicate) => triple.Predicate is ConstantTerm { Term: Iri name } && name == predicate;
}
