using MuseumXtd.Rdf;

namespace MuseumXtd.Shacl;

/// <summary>The shapes are ill-formed, or cannot be evaluated: SHACL's failure (section 3.4), which is no validation report.</summary>
public sealed class ShapesException : Exception
{
    /// <summary>A failure without a place.</summary>
    public ShapesException(string message)
        : base(message)
    {
    }

    /// <summary>A failure at a node of the shapes graph.</summary>
    /// <param name="node">The shape, constraint or path.</param>
    /// <param name="message">What is wrong and what is wanted.</param>
    public ShapesException(Term node, string message)
        : base($"{node}: {message}") => Node = node;

    /// <summary>The node of the shapes graph, or null.</summary>
    public Term? Node { get; }
}
