using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>The operators of section 17.3 and the functional forms of section 17.4.1.</summary>
internal static class OperatorFunctions
{
    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.Or, FunctionEntry.Form(2, 2, (a, c) => new OrExpression(a[0], a[1], c.Terms))),
        new(Function.And, FunctionEntry.Form(2, 2, (a, c) => new AndExpression(a[0], a[1], c.Terms))),
        new(Function.Not, FunctionEntry.Form(1, 1, (a, c) => new NotExpression(a[0], c.Terms))),
        new(Function.Equal, FunctionEntry.Form(2, 2, (a, c) => ColumnFilters.Equal(a[0], a[1], false, c))),
        new(Function.NotEqual, FunctionEntry.Form(2, 2, (a, c) => ColumnFilters.Equal(a[0], a[1], true, c))),
        new(Function.Less, Order(Accepted.Less)),
        new(Function.Greater, Order(Accepted.Greater)),
        new(Function.LessOrEqual, Order(Accepted.Less | Accepted.Equal)),
        new(Function.GreaterOrEqual, Order(Accepted.Greater | Accepted.Equal)),
        new(Function.Add, FunctionEntry.Binary(Arithmetic.Add)),
        new(Function.Subtract, FunctionEntry.Binary(Arithmetic.Subtract)),
        new(Function.Multiply, FunctionEntry.Binary(Arithmetic.Multiply)),
        new(Function.Divide, FunctionEntry.Binary(Arithmetic.Divide)),
        new(Function.UnaryPlus, FunctionEntry.Unary(Arithmetic.Plus)),
        new(Function.UnaryMinus, FunctionEntry.Unary(Arithmetic.Minus)),
        new(Function.In, FunctionEntry.Form(1, int.MaxValue, (a, c) => new InExpression(a, false, c.Terms))),
        new(Function.NotIn, FunctionEntry.Form(1, int.MaxValue, (a, c) => new InExpression(a, true, c.Terms))),
        new(Function.Bound, FunctionEntry.Form(1, 1, (a, c) => new BoundExpression(a[0], c.Terms))),
        new(Function.If, FunctionEntry.Form(3, 3, (a, c) => new IfExpression(a[0], a[1], a[2], c.Terms))),
        new(Function.Coalesce, FunctionEntry.Form(0, int.MaxValue, (a, c) => new CoalesceExpression(a, c.Terms))),
        new(Function.SameTerm, FunctionEntry.Form(2, 2, (a, c) => new SameTermExpression(a[0], a[1], c.Terms))),
    ];

    private static FunctionEntry Order(Accepted accepted) =>
        FunctionEntry.Form(2, 2, (a, c) => ColumnFilters.Order(a[0], a[1], accepted, c));
}
