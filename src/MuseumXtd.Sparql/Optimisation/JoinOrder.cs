using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Orders what is joined so that the rows between steps stay few: the sequence with the smallest sum of rows is found by dynamic programming
/// over the sets of steps; where these would be too many, from each possible first step the cheapest next one is taken.
/// </summary>
internal sealed class JoinOrder
{
    private const int TryAllSets = 10;
    private const int TryAllSetsOfMany = 6;
    private const int TryAllStarts = 24;

    private readonly StepFigures[] _figures;
    private readonly Cardinality _cardinality;
    private readonly double[,]? _shares;

    private JoinOrder(IReadOnlyList<Step> steps, StepFigures[] figures, Cardinality cardinality)
    {
        _figures = figures;
        _cardinality = cardinality;
        _shares = SharesOf(steps, figures, cardinality);
    }

    /// <summary>A pattern to be joined in.</summary>
    /// <param name="Pattern">The triple pattern, or null for something else.</param>
    /// <param name="Index">Where it is matched.</param>
    /// <param name="Variables">What it binds.</param>
    /// <param name="Other">The path or pattern when it is no triple.</param>
    /// <param name="Rows">How many rows it has, where that is known of something that is no triple.</param>
    /// <param name="Objects">Where conditions bound the objects of a predicate: the rows of its triples, sorted by object, that are left.</param>
    internal sealed record Step(
        TriplePattern? Pattern, TripleIndex Index, ImmutableArray<Variable> Variables, GraphPattern? Other, double? Rows = null,
        List<Range>? Objects = null);

    /// <summary>The steps in order, each with how many rows are expected after it.</summary>
    /// <param name="steps">What is joined.</param>
    /// <param name="bound">The variables that are bound before.</param>
    /// <param name="rows">How many rows there are before.</param>
    /// <param name="cardinality">Counts of the index.</param>
    /// <param name="isOneOfMany">Whether orders of many sets of steps are compared: then less is tried for each.</param>
    public static List<(Step Step, double Rows)> Choose(
        IReadOnlyList<Step> steps, VariableSet bound, double rows, Cardinality cardinality, bool isOneOfMany = false)
    {
        if (steps.Count == 0)
        {
            return [];
        }

        var numbers = new VariableSet();
        var figures = new StepFigures[steps.Count];
        for (var i = 0; i < figures.Length; i++)
        {
            figures[i] = new StepFigures(steps[i], numbers, cardinality);
        }

        foreach (ref var figure in figures.AsSpan())
        {
            figure = figure.Among(figures);
        }

        // A 65th variable and later ones share a bit: the order is still right, its estimate a little less so.
        ulong given = 0;
        for (var number = 0; number < numbers.Count; number++)
        {
            given |= bound.Contains(numbers[number]) ? 1UL << (number & 63) : 0;
        }

        var chooser = new JoinOrder(steps, figures, cardinality);
        var order = chooser.Order(given, rows, isOneOfMany);
        var result = new List<(Step, double)>(order.Length);
        ulong set = 0;
        foreach (var number in order)
        {
            rows = chooser.Expected(number, set, given, rows);
            given |= figures[number].Variables;
            set |= 1UL << (number & 63);
            result.Add((steps[number], rows));
        }

        return result;
    }

    /// <summary>
    /// For each two steps that share one variable: the share of all pairs of their triples that agree in it, counted, so that terms which are
    /// frequent on both sides weigh as much as they do. Null where the steps are so small that it does not matter.
    /// </summary>
    private static double[,]? SharesOf(IReadOnlyList<Step> steps, StepFigures[] figures, Cardinality cardinality)
    {
        const int Small = 64;
        double[,]? shares = null;
        for (var a = 0; a < figures.Length; a++)
        {
            for (var b = a + 1; b < figures.Length && b < 64 && figures[a].Count > Small; b++)
            {
                var common = figures[a].Variables & figures[b].Variables;
                if (figures[b].Count > Small && BitOperations.IsPow2(common)
                    && cardinality.ShareOfPairs(steps[a], steps[b]) is { } share)
                {
                    shares ??= new double[figures.Length, figures.Length];
                    shares[a, b] = shares[b, a] = Math.Max(share, double.Epsilon);
                }
            }
        }

        return shares;
    }

    /// <summary>The rows after a step that follows a set of others.</summary>
    private double Expected(int step, ulong set, ulong bound, double rows)
    {
        ref var figures = ref _figures[step];
        if (_shares is null)
        {
            return figures.Expected(bound, rows);
        }

        // Of several steps before that share a variable the one decides with whose triples it has most pairs.
        var common = figures.Variables & bound;
        var (expected, least) = (figures.Expected(bound & ~common, rows), 1.0);
        for (; common != 0; common &= common - 1)
        {
            var variable = common & (~common + 1);
            var share = 0.0;
            for (var others = set; others != 0; others &= others - 1)
            {
                var other = BitOperations.TrailingZeroCount(others);
                if ((_figures[other].Variables & figures.Variables & bound) == variable)
                {
                    share = Math.Max(share, _shares[step, other]);
                }
            }

            least *= share > 0 ? share : figures.ShareOf(variable);
        }

        return figures.IsJoined ? expected * least : figures.Expected(bound, rows);
    }

    /// <summary>
    /// What matches one triple at most comes first, since no order has fewer rows: much of a query on one thing is no choice at all.
    /// The rest is put into its best order.
    /// </summary>
    private int[] Order(ulong given, double rows, bool isOneOfMany)
    {
        var figures = _figures;
        var order = new int[figures.Length];
        var singles = 0;
        ulong set = 0;
        for (var i = 0; i < figures.Length; i++)
        {
            if (figures[i].IsSingle)
            {
                rows = Expected(i, set, given, rows);
                given |= figures[i].Variables;
                set |= 1UL << (i & 63);
                order[singles++] = i;
            }
        }

        if (singles >= figures.Length - 1)
        {
            for (var i = 0; i < figures.Length && singles < figures.Length; i++)
            {
                order[^1] = figures[i].IsSingle ? order[^1] : i;
            }
        }
        else if (figures.Length <= (isOneOfMany ? TryAllSetsOfMany : TryAllSets))
        {
            BySets((int)set, given, rows, order);
        }
        else
        {
            ByStarts(singles, set, given, rows, order);
        }

        return order;
    }

    /// <summary>Fills the order from its end with the steps that are not in the set taken.</summary>
    private void BySets(int taken, ulong given, double rows, int[] order)
    {
        var figures = _figures;
        var sets = 1 << figures.Length;
        var rented = ArrayPool<Best>.Shared.Rent(sets);
        var best = rented.AsSpan(0, sets);
        best.Fill(new Best(double.PositiveInfinity, 0, 0, -1, 0));
        best[taken] = new Best(0, rows, given, -1, 0);
        for (var set = taken; set < sets - 1; set++)
        {
            var (cost, before, bound, _, _) = best[set];
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

                var (next, after, made) = WithChecks(set, i, bound, before);
                var sum = cost + made + (before * figures[i].Work(bound));
                if (sum < best[next].Cost || best[next].Last < 0)
                {
                    best[next] = new Best(sum, after, bound | figures[i].Variables, i, set);
                }
            }
        }

        for (int set = sets - 1, at = order.Length; set != taken; set = best[set].Previous)
        {
            var (last, previous) = (best[set].Last, best[set].Previous);
            for (var i = figures.Length - 1; i >= 0; i--)
            {
                if (i != last && ((set & ~previous) & (1 << i)) != 0)
                {
                    order[--at] = i;
                }
            }

            order[--at] = last;
        }

        ArrayPool<Best>.Shared.Return(rented);
    }

    /// <summary>
    /// A step with all those that only check what is bound once it is done: they are always taken at once. Where it binds one new variable they are
    /// intersected with it, so that rows which they refuse are not made.
    /// </summary>
    private (int Set, double After, double Made) WithChecks(int set, int step, ulong bound, double before)
    {
        var figures = _figures;
        var had = (ulong)(uint)set;
        var after = Expected(step, had, bound, before);
        set |= 1 << step;
        var known = bound | figures[step].Variables;
        var added = figures[step].Variables & ~bound;
        var (least, checks) = (after, 0);
        for (var i = 0; i < figures.Length; i++)
        {
            if ((set & (1 << i)) != 0 || !figures[i].Checks(known))
            {
                continue;
            }

            after = Expected(i, (ulong)(uint)set, known, after);
            set |= 1 << i;
            checks++;
            if (BitOperations.IsPow2(added) && (figures[i].Variables & added) != 0)
            {
                least = Math.Min(least, Expected(i, had, bound, before));
            }
        }

        return (set, after, checks > 0 ? least + after + (before * checks) : after);
    }

    /// <summary>Fills the order from a place on with the steps that are not in the set taken.</summary>
    private void ByStarts(int at, ulong taken, ulong given, double rows, int[] order)
    {
        var rest = Enumerable.Range(0, _figures.Length).Except(order.Take(at)).ToList();
        var (best, bestCost) = (rest, double.PositiveInfinity);
        foreach (var first in rest.Count <= TryAllStarts ? rest : [rest.MinBy(i => Expected(i, taken, given, rows))])
        {
            var (tried, cost) = From(first, rest, taken, given, rows);
            if (cost < bestCost)
            {
                (best, bestCost) = (tried, cost);
            }
        }

        best.CopyTo(order, at);
    }

    private (List<int> Order, double Cost) From(int first, List<int> steps, ulong set, ulong bound, double rows)
    {
        var figures = _figures;
        var order = new List<int>(steps.Count);
        var rest = steps.ToList();
        var cost = 0.0;
        var next = first;
        while (true)
        {
            _cardinality.Check();
            cost += rows * figures[next].Work(bound);
            rows = Expected(next, set, bound, rows);
            cost += rows;
            order.Add(next);
            bound |= figures[next].Variables;
            set |= 1UL << (next & 63);
            rest.Remove(next);
            if (rest.Count == 0)
            {
                return (order, cost);
            }

            var (known, before, taken) = (bound, rows, set);
            next = rest.MinBy(i => (!figures[i].IsConnected(known), Expected(i, taken, known, before)));
        }
    }

    private readonly record struct Best(double Cost, double Rows, ulong Bound, int Last, int Previous);
}
