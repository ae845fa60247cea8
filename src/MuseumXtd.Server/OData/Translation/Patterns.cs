using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>The patterns of classes, properties and links.</summary>
internal static class Patterns
{
    /// <summary>What is never bound: null.</summary>
    public static Expression Null { get; } = new VariableExpression(new Variable("null"));

    /// <summary>The instances of a class and of those below it, each once.</summary>
    public static GraphPattern Instances(EntityClass @class, Variable variable)
    {
        var types = @class.WithDerived.Where(c => c.Iri is not null).ToList();
        if (types.Count == 1)
        {
            return Triple(variable, RdfNames.Type, new ConstantTerm(types[0].Iri!));
        }

        var type = new Variable(variable.Name + "type");
        var rows = types.Select(t => ImmutableArray.Create<Term?>(t.Iri)).ToImmutableArray();
        return new Distinct(new Project(new Join(new Values([type], rows), Triple(variable, RdfNames.Type, type)), [variable]));
    }

    public static BasicGraphPattern Triple(PatternTerm subject, Iri predicate, PatternTerm @object) =>
        new([new TriplePattern(subject, new ConstantTerm(predicate), @object)]);

    /// <summary>From a resource to the targets of a link, of the model's type.</summary>
    public static GraphPattern Link(LinkBinding link, PatternTerm source, Variable target)
    {
        var forward = Triple(source, link.Predicate, target);
        var backward = Triple(target, link.Predicate, source);
        return !link.IsSymmetric ? (link.IsInverse ? backward : forward)
            : new Distinct(new Project(new Union(forward, backward), source is Variable variable ? [variable, target] : [target]));
    }

    /// <summary>The one target of a link: where the data has several against the model, the first by IRI.</summary>
    public static GraphPattern SingleLink(GraphView view, LinkBinding link, Variable source, Variable target)
    {
        var facts = view.Facts(link.Predicate);
        return link.IsSymmetric || !(link.IsInverse ? facts.IsOnePerObject : facts.IsOnePerSubject)
            ? First(Link(link, source, new Variable(target.Name + "each")), source, new Variable(target.Name + "each"), target)
            : Link(link, source, target);
    }

    /// <summary>The least of several values for each subject.</summary>
    public static GraphPattern First(GraphPattern pattern, Variable subject, Variable value, Variable first) =>
        new Project(
            new Group(pattern, [new GroupKey(subject, new VariableExpression(subject))], [new GroupAggregate(first, new Aggregate(AggregateFunction.Min, new VariableExpression(value), Distinct: false))]),
            [subject, first]);

    public static FunctionCall Call(Function function, params ReadOnlySpan<Expression> arguments) => new(function, [.. arguments]);

    public static FunctionCall Not(Expression expression) => Call(Function.Not, expression);

    public static Expression Number(long value) => new TermExpression(new Literal(value.ToString(System.Globalization.CultureInfo.InvariantCulture), Xsd.Integer));

    public static Expression Text(string value) => new TermExpression(new Literal(value));

    public static Expression True { get; } = new TermExpression(new Literal("true", Xsd.Boolean));

    public static Expression False { get; } = new TermExpression(new Literal("false", Xsd.Boolean));

    /// <summary>
    /// A pattern without its beginning, where what the beginning is joined with binds the variable as well; null where it would mean something else.
    /// </summary>
    public static GraphPattern? Without(GraphPattern pattern, GraphPattern beginning, Variable variable) => pattern switch
    {
        Join join when ReferenceEquals(join.Left, beginning) => Binds(join.Right, variable) ? join.Right : null,
        Join join => Without(join.Left, beginning, variable) is { } left ? join with { Left = left } : null,
        Filter filter => Without(filter.Pattern, beginning, variable) is { } inner ? filter with { Pattern = inner } : null,
        LeftJoin join => Without(join.Left, beginning, variable) is { } left ? join with { Left = left } : null,
        Extend extend => Without(extend.Pattern, beginning, variable) is { } inner ? extend with { Pattern = inner } : null,
        _ => null,
    };

    /// <summary>A pattern of which only a variable is asked for, any number of times.</summary>
    public static GraphPattern Bare(GraphPattern pattern, Variable variable) =>
        pattern is Distinct { Pattern: Project project } && project.Variables.Contains(variable) ? Bare(project.Pattern, variable) : pattern;

    /// <summary>Whether each solution of a pattern binds a variable, as far as that is plain to see.</summary>
    private static bool Binds(GraphPattern pattern, Variable variable) => pattern switch
    {
        BasicGraphPattern triples => triples.Triples.Any(t => t.Subject.Equals(variable) || t.Object.Equals(variable)),
        Join join => Binds(join.Left, variable) || Binds(join.Right, variable),
        Filter filter => Binds(filter.Pattern, variable),
        Distinct distinct => Binds(distinct.Pattern, variable),
        Project project => project.Variables.Contains(variable) && Binds(project.Pattern, variable),
        Values values => values.Variables.Contains(variable) && values.Rows.All(r => r[values.Variables.IndexOf(variable)] is not null),
        _ => false,
    };

    /// <summary>All of some conditions; null for none.</summary>
    public static Expression? And(IEnumerable<Expression> conditions) =>
        conditions.Aggregate((Expression?)null, (all, next) => all is null ? next : Call(Function.And, all, next));
}
