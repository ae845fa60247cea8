using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>How many rows a triple pattern gives: exact where only constants are bound, else by the distinct terms in each position.</summary>
internal sealed class Cardinality(QueryTerms terms, int? distortion = null)
{
    private readonly Random? _distortion = distortion is { } seed ? new Random(seed) : null;
    private readonly Dictionary<(TriplePattern, TripleIndex), int> _counts = [];

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
    public double PerRow(TriplePattern pattern, TripleIndex index, IReadOnlySet<Variable> bound)
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

    private static bool IsBound(PatternTerm term, IReadOnlySet<Variable> bound) => term is Variable variable && bound.Contains(variable);

    private TermId Id(PatternTerm term) => term is ConstantTerm constant ? terms.Intern(constant.Term) : TermId.Unbound;
}
