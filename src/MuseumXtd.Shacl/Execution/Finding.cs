using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Constraints;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Execution;

/// <summary>A result in ids, as a constraint finds it.</summary>
/// <param name="Constraint">Which constraint, and so which shape.</param>
/// <param name="Focus">The focus node.</param>
/// <param name="Value">The value, or 0.</param>
internal readonly record struct Finding(Constraint Constraint, uint Focus, uint Value = 0)
{
    /// <summary>The path, where it is not the shape's.</summary>
    public PropertyPath? Path { get; init; }

    /// <summary>The messages of a query, or null for those of the constraint.</summary>
    public ImmutableArray<Literal>? Messages { get; init; }
}
