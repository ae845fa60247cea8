using MuseumXtd.Rdf.Values;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>Chooses the expressions that work on the ids of a column where they can: comparisons with a constant, and tests of one text.</summary>
internal static class ColumnFilters
{
    /// <summary><c>=</c> or <c>!=</c>.</summary>
    public static CompiledExpression Equal(CompiledExpression left, CompiledExpression right, bool negated, ExpressionContext context)
    {
        var general = new EqualExpression(left, right, negated, context.Terms);
        if (left is ConstantExpression && right is not ConstantExpression)
        {
            (left, right) = (right, left);
        }

        if (right is not ConstantExpression { Id.IsBound: true } constant)
        {
            return general;
        }

        return left switch
        {
            ColumnExpression column => new EqualFilter(column.Slot, constant, negated, general, context.Terms),
            LangExpression { Argument: ColumnExpression column } when constant.Value.Kind == ValueKind.String =>
                LanguageFilter.Equal(column.Slot, constant.Value.Text, negated, general, context.Terms),
            _ => general,
        };
    }

    /// <summary>One of the operators of order.</summary>
    public static CompiledExpression Order(CompiledExpression left, CompiledExpression right, Accepted accepted, ExpressionContext context)
    {
        var general = new OrderExpression(left, right, accepted, context.Terms);
        return (left, right) switch
        {
            (ColumnExpression column, ConstantExpression { Id.IsBound: true } constant) =>
                new OrderFilter(column.Slot, constant, accepted, general, context.Terms),
            (ConstantExpression { Id.IsBound: true } constant, ColumnExpression column) =>
                new OrderFilter(column.Slot, constant, Mirrored(accepted), general, context.Terms),
            _ => general,
        };
    }

    /// <summary><c>langMatches</c></summary>
    public static CompiledExpression LangMatches(
        CompiledExpression tag, CompiledExpression range, FunctionEntry entry, ExpressionContext context)
    {
        var general = entry.Call(context, tag, range);
        return tag is LangExpression { Argument: ColumnExpression column } && range is ConstantExpression { Value.Kind: ValueKind.String } constant
            ? LanguageFilter.Matches(column.Slot, constant.Value.Text, general, context.Terms)
            : general;
    }

    /// <summary>An expression of the text of one column whose other arguments are constant, with a memory of its results.</summary>
    public static CompiledExpression Remembered(CompiledExpression[] arguments, CompiledExpression expression, ExpressionContext context)
    {
        var text = arguments[0] is StrExpression str ? str.Argument : arguments[0];
        return text is ColumnExpression column && arguments.Skip(1).All(argument => argument is ConstantExpression)
            ? new RememberedTest(column.Slot, expression, context.Terms)
            : expression;
    }

    /// <summary>What is accepted of the same two values in reverse.</summary>
    public static Accepted Mirrored(Accepted accepted) =>
        (accepted & Accepted.Equal)
        | ((accepted & Accepted.Less) != 0 ? Accepted.Greater : Accepted.None)
        | ((accepted & Accepted.Greater) != 0 ? Accepted.Less : Accepted.None);
}
