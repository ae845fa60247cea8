using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>Which variables a pattern always binds, and which an expression reads: what rewrites need to know to be legal.</summary>
internal static class Certainty
{
    /// <summary>The variables bound in every solution of a pattern.</summary>
    public static HashSet<Variable> Of(GraphPattern pattern)
    {
        switch (pattern)
        {
            case BasicGraphPattern or PathPattern or TextSearch:
                return [.. InScope.Of(pattern)];
            case Join join:
                return [.. Of(join.Left), .. Of(join.Right)];
            case LeftJoin join:
                return Of(join.Left);
            case Minus minus:
                return Of(minus.Left);
            case Filter filter:
                return Of(filter.Pattern);
            case Extend extend:
                return Of(extend.Pattern);
            case Distinct distinct:
                return Of(distinct.Pattern);
            case Reduced reduced:
                return Of(reduced.Pattern);
            case OrderBy order:
                return Of(order.Pattern);
            case Slice slice:
                return Of(slice.Pattern);
            case Union union:
                var both = Of(union.Left);
                both.IntersectWith(Of(union.Right));
                return both;
            case Graph graph:
                var inner = Of(graph.Pattern);
                if (graph.Name is Variable name)
                {
                    inner.Add(name);
                }

                return inner;
            case Values values:
                return [.. values.Variables.Where((_, i) => values.Rows.All(r => r[i] is not null))];
            case GivenIds given:
                return [given.Variable];
            case Project project:
                var kept = Of(project.Pattern);
                kept.IntersectWith(project.Variables);
                return kept;
            default:
                return [];
        }
    }

    /// <summary>The variables that an expression reads, those within EXISTS too.</summary>
    public static IEnumerable<Variable> VariablesOf(Expression expression) => expression switch
    {
        VariableExpression variable => [variable.Variable],
        FunctionCall call => call.Arguments.SelectMany(VariablesOf),
        IriFunctionCall call => call.Arguments.SelectMany(VariablesOf),
        Exists exists => Mentioned(exists.Pattern),
        _ => [],
    };

    /// <summary>The variables that a pattern binds or its conditions read: those of the row outside, where it stands in EXISTS.</summary>
    private static IEnumerable<Variable> Mentioned(GraphPattern pattern) => InScope.Of(pattern).Concat(pattern switch
    {
        Join join => Mentioned(join.Left).Concat(Mentioned(join.Right)),
        LeftJoin join => Mentioned(join.Left).Concat(Mentioned(join.Right)).Concat(join.Condition is null ? [] : VariablesOf(join.Condition)),
        Union union => Mentioned(union.Left).Concat(Mentioned(union.Right)),
        Minus minus => Mentioned(minus.Left).Concat(Mentioned(minus.Right)),
        Filter filter => Mentioned(filter.Pattern).Concat(VariablesOf(filter.Condition)),
        Extend extend => Mentioned(extend.Pattern).Concat(VariablesOf(extend.Expression)),
        Graph graph => Mentioned(graph.Pattern),
        Distinct distinct => Mentioned(distinct.Pattern),
        Reduced reduced => Mentioned(reduced.Pattern),
        _ => [],
    });

    /// <summary>Whether there is an EXISTS in an expression.</summary>
    public static bool HasExists(Expression expression) => expression switch
    {
        Exists => true,
        FunctionCall call => call.Arguments.Any(HasExists),
        IriFunctionCall call => call.Arguments.Any(HasExists),
        _ => false,
    };

    /// <summary>
    /// Whether the value of an expression for a row can be worked out by any thread: what BNODE makes is one a row and query, and what EXISTS looks for is
    /// planned for one.
    /// </summary>
    public static bool IsRowwise(Expression expression) => expression switch
    {
        Exists => false,
        FunctionCall call => call.Function != Function.BNode && call.Arguments.All(IsRowwise),
        IriFunctionCall call => call.Arguments.All(IsRowwise),
        _ => true,
    };

    /// <summary>The parts of a condition that must all be true.</summary>
    public static IEnumerable<Expression> Conjuncts(Expression condition) =>
        condition is FunctionCall { Function: Function.And } and ? and.Arguments.SelectMany(Conjuncts) : [condition];

    /// <summary>
    /// Whether the pattern gives the same when it starts from rows instead of being joined with them afterwards: nothing in it may see
    /// a binding of those rows where, evaluated alone, it would see none (SPARQL 1.1 Query, section 18.6: evaluation is bottom-up).
    /// </summary>
    public static bool IsSeedable(GraphPattern pattern, IReadOnlyCollection<Variable> bound) => pattern switch
    {
        BasicGraphPattern or PathPattern => true,
        Join join => IsSeedable(join.Left, bound) && IsSeedable(join.Right, bound),
        Union union => IsSeedable(union.Left, bound) && IsSeedable(union.Right, bound),
        Graph { Name: ConstantTerm } graph => IsSeedable(graph.Pattern, bound),
        Filter filter => IsSeedable(filter.Pattern, bound) && IsLocal(filter.Condition, filter.Pattern),
        LeftJoin join => IsSeedable(join.Left, bound) && IsSeedable(join.Right, bound)
            && (join.Condition is null || IsLocal(join.Condition, new Join(join.Left, join.Right)))
            && !InScope.Of(join.Right).Except(Of(join.Left)).Any(bound.Contains),

        // What an endpoint gives for some values is what it gives for all, joined with them.
        Service service => service.Endpoint is ConstantTerm || (service.Endpoint is Variable name && bound.Contains(name)),
        _ => false,
    };

    /// <summary>Whether a condition reads only what a pattern always binds.</summary>
    public static bool IsLocal(Expression condition, GraphPattern pattern) =>
        !HasExists(condition) && VariablesOf(condition).All(Of(pattern).Contains);
}
