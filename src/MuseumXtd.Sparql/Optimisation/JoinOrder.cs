using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Orders what is joined so that the rows between steps stay few: the sequence with the smallest sum of rows is found by dynamic programming
/// over the sets of steps; where these would be too many, from each possible first step the cheapest next one is taken.
/// </summary>
internal static class JoinOrder
{
    /// <summary>How many nodes a path is expected to reach from one node.</summary>
    private const double Walked = 32;

    private const int TryAllSets = 10;
    private const int TryAllStarts = 24;

    /// <summary>A pattern to be joined in.</summary>
    /// <param name="Pattern">The triple pattern, or null for something else.</param>
    /// <param name="Index">Where it is matched.</param>
    /// <param name="Variables">What it binds.</param>
    /// <param name="Other">The path or pattern when it is no triple.</param>
    /// <param name="Rows">How many rows it has, where that is known of something that is no triple.</param>
    internal sealed record Step(
        TriplePattern? Pattern, TripleIndex Index, IReadOnlyList<Variable> Variables, GraphPattern? Other, double? Rows = null);

    /// <summary>The steps in order, each with how many rows are expected after it.</summary>
    public static List<(Step Step, double Rows)> Choose(IReadOnlyList<Step> steps, IReadOnlySet<Variable> bound, double rows, Cardinality cardinality)
    {
        if (steps.Count == 0)
        {
            return [];
        }

        var numbers = new Dictionary<Variable, int>();
        var figures = new Figures[steps.Count];
        for (var i = 0; i < figures.Length; i++)
        {
            figures[i] = new Figures(steps[i], numbers, cardinality);
        }

        // A 65th variable and later ones share a bit: the order is still right, its estimate a little less so.
        ulong given = 0;
        foreach (var (variable, number) in numbers)
        {
            given |= bound.Contains(variable) ? 1UL << (number & 63) : 0;
        }

        var order = figures.Length <= TryAllSets ? BySets(figures, given, rows) : ByStarts(figures, given, rows);
        var result = new List<(Step, double)>(order.Length);
        foreach (var number in order)
        {
            rows = figures[number].Expected(given, rows);
            given |= figures[number].Variables;
            result.Add((steps[number], rows));
        }

        return result;
    }

    private static int[] BySets(Figures[] figures, ulong given, double rows)
    {
        var sets = 1 << figures.Length;
        var best = new Best[sets];
        best.AsSpan().Fill(new Best(double.PositiveInfinity, 0, 0, -1));
        best[0] = new Best(0, rows, given, -1);
        for (var set = 0; set < sets - 1; set++)
        {
            var (cost, before, bound, _) = best[set];
            if (double.IsPositiveInfinity(cost))
            {
                continue;
            }

            var anyConnected = false;
            for (var i = 0; i < figures.Length && !anyConnected; i++)
            {
                anyConnected = (set & (1 << i)) == 0 && figures[i].IsConnected(bound);
            }

            for (var i = 0; i < figures.Length; i++)
            {
                if ((set & (1 << i)) != 0 || (anyConnected && !figures[i].IsConnected(bound)))
                {
                    continue;
                }

                var after = figures[i].Expected(bound, before);
                var sum = cost + after + (before * figures[i].Work(bound));
                ref var next = ref best[set | (1 << i)];
                if (sum < next.Cost || next.Last < 0)
                {
                    next = new Best(sum, after, bound | figures[i].Variables, i);
                }
            }
        }

        var order = new int[figures.Length];
        for (int set = sets - 1, at = order.Length - 1; at >= 0; at--)
        {
            order[at] = best[set].Last;
            set &= ~(1 << order[at]);
        }

        return order;
    }

    private static int[] ByStarts(Figures[] figures, ulong given, double rows)
    {
        var (best, bestCost) = (Array.Empty<int>(), double.PositiveInfinity);
        var starts = Enumerable.Range(0, figures.Length);
        foreach (var first in figures.Length <= TryAllStarts ? starts : [starts.MinBy(i => figures[i].Expected(given, rows))])
        {
            var (order, cost) = From(first, figures, given, rows);
            if (best.Length == 0 || cost < bestCost)
            {
                (best, bestCost) = (order, cost);
            }
        }

        return best;
    }

    private static (int[] Order, double Cost) From(int first, Figures[] figures, ulong bound, double rows)
    {
        var order = new int[figures.Length];
        var rest = Enumerable.Range(0, figures.Length).ToList();
        var cost = 0.0;
        var next = first;
        for (var at = 0; ; at++)
        {
            cost += rows * figures[next].Work(bound);
            rows = figures[next].Expected(bound, rows);
            cost += rows;
            order[at] = next;
            bound |= figures[next].Variables;
            rest.Remove(next);
            if (rest.Count == 0)
            {
                return (order, cost);
            }

            var (known, before) = (bound, rows);
            next = rest.MinBy(i => (!figures[i].IsConnected(known), figures[i].Expected(known, before)));
        }
    }

    private readonly record struct Best(double Cost, double Rows, ulong Bound, int Last);

    /// <summary>What the order is worked out from: the variables of a step as bits, and its counts.</summary>
    private readonly struct Figures
    {
        private readonly double _count;
        private readonly bool _isTable;
        private readonly bool _isTriple;
        private readonly bool _isPath;
        private readonly bool _hasGivenEnd;
        private readonly (ulong Bit, double Distinct) _subject;
        private readonly (ulong Bit, double Distinct) _predicate;
        private readonly (ulong Bit, double Distinct) _object;

        public Figures(Step step, Dictionary<Variable, int> numbers, Cardinality cardinality)
        {
            foreach (var variable in step.Variables)
            {
                Variables |= Bit(variable, numbers);
            }

            _isTriple = step.Pattern is not null;
            _isPath = step.Other is PathPattern;
            _hasGivenEnd = step.Other is PathPattern { Subject: ConstantTerm } or PathPattern { Object: ConstantTerm };
            _isTable = step.Rows is not null;
            _count = cardinality.Distorted(
                step.Rows is { } rows ? Math.Max(1, rows)
                : step.Pattern is { } pattern ? cardinality.Count(pattern, step.Index)
                : Math.Max(Walked, step.Index.Count));
            if (step.Pattern is { } triple)
            {
                _subject = Side(triple.Subject);
                _predicate = Side(triple.Predicate);
                _object = Side(triple.Object);
            }

            (ulong, double) Side(PatternTerm term) => term is Variable variable
                ? (Bit(variable, numbers), Math.Max(1, cardinality.Distorted(cardinality.Distinct(step.Pattern!, variable, step.Index))))
                : (0, 1);
        }

        public ulong Variables { get; }

        public bool IsConnected(ulong bound) => Variables == 0 || (Variables & bound) != 0;

        /// <summary>The rows after this step.</summary>
        public double Expected(ulong bound, double rows)
        {
            if (_isTriple)
            {
                var count = _count;
                count /= (_subject.Bit & bound) != 0 ? _subject.Distinct : 1;
                count /= (_object.Bit & bound) != 0 ? _object.Distinct : 1;
                count /= (_predicate.Bit & bound) != 0 ? _predicate.Distinct : 1;
                return rows * count;
            }

            if (_isTable)
            {
                return (Variables & bound) != 0 ? rows : rows * _count;
            }

            // A path or a nested pattern is cheap from a given end and dear without one.
            var free = Variables & ~bound;
            return rows * (free == 0 ? 0.9 : free != Variables || _hasGivenEnd ? Walked : _count);
        }

        /// <summary>What is done for a row beyond making rows: a path from a row's own end is walked even if only to see where it does not lead.</summary>
        public double Work(ulong bound) => _isPath && (Variables & bound) != 0 ? Walked : 0;

        private static ulong Bit(Variable variable, Dictionary<Variable, int> numbers)
        {
            if (!numbers.TryGetValue(variable, out var number))
            {
                number = numbers.Count;
                numbers.Add(variable, number);
            }

            return 1UL << (number & 63);
        }
    }
}
