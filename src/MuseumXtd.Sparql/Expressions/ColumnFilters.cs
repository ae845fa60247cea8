namespace MuseumXtd.Sparql.Expressions;

/// <summary>Chooses comparisons that work on the ids of a column where one side is a constant.</summary>
internal static class ColumnFilters
{
    /// <summary><c>=</c> or <c>!=</c>.</summary>
    public static CompiledExpression Equal(CompiledExpression left, CompiledExpression right, bool negated, ExpressionContext context) =>
        new EqualExpression(left, right, negated, context.Terms);

    /// <summary>One of the operators of order.</summary>
    public static CompiledExpression Order(CompiledExpression left, CompiledExpression right, Accepted accepted, ExpressionContext context) =>
        new OrderExpression(left, right, accepted, context.Terms);
}
