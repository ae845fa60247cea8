namespace MuseumXtd.Sparql.Algebra;

/// <summary>Expressions as compact text, for plans and messages.</summary>
public static class AlgebraText
{
    /// <summary>An expression in prefix form.</summary>
    public static string Of(Expression expression) => expression switch
    {
        VariableExpression variable => variable.Variable.ToString(),
        TermExpression term => term.Term.ToString()!,
        FunctionCall call => $"({call.Function} {string.Join(' ', call.Arguments.Select(Of))})",
        IriFunctionCall call => $"({call.Function} {string.Join(' ', call.Arguments.Select(Of))})",
        Exists exists => exists.Negated ? "(NotExists ...)" : "(Exists ...)",
        _ => expression.GetType().Name,
    };
}
