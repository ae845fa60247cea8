using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl.Constraints;
using MuseumXtd.Shacl.Paths;
using MuseumXtd.Shacl.Queries;
using MuseumXtd.Shacl.Vocabulary;

namespace MuseumXtd.Shacl.Shapes;

/// <summary>Finds the shapes of a shapes graph and compiles them (SHACL, section 2.1).</summary>
internal sealed class ShapesReader
{
    private readonly ShapesGraph _graph;
    private readonly Constants _constants = new();
    private readonly Dictionary<Term, Shape> _shapes = [];
    private readonly ConstraintReader _constraints;
    private readonly IReadOnlyList<CustomComponent> _components;

    public ShapesReader(ShapesGraph graph)
    {
        _graph = graph;
        _constraints = new ConstraintReader(graph, _constants, ShapeOf);
        _components = CustomComponent.ReadAll(graph);
    }

    /// <summary>Reads all shapes that have a target or are said to be shapes, and those they refer to.</summary>
    public ShapeSet Read()
    {
        if (_graph.Dataset.FirstOrDefault(q => q.Predicate == Sh.Entailment) is { Subject: { } owner, Object: { } regime })
        {
            throw new ShapesException(owner, $"sh:entailment asks for {regime}, which is not supported (SHACL, section 1.5).");
        }

        foreach (var node in _graph.Nodes.ToList())
        {
            if (_graph.Of(node).Any(s => IsTarget(s.Predicate)) || _graph.IsInstance(node, Sh.NodeShape) || _graph.IsInstance(node, Sh.PropertyShape))
            {
                ShapeOf(node);
            }
        }

        for (var read = 0; read < _shapes.Count;)
        {
            // Sibling shapes are found when they are asked for, since they may be those of a shape that was still being read.
            read = _shapes.Count;
            foreach (var constraint in _shapes.Values.SelectMany(s => s.Constraints).ToList())
            {
                _ = constraint.Shapes.Count();
            }
        }

        var shapes = _shapes.Values.ToList();
        MarkRecursive(shapes);
        foreach (var shape in shapes)
        {
            shape.IsPlain = shape.Steps is null && shape.Constraints.TrueForAll(c => c is ValueConstraint and not PatternConstraint && !c.Shapes.Any());
        }

        return new ShapeSet(_graph.Dataset, shapes, _constants, _constraints.UsesShapesGraph);
    }

    /// <summary>The shape of a node, read when it is first asked for.</summary>
    private Shape ShapeOf(Term node)
    {
        if (_shapes.TryGetValue(node, out var shape))
        {
            return shape;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ShapesException(node, "the shapes are nested too deeply.");
        }

        if (node is Literal)
        {
            throw new ShapesException(node, "a literal is no shape.");
        }

        shape = new Shape(node, _shapes.Count);
        _shapes.Add(node, shape);
        var path = _graph.Single(node, Sh.Path);
        if (path is not null)
        {
            shape.Path = PathReader.Read(_graph, path, node);
            shape.Steps = PathStep.Of(shape.Path, _constants);
        }
        else if (_graph.IsInstance(node, Sh.PropertyShape))
        {
            throw new ShapesException(node, "a property shape wants one sh:path.");
        }

        shape.IsDeactivated = _graph.Single(node, Sh.Deactivated) is { } deactivated && ConstraintReader.Boolean(node, Sh.Deactivated, deactivated);
        shape.Severity = _graph.Single(node, Sh.Severity) switch
        {
            null => Sh.Violation,
            Iri severity => severity,
            _ => throw new ShapesException(node, "sh:severity wants an IRI, such as sh:Warning."),
        };
        shape.Messages = MessagesOf(_graph, node);
        ReadTargets(shape);
        foreach (var constraint in _constraints.Read(shape))
        {
            shape.Constraints.Add(constraint);
        }

        foreach (var component in _components)
        {
            foreach (var constraint in component.Read(_graph, shape))
            {
                shape.Constraints.Add(constraint);
                _constraints.UsesShapesGraph |= constraint is QueryConstraint { UsesShapesGraph: true };
            }
        }

        return shape;
    }

    /// <summary>The values of <c>sh:message</c>, sorted, so that reports do not depend on the order of documents.</summary>
    public static ImmutableArray<Literal> MessagesOf(ShapesGraph graph, Term node) =>
    [
        .. graph.Objects(node, Sh.Message)
            .Select(m => m as Literal ?? throw new ShapesException(node, "sh:message wants strings."))
            .OrderBy(m => m.Language ?? "", StringComparer.Ordinal).ThenBy(m => m.LexicalForm, StringComparer.Ordinal),
    ];

    private static bool IsTarget(Iri predicate) =>
        predicate == Sh.TargetNode || predicate == Sh.TargetClass || predicate == Sh.TargetSubjectsOf || predicate == Sh.TargetObjectsOf || predicate == Sh.Target;

    private void ReadTargets(Shape shape)
    {
        foreach (var (predicate, value) in _graph.Of(shape.Node))
        {
            if (predicate == Sh.TargetNode)
            {
                shape.Targets.Add(value is BlankNode
                    ? throw new ShapesException(shape.Node, "sh:targetNode wants an IRI or a literal.")
                    : new NodeTarget(_constants.Add(value)));
            }
            else if (predicate == Sh.TargetClass)
            {
                shape.Targets.Add(new ClassTarget(_constants.Add(ConstraintReader.Iri(shape.Node, predicate, value))));
            }
            else if (predicate == Sh.TargetSubjectsOf)
            {
                shape.Targets.Add(new SubjectsTarget(_constants.Add(ConstraintReader.Iri(shape.Node, predicate, value))));
            }
            else if (predicate == Sh.TargetObjectsOf)
            {
                shape.Targets.Add(new ObjectsTarget(_constants.Add(ConstraintReader.Iri(shape.Node, predicate, value))));
            }
            else if (predicate == Sh.Target)
            {
                shape.Targets.Add(QueryTargetOf(shape, value));
            }
        }

        if (shape.Node is Iri && _graph.IsInstance(shape.Node, Sh.RdfsClass)
            && (_graph.IsInstance(shape.Node, Sh.NodeShape) || _graph.IsInstance(shape.Node, Sh.PropertyShape)))
        {
            shape.Targets.Add(new ClassTarget(_constants.Add(shape.Node)));
        }
    }

    /// <summary>A target by query (SHACL Advanced Features, section 3): its own, or that of its type with parameters.</summary>
    private QueryTarget QueryTargetOf(Shape shape, Term target)
    {
        if (_graph.Objects(target, Sh.Select).Any())
        {
            return Target(PreparedQuery.Read(_graph, target, Sh.Select, null, [], []), []);
        }

        foreach (var type in _graph.Objects(target, RdfNames.Type))
        {
            if (_graph.IsInstance(type, Sh.SparqlTargetType))
            {
                var parameters = new List<(string, Term)>();
                foreach (var parameter in CustomComponent.ReadParameters(_graph, type))
                {
                    if (_graph.Single(target, parameter.Path) is { } value)
                    {
                        parameters.Add((parameter.Name, value));
                    }
                    else if (!parameter.IsOptional)
                    {
                        throw new ShapesException(shape.Node, $"the target {target} has no {parameter.Path}, which its type wants.");
                    }
                }

                return Target(PreparedQuery.Read(_graph, type, Sh.Select, null, [], parameters.Select(p => p.Item1)), parameters);
            }
        }

        throw new ShapesException(shape.Node, "sh:target wants a sh:SPARQLTarget with sh:select, or an instance of a sh:SPARQLTargetType.");

        QueryTarget Target(PreparedQuery query, IReadOnlyList<(string, Term)> parameters)
        {
            _constraints.UsesShapesGraph |= query.UsesShapesGraph;
            return new QueryTarget(query, parameters);
        }
    }

    /// <summary>Marks the shapes from which one comes back to them: by taking away, again and again, those that refer to none that is left.</summary>
    private static void MarkRecursive(List<Shape> shapes)
    {
        var waitsFor = shapes.ToDictionary(s => s, s => s.Constraints.SelectMany(c => c.Shapes).Distinct().Count());
        var askedBy = shapes.SelectMany(s => s.Constraints.SelectMany(c => c.Shapes).Distinct().Select(asked => (Asked: asked, By: s))).ToLookup(x => x.Asked, x => x.By);
        var done = new Queue<Shape>(shapes.Where(s => waitsFor[s] == 0));
        var left = shapes.ToHashSet();
        while (done.TryDequeue(out var shape))
        {
            left.Remove(shape);
            foreach (var by in askedBy[shape])
            {
                if (--waitsFor[by] == 0)
                {
                    done.Enqueue(by);
                }
            }
        }

        foreach (var shape in left)
        {
            shape.IsRecursive = true;
        }
    }
}
