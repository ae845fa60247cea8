using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Where patterns are matched: one graph, or each named graph with its name in a variable's column.</summary>
internal sealed class PatternSource
{
    private readonly Lazy<TripleIndex> _index;

    /// <param name="index">Finds the graph when a pattern is matched there: a query of named graphs need not join them all into a default graph.</param>
    /// <param name="graphName">The variable that stands for the graph, or null.</param>
    public PatternSource(Func<TripleIndex> index, Algebra.Variable? graphName)
    {
        // What found no room may be asked again.
        _index = new Lazy<TripleIndex>(index, LazyThreadSafetyMode.PublicationOnly);
        GraphName = graphName;
    }

    /// <summary>The triples.</summary>
    /// <exception cref="StoreFullException">The graph is a union that has to be made, and there is no room.</exception>
    public TripleIndex Index => _index.Value;

    /// <summary>The variable that stands for the graph of each triple, or null where there is one graph.</summary>
    public Algebra.Variable? GraphName { get; }

    /// <summary>A single graph.</summary>
    public static PatternSource Of(TripleIndex index) => new(() => index, null);

    /// <summary>The default graph of a dataset.</summary>
    public static PatternSource OfDefaultGraph(ActiveDataset dataset) => new(() => dataset.DefaultGraph, null);
}
