namespace MuseumXtd.Sparql.Algebra;

/// <summary>A triple with variables (SPARQL 1.1 Query, section 18.1.5).</summary>
public sealed record TriplePattern(PatternTerm Subject, PatternTerm Predicate, PatternTerm Object)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Subject} {Predicate} {Object}";
}
