using System.Collections.Immutable;
using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>An expression over the bindings of one solution (SPARQL 1.1 Query, section 17).</summary>
public abstract record Expression
{
    private protected Expression(int height = 1) => Height = height;

    /// <summary>How many levels it has, with the patterns in it.</summary>
    internal int Height { get; }

    private protected static int Above(ImmutableArray<Expression> arguments)
    {
        var highest = 0;
        foreach (var argument in arguments)
        {
            highest = Math.Max(highest, argument.Height);
        }

        return 1 + highest;
    }
}

/// <summary>The value of a variable; an error where it is unbound.</summary>
public sealed record VariableExpression(Variable Variable) : Expression;

/// <summary>A constant.</summary>
public sealed record TermExpression(Term Term) : Expression;

/// <summary>An operator or built-in function applied to its arguments, in the order the specification gives them.</summary>
public sealed record FunctionCall(Function Function, ImmutableArray<Expression> Arguments) : Expression(Above(Arguments));

/// <summary>A function named by an IRI: a cast of section 17.1 or an extension.</summary>
public sealed record IriFunctionCall(Iri Function, ImmutableArray<Expression> Arguments) : Expression(Above(Arguments));

/// <summary>EXISTS and NOT EXISTS (section 17.4.1.4).</summary>
public sealed record Exists(GraphPattern Pattern, bool Negated) : Expression(1 + Pattern.Height);

/// <summary>
/// An aggregate where the parser met it. The translation replaces it by the variable of a <see cref="GroupAggregate"/>, so that
/// the executor never sees it inside an expression.
/// </summary>
public sealed record AggregateExpression(Aggregate Aggregate) : Expression(1 + (Aggregate.Argument?.Height ?? 0));

/// <summary>An aggregate of section 18.5.1 over the solutions of a group.</summary>
/// <param name="Function">Which.</param>
/// <param name="Argument">What is aggregated; null for <c>COUNT(*)</c>.</param>
/// <param name="Distinct">Whether equal values (for <c>COUNT(*)</c>, equal solutions) count once.</param>
/// <param name="Separator">The separator of GROUP_CONCAT; null for a space.</param>
public sealed record Aggregate(AggregateFunction Function, Expression? Argument, bool Distinct, string? Separator = null);
