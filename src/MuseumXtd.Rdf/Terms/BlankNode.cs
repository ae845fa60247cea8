namespace MuseumXtd.Rdf;

/// <summary>A blank node; its label means something only within one document or store.</summary>
/// <param name="Label">The label, without <c>_:</c>.</param>
public sealed record BlankNode(string Label) : Term
{
    /// <inheritdoc/>
    public override TermKind Kind => TermKind.BlankNode;

    /// <summary>The label with <c>_:</c> before it.</summary>
    public override string ToString() => $"_:{Label}";
}
