using System.Collections.Immutable;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>The dataset that a query sees: its default graph, and which named graphs there are for it.</summary>
internal sealed class ActiveDataset
{
    private readonly Snapshot _snapshot;
    private readonly Lazy<TripleIndex> _defaultGraph;
    private readonly HashSet<uint>? _named;

    private ActiveDataset(Snapshot snapshot, Func<TripleIndex> defaultGraph, HashSet<uint>? named)
    {
        _snapshot = snapshot;

        // What found no room may be asked again.
        _defaultGraph = new Lazy<TripleIndex>(defaultGraph, LazyThreadSafetyMode.PublicationOnly);
        _named = named;
    }

    /// <summary>The default graph. A union or merge is made when it is first asked for, and kept by the snapshot.</summary>
    public TripleIndex DefaultGraph => _defaultGraph.Value;

    /// <summary>The dataset of the protocol or else of the query's clauses or else of the mode (SPARQL 1.1 Protocol, section 2.1.4).</summary>
    public static ActiveDataset Of(Snapshot snapshot, DatasetClause? clause, DefaultGraphMode mode)
    {
        if (clause is null)
        {
            return new ActiveDataset(snapshot, mode == DefaultGraphMode.Union ? () => snapshot.Union : () => snapshot.DefaultGraph, null);
        }

        var merged = Ids(clause.Default).ToArray();
        return new ActiveDataset(snapshot, () => snapshot.Merge(merged), Ids(clause.Named).Select(id => id.Value).ToHashSet());

        IEnumerable<TermId> Ids(ImmutableArray<Rdf.Iri> names) =>
            names.Select(name => snapshot.Dictionary.TryGetId(name.Encode(), out var id) ? id : default).Where(id => id.IsBound);
    }

    /// <summary>The whole dataset with a named graph as its default graph: that of WITH (SPARQL 1.1 Update, section 3.1.3).</summary>
    public static ActiveDataset With(Snapshot snapshot, Rdf.Iri name)
    {
        var graph = TripleIndex.Empty;
        _ = snapshot.Dictionary.TryGetId(name.Encode(), out var id) && snapshot.TryGetGraph(id, out graph);
        return new ActiveDataset(snapshot, () => graph, null);
    }

    /// <summary>The names of the named graphs of this dataset, sorted.</summary>
    public uint[] Names() => [.. _snapshot.GraphNames.ToArray().Where(Has)];

    public bool Has(uint name) => _named is null || _named.Contains(name);

    public TripleIndex Named(TermId name) => TryGetNamed(name, out var graph) ? graph : TripleIndex.Empty;

    /// <summary>A named graph of this dataset, which may be empty.</summary>
    public bool TryGetNamed(TermId name, out TripleIndex graph)
    {
        graph = TripleIndex.Empty;
        return Has(name.Value) && _snapshot.TryGetGraph(name, out graph);
    }
}
