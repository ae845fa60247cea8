using System.Runtime.CompilerServices;
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
internal static class PathReader
{
    public static PropertyPath Read(ShapesGraph graph, Term node, Term shape)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ShapesException(shape, "the path is nested too deeply, or refers to itself.");
        }

        if (node is Iri iri)
        {
            return new LinkPath(iri);
        }

        if (node is not BlankNode)
        {
            throw new ShapesException(shape, $"{node} is no path; a path is an IRI or a blank node.");
        }

        if (graph.Objects(node, RdfNames.First).Any())
        {
            return Many(graph, node, shape, Sh.Path, (left, right) => new SequencePath(left, right));
        }

        if (graph.Single(node, Sh.AlternativePath) is { } list)
        {
            return Many(graph, list, shape, Sh.AlternativePath, (left, right) => new AlternativePath(left, right));
        }

        if (graph.Single(node, Sh.InversePath) is { } inverse)
        {
            return new InversePath(Read(graph, inverse, shape));
        }

        if (graph.Single(node, Sh.ZeroOrMorePath) is { } zeroOrMore)
        {
            return new ZeroOrMorePath(Read(graph, zeroOrMore, shape));
        }

        if (graph.Single(node, Sh.OneOrMorePath) is { } oneOrMore)
        {
            return new OneOrMorePath(Read(graph, oneOrMore, shape));
        }

        return graph.Single(node, Sh.ZeroOrOnePath) is { } optional
            ? new ZeroOrOnePath(Read(graph, optional, shape))
            : throw new ShapesException(shape, "the value of sh:path is no well-formed path.");
    }

    private static PropertyPath Many(
        ShapesGraph graph, Term list, Term shape, Iri predicate, Func<PropertyPath, PropertyPath, PropertyPath> join)
    {
        var members = graph.Items(list, shape, predicate);
        return members.Count < 2
            ? throw new ShapesException(shape, $"a path of {ShapesGraph.Short(predicate)} wants a list of at least two paths.")
            : members.Select(m => Read(graph, m, shape)).Aggregate(join);
    }
}
