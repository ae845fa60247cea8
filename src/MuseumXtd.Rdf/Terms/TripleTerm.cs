namespace MuseumXtd.Rdf;

/// <summary>A triple used as a term (RDF 1.2 Concepts, section 3.1).</summary>
public sealed record TripleTerm(Term Subject, Iri Predicate, Term Object) : Term
{
    /// <inheritdoc/>
    public override TermKind Kind => TermKind.TripleTerm;

    /// <inheritdoc/>
    public override string ToString() => $"<<( {Subject} {Predicate} {Object} )>>";
}
