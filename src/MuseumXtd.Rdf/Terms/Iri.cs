namespace MuseumXtd.Rdf;

/// <summary>An absolute IRI, compared character by character (RDF 1.2 Concepts, section 3.2).</summary>
/// <param name="Value">The IRI, without angle brackets.</param>
public sealed record Iri(string Value) : Term
{
    /// <inheritdoc/>
    public override TermKind Kind => TermKind.Iri;

    /// <summary>The IRI in angle brackets.</summary>
    public override string ToString() => $"<{Value}>";
}
