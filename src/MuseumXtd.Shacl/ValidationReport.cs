using System.Collections.Immutable;

namespace MuseumXtd.Shacl;

/// <summary>A validation report (SHACL, section 3.6.1). The results are in the order of focus nodes, then of shapes.</summary>
/// <param name="Results">The results.</param>
/// <param name="Prefixes">The prefixes of the shapes, to write names short.</param>
public sealed record ValidationReport(ImmutableArray<ValidationResult> Results, IReadOnlyDictionary<string, string> Prefixes)
{
    /// <summary>Whether there is no result at all, of whatever severity.</summary>
    public bool Conforms => Results.IsEmpty;
}
