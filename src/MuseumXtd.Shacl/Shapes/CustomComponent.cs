using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl.Constraints;
using MuseumXtd.Shacl.Queries;
using MuseumXtd.Shacl.Vocabulary;

namespace MuseumXtd.Shacl.Shapes;

/// <summary>A constraint component that the shapes graph itself declares (SHACL, section 6).</summary>
internal sealed class CustomComponent
{
    private readonly Iri _name;
    private readonly List<ComponentParameter> _parameters;

    private CustomComponent(Iri name, List<ComponentParameter> parameters)
    {
        _name = name;
        _parameters = parameters;
    }

    /// <summary>All components of a shapes graph.</summary>
    public static IReadOnlyList<CustomComponent> ReadAll(ShapesGraph graph)
    {
        var components = new List<CustomComponent>();
        foreach (var node in graph.Nodes.OfType<Iri>())
        {
            if (graph.IsInstance(node, Sh.ConstraintComponent))
            {
                var parameters = ReadParameters(graph, node);
                if (!parameters.Exists(p => !p.IsOptional))
                {
                    throw new ShapesException(node, "a constraint component wants at least one sh:parameter that is not optional.");
                }

                components.Add(new CustomComponent(node, parameters));
            }
        }

        return components;
    }

    /// <summary>The parameters of a component or target type, sorted by name.</summary>
    public static List<ComponentParameter> ReadParameters(ShapesGraph graph, Term node)
    {
        var parameters = new List<ComponentParameter>();
        foreach (var parameter in graph.Objects(node, Sh.Parameter))
        {
            if (graph.Single(parameter, Sh.Path) is not Iri path)
            {
                throw new ShapesException(node, "a sh:parameter wants one sh:path, an IRI.");
            }

            var isOptional = graph.Single(parameter, Sh.Optional) is Literal { LexicalForm: "true", Datatype: var type } && type == Xsd.Boolean;
            var name = path.Value[(path.Value.LastIndexOfAny(['#', '/', ':']) + 1)..];
            if (name is "this" or "shapesGraph" or "currentShape" or "path" or "PATH" or "value" or "")
            {
                throw new ShapesException(node, $"a parameter cannot be called '{name}'.");
            }

            parameters.Add(new ComponentParameter(path, name, isOptional));
        }

        parameters.Sort((x, y) => string.CompareOrdinal(x.Path.Value, y.Path.Value));
        return parameters;
    }

    /// <summary>The constraints of this component that a shape has: one for each value where there is a single parameter.</summary>
    public IEnumerable<Constraint> Read(ShapesGraph graph, Shape shape)
    {
        if (_parameters.Exists(p => !p.IsOptional && !graph.Objects(shape.Node, p.Path).Any()) || ValidatorOf(graph, shape) is not { } validator)
        {
            yield break;
        }

        var messages = ShapesReader.MessagesOf(graph, validator);
        foreach (var values in Values(graph, shape))
        {
            if (graph.Objects(validator, Sh.Ask).Any())
            {
                var ask = PreparedQuery.Read(graph, validator, Sh.Ask, shape.Path, ["this", "value"], _parameters.Select(p => p.Name));
                yield return new AskConstraint(shape, _name, ask, values, messages);
            }
            else
            {
                var select = PreparedQuery.Read(graph, validator, Sh.Select, shape.Path, ["this"], _parameters.Select(p => p.Name));
                yield return new SelectConstraint(shape, _name, select, values, messages, null);
            }
        }
    }

    private List<IReadOnlyList<(string, Term)>> Values(ShapesGraph graph, Shape shape)
    {
        if (_parameters.Count == 1)
        {
            return graph.Objects(shape.Node, _parameters[0].Path).Select(v => (IReadOnlyList<(string, Term)>)[(_parameters[0].Name, v)]).ToList();
        }

        var values = new List<(string, Term)>();
        foreach (var parameter in _parameters)
        {
            if (graph.Single(shape.Node, parameter.Path) is { } value)
            {
                values.Add((parameter.Name, value));
            }
        }

        return [values];
    }

    /// <summary>The validator for the kind of shape, or the one for both (SHACL, section 6.3).</summary>
    private Term? ValidatorOf(ShapesGraph graph, Shape shape) =>
        graph.Objects(_name, shape.Path is null ? Sh.NodeValidator : Sh.PropertyValidator).FirstOrDefault()
        ?? graph.Objects(_name, Sh.Validator).FirstOrDefault();
}

/// <summary>A parameter of a component.</summary>
/// <param name="Path">The property of shapes that gives its value.</param>
/// <param name="Name">The name of its variable: the local name of the property.</param>
/// <param name="IsOptional">Whether a shape need not give it.</param>
internal readonly record struct ComponentParameter(Iri Path, string Name, bool IsOptional);
