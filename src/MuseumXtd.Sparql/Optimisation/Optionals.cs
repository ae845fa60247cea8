using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>What a condition above an OPTIONAL says of the optional part: that it must be there, or that it must not.</summary>
internal static class Optionals
{
    /// <summary>
    /// The OPTIONAL as a join where one of the conditions is never true of rows without the optional part: then nothing is lost that would be kept.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="conditions">The conditions on it.</param>
    /// <param name="elsewhere">Variables that something beside the pattern may bind as well.</param>
    public static GraphPattern Simplify(GraphPattern pattern, IReadOnlyList<Expression> conditions, IReadOnlySet<Variable> elsewhere)
    {
        if (pattern is not LeftJoin join)
        {
            return pattern;
        }

        var left = Simplify(join.Left, conditions, elsewhere.Concat(InScope.Of(join.Right)).ToHashSet());
        var outside = InScope.Of(join.Left);
        var only = Certainty.Of(join.Right).Where(v => !outside.Contains(v) && !elsewhere.Contains(v)).ToHashSet();
        if (only.Count == 0 || !conditions.Any(c => IsFalseWithout(c, only)))
        {
            return left == join.Left ? join : join with { Left = left };
        }

        var inner = new Join(left, join.Right);
        return join.Condition is null ? inner : new Filter(join.Condition, inner);
    }

    /// <summary>The condition <c>!bound(?x)</c>, where <c>?x</c> is bound by the optional part alone and always: then the row must have no such part.</summary>
    public static bool IsAbsence(Expression condition, LeftJoin join) =>
        condition is FunctionCall { Function: Function.Not, Arguments: [FunctionCall { Function: Function.Bound, Arguments: [VariableExpression { Variable: var variable }] }] }
        && Certainty.Of(join.Right).Contains(variable) && !InScope.Of(join.Left).Contains(variable);

    /// <summary>Whether a condition is false, or an error, where some variables are unbound.</summary>
    private static bool IsFalseWithout(Expression condition, HashSet<Variable> variables) => condition switch
    {
        FunctionCall { Function: Function.And } and => and.Arguments.Any(a => IsFalseWithout(a, variables)),
        FunctionCall { Function: Function.Or } or => or.Arguments.All(a => IsFalseWithout(a, variables)),
        FunctionCall { Function: Function.Bound, Arguments: [VariableExpression variable] } => variables.Contains(variable.Variable),
        FunctionCall { Function: Function.Not } not => IsErrorWithout(not.Arguments[0], variables),
        _ => IsErrorWithout(condition, variables),
    };

    private static bool IsErrorWithout(Expression expression, HashSet<Variable> variables) => expression switch
    {
        VariableExpression variable => variables.Contains(variable.Variable),
        FunctionCall { Function: Function.In or Function.NotIn } call => IsErrorWithout(call.Arguments[0], variables),
        FunctionCall call => IsStrict(call.Function) && call.Arguments.Any(a => IsErrorWithout(a, variables)),
        _ => false,
    };

    /// <summary>Whether a function of an error is always an error.</summary>
    private static bool IsStrict(Function function) => function is
        Function.Equal or Function.NotEqual or Function.Less or Function.LessOrEqual or Function.Greater or Function.GreaterOrEqual
        or Function.Add or Function.Subtract or Function.Multiply or Function.Divide
        or Function.Str or Function.Lang or Function.LangMatches or Function.Datatype or Function.SameTerm or Function.IsIri or Function.IsBlank
        or Function.IsLiteral or Function.IsNumeric or Function.Contains or Function.StrStarts or Function.StrEnds or Function.StrLen
        or Function.LCase or Function.UCase or Function.Regex or Function.SubStr or Function.Year or Function.Month or Function.Day;
}
