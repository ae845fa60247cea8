using System.Globalization;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData;

/// <summary>
/// Translates expressions of OData (Part 2, section 5.1.1) to those of the algebra. The pattern grows by an optional part for each property
/// that an expression asks for, so that a missing value is null and drops nothing.
/// </summary>
internal sealed class FilterTranslation
{
    private readonly ODataModel _model;
    private readonly FilterTranslation? _outer;
    private readonly Dictionary<string, Variable> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<(Variable, string), Variable> _values = [];
    private readonly Counter _names;

    public FilterTranslation(ODataModel model, Variable subject, GraphPattern pattern)
        : this(model, null, "$it", subject, pattern, new Counter())
    {
    }

    private FilterTranslation(ODataModel model, FilterTranslation? outer, string range, Variable subject, GraphPattern pattern, Counter names)
    {
        _model = model;
        _outer = outer;
        _names = names;
        _ranges[range] = subject;
        Pattern = pattern;
    }

    /// <summary>The pattern with all parts that the expressions need.</summary>
    public GraphPattern Pattern { get; private set; }

    public Expression Translate(QueryNode node) => node switch
    {
        ConvertNode convert => Translate(convert.Source),
        ConstantNode constant => new TermExpression(ConstantOf(constant.Value)),
        BinaryOperatorNode binary => Binary(binary),
        UnaryOperatorNode unary => new FunctionCall(
            unary.OperatorKind == UnaryOperatorKind.Not ? Function.Not : Function.UnaryMinus, [Translate(unary.Operand)]),
        SingleValuePropertyAccessNode access => Value(access),
        NonResourceRangeVariableReferenceNode range => new FunctionCall(Function.Str, [new VariableExpression(RangeOf(range.Name).Variable)]),
        InNode { Right: CollectionConstantNode list } test => new FunctionCall(
            Function.In, [Translate(test.Left), .. list.Collection.Select(Translate)]),
        AnyNode any => Lambda(any, any.Body is ConstantNode { Value: true } ? null : any.Body, negated: false),
        AllNode all => Lambda(all, all.Body, negated: true),
        SingleValueFunctionCallNode call => Call(call),
        _ => throw ODataRequestException.NotImplemented($"An expression of kind {node.Kind}"),
    };

    private static Literal ConstantOf(object value) => value switch
    {
        string text => new Literal(text),
        bool flag => new Literal(flag ? "true" : "false", Xsd.Boolean),
        int or long or short or byte => new Literal(Convert.ToString(value, CultureInfo.InvariantCulture)!, Xsd.Integer),
        decimal number => new Literal(number.ToString(CultureInfo.InvariantCulture), Xsd.Decimal),
        float or double => new Literal(Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("E", CultureInfo.InvariantCulture), Xsd.Double),
        _ => throw ODataRequestException.NotImplemented($"A constant of type {value?.GetType().Name ?? "null"}"),
    };

    private static bool IsNull(QueryNode node) => node is ConvertNode convert ? IsNull(convert.Source) : node is ConstantNode { Value: null };

    private static FunctionCall Not(Expression expression) => new(Function.Not, [expression]);

    private FunctionCall Binary(BinaryOperatorNode node)
    {
        var isNegated = node.OperatorKind == BinaryOperatorKind.NotEqual;
        if ((isNegated || node.OperatorKind == BinaryOperatorKind.Equal) && (IsNull(node.Left) || IsNull(node.Right)))
        {
            var isMissing = Not(IsPresent(IsNull(node.Left) ? node.Right : node.Left));
            return isNegated ? Not(isMissing) : isMissing;
        }

        var (left, right) = (Translate(node.Left), Translate(node.Right));
        var function = node.OperatorKind switch
        {
            BinaryOperatorKind.Or => Function.Or,
            BinaryOperatorKind.And => Function.And,
            BinaryOperatorKind.Equal => Function.Equal,
            BinaryOperatorKind.NotEqual => Function.NotEqual,
            BinaryOperatorKind.GreaterThan => Function.Greater,
            BinaryOperatorKind.GreaterThanOrEqual => Function.GreaterOrEqual,
            BinaryOperatorKind.LessThan => Function.Less,
            BinaryOperatorKind.LessThanOrEqual => Function.LessOrEqual,
            BinaryOperatorKind.Add => Function.Add,
            BinaryOperatorKind.Subtract => Function.Subtract,
            BinaryOperatorKind.Multiply => Function.Multiply,
            BinaryOperatorKind.Divide => Function.Divide,
            _ => throw ODataRequestException.NotImplemented($"The operator {node.OperatorKind}"),
        };
        var result = new FunctionCall(function, [left, right]);

        // Comparisons with null are false, and only "ne" is true (Part 2, section 5.1.1.1); SPARQL's are errors.
        return function is Function.Or or Function.And or Function.Add or Function.Subtract or Function.Multiply or Function.Divide
            ? result
            : new FunctionCall(Function.Coalesce, [result, new TermExpression(ConstantOf(isNegated))]);
    }

    private FunctionCall IsPresent(QueryNode node) => new(
        Function.Coalesce,
        [new FunctionCall(Function.Equal, [Translate(node), Translate(node)]), new TermExpression(ConstantOf(false))]);

    private Expression Value(SingleValuePropertyAccessNode access)
    {
        var (scope, subject) = Subject(access.Source);
        var name = access.Property.Name;
        if (name == "iri")
        {
            return new FunctionCall(Function.Str, [new VariableExpression(subject)]);
        }

        if (name == "id")
        {
            return new FunctionCall(Function.Replace, [
                new FunctionCall(Function.Str, [new VariableExpression(subject)]), new TermExpression(new Literal("^.*/")), new TermExpression(new Literal(""))]);
        }

        var property = _model.Property(name);
        var value = new VariableExpression(scope.Optional(subject, property));
        return property.IsText ? new FunctionCall(Function.Str, [value]) : value;
    }

    private (FilterTranslation Scope, Variable Variable) Subject(QueryNode source)
    {
        switch (source)
        {
            case ResourceRangeVariableReferenceNode range:
                return RangeOf(range.Name);
            case SingleNavigationNode link:
                var (scope, subject) = Subject(link.Source);
                return (scope, scope.Optional(subject, _model.Property(link.NavigationProperty.Name)));
            default:
                throw ODataRequestException.NotImplemented($"A path through {source.Kind}");
        }
    }

    private (FilterTranslation Scope, Variable Variable) RangeOf(string name) =>
        _ranges.TryGetValue(name, out var variable) ? (this, variable)
        : _outer?.RangeOf(name) ?? throw new ODataRequestException(400, $"The variable '{name}' is not known.");

    /// <summary>One value of the property, or none: where there may be several (a name in two languages), the first in order.</summary>
    private Variable Optional(Variable subject, ODataProperty property)
    {
        if (_values.TryGetValue((subject, property.Name), out var value))
        {
            return value;
        }

        value = _names.Next();
        var raw = _names.Next();
        var triple = property.Pattern(subject, raw);
        var one = new Group(
            triple,
            [new GroupKey(subject, new VariableExpression(subject))],
            [new GroupAggregate(value, new Aggregate(AggregateFunction.Min, new VariableExpression(raw), Distinct: false))]);
        Pattern = new LeftJoin(Pattern, one, null);
        _values.Add((subject, property.Name), value);
        return value;
    }

    private Exists Lambda(LambdaNode lambda, SingleValueNode? body, bool negated)
    {
        var (source, name) = lambda.Source switch
        {
            CollectionNavigationNode link => (link.Source, link.NavigationProperty.Name),
            CollectionPropertyAccessNode values => (values.Source, values.Property.Name),
            _ => throw ODataRequestException.NotImplemented("any or all of this collection"),
        };
        var subject = Subject(source).Variable;
        var item = _names.Next();
        var pattern = _model.Property(name).Pattern(subject, item);
        var inner = new FilterTranslation(_model, this, lambda.CurrentRangeVariable?.Name ?? "", item, pattern, _names);
        var condition = body is null ? null : inner.Translate(body);
        if (condition is not null && negated)
        {
            condition = Not(condition);
        }

        return new Exists(condition is null ? inner.Pattern : new Filter(condition, inner.Pattern), negated);
    }

    private FunctionCall Call(SingleValueFunctionCallNode call)
    {
        var arguments = call.Parameters.Select(Translate).ToList();
        var function = call.Name switch
        {
            "contains" => Function.Contains,
            "startswith" => Function.StrStarts,
            "endswith" => Function.StrEnds,
            "tolower" => Function.LCase,
            "toupper" => Function.UCase,
            "length" => Function.StrLen,
            "concat" => Function.Concat,
            "round" => Function.Round,
            "floor" => Function.Floor,
            "ceiling" => Function.Ceil,
            "matchespattern" or "matchesPattern" => Function.Regex,
            _ => throw ODataRequestException.NotImplemented($"The function {call.Name}"),
        };
        return new FunctionCall(function, [.. arguments]);
    }

    private sealed class Counter
    {
        private int _last;

        public Variable Next() => new("v" + (++_last).ToString(CultureInfo.InvariantCulture));
    }
}
