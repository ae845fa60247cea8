using System.Collections.Immutable;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>A triple with variables (SPARQL 1.1 Query, section 18.1.5).</summary>
public sealed record TriplePattern(PatternTerm Subject, PatternTerm Predicate, PatternTerm Object)
{
    private ImmutableArray<Variable> _variables;

    // What is kept of the variables is not that of a changed copy.
    private TriplePattern(TriplePattern other) => (Subject, Predicate, Object) = (other.Subject, other.Predicate, other.Object);

    /// <summary>The variables in its positions, each once, in order; not those within triple terms.</summary>
    internal ImmutableArray<Variable> Variables
    {
        get
        {
            if (_variables.IsDefault)
            {
                ImmutableInterlocked.InterlockedInitialize(ref _variables, Collect());
            }

            return _variables;
        }
    }

    /// <summary>Whether the same terms stand in the same positions.</summary>
    public bool Equals(TriplePattern? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Subject.Equals(other.Subject) && Predicate.Equals(other.Predicate) && Object.Equals(other.Object));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Subject, Predicate, Object);

    /// <inheritdoc/>
    public override string ToString() => $"{Subject} {Predicate} {Object}";

    private ImmutableArray<Variable> Collect() => (Subject as Variable, Predicate as Variable, Object as Variable) switch
    {
        (null, null, null) => [],
        ({ } only, null, null) => [only],
        (null, { } only, null) => [only],
        (null, null, { } only) => [only],
        ({ } subject, null, { } @object) when subject != @object => [subject, @object],
        var (subject, predicate, @object) => [.. new[] { subject, predicate, @object }.OfType<Variable>().Distinct()],
    };
}
