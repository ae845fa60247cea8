using System.Collections.Immutable;
using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>A property path expression (SPARQL 1.1 Query, section 18.2.2.1).</summary>
public abstract record PropertyPath
{
    private protected PropertyPath(int height = 1) => Height = height;

    /// <summary>How many levels it has.</summary>
    internal int Height { get; }
}

/// <summary>A single predicate.</summary>
public sealed record LinkPath(Iri Predicate) : PropertyPath;

/// <summary><c>^path</c></summary>
public sealed record InversePath(PropertyPath Path) : PropertyPath(1 + Path.Height);

/// <summary><c>left / right</c></summary>
public sealed record SequencePath(PropertyPath Left, PropertyPath Right) : PropertyPath(1 + Math.Max(Left.Height, Right.Height));

/// <summary><c>left | right</c></summary>
public sealed record AlternativePath(PropertyPath Left, PropertyPath Right) : PropertyPath(1 + Math.Max(Left.Height, Right.Height));

/// <summary><c>path*</c></summary>
public sealed record ZeroOrMorePath(PropertyPath Path) : PropertyPath(1 + Path.Height);

/// <summary><c>path+</c></summary>
public sealed record OneOrMorePath(PropertyPath Path) : PropertyPath(1 + Path.Height);

/// <summary><c>path?</c></summary>
public sealed record ZeroOrOnePath(PropertyPath Path) : PropertyPath(1 + Path.Height);

/// <summary><c>!(a | ^b)</c>: any predicate but some, forwards, and any but some backwards where inverse ones are named.</summary>
/// <param name="Forward">Predicates that may not stand forwards.</param>
/// <param name="Backward">Predicates that may not stand backwards.</param>
public sealed record NegatedPropertySet(ImmutableArray<Iri> Forward, ImmutableArray<Iri> Backward) : PropertyPath;
