using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>What stands in a position of a triple pattern: a variable, a term, or a triple with variables in it.</summary>
public abstract record PatternTerm;

/// <summary>
/// A query variable. Blank nodes of patterns are variables too, named <c>_:label</c>, which no query can write: they bind
/// within their basic graph pattern and are never projected (SPARQL 1.1 Query, section 4.1.4).
/// </summary>
/// <param name="Name">The name, without <c>?</c>.</param>
public sealed record Variable(string Name) : PatternTerm
{
    /// <summary>Whether this stands for a blank node or was made by the translation, and so is not in a <c>SELECT *</c>.</summary>
    public bool IsHidden => Name.StartsWith("_:", StringComparison.Ordinal) || Name.StartsWith('.');

    /// <inheritdoc/>
    public override string ToString() => "?" + Name;
}

/// <summary>An RDF term in a pattern.</summary>
public sealed record ConstantTerm(Term Term) : PatternTerm
{
    /// <inheritdoc/>
    public override string ToString() => Term.ToString()!;
}

/// <summary>A triple term with variables in it (SPARQL 1.2).</summary>
public sealed record TripleTermPattern(PatternTerm Subject, PatternTerm Predicate, PatternTerm Object) : PatternTerm
{
    /// <inheritdoc/>
    public override string ToString() => $"<<( {Subject} {Predicate} {Object} )>>";
}
