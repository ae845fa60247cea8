using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Constraints;
using MuseumXtd.Shacl.Paths;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Shapes;

/// <summary>A node shape or, with a path, a property shape (SHACL, section 2.1), compiled.</summary>
internal sealed class Shape(Term node, int number)
{
    /// <summary>The node of the shapes graph.</summary>
    public Term Node { get; } = node;

    /// <summary>Its number among all shapes, in the order of the document.</summary>
    public int Number { get; } = number;

    /// <summary>The path of a property shape, as it is reported.</summary>
    public PropertyPath? Path { get; set; }

    /// <summary>How the path is followed; null for node shapes.</summary>
    public PathStep? Steps { get; set; }

    public List<Target> Targets { get; } = [];

    public List<Constraint> Constraints { get; } = [];

    public Iri Severity { get; set; } = Sh.Violation;

    public ImmutableArray<Literal> Messages { get; set; } = [];

    public bool IsDeactivated { get; set; }

    /// <summary>Whether asking again costs less than remembering the answer: it looks at the node itself only.</summary>
    public bool IsPlain { get; set; }

    /// <summary>Whether the shape refers to itself, directly or through others.</summary>
    public bool IsRecursive { get; set; }
}
