using System.Collections.Immutable;
using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>A request of SPARQL 1.1 Update: operations that are carried out one after another, all or none.</summary>
public sealed record UpdateRequest(ImmutableArray<UpdateOperation> Operations)
{
    /// <summary>The base IRI in force at the end of the request, for IRI(); null when there is none.</summary>
    public string? BaseIri { get; init; }
}

/// <summary>One operation of an update request (SPARQL 1.1 Update, section 3).</summary>
public abstract record UpdateOperation;

/// <summary>INSERT DATA. Blank nodes are <see cref="Variable"/>s named <c>_:label</c>: new nodes of this request.</summary>
public sealed record InsertData(ImmutableArray<QuadPattern> Quads) : UpdateOperation;

/// <summary>DELETE DATA.</summary>
public sealed record DeleteData(ImmutableArray<QuadPattern> Quads) : UpdateOperation;

/// <summary>DELETE/INSERT, DELETE WHERE: templates that are filled with the solutions of a pattern.</summary>
/// <param name="With">The graph of WITH, or null.</param>
/// <param name="Delete">What each solution removes.</param>
/// <param name="Insert">What each solution adds, after all removals; blank nodes are new for each solution.</param>
/// <param name="Using">The dataset of USING and USING NAMED, or null where there is none.</param>
/// <param name="Pattern">The pattern of WHERE.</param>
public sealed record Modify(
    Iri? With, ImmutableArray<QuadPattern> Delete, ImmutableArray<QuadPattern> Insert, DatasetClause? Using, GraphPattern Pattern) : UpdateOperation;

/// <summary>LOAD a document into a graph, or into the default graph for null.</summary>
public sealed record Load(Iri Source, Iri? Into, bool Silent) : UpdateOperation;

/// <summary>CLEAR: removes all triples of some graphs.</summary>
public sealed record Clear(GraphTarget Target, bool Silent) : UpdateOperation;

/// <summary>DROP: removes some graphs.</summary>
public sealed record Drop(GraphTarget Target, bool Silent) : UpdateOperation;

/// <summary>CREATE: makes an empty graph.</summary>
public sealed record Create(Iri Graph, bool Silent) : UpdateOperation;

/// <summary>ADD, COPY or MOVE from one graph to another; null is the default graph.</summary>
public sealed record Transfer(TransferKind Kind, Iri? From, Iri? To, bool Silent) : UpdateOperation;

/// <summary>How triples go from one graph to another.</summary>
public enum TransferKind : byte
{
    /// <summary>They are added to what is there.</summary>
    Add,

    /// <summary>They replace what is there.</summary>
    Copy,

    /// <summary>They replace what is there, and leave where they were.</summary>
    Move,
}

/// <summary>Which graphs CLEAR and DROP mean.</summary>
/// <param name="Kind">One or several.</param>
/// <param name="Graph">The name, for <see cref="GraphTargetKind.Graph"/>.</param>
public readonly record struct GraphTarget(GraphTargetKind Kind, Iri? Graph = null);

/// <summary>GRAPH iri, DEFAULT, NAMED or ALL.</summary>
public enum GraphTargetKind : byte
{
    /// <summary>One named graph.</summary>
    Graph,

    /// <summary>The default graph.</summary>
    Default,

    /// <summary>All named graphs.</summary>
    Named,

    /// <summary>The default graph and all named graphs.</summary>
    All,
}

/// <summary>A triple of a template and the graph it belongs to; null for the default graph or that of WITH.</summary>
public readonly record struct QuadPattern(PatternTerm? Graph, TriplePattern Triple);
