using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Paths;

/// <summary>
/// Reads a path from the shapes graph (SHACL, section 2.3.1). A node may be a well-formed path in two ways; the first of sequence,
/// alternative, inverse, then repetitions is taken.
/// </summary>
internal sealed class PathReader
{
    // Parts that several parts share count each time: a few blank nodes can write a path that is longer than memory.
    private const int MaxSteps = 1000;

    private readonly ShapesGraph _graph;
    private readonly Term _shape;
    private int _steps;

    private PathReader(ShapesGraph graph, Term shape)
    {
        _graph = graph;
        _shape = shape;
    }

    /// <summary>Reads the path at a node.</summary>
    /// <exception cref="ShapesException">There is none.</exception>
    public static PropertyPath Read(ShapesGraph graph, Term node, Term shape) => new PathReader(graph, shape).Read(node);

    private PropertyPath Read(Term node)
    {
        if (++_steps > MaxSteps)
        {
            throw new ShapesException(_shape, $"the path refers to itself, or has more than {MaxSteps} steps.");
        }

        if (node is Iri iri)
        {
            return new LinkPath(iri);
        }

        if (node is not BlankNode)
        {
            throw new ShapesException(_shape, $"{node} is no path; a path is an IRI or a blank node.");
        }

        if (_graph.Objects(node, RdfNames.First).Any())
        {
            return Many(node, Sh.Path, (left, right) => new SequencePath(left, right));
        }

        if (_graph.Single(node, Sh.AlternativePath) is { } list)
        {
            return Many(list, Sh.AlternativePath, (left, right) => new AlternativePath(left, right));
        }

        if (_graph.Single(node, Sh.InversePath) is { } inverse)
        {
            return new InversePath(Read(inverse));
        }

        if (_graph.Single(node, Sh.ZeroOrMorePath) is { } zeroOrMore)
        {
            return new ZeroOrMorePath(Read(zeroOrMore));
        }

        if (_graph.Single(node, Sh.OneOrMorePath) is { } oneOrMore)
        {
            return new OneOrMorePath(Read(oneOrMore));
        }

        return _graph.Single(node, Sh.ZeroOrOnePath) is { } optional
            ? new ZeroOrOnePath(Read(optional))
            : throw new ShapesException(_shape, "the value of sh:path is no well-formed path.");
    }

    private PropertyPath Many(Term list, Iri predicate, Func<PropertyPath, PropertyPath, PropertyPath> join)
    {
        var members = _graph.Items(list, _shape, predicate);
        return members.Count < 2
            ? throw new ShapesException(_shape, $"a path of {ShapesGraph.Short(predicate)} wants a list of at least two paths.")
            : members.Select(Read).Aggregate(join);
    }
}
