using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Shacl.Shapes;

namespace MuseumXtd.Shacl;

/// <summary>The shapes of a shapes graph, compiled once for any number of validations, at the same time or not.</summary>
public sealed class ShapeSet
{
    internal ShapeSet(Dataset graph, IReadOnlyList<Shape> shapes, Constants constants, bool usesShapesGraph)
    {
        Graph = graph;
        Shapes = shapes;
        Constants = constants;
        UsesShapesGraph = usesShapesGraph;
    }

    /// <summary>How many shapes there are.</summary>
    public int Count => Shapes.Count;

    internal Dataset Graph { get; }

    internal IReadOnlyList<Shape> Shapes { get; }

    internal Constants Constants { get; }

    /// <summary>Whether a query asks for <c>$shapesGraph</c>.</summary>
    internal bool UsesShapesGraph { get; }

    /// <summary>Reads and compiles a document of shapes.</summary>
    /// <exception cref="RdfSyntaxException">The document is not well formed.</exception>
    /// <exception cref="ShapesException">The shapes are not.</exception>
    public static ShapeSet Read(Stream input, RdfFormat format, ReaderOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        var graph = new Dataset();
        format.CreateReader().Read(input, graph, options, cancellation);
        return Compile(graph);
    }

    /// <summary>Compiles a shapes graph: all graphs of a dataset together.</summary>
    /// <exception cref="ShapesException">The shapes are not well formed.</exception>
    public static ShapeSet Compile(Dataset graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new ShapesReader(new ShapesGraph(graph)).Read();
    }
}
