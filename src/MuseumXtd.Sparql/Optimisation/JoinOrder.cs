using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Orders what is joined so that the rows between steps stay few: from each possible first step the cheapest next one is taken, and
/// the sequence with the smallest sum wins.
/// </summary>
internal static class JoinOrder
{
    /// <summary>A pattern to be joined in.</summary>
    /// <param name="Pattern">The triple pattern, or null for something else.</param>
    /// <param name="Index">Where it is matched.</param>
    /// <param name="Variables">What it binds.</param>
    /// <param name="Other">The path or pattern when it is no triple.</param>
    internal sealed record Step(TriplePattern? Pattern, TripleIndex Index, IReadOnlyList<Variable> Variables, GraphPattern? Other);

    /// <summary>How many nodes a path is expected to reach from one node.</summary>
    private const double Walked = 32;

    /// <summary>The steps in order, each with how many rows are expected after it.</summary>
    public static List<(Step Step, double Rows)> Choose(IReadOnlyList<Step> steps, IReadOnlySet<Variable> bound, double rows, Cardinality cardinality)
    {
        const int TryAllStarts = 12;
        List<(Step, double)>? best = null;
        var bestCost = double.PositiveInfinity;
        foreach (var first in steps.Count <= TryAllStarts ? steps : [steps.MinBy(s => Expected(s, bound, rows, cardinality))!])
        {
            var (order, cost) = From(first, steps, bound, rows, cardinality);
            if (best is null || cost < bestCost)
            {
                (best, bestCost) = (order, cost);
            }
        }

        return best ?? [];
    }

    private static (List<(Step, double)> Order, double Cost) From(
        Step first, IReadOnlyList<Step> steps, IReadOnlySet<Variable> bound, double rows, Cardinality cardinality)
    {
        var known = new HashSet<Variable>(bound);
        var rest = steps.ToList();
        var order = new List<(Step, double)>();
        var cost = 0.0;
        var next = first;
        while (true)
        {
            cost += rows * Work(next, known);
            rows = Expected(next, known, rows, cardinality);
            cost += rows;
            order.Add((next, rows));
            known.UnionWith(next.Variables);
            rest.Remove(next);
            if (rest.Count == 0)
            {
                return (order, cost);
            }

            var connected = rest.Where(s => s.Variables.Count == 0 || s.Variables.Any(known.Contains)).ToList();
            next = (connected.Count > 0 ? connected : rest).MinBy(s => Expected(s, known, rows, cardinality))!;
        }
    }

    private static double Expected(Step step, IReadOnlySet<Variable> bound, double rows, Cardinality cardinality)
    {
        if (step.Pattern is not null)
        {
            return rows * cardinality.PerRow(step.Pattern, step.Index, bound);
        }

        // A path or a nested pattern is cheap from a given end and dear without one.
        var ends = step.Variables.Count(bound.Contains);
        var free = step.Variables.Count - ends;
        return rows * (free == 0 ? 0.9 : ends > 0 || HasGivenEnd(step) ? Walked : Math.Max(Walked, step.Index.Count));
    }

    /// <summary>What is done for a row beyond making rows: a path from a row's own end is walked even if only to see where it does not lead.</summary>
    private static double Work(Step step, IReadOnlySet<Variable> bound) =>
        step.Other is PathPattern && step.Variables.Any(bound.Contains) ? Walked : 0;

    private static bool HasGivenEnd(Step step) => step.Other is PathPattern { Subject: ConstantTerm } or PathPattern { Object: ConstantTerm };
}
