using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>A function without argument.</summary>
internal delegate Value NullaryFunction(FunctionScope scope);

/// <summary>A function of one value, which is no error.</summary>
internal delegate Value UnaryFunction(scoped in Value argument, FunctionScope scope);

/// <summary>A function of two values, which are no errors.</summary>
internal delegate Value BinaryFunction(scoped in Value first, scoped in Value second, FunctionScope scope);

/// <summary>A function of three values, which are no errors.</summary>
internal delegate Value TernaryFunction(scoped in Value first, scoped in Value second, scoped in Value third, FunctionScope scope);

/// <summary>Makes the expression of a call from its compiled arguments, for rows of a schema.</summary>
internal delegate CompiledExpression CallFactory(CompiledExpression[] arguments, Schema schema, ExpressionContext context);

/// <summary>One function: how many arguments it takes and what its calls become.</summary>
/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="IsDeterministic">Whether a call with constant arguments is a constant.</param>
/// <param name="Create">Makes the expression of a call.</param>
internal sealed record FunctionEntry(int Least, int Most, bool IsDeterministic, CallFactory Create)
{
    /// <summary>A special form: it sees its arguments unevaluated.</summary>
    public static FunctionEntry Form(int least, int most, Func<CompiledExpression[], ExpressionContext, CompiledExpression> create) =>
        new(least, most, true, (arguments, _, context) => create(arguments, context));

    /// <summary>Makes the expression of a call of a function that needs no schema.</summary>
    public CompiledExpression Call(ExpressionContext context, params CompiledExpression[] arguments) => Create(arguments, NoVariables, context);

    private static Schema NoVariables { get; } = new([]);

    /// <summary>A function without argument; it is called for each row.</summary>
    public static FunctionEntry Nullary(NullaryFunction function) =>
        new(0, 0, false, (_, _, context) => new NullaryCall(function, context));

    /// <summary>A function of one argument.</summary>
    public static FunctionEntry Unary(UnaryFunction function) =>
        new(1, 1, true, (arguments, _, context) => new UnaryCall(function, arguments[0], context));

    /// <summary>A function of two arguments.</summary>
    public static FunctionEntry Binary(BinaryFunction function) =>
        new(2, 2, true, (arguments, _, context) => new BinaryCall(function, arguments[0], arguments[1], context));

    /// <summary>A function of three arguments.</summary>
    public static FunctionEntry Ternary(TernaryFunction function) =>
        new(3, 3, true, (arguments, _, context) => new TernaryCall(function, arguments[0], arguments[1], arguments[2], context));

    /// <summary>A function whose last argument may be left out.</summary>
    public static FunctionEntry Optional(FunctionEntry shorter, FunctionEntry longer) => new(
        shorter.Least,
        longer.Most,
        shorter.IsDeterministic && longer.IsDeterministic,
        (arguments, schema, context) => (arguments.Length <= shorter.Most ? shorter : longer).Create(arguments, schema, context));

    private sealed class NullaryCall(NullaryFunction function, ExpressionContext context) : CompiledExpression(context.Terms)
    {
        private readonly FunctionScope _scope = new(context);

        public override Value Evaluate(Batch batch, int row)
        {
            _scope.Result.Clear();
            return function(_scope);
        }
    }

    private sealed class UnaryCall(UnaryFunction function, CompiledExpression argument, ExpressionContext context)
        : CompiledExpression(context.Terms)
    {
        private readonly FunctionScope _scope = new(context);

        public override Value Evaluate(Batch batch, int row)
        {
            var value = argument.Evaluate(batch, row);
            if (value.IsError)
            {
                return Value.Error;
            }

            _scope.Result.Clear();
            return function(value, _scope);
        }
    }

    private sealed class BinaryCall(BinaryFunction function, CompiledExpression first, CompiledExpression second, ExpressionContext context)
        : CompiledExpression(context.Terms)
    {
        private readonly FunctionScope _scope = new(context);

        public override Value Evaluate(Batch batch, int row)
        {
            var x = first.Evaluate(batch, row);
            if (x.IsError)
            {
                return Value.Error;
            }

            var y = second.Evaluate(batch, row);
            if (y.IsError)
            {
                return Value.Error;
            }

            _scope.Result.Clear();
            return function(x, y, _scope);
        }
    }

    private sealed class TernaryCall(
        TernaryFunction function, CompiledExpression first, CompiledExpression second, CompiledExpression third, ExpressionContext context)
        : CompiledExpression(context.Terms)
    {
        private readonly FunctionScope _scope = new(context);

        public override Value Evaluate(Batch batch, int row)
        {
            var x = first.Evaluate(batch, row);
            var y = second.Evaluate(batch, row);
            var z = third.Evaluate(batch, row);
            if (x.IsError || y.IsError || z.IsError)
            {
                return Value.Error;
            }

            _scope.Result.Clear();
            return function(x, y, z, _scope);
        }
    }
}
