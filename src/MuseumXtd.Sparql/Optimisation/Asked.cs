using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>What is read of a pattern's solutions by what stands above it.</summary>
/// <param name="Variables">The variables whose values are read.</param>
/// <param name="AnyWillDo">Whether equal solutions count as one.</param>
internal sealed record Asked(IReadOnlySet<Variable> Variables, bool AnyWillDo)
{
    /// <summary>Nothing is read, it only matters whether there is a solution.</summary>
    public static Asked OnlyWhether { get; } = new(new HashSet<Variable>(), AnyWillDo: true);

    /// <summary>What grouping reads; null when it reads whole solutions, or their order.</summary>
    public static Asked? By(Group group)
    {
        var aggregates = group.Aggregates.Select(a => a.Aggregate).ToList();
        if (aggregates.Exists(a => a is { Argument: null, Distinct: true } or { Function: AggregateFunction.GroupConcat, Distinct: false }))
        {
            return null;
        }

        var read = group.Keys.Select(k => k.Expression).Concat(aggregates.Select(a => a.Argument).OfType<Expression>());
        return new Asked(read.SelectMany(Certainty.VariablesOf).ToHashSet(), aggregates.TrueForAll(IgnoresRepeats));
    }

    private static bool IgnoresRepeats(Aggregate aggregate) =>
        aggregate.Distinct || aggregate.Function is AggregateFunction.Min or AggregateFunction.Max or AggregateFunction.Sample;
}
