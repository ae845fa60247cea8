using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>Functions on numbers (section 17.4.4).</summary>
internal static class NumericFunctions
{
    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.Abs, FunctionEntry.Unary(Abs)),
        new(Function.Round, FunctionEntry.Unary(Round)),
        new(Function.Ceil, FunctionEntry.Unary((scoped in Value a, FunctionScope _) => Map(a, Math.Ceiling, decimal.Ceiling))),
        new(Function.Floor, FunctionEntry.Unary((scoped in Value a, FunctionScope _) => Map(a, Math.Floor, decimal.Floor))),
        new(Function.Rand, FunctionEntry.Nullary(_ => Value.Of(Random.Shared.NextDouble()))),
    ];

    private static Value Abs(scoped in Value number, FunctionScope scope) =>
        number.Kind == ValueKind.Integer
            ? number.AsInteger == Int128.MinValue ? Value.Error : Value.Of(Int128.Abs(number.AsInteger))
            : Map(number, Math.Abs, Math.Abs);

    /// <summary>Half goes up, also for negative numbers (XPath F&amp;O 4.4.4).</summary>
    private static Value Round(scoped in Value number, FunctionScope scope) => Map(number, RoundHalfUp, RoundHalfUp);

    private static double RoundHalfUp(double value)
    {
        var floor = Math.Floor(value);
        return double.IsInfinity(value) ? value : value - floor >= 0.5 ? floor + 1 : floor;
    }

    private static decimal RoundHalfUp(decimal value)
    {
        var floor = decimal.Floor(value);
        return value - floor >= 0.5m ? floor + 1 : floor;
    }

    private static Value Map(scoped in Value number, Func<double, double> floating, Func<decimal, decimal> exact) => number.Kind switch
    {
        ValueKind.Integer => Value.Of(number.AsInteger),
        ValueKind.Decimal => Value.Of(exact(number.AsDecimal)),
        ValueKind.Float => Value.Of((float)floating(number.AsDouble)),
        ValueKind.Double => Value.Of(floating(number.AsDouble)),
        _ => Value.Error,
    };
}
