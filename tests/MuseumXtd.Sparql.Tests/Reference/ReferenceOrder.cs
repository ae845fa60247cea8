using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>ORDER BY (section 15.1): unbound, blank nodes, IRIs, literals; among literals as far as <c>&lt;</c> tells.</summary>
internal static class ReferenceOrder
{
    /// <summary>The order of two terms; 0 where the specification has none.</summary>
    public static int Compare(Term? x, Term? y)
    {
        var kinds = Rank(x).CompareTo(Rank(y));
        return kinds != 0 ? kinds : (x, y) switch
        {
            (Iri a, Iri b) => string.CompareOrdinal(a.Value, b.Value),
            (Literal a, Literal b) when ReferenceExpressions.Order(a, b) is { } order => order,
            _ => 0,
        };
    }

    /// <summary>The order of two rows of keys.</summary>
    public static int Compare(IReadOnlyList<Term?> x, IReadOnlyList<Term?> y, IReadOnlyList<OrderCondition> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            // What comes after a key decides only where the key is the same: an open order of this key leaves everything open.
            if (x[i] == y[i])
            {
                continue;
            }

            return Compare(x[i], y[i]) * (conditions[i].Descending ? -1 : 1);
        }

        return 0;
    }

    public static List<Solution> Sort(List<Solution> solutions, IReadOnlyList<OrderCondition> conditions, ReferenceExpressions expressions)
    {
        var keyed = solutions.ConvertAll(s => (Solution: s, Keys: conditions.Select(c => expressions.Value(c.Expression, s)).ToList()));
        return [.. keyed.Order(Comparer<(Solution Solution, List<Term?> Keys)>.Create((x, y) => Compare(x.Keys, y.Keys, conditions))).Select(k => k.Solution)];
    }

    private static int Rank(Term? term) => term switch
    {
        null => 0,
        BlankNode => 1,
        Iri => 2,
        Literal => 3,
        _ => 4,
    };
}
