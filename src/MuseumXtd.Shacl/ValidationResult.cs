using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl;

/// <summary>One result of a validation (SHACL, section 3.6.2).</summary>
/// <param name="FocusNode">The node that does not conform.</param>
/// <param name="Path">The path from it, or null.</param>
/// <param name="Value">The value that is wrong, or null.</param>
/// <param name="SourceShape">The shape.</param>
/// <param name="Component">The kind of constraint.</param>
/// <param name="Severity"><c>sh:Violation</c>, <c>sh:Warning</c>, <c>sh:Info</c> or an IRI of the shapes' own.</param>
/// <param name="Messages">What the shapes say of it, else our own sentence in French and English.</param>
/// <param name="SourceConstraint">The SPARQL-based constraint, or null.</param>
public sealed record ValidationResult(
    Term FocusNode,
    PropertyPath? Path,
    Term? Value,
    Term SourceShape,
    Iri Component,
    Iri Severity,
    ImmutableArray<Literal> Messages,
    Term? SourceConstraint)
{
    /// <summary>The message in a language, else one without language, else the first.</summary>
    public string Message(string language) =>
        (Messages.FirstOrDefault(m => m.Language?.StartsWith(language, StringComparison.OrdinalIgnoreCase) == true)
            ?? Messages.FirstOrDefault(m => m.Language is null)
            ?? Messages[0]).LexicalForm;
}
