using System.Collections.Immutable;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using AggregateExpression = Microsoft.OData.UriParser.Aggregation.AggregateExpression;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>A column of the rows that <c>$apply</c> gives.</summary>
/// <param name="Path">Its name, or the path of properties that lead to it.</param>
/// <param name="Variable">What it is bound to.</param>
/// <param name="Type">The type of its values, or null where that is not known.</param>
internal sealed record ApplyColumn(ImmutableArray<string> Path, Variable Variable, IEdmPrimitiveTypeReference? Type);

/// <summary>
/// Translates <c>$apply</c> (OData Extension for Data Aggregation, section 3): filter, compute, groupby, aggregate, one after the other.
/// </summary>
internal sealed class ApplyTranslation(PropertyTranslation properties, ResourceReference it, IReadOnlyDictionary<string, SingleValueNode> aliases, bool joinsLambdas)
{
    /// <summary>After every literal: a least value that no value is greater than, so that nulls do not count.</summary>
    private static readonly TermExpression Greatest = new(new TripleTerm(new Iri("x:"), new Iri("x:"), new Iri("x:")));

    /// <summary>Before every literal.</summary>
    private static readonly TermExpression Least = new(new Iri("x:"));

    private readonly VariableNames _names = it.Scope.Names;

    /// <summary>The rows, or null while they are the entities.</summary>
    public ImmutableArray<ApplyColumn>? Columns { get; private set; }

    /// <summary>The pattern of what there is so far.</summary>
    public Scope Scope { get; private set; } = it.Scope;

    /// <summary>Translates expressions over what there is so far.</summary>
    public ExpressionTranslation Expressions { get; private set; } = new(properties, it, aliases) { JoinsLambdas = joinsLambdas };

    /// <summary>What <c>compute</c> has added to entities.</summary>
    public List<ApplyColumn> Computed { get; } = [];

    public void Add(ApplyClause apply)
    {
        foreach (var transformation in apply.Transformations)
        {
            switch (transformation)
            {
                case FilterTransformationNode filter:
                    Expressions.Filter(Scope, filter.FilterClause.Expression);
                    break;
                case ComputeTransformationNode compute:
                    foreach (var expression in compute.Expressions)
                    {
                        Compute(expression);
                    }

                    break;
                case GroupByTransformationNode groupBy:
                    GroupBy(groupBy);
                    break;
                case AggregateTransformationNode aggregate:
                    Group([], [], aggregate);
                    break;
                default:
                    throw ODataRequestException.NotImplemented($"The transformation {transformation.Kind}");
            }
        }
    }

    /// <summary>Keeps some of what there is so far, in an order in which no two are equal.</summary>
    public void Cut(ImmutableArray<OrderCondition> order, long skip, long? top)
    {
        if (skip > 0 || top is not null)
        {
            var ties = Columns?.Select(c => c.Variable) ?? [it.Variable];
            Scope.Pattern = new Slice(new OrderBy(Scope.Pattern, [.. order, .. ties.Select(v => new OrderCondition(new VariableExpression(v), false))]), skip, top);
        }
    }

    /// <summary>Adds a column that an expression gives.</summary>
    public void Compute(ComputeExpression expression)
    {
        var bound = Bind(Expressions.Translate(expression.Expression), "c");
        var column = new ApplyColumn([expression.Alias], bound, expression.TypeReference as IEdmPrimitiveTypeReference);
        if (!Expressions.Computed.TryAdd(expression.Alias, new VariableExpression(bound)))
        {
            throw new ODataRequestException(400, $"'{expression.Alias}' is computed twice.");
        }

        if (Columns is { } columns)
        {
            Columns = columns.Add(column);
        }
        else
        {
            Computed.Add(column);
        }
    }

    /// <summary>Whether the values are numbers, as far as the model knows.</summary>
    private static bool IsNumeric(SingleValueNode node) => node.TypeReference is not IEdmPrimitiveTypeReference type
        || type.IsIntegral() || type.IsDecimal() || type.IsFloating();

    private Variable Bind(Expression expression, string hint)
    {
        var bound = _names.Next(hint);
        Scope.Pattern = new Extend(Scope.Pattern, bound, expression);
        return bound;
    }

    private void GroupBy(GroupByTransformationNode node)
    {
        var keys = new List<(ImmutableArray<string> Path, Expression Expression, IEdmTypeReference? Type)>();
        foreach (var property in node.GroupingProperties)
        {
            Leaves(property, [], keys);
        }

        if (node.ChildTransformations is not null && node.ChildTransformations is not AggregateTransformationNode)
        {
            throw ODataRequestException.NotImplemented($"The transformation {node.ChildTransformations.Kind} within groupby");
        }

        var columns = keys.Select(k => new ApplyColumn(k.Path, Bind(k.Expression, "k"), k.Type as IEdmPrimitiveTypeReference)).ToList();
        Group([.. columns.Select(c => new GroupKey(c.Variable, new VariableExpression(c.Variable)))], columns, node.ChildTransformations as AggregateTransformationNode);
    }

    private void Leaves(GroupByPropertyNode property, ImmutableArray<string> above, List<(ImmutableArray<string>, Expression, IEdmTypeReference?)> keys)
    {
        var path = above.Add(property.Name);
        if (property.Expression is { } expression)
        {
            keys.Add((path, Expressions.Translate(expression), expression.TypeReference));
        }

        foreach (var child in property.ChildTransformations)
        {
            Leaves(child, path, keys);
        }
    }

    private void Group(ImmutableArray<GroupKey> keys, List<ApplyColumn> columns, AggregateTransformationNode? aggregate)
    {
        var aggregates = ImmutableArray.CreateBuilder<GroupAggregate>();
        var results = new List<(string Alias, Expression Value, IEdmTypeReference? Type)>();
        foreach (var item in aggregate?.AggregateExpressions ?? [])
        {
            if (item is not AggregateExpression expression)
            {
                throw ODataRequestException.NotImplemented($"An aggregate over the collection behind '{item.Alias}'");
            }

            results.Add((expression.Alias, ValueOf(expression, aggregates), expression.TypeReference));
        }

        Scope = new Scope(new Group(Scope.Pattern, keys, aggregates.ToImmutable()), _names);
        foreach (var (alias, value, type) in results)
        {
            if (columns.Exists(c => c.Path is [var name] && name == alias))
            {
                throw new ODataRequestException(400, $"'{alias}' is computed twice.");
            }

            columns.Add(new ApplyColumn([alias], Bind(value, "a"), type as IEdmPrimitiveTypeReference));
        }

        Columns = [.. columns];
        Expressions = new ExpressionTranslation(properties, it with { Scope = Scope, Trail = Nothing }, aliases);
        foreach (var column in columns)
        {
            Expressions.Computed[string.Join('/', column.Path)] = new VariableExpression(column.Variable);
            Scope.Values["$it/" + string.Join('/', column.Path)] = new VariableExpression(column.Variable);
        }
    }

    /// <summary>What was grouped is gone: only the columns can be asked for.</summary>
    private static GraphPattern Nothing => new Values([], []);

    private Expression ValueOf(AggregateExpression expression, ImmutableArray<GroupAggregate>.Builder aggregates)
    {
        VariableExpression Add(AggregateFunction function, Expression? argument, bool distinct = false)
        {
            var variable = _names.Next("g");
            aggregates.Add(new GroupAggregate(variable, new Aggregate(function, argument, distinct)));
            return new VariableExpression(variable);
        }

        if (expression.Method == AggregationMethod.VirtualPropertyCount)
        {
            return Add(AggregateFunction.Count, null);
        }

        var argument = new VariableExpression(Bind(Expressions.Translate(expression.Expression), "x"));
        var mayBeNull = Expressions.MayBeNull(expression.Expression);
        if (expression.Method == AggregationMethod.CountDistinct)
        {
            return Add(AggregateFunction.Count, argument, distinct: true);
        }

        if (expression.Method is AggregationMethod.Sum or AggregationMethod.Average && !IsNumeric(expression.Expression))
        {
            throw new ODataRequestException(400, $"'{expression.Alias}' adds what are no numbers.");
        }

        // Nulls do not take part (section 3.1.3): in SPARQL one error makes the whole an error.
        var count = Add(AggregateFunction.Count, argument);
        Expression Or(Expression otherwise) => mayBeNull ? Patterns.Call(Function.Coalesce, argument, otherwise) : argument;
        var result = expression.Method switch
        {
            AggregationMethod.Sum => Add(AggregateFunction.Sum, Or(Patterns.Number(0))),
            AggregationMethod.Average => Patterns.Call(Function.Divide, Add(AggregateFunction.Sum, Or(Patterns.Number(0))), count),
            AggregationMethod.Min => Add(AggregateFunction.Min, Or(Greatest)),
            AggregationMethod.Max => (Expression)Add(AggregateFunction.Max, Or(Least)),
            _ => throw ODataRequestException.NotImplemented($"The aggregation method {expression.MethodDefinition?.MethodLabel ?? expression.Method.ToString()}"),
        };
        return Patterns.Call(Function.If, Patterns.Call(Function.Greater, count, Patterns.Number(0)), result, Patterns.Null);
    }
}
