using System.Collections.Immutable;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>Turns expressions of the algebra into expressions on columns.</summary>
internal static class ExpressionCompiler
{
    private static readonly Batch NoColumns = new([], 1);

    /// <summary>Compiles an expression for batches of a schema; variables that the schema lacks are unbound.</summary>
    public static CompiledExpression Compile(Expression expression, Schema schema, ExpressionContext context) => expression switch
    {
        VariableExpression variable => schema.SlotOf(variable.Variable) is var slot and >= 0
            ? new ColumnExpression(slot, context.Terms)
            : new ConstantExpression(TermId.Unbound, context.Terms),
        TermExpression term => new ConstantExpression(context.Terms.Intern(term.Term), context.Terms),
        FunctionCall call => Call(FunctionTable.Of(call.Function), call.Arguments, schema, context),

        // A function that is not known is an error for each row, not of the query (section 17.6).
        IriFunctionCall call => FunctionTable.Of(call.Function.Value) is { } entry
            ? Call(entry, call.Arguments, schema, context)
            : new ConstantExpression(TermId.Unbound, context.Terms),
        Exists exists => new ExistsExpression(context.Existence.Create(exists.Pattern, schema), exists.Negated, context.Terms),
        _ => throw new ArgumentException($"{expression.GetType().Name} is no expression of a solution.", nameof(expression)),
    };

    private static CompiledExpression Call(
        FunctionEntry entry, ImmutableArray<Expression> arguments, Schema schema, ExpressionContext context)
    {
        if (arguments.Length < entry.Least || arguments.Length > entry.Most)
        {
            return new ConstantExpression(TermId.Unbound, context.Terms);
        }

        var compiled = new CompiledExpression[arguments.Length];
        var isConstant = entry.IsDeterministic;
        for (var i = 0; i < arguments.Length; i++)
        {
            compiled[i] = Compile(arguments[i], schema, context);
            isConstant &= compiled[i] is ConstantExpression;
        }

        var call = entry.Create(compiled, schema, context);
        return isConstant ? new ConstantExpression(call.EvaluateId(NoColumns, 0), context.Terms) : call;
    }
}
