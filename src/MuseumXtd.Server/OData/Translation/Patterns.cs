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

    /// <summary>All of some conditions; null for none.</summary>
    public static Expression? And(IEnumerable<Expression> conditions) =>
        conditions.Aggregate((Expression?)null, (all, next) => all is null ? next : Call(Function.And, all, next));
}
