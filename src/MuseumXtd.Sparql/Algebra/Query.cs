using System.Collections.Immutable;
using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>A query in algebra: its form, its dataset and its pattern (SPARQL 1.1 Query, section 18.1.9).</summary>
/// <param name="Pattern">The pattern with all solution modifiers.</param>
public abstract record Query(GraphPattern Pattern)
{
    /// <summary>The dataset of FROM and FROM NAMED, or null where the query names none.</summary>
    public DatasetClause? Dataset { get; init; }

    /// <summary>The base IRI of the query, for IRI() and relative results; null when there is none.</summary>
    public string? BaseIri { get; init; }

    /// <summary>The prefixes declared, for results in syntaxes that use prefixes.</summary>
    public IReadOnlyDictionary<string, string> Prefixes { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>SELECT.</summary>
/// <param name="Pattern">The pattern with all solution modifiers.</param>
/// <param name="Variables">The variables of the result, in order.</param>
public sealed record SelectQuery(GraphPattern Pattern, ImmutableArray<Variable> Variables) : Query(Pattern);

/// <summary>ASK.</summary>
public sealed record AskQuery(GraphPattern Pattern) : Query(Pattern);

/// <summary>CONSTRUCT. Blank nodes of the template are <see cref="Variable"/>s named <c>_:label</c>: fresh nodes for each solution.</summary>
public sealed record ConstructQuery(GraphPattern Pattern, ImmutableArray<TriplePattern> Template) : Query(Pattern);

/// <summary>DESCRIBE of the terms and the values of the variables.</summary>
public sealed record DescribeQuery(GraphPattern Pattern, ImmutableArray<PatternTerm> Targets) : Query(Pattern);

/// <summary>FROM (merged to the default graph) and FROM NAMED.</summary>
public sealed record DatasetClause(ImmutableArray<Iri> Default, ImmutableArray<Iri> Named);
