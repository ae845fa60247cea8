using System.Collections.Immutable;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>
/// Translates expressions of OData (Part 2, section 5.1.1) to those of the algebra. Null is an error there: and, or and not treat it as OData
/// does, comparisons do not, and are told apart here. A node that is not translated is refused.
/// </summary>
internal sealed class ExpressionTranslation
{
    private readonly PropertyTranslation _properties;
    private readonly IReadOnlyDictionary<string, SingleValueNode> _aliases;
    private readonly Dictionary<string, ResourceReference> _resources;
    private readonly Dictionary<string, (Variable Variable, ValueBinding Value)> _members;
    private readonly FunctionTranslation _functions;

    public ExpressionTranslation(PropertyTranslation properties, ResourceReference it, IReadOnlyDictionary<string, SingleValueNode> aliases)
        : this(properties, aliases, new(StringComparer.Ordinal) { ["$it"] = it }, new(StringComparer.Ordinal), new(StringComparer.Ordinal))
    {
    }

    private ExpressionTranslation(
        PropertyTranslation properties,
        IReadOnlyDictionary<string, SingleValueNode> aliases,
        Dictionary<string, ResourceReference> resources,
        Dictionary<string, (Variable, ValueBinding)> members,
        Dictionary<string, Expression> computed)
    {
        _properties = properties;
        _aliases = aliases;
        _resources = resources;
        _members = members;
        Computed = computed;
        _functions = new FunctionTranslation(this);
    }

    /// <summary>
    /// Whether <c>any</c> in a filter is joined: found from its own end once, where all entities are looked at. For a few, it is looked up for each.
    /// </summary>
    public bool JoinsLambdas { get; init; }

    /// <summary>Whether an <c>any</c> was joined.</summary>
    public bool HasJoined { get; private set; }

    /// <summary>What <c>compute</c> and <c>aggregate</c> have added, by alias.</summary>
    public Dictionary<string, Expression> Computed { get; }

    public GraphView View => _properties.View;

    /// <summary>An expression that is null, an error, where the node is null.</summary>
    public Expression Translate(QueryNode node) => Translate(node, isCondition: false);

    /// <summary>An expression for a filter: there false and null are the same, which lets comparisons be plain.</summary>
    public Expression Condition(QueryNode node) => Translate(node, isCondition: true);

    /// <summary>The resource at the end of a path.</summary>
    public ResourceReference Resource(QueryNode node) => node switch
    {
        ResourceRangeVariableReferenceNode range when _resources.TryGetValue(range.Name, out var resource) => resource,
        SingleNavigationNode navigation when Resource(navigation.Source) is var from => _properties.Follow(from, from.Class.Link(navigation.NavigationProperty.Name)),
        SingleResourceCastNode cast => Cast(Resource(cast.Source), View.Model.Of(cast.TypeReference.Definition)),
        ConvertNode convert => Resource(convert.Source),
        _ => throw ODataRequestException.NotImplemented($"An expression of kind {node.Kind} where an entity is needed"),
    };

    /// <summary>The member of a collection in an expression of its own: what a lambda or a filtered count sees.</summary>
    public (Scope Scope, ExpressionTranslation Inner, Variable Member) Within(QueryNode collection, string? range)
    {
        var resources = new Dictionary<string, ResourceReference>(_resources, StringComparer.Ordinal);
        var members = new Dictionary<string, (Variable, ValueBinding)>(_members, StringComparer.Ordinal);
        var outer = collection as CollectionResourceCastNode;
        var source = outer?.Source ?? collection;
        var cast = outer is null ? null : View.Model.Of(outer.ItemStructuredType.Definition);
        Scope scope;
        Variable member;
        switch (source)
        {
            case CollectionNavigationNode navigation:
                var from = Resource(navigation.Source);
                var link = from.Class.Link(navigation.NavigationProperty.Name);
                member = from.Scope.Names.Next("m");
                scope = new Scope(from.With(Patterns.Link(link, from.Variable, member)), from.Scope.Names);
                if (cast is not null)
                {
                    scope.Join(Patterns.Instances(cast, member));
                }

                if (range is not null)
                {
                    resources[range] = new ResourceReference(member, cast ?? link.Target, scope, range, null);
                }

                break;
            case CollectionPropertyAccessNode property:
                (scope, member) = Members(Resource(property.Source), property.Property.Name, range, members);
                break;
            case CollectionComplexNode texts:
                (scope, member) = Members(Resource(texts.Source), texts.Property.Name, range, members);
                break;
            default:
                throw ODataRequestException.NotImplemented($"A collection of kind {collection.Kind}");
        }

        return (scope, new ExpressionTranslation(_properties, _aliases, resources, members, Computed), member);
    }

    /// <summary>Joins what a condition needs and keeps what it is true for.</summary>
    public void Filter(Scope scope, QueryNode condition)
    {
        var conjuncts = new List<QueryNode>();
        Conjuncts(condition, conjuncts);
        var rest = conjuncts.Where(c => !new ConstraintTranslation(this, _properties, scope).TryTranslate(c) && !TryJoin(scope, c)).ToList();
        foreach (var conjunct in rest)
        {
            Necessity.Collect(conjunct, scope, _resources);
        }

        // Conditions on what must be there come first: what is optional is joined to what they leave.
        foreach (var conjunct in rest.OrderBy(c => Necessity.IsMet(c, scope, _resources) ? 0 : 1))
        {
            scope.Filter(Condition(conjunct));
        }
    }

    /// <summary>The value of a property of a resource.</summary>
    public Expression Value(ResourceReference of, string property) => _properties.Value(of, of.Class.Value(property));

    /// <summary>Whether a node can be null.</summary>
    public bool MayBeNull(QueryNode node) => node switch
    {
        ConvertNode convert => MayBeNull(convert.Source),
        ConstantNode constant => constant.Value is null,
        AnyNode or AllNode or CountNode or InNode => false,
        SingleValuePropertyAccessNode { Property.Name: "id" or "iri", Source: ResourceRangeVariableReferenceNode } => false,
        SingleValuePropertyAccessNode { Source: SingleResourceNode source } access when Necessity.PathOf(source, _resources) is { } path =>
            !path.Resource.Scope.Required.Contains(path.Path + "/" + access.Property.Name),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } => false,
        _ => true,
    };

    /// <summary>Joins with what a condition holds for, where it speaks of nothing outside.</summary>
    private bool TryJoin(Scope scope, QueryNode condition)
    {
        if (!JoinsLambdas || condition is not AnyNode any || any.Source is not (CollectionNavigationNode { Source: ResourceRangeVariableReferenceNode } or CollectionPropertyAccessNode { Source: ResourceRangeVariableReferenceNode })
            || (any.CurrentRangeVariable is { } own && !RangeVariables.FreeIn(any.Body).IsSubsetOf([own.Name])))
        {
            return false;
        }

        var of = Resource(any.Source is CollectionNavigationNode navigation ? navigation.Source : ((CollectionPropertyAccessNode)any.Source).Source);
        if (of.Scope != scope || of.Trail is not null)
        {
            return false;
        }

        var (inner, within, _) = Within(any.Source, any.CurrentRangeVariable?.Name);
        if (any.Body is not ConstantNode { Value: true })
        {
            within.Filter(inner, any.Body);
        }

        scope.Join(new Distinct(new Project(inner.Pattern, [of.Variable])));
        HasJoined = true;
        return true;
    }

    /// <summary>Lets a range variable stand for the values of a property.</summary>
    public void Bind(string range, Variable member, ValueBinding value) => _members[range] = (member, value);

    internal static void Conjuncts(QueryNode node, List<QueryNode> into)
    {
        switch (node)
        {
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and:
                Conjuncts(and.Left, into);
                Conjuncts(and.Right, into);
                break;
            case ConvertNode convert:
                Conjuncts(convert.Source, into);
                break;
            default:
                into.Add(node);
                break;
        }
    }

    /// <summary>Whether an expression has no value.</summary>
    private static Expression IsNull(Expression expression) => expression is VariableExpression
        ? Patterns.Not(Patterns.Call(Function.Bound, expression))
        : expression == Patterns.Null ? Patterns.True
        : Patterns.Call(Function.Coalesce, Patterns.Not(Patterns.Call(Function.SameTerm, expression, expression)), Patterns.True);

    private static bool IsIntegral(QueryNode node) => node is SingleValueNode { TypeReference: { } type } && type.IsIntegral();

    private Expression Translate(QueryNode node, bool isCondition)
    {
        switch (node)
        {
            case ConvertNode { Source: ParameterAliasNode } convert when convert.TypeReference.IsDuration():
                return new IriFunctionCall(Rdf.Vocabulary.Xsd.DayTimeDuration, [Translate(convert.Source)]);
            case ConvertNode { Source: { TypeReference: { } from } source } convert when from.IsDate() && convert.TypeReference.IsDateTimeOffset():
                return StartOf(Translate(source));
            case ConvertNode convert:
                return Translate(convert.Source, isCondition);
            case ConstantNode constant:
                return Constants.Of(constant.Value);
            case ParameterAliasNode alias:
                return _aliases.TryGetValue(alias.Alias, out var value) && value is not null ? Translate(value, isCondition) : Patterns.Null;
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and:
                return Patterns.Call(Function.And, Translate(and.Left, isCondition), Translate(and.Right, isCondition));
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or:
                return Patterns.Call(Function.Or, Translate(or.Left, isCondition), Translate(or.Right, isCondition));
            case BinaryOperatorNode binary:
                return Binary(binary, isCondition);
            case UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not:
                return Patterns.Not(Translate(not.Operand));
            case UnaryOperatorNode negation:
                return Patterns.Call(Function.UnaryMinus, Translate(negation.Operand));
            case SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode range } access when _members.TryGetValue(range.Name, out var text):
                return PartOfText(access.Property.Name, text.Variable);
            case SingleValuePropertyAccessNode access:
                return Value(Resource(access.Source), access.Property.Name);
            case SingleValueOpenPropertyAccessNode open:
                return Computed.TryGetValue(open.Name, out var computed) ? computed : throw new ODataRequestException(400, $"There is no property '{open.Name}'.");
            case NonResourceRangeVariableReferenceNode range when _members.TryGetValue(range.Name, out var member):
                return _properties.Content(member.Value, member.Variable);
            case InNode test:
                return In(test);
            case AnyNode any:
                return Exists(any, any.Body is ConstantNode { Value: true } ? null : any.Body, isNegated: false);
            case AllNode all:
                return Exists(all, all.Body, isNegated: true);
            case CountNode count:
                return Count(count);
            case SingleValueFunctionCallNode call:
                return _functions.Translate(call);
            case CountVirtualPropertyNode:
                throw new ODataRequestException(400, "$count by itself is for aggregate: here it follows a collection, as in kinds/$count.");
            case SingleNavigationNode or SingleResourceCastNode or ResourceRangeVariableReferenceNode:
                return new VariableExpression(Resource(node).Variable);
            default:
                throw ODataRequestException.NotImplemented($"An expression of kind {node.Kind}");
        }
    }

    /// <summary>A date as a time: its first moment (Part 2, section 5.1.1.16.1 on Edm.Date beside Edm.DateTimeOffset).</summary>
    private static IriFunctionCall StartOf(Expression date) => new(
        Rdf.Vocabulary.Xsd.DateTime,
        [Patterns.Call(Function.Concat, Patterns.Call(Function.Replace, Patterns.Call(Function.Str, date), Patterns.Text("(Z|[+-]..:..)$"), Patterns.Text("")), Patterns.Text("T00:00:00Z"))]);

    private static FunctionCall PartOfText(string part, Variable text)
    {
        var language = Patterns.Call(Function.Lang, new VariableExpression(text));
        return part == "value"
            ? Patterns.Call(Function.Str, new VariableExpression(text))
            : Patterns.Call(Function.If, Patterns.Call(Function.Equal, language, Patterns.Text("")), Patterns.Null, language);
    }

    private static (Scope Scope, Variable Member) Members(
        ResourceReference of, string property, string? range, Dictionary<string, (Variable, ValueBinding)> members)
    {
        var value = of.Class.Value(property);
        var member = of.Scope.Names.Next("m");
        if (range is not null)
        {
            members[range] = (member, value);
        }

        return (new Scope(of.With(Patterns.Triple(of.Variable, value.Predicate!, member)), of.Scope.Names), member);
    }

    private static ResourceReference Cast(ResourceReference resource, EntityClass type)
    {
        if (resource.Class.Is(type))
        {
            return resource;
        }

        // What is of another type is null (Part 2, section 5.1.1.15): its values are matched with its type.
        var path = resource.Path + "/" + type.Type.Name;
        return resource with { Class = type, Path = path, Trail = resource.With(Patterns.Instances(type, resource.Variable)) };
    }

    private Expression Binary(BinaryOperatorNode node, bool isCondition)
    {
        var function = node.OperatorKind switch
        {
            BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual => Function.Equal,
            BinaryOperatorKind.LessThan => Function.Less,
            BinaryOperatorKind.LessThanOrEqual => Function.LessOrEqual,
            BinaryOperatorKind.GreaterThan => Function.Greater,
            BinaryOperatorKind.GreaterThanOrEqual => Function.GreaterOrEqual,
            BinaryOperatorKind.Add => Function.Add,
            BinaryOperatorKind.Subtract => Function.Subtract,
            BinaryOperatorKind.Multiply => Function.Multiply,
            BinaryOperatorKind.Divide => Function.Divide,
            BinaryOperatorKind.Modulo => Function.Divide,
            _ => throw ODataRequestException.NotImplemented($"The operator {node.OperatorKind}"),
        };
        if (function is Function.Equal && (Constants.Find(node.Left) is { Value: null } || Constants.Find(node.Right) is { Value: null }))
        {
            var other = Constants.Find(node.Left) is { Value: null } ? node.Right : node.Left;
            var isMissing = IsNull(Translate(other));
            return node.OperatorKind == BinaryOperatorKind.NotEqual ? Patterns.Not(isMissing) : isMissing;
        }

        var (left, right) = (Translate(node.Left), Translate(node.Right));
        if (node.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.Modulo)
        {
            return Quotient(node, left, right);
        }

        var plain = Patterns.Call(function, left, right);
        if (function is Function.Add or Function.Subtract or Function.Multiply)
        {
            return plain;
        }

        var (leftNull, rightNull) = (MayBeNull(node.Left), MayBeNull(node.Right));
        var isNegated = node.OperatorKind == BinaryOperatorKind.NotEqual;
        Expression result = plain;
        if ((leftNull || rightNull) && (!isCondition || isNegated || (leftNull && rightNull && function is Function.Equal or Function.LessOrEqual or Function.GreaterOrEqual)))
        {
            // Of nulls, two are equal, and nothing else holds (Part 2, section 5.1.1.1.1).
            var otherwise = leftNull && rightNull && function is not (Function.Less or Function.Greater)
                ? Patterns.Call(Function.And, IsNull(left), IsNull(right))
                : Patterns.False;
            result = Patterns.Call(Function.Coalesce, plain, otherwise);
        }

        return isNegated ? Patterns.Not(result) : result;
    }

    /// <summary>The quotient of integers is an integer, and the remainder has the sign of the dividend (Part 2, section 5.1.1.2.5).</summary>
    private static Expression Quotient(BinaryOperatorNode node, Expression left, Expression right)
    {
        var exact = Patterns.Call(Function.Divide, left, right);
        var truncated = Patterns.Call(
            Function.If, Patterns.Call(Function.Less, exact, Patterns.Number(0)), Patterns.Call(Function.Ceil, exact), Patterns.Call(Function.Floor, exact));
        if (node.OperatorKind == BinaryOperatorKind.Modulo)
        {
            return Patterns.Call(Function.Subtract, left, Patterns.Call(Function.Multiply, Whole(truncated, node), right));
        }

        return IsIntegral(node.Left) && IsIntegral(node.Right) ? Whole(truncated, node) : exact;

        static Expression Whole(Expression number, BinaryOperatorNode node) => IsIntegral(node.Left) && IsIntegral(node.Right)
            ? new IriFunctionCall(Rdf.Vocabulary.Xsd.Integer, [number])
            : number;
    }

    private Expression In(InNode test)
    {
        if (test.Right is CollectionConstantNode list)
        {
            var values = list.Collection.Where(c => c.Value is not null).Select(c => Constants.Of(c.Value)).ToList();
            var left = Translate(test.Left);
            Expression isIn = values.Count == 0 ? Patterns.False : Patterns.Call(Function.Coalesce, new FunctionCall(Function.In, [left, .. values]), Patterns.False);
            return list.Collection.Any(c => c.Value is null) ? Patterns.Call(Function.Or, isIn, IsNull(left)) : isIn;
        }

        var value = Translate(test.Left);
        const string Member = "$member";
        var (scope, inner, member) = Within(test.Right, Member);
        if (!inner._members.TryGetValue(Member, out var bound))
        {
            throw ODataRequestException.NotImplemented("A collection of entities beside 'in'");
        }

        scope.Filter(Patterns.Call(Function.Equal, _properties.Content(bound.Value, member), value));
        return new Exists(scope.Pattern, Negated: false);
    }

    private Exists Exists(LambdaNode lambda, QueryNode? body, bool isNegated)
    {
        var (scope, inner, _) = Within(lambda.Source, lambda.CurrentRangeVariable?.Name);
        if (body is not null && !isNegated)
        {
            inner.Filter(scope, body);
        }
        else if (body is not null)
        {
            // All are so when none is not so: a condition that is null is not met.
            var condition = inner.Translate(body);
            scope.Filter(Patterns.Not(Patterns.Call(Function.Coalesce, condition, Patterns.False)));
        }

        return new Exists(scope.Pattern, isNegated);
    }

    private FunctionCall Count(CountNode node)
    {
        var of = Resource(node.Source switch
        {
            CollectionNavigationNode navigation => navigation.Source,
            CollectionPropertyAccessNode property => property.Source,
            CollectionComplexNode texts => texts.Source,
            CollectionResourceCastNode { Source: CollectionNavigationNode navigation } => navigation.Source,
            _ => throw ODataRequestException.NotImplemented($"$count of {node.Source.Kind}"),
        });
        if (node.FilterClause is { } condition && _resources.Values.Any(r => r.Scope != of.Scope)
            && !RangeVariables.FreeIn(condition.Expression).IsSubsetOf([condition.RangeVariable.Name]))
        {
            // What is counted is counted once for all, so it cannot depend on where it is asked.
            throw ODataRequestException.NotImplemented("A filtered $count that speaks of what is outside of it, within any or all");
        }

        var range = node.FilterClause?.RangeVariable.Name ?? "$it";
        var (scope, inner, member) = Within(node.Source, range);
        if (node.FilterClause is { } filter)
        {
            if (inner._resources.TryGetValue(range, out var counted) && counted.Scope == scope)
            {
                inner._resources[range] = counted with { Path = "$counted" };
            }

            inner.Filter(scope, filter.Expression);
        }

        if (node.SearchClause is { } search)
        {
            var searched = (node.Source as CollectionResourceCastNode)?.ItemStructuredType.Definition ?? (node.Source as CollectionNavigationNode)?.ItemStructuredType.Definition;
            new SearchTranslation(searched is null ? throw ODataRequestException.NotImplemented("$search of values") : View.Model.Of(searched), member).Apply(scope, search.Expression);
        }

        var count = of.Scope.Names.Next("n");
        var group = new Group(
            scope.Pattern,
            [new GroupKey(of.Variable, new VariableExpression(of.Variable))],
            [new GroupAggregate(count, new Aggregate(AggregateFunction.Count, new VariableExpression(member), Distinct: true))]);
        of.Scope.LeftJoin(of.With(new Project(group, [of.Variable, count])));
        return Patterns.Call(Function.Coalesce, new VariableExpression(count), Patterns.Number(0));
    }
}
