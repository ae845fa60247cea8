using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>Group, Aggregation and AggregateJoin of section 18.5.1.</summary>
internal static class ReferenceGroups
{
    public static List<Solution> Evaluate(Group group, List<Solution> solutions, ReferenceExpressions expressions)
    {
        var groups = solutions
            .Select(s => (Solution: s, Keys: group.Keys.Select(k => expressions.Value(k.Expression, s)).ToList()))
            .GroupBy(s => string.Join(" | ", s.Keys.Select(k => k?.ToString() ?? "-")))
            .Select(g => (g.First().Keys, Members: g.Select(m => m.Solution).ToList())).ToList();
        if (group.Keys.IsEmpty && groups.Count == 0)
        {
            groups.Add(([], []));
        }

        return groups.ConvertAll(g =>
        {
            var result = Solution.Empty;
            for (var i = 0; i < group.Keys.Length; i++)
            {
                result = g.Keys[i] is { } key ? result.With(group.Keys[i].Variable, key) : result;
            }

            return group.Aggregates.Aggregate(
                result, (s, a) => Aggregate(a.Aggregate, g.Members, expressions) is { } value ? s.With(a.Variable, value) : s);
        });
    }

    private static Term? Aggregate(Aggregate aggregate, List<Solution> members, ReferenceExpressions expressions)
    {
        if (aggregate.Argument is null)
        {
            return Integer(aggregate.Distinct ? members.Select(m => m.Keep(v => !v.IsHidden).Key()).Distinct().Count() : members.Count);
        }

        var values = members.ConvertAll(m => expressions.Value(aggregate.Argument, m));
        if (aggregate.Distinct)
        {
            values = [.. values.Distinct()];
        }

        if (aggregate.Function == AggregateFunction.Count)
        {
            return Integer(values.Count(v => v is not null));
        }

        if (aggregate.Function == AggregateFunction.Sample)
        {
            var candidates = values.OfType<Term>().Distinct().ToList();
            return candidates.Count < 2 ? candidates.FirstOrDefault() : throw new UndeterminedException("any of several is a sample");
        }

        if (values.Contains(null))
        {
            return null;
        }

        switch (aggregate.Function)
        {
            case AggregateFunction.Sum:
                return Sum(values);
            case AggregateFunction.Avg:
                return values.Count == 0 ? Integer(0) : ReferenceExpressions.Divide(Sum(values), Integer(values.Count));
            case AggregateFunction.Min or AggregateFunction.Max:
                return Extreme(values, aggregate.Function == AggregateFunction.Min ? 1 : -1);
            default:
                var texts = values.ConvertAll(v => v is Literal literal ? literal.LexicalForm : (v as Iri)?.Value);
                return texts.Contains(null) ? null
                    : texts.Distinct().Count() < 2 ? new Literal(string.Join(aggregate.Separator ?? " ", texts))
                    : throw new UndeterminedException("the order within a group is open");
        }
    }

    private static Term? Sum(List<Term?> values) => values.Aggregate((Term?)Integer(0), ReferenceExpressions.Add);

    private static Term? Extreme(List<Term?> values, int sign)
    {
        var distinct = values.Distinct().ToList();
        if (distinct.Count < 2)
        {
            return distinct.FirstOrDefault();
        }

        return distinct.Find(a => distinct.TrueForAll(b => a == b || ReferenceOrder.Compare(a, b) * sign < 0))
            ?? throw new UndeterminedException("no value is before all others");
    }

    private static Literal Integer(long value) => new(value.ToString(CultureInfo.InvariantCulture), Xsd.Integer);
}
