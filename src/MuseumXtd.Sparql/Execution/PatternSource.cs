using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Where patterns are matched: one graph, or each named graph with its name in a variable's column.</summary>
internal sealed record PatternSource(TripleIndex Index, Algebra.Variable? GraphName)
{
    /// <summary>A single graph.</summary>
    public static PatternSource Of(TripleIndex index) => new(index, null);
}
