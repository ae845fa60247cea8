using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Values;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl.Constraints;
using MuseumXtd.Shacl.Queries;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Shapes;

/// <summary>Reads the constraints of SHACL Core (section 4) and <c>sh:sparql</c> (section 5) of a shape, and refuses ill-formed ones.</summary>
internal sealed class ConstraintReader(ShapesGraph graph, Constants constants, Func<Term, Shape> shapeOf)
{
    /// <summary>Whether a query asks for <c>$shapesGraph</c>.</summary>
    public bool UsesShapesGraph { get; set; }

    /// <summary>The constraints of a shape, in the order of the document.</summary>
    public IEnumerable<Constraint> Read(Shape shape)
    {
        var once = new HashSet<Iri>();
        foreach (var (predicate, value) in graph.Of(shape.Node))
        {
            if (!predicate.Value.StartsWith(Sh.Namespace, StringComparison.Ordinal))
            {
                continue;
            }

            var name = predicate.Value[Sh.Namespace.Length..];
            if (IsForPropertiesOnly(name) && shape.Path is null)
            {
                throw new ShapesException(shape.Node, $"sh:{name} is for property shapes only, and there is no sh:path.");
            }

            if (IsGivenOnce(name) && !once.Add(predicate))
            {
                throw new ShapesException(shape.Node, $"sh:{name} has more than one value.");
            }

            foreach (var constraint in Read(shape, name, predicate, value))
            {
                yield return constraint;
            }
        }
    }

    /// <summary>The value of a property as an IRI.</summary>
    public static Iri Iri(Term node, Iri predicate, Term value) =>
        value as Iri ?? throw new ShapesException(node, $"{ShapesGraph.Short(predicate)} wants an IRI, not {value}.");

    /// <summary>The value of a property as a boolean. Only <c>true</c> switches on: <c>1</c> is another literal.</summary>
    public static bool Boolean(Term node, Iri predicate, Term value) =>
        value is Literal { Datatype: var type } literal && type == Xsd.Boolean
            ? literal.LexicalForm == "true"
            : throw new ShapesException(node, $"{ShapesGraph.Short(predicate)} wants true or false, not {value}.");

    private static bool IsForPropertiesOnly(string name) =>
        name is "minCount" or "maxCount" or "uniqueLang" or "lessThan" or "lessThanOrEquals" or "qualifiedValueShape";

    private static bool IsGivenOnce(string name) => name is "datatype" or "nodeKind" or "minCount" or "maxCount" or "minExclusive" or "minInclusive"
        or "maxExclusive" or "maxInclusive" or "minLength" or "maxLength" or "languageIn" or "uniqueLang" or "in" or "closed";

    private IEnumerable<Constraint> Read(Shape shape, string name, Iri predicate, Term value)
    {
        switch (name)
        {
            case "class":
                return [new ClassConstraint(shape, Iri(shape.Node, predicate, value), constants.Add(value))];
            case "datatype":
                return [new DatatypeConstraint(shape, Iri(shape.Node, predicate, value))];
            case "nodeKind":
                return [NodeKindConstraint.Of(shape, value) ?? throw new ShapesException(shape.Node, $"sh:nodeKind wants one of SHACL's six kinds, not {value}.")];
            case "minCount":
                return [new MinCountConstraint(shape, Integer(shape, predicate, value))];
            case "maxCount":
                return [new MaxCountConstraint(shape, Integer(shape, predicate, value))];
            case "minExclusive" or "minInclusive" or "maxExclusive" or "maxInclusive":
                return value is Literal limit
                    ? [new RangeConstraint(shape, limit, constants.Add(limit), name.StartsWith("min", StringComparison.Ordinal), name.EndsWith("Inclusive", StringComparison.Ordinal))]
                    : throw new ShapesException(shape.Node, $"sh:{name} wants a literal, not {value}.");
            case "minLength":
                return [new MinLengthConstraint(shape, Integer(shape, predicate, value))];
            case "maxLength":
                return [new MaxLengthConstraint(shape, Integer(shape, predicate, value))];
            case "pattern":
                return [PatternOf(shape, value)];
            case "languageIn":
                return [new LanguageInConstraint(shape, [.. graph.Items(value, shape.Node, predicate).Select(i => Text(shape, predicate, i))])];
            case "uniqueLang":
                return Boolean(shape.Node, predicate, value) ? [new UniqueLangConstraint(shape)] : [];
            case "equals":
                return [new EqualsConstraint(shape, Iri(shape.Node, predicate, value), constants.Add(value))];
            case "disjoint":
                return [new DisjointConstraint(shape, Iri(shape.Node, predicate, value), constants.Add(value))];
            case "lessThan" or "lessThanOrEquals":
                return [new LessThanConstraint(shape, Iri(shape.Node, predicate, value), constants.Add(value), name == "lessThanOrEquals")];
            case "not":
                return [new NotConstraint(shape, shapeOf(value))];
            case "and":
                return [List(shape, ShapeList.And, predicate, value)];
            case "or":
                return [List(shape, ShapeList.Or, predicate, value)];
            case "xone":
                return [List(shape, ShapeList.Xone, predicate, value)];
            case "node":
                return [new NodeConstraint(shape, shapeOf(value))];
            case "property":
                return PropertyOf(shape, value);
            case "qualifiedValueShape":
                return QualifiedOf(shape, value);
            case "closed":
                return Boolean(shape.Node, predicate, value) ? [ClosedOf(shape)] : [];
            case "hasValue":
                return [new HasValueConstraint(shape, value, constants.Add(value))];
            case "in":
                var members = graph.Items(value, shape.Node, predicate);
                return [new InConstraint(shape, members, [.. members.Select(constants.Add)])];
            case "sparql":
                return SparqlOf(shape, value);
            default:
                return [];
        }
    }

    private ShapeListConstraint List(Shape shape, ShapeList kind, Iri predicate, Term list) =>
        new(shape, kind, [.. graph.Items(list, shape.Node, predicate).Select(shapeOf)]);

    private IEnumerable<Constraint> PropertyOf(Shape shape, Term value)
    {
        var property = shapeOf(value);
        return property.Path is null
            ? throw new ShapesException(value, $"this is a value of sh:property of {shape.Node}, and so wants a sh:path.")
            : [new PropertyConstraint(shape, property)];
    }

    private PatternConstraint PatternOf(Shape shape, Term value)
    {
        var pattern = Text(shape, Sh.Pattern, value);
        var flags = graph.Single(shape.Node, Sh.Flags) is { } given ? Text(shape, Sh.Flags, given) : "";
        return new PatternConstraint(
            shape, pattern, TextPattern.Create(pattern, flags) ?? throw new ShapesException(shape.Node, $"sh:pattern '{pattern}' with flags '{flags}' is no valid pattern."));
    }

    private IEnumerable<Constraint> QualifiedOf(Shape shape, Term value)
    {
        var minimum = graph.Single(shape.Node, Sh.QualifiedMinCount);
        var maximum = graph.Single(shape.Node, Sh.QualifiedMaxCount);
        var isDisjoint = graph.Single(shape.Node, Sh.QualifiedValueShapesDisjoint) is { } disjoint && Boolean(shape.Node, Sh.QualifiedValueShapesDisjoint, disjoint);
        var wanted = shapeOf(value);
        if (minimum is not null)
        {
            yield return new QualifiedConstraint(shape, wanted, Siblings, Integer(shape, Sh.QualifiedMinCount, minimum), isMinimum: true);
        }

        if (maximum is not null)
        {
            yield return new QualifiedConstraint(shape, wanted, Siblings, Integer(shape, Sh.QualifiedMaxCount, maximum), isMinimum: false);
        }

        // The sibling shapes: the other qualified shapes of the properties of the shapes that have this property.
        IReadOnlyList<Shape> Siblings() => !isDisjoint ? [] :
        [
            .. graph.Subjects(Sh.Property, shape.Node)
                .SelectMany(parent => graph.Objects(parent, Sh.Property))
                .SelectMany(property => graph.Objects(property, Sh.QualifiedValueShape))
                .Where(qualified => qualified != value)
                .Distinct().Select(shapeOf),
        ];
    }

    private ClosedConstraint ClosedOf(Shape shape)
    {
        var allowed = new List<int>();
        foreach (var property in graph.Objects(shape.Node, Sh.Property))
        {
            foreach (var path in graph.Objects(property, Sh.Path).OfType<Iri>())
            {
                allowed.Add(constants.Add(path));
            }
        }

        if (graph.Single(shape.Node, Sh.IgnoredProperties) is { } ignored)
        {
            allowed.AddRange(graph.Items(ignored, shape.Node, Sh.IgnoredProperties).Select(i => constants.Add(Iri(shape.Node, Sh.IgnoredProperties, i))));
        }

        return new ClosedConstraint(shape, allowed);
    }

    private IEnumerable<Constraint> SparqlOf(Shape shape, Term node)
    {
        if (graph.Single(node, Sh.Deactivated) is { } deactivated && Boolean(node, Sh.Deactivated, deactivated))
        {
            return [];
        }

        var query = PreparedQuery.Read(graph, node, Sh.Select, shape.Path, ["this"], []);
        UsesShapesGraph |= query.UsesShapesGraph;
        return [new SelectConstraint(shape, Sh.Name("SPARQLConstraintComponent"), query, [], ShapesReader.MessagesOf(graph, node), node)];
    }

    private static long Integer(Shape shape, Iri predicate, Term value) =>
        value is Literal { Datatype: var type } literal && type == Xsd.Integer
        && XsdNumbers.TryParseInteger(System.Text.Encoding.UTF8.GetBytes(literal.LexicalForm), out var number) && number >= 0 && number <= long.MaxValue
            ? (long)number
            : throw new ShapesException(shape.Node, $"{ShapesGraph.Short(predicate)} wants an integer from 0, not {value}.");

    private static string Text(Shape shape, Iri predicate, Term value) =>
        value is Literal { Datatype: var type } literal && type == Xsd.String
            ? literal.LexicalForm
            : throw new ShapesException(shape.Node, $"{ShapesGraph.Short(predicate)} wants a string, not {value}.");
}
