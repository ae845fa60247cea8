using System.Runtime.CompilerServices;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>How many rows a triple pattern gives: exact where only constants are bound, else by the distinct terms in each position.</summary>
internal sealed class Cardinality(QueryContext context)
{
    private readonly Random? _distortion = context.DistortEstimates is { } seed ? new Random(seed) : null;
    private readonly Dictionary<(TriplePattern, TripleIndex), int> _counts = new(SameObjects.Comparer);

    /// <summary>Ends the query when its time or memory is used up: to be called where many orders are compared.</summary>
    public void Check() => context.CheckPlanning();

    /// <summary>The exact count of a pattern's matches, its variables being free.</summary>
    public int Count(TriplePattern pattern, TripleIndex index)
    {
        if (!_counts.TryGetValue((pattern, index), out var count))
        {
            count = index.CountMatches(Id(pattern.Subject), Id(pattern.Predicate), Id(pattern.Object));
            _counts.Add((pattern, index), count);
        }

        return count;
    }

    /// <summary>How many matches one row is expected to have that binds some variables.</summary>
    public double PerRow(TriplePattern pattern, TripleIndex index, VariableSet bound)
    {
        double count = Count(pattern, index);
        if (count == 0)
        {
            return 0;
        }

        var predicate = Id(pattern.Predicate);
        if (IsBound(pattern.Subject, bound))
        {
            count /= Math.Max(1, predicate.IsBound ? index.CountDistinctSecond(TripleOrder.Pso, predicate) : index.CountKeys(TripleOrder.Spo));
        }

        if (IsBound(pattern.Object, bound))
        {
            count /= Math.Max(1, predicate.IsBound ? index.CountDistinctSecond(TripleOrder.Pos, predicate) : index.CountKeys(TripleOrder.Osp));
        }

        if (IsBound(pattern.Predicate, bound))
        {
            count /= Math.Max(1, index.CountKeys(TripleOrder.Pso));
        }

        return Distorted(count);
    }

    /// <summary>How many different values of a variable the matches of a pattern have at most.</summary>
    public int Distinct(TriplePattern pattern, Variable variable, TripleIndex index)
    {
        var predicate = Id(pattern.Predicate);
        return Positions.Of(pattern, variable) switch
        {
            -1 => Count(pattern, index),
            0 => predicate.IsBound ? index.CountDistinctSecond(TripleOrder.Pso, predicate) : index.CountKeys(TripleOrder.Spo),
            2 => predicate.IsBound ? index.CountDistinctSecond(TripleOrder.Pos, predicate) : index.CountKeys(TripleOrder.Osp),
            _ => index.CountKeys(TripleOrder.Pso),
        };
    }

    /// <summary>An estimate as it is, or made wrong at random where a test asks for that.</summary>
    public double Distorted(double rows) => _distortion is null ? rows : rows * Math.Pow(10, _distortion.Next(-3, 4));

    /// <summary>
    /// The share of all pairs of triples of two patterns that agree in the one variable they share, counted exactly; null where no sorted column
    /// has the variable, or the patterns are matched in different graphs. Counts that took long are kept as long as the index is.
    /// </summary>
    public double? ShareOfPairs(JoinOrder.Step a, JoinOrder.Step b)
    {
        if (a.Pattern is not { } first || b.Pattern is not { } second || a.Index != b.Index
            || ColumnOf(first, second) is not { } left || ColumnOf(second, first) is not { } right)
        {
            return null;
        }

        return Distorted(PairCounts.Share(a.Index, left, right));
    }

    /// <summary>Where a sorted column is that has the values of the variable which a pattern shares with another.</summary>
    private SortedColumn? ColumnOf(TriplePattern pattern, TriplePattern other)
    {
        var position = -1;
        for (var i = 0; i < 3; i++)
        {
            if (Positions.At(pattern, i) is Variable variable && Enumerable.Range(0, 3).Any(p => variable.Equals(Positions.At(other, p))))
            {
                position = position < 0 ? i : 3;
            }
        }

        if (position is < 0 or > 2)
        {
            return null;
        }

        var (x, y) = position == 0 ? (1, 2) : position == 1 ? (0, 2) : (0, 1);
        var (idX, idY) = (Id(Positions.At(pattern, x)), Id(Positions.At(pattern, y)));
        return (idX.IsBound, idY.IsBound) switch
        {
            (true, true) => new SortedColumn(Positions.Order(x, y), idX, idY),
            (true, false) when Positions.At(pattern, y) is Variable => new SortedColumn(Positions.Order(x, position), idX, default),
            (false, true) when Positions.At(pattern, x) is Variable => new SortedColumn(Positions.Order(y, position), idY, default),
            _ => null,
        };
    }

    private static bool IsBound(PatternTerm term, VariableSet bound) => term is Variable variable && bound.Contains(variable);

    /// <summary>Patterns of equal terms are counted twice rather than compared by their texts.</summary>
    private sealed class SameObjects : IEqualityComparer<(TriplePattern Pattern, TripleIndex Index)>
    {
        public static readonly SameObjects Comparer = new();

        public bool Equals((TriplePattern Pattern, TripleIndex Index) x, (TriplePattern Pattern, TripleIndex Index) y) =>
            ReferenceEquals(x.Pattern, y.Pattern) && ReferenceEquals(x.Index, y.Index);

        public int GetHashCode((TriplePattern Pattern, TripleIndex Index) key) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(key.Pattern), RuntimeHelpers.GetHashCode(key.Index));
    }

    private TermId Id(PatternTerm term) => term is ConstantTerm constant ? context.Terms.Intern(constant.Term) : TermId.Unbound;
}
