using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Expressions (SPARQL 1.1 Query, section 19.8, rules 110 to 128).</summary>
internal sealed class ExpressionParser(TokenReader tokens, PatternParser patterns)
{
    private const int MaxDepth = 400;

    private int _depth;
    private int _aggregateDepth;

    /// <summary>Whether aggregates may stand here: in SELECT, HAVING and ORDER BY.</summary>
    public bool AllowsAggregates { get; set; }

    public Expression ReadExpression()
    {
        if (++_depth > MaxDepth)
        {
            throw tokens.Error(tokens.Current, $"Nested more than {MaxDepth} levels deep.");
        }

        var expression = tokens.ReadRow("||", ReadAnd, (a, b) => Call(Function.Or, a, b));
        tokens.CheckHeight(expression.Height);
        _depth--;
        return expression;
    }

    /// <summary>Constraint: a bracketted expression, a built-in call or a function call.</summary>
    public Expression ReadConstraint()
    {
        if (tokens.Is("("))
        {
            return ReadBracketed();
        }

        if (tokens.Current.Kind == TokenKind.Word)
        {
            return ReadBuiltIn();
        }

        if (tokens.IsIri)
        {
            var name = tokens.ExpectIri();
            return new IriFunctionCall(name, ReadArguments());
        }

        throw tokens.Unexpected("a condition: '(', a function or EXISTS");
    }

    public Expression ReadBracketed()
    {
        tokens.Expect("(");
        var expression = ReadExpression();
        tokens.Expect(")");
        return expression;
    }

    private static FunctionCall Call(Function function, params ImmutableArray<Expression> arguments) => new(function, arguments);

    private Expression ReadAnd() => tokens.ReadRow("&&", ReadComparison, (a, b) => Call(Function.And, a, b));

    private Expression ReadComparison()
    {
        var left = ReadAdditive();
        var function = tokens.Current.Kind == TokenKind.Punctuation
            ? tokens.Current.Text switch
            {
                "=" => Function.Equal,
                "!=" => Function.NotEqual,
                "<" => Function.Less,
                ">" => Function.Greater,
                "<=" => Function.LessOrEqual,
                ">=" => Function.GreaterOrEqual,
                _ => Function.Or,
            }
            : Function.Or;
        if (function != Function.Or)
        {
            tokens.Take();
            return Call(function, left, ReadAdditive());
        }

        if (tokens.TryTakeWord("IN"))
        {
            return new FunctionCall(Function.In, [left, .. ReadList()]);
        }

        if (tokens.IsWord("NOT") && tokens.Next.IsWord("IN"))
        {
            tokens.Take();
            tokens.Take();
            return new FunctionCall(Function.NotIn, [left, .. ReadList()]);
        }

        return left;
    }

    private Expression ReadAdditive()
    {
        var left = ReadMultiplicative();
        while (tokens.Is("+") || tokens.Is("-"))
        {
            left = Call(tokens.Take().Text == "+" ? Function.Add : Function.Subtract, left, ReadMultiplicative());
            tokens.CheckHeight(left.Height);
        }

        return left;
    }

    private Expression ReadMultiplicative()
    {
        var left = ReadUnary();
        while (tokens.Is("*") || tokens.Is("/"))
        {
            left = Call(tokens.Take().Text == "*" ? Function.Multiply : Function.Divide, left, ReadUnary());
            tokens.CheckHeight(left.Height);
        }

        return left;
    }

    private Expression ReadUnary()
    {
        if (tokens.TryTake("!"))
        {
            return Nested(() => Call(Function.Not, ReadUnary()));
        }

        if (tokens.Is("+") || tokens.Is("-"))
        {
            var sign = tokens.Current;
            if (tokens.Next.Start == sign.End && tokens.Next.Kind is TokenKind.Integer or TokenKind.Decimal or TokenKind.Double)
            {
                return new TermExpression(patterns.Data.ReadNumber());
            }

            tokens.Take();
            return Nested(() => Call(sign.Text == "+" ? Function.UnaryPlus : Function.UnaryMinus, ReadUnary()));
        }

        return ReadPrimary();
    }

    private Expression Nested(Func<Expression> read)
    {
        if (++_depth > MaxDepth)
        {
            throw tokens.Error(tokens.Current, $"Nested more than {MaxDepth} levels deep.");
        }

        var expression = read();
        _depth--;
        return expression;
    }

    private Expression ReadPrimary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Variable:
                tokens.Take();
                return new VariableExpression(new Variable(token.Text));
            case TokenKind.String or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double:
                return new TermExpression(patterns.Data.ReadLiteral());
            case TokenKind.Iri or TokenKind.PrefixedName:
                var iri = tokens.ExpectIri();
                return tokens.Is("(") ? ReadFunctionCall(iri) : new TermExpression(iri);
            case TokenKind.Word when token.IsWord("true") || token.IsWord("false"):
                return new TermExpression(patterns.Data.ReadLiteral());
            case TokenKind.Word:
                return ReadBuiltIn();
            default:
                return tokens.Is("<<(") ? ReadTripleTerm()
                    : tokens.Is("(") ? ReadBracketed() : throw tokens.Unexpected("an expression");
        }
    }

    /// <summary>ExprTripleTerm: what TRIPLE makes of its parts.</summary>
    private Expression ReadTripleTerm() => Nested(() =>
    {
        tokens.Expect("<<(");
        var subject = ReadPart(isObject: false);
        var predicate = tokens.TryTakeWord("a") ? new TermExpression(RdfNames.Type) : ReadPart(isObject: false);
        var @object = ReadPart(isObject: true);
        tokens.Expect(")>>");
        return (subject, predicate, @object) is (TermExpression { Term: Iri s }, TermExpression { Term: Iri p }, TermExpression { Term: var o })
            ? new TermExpression(new TripleTerm(s, p, o))
            : Call(Function.Triple, subject, predicate, @object);
    });

    private Expression ReadPart(bool isObject)
    {
        if (tokens.Current.Kind == TokenKind.Variable)
        {
            return new VariableExpression(new Variable(tokens.Take().Text));
        }

        if (tokens.IsIri)
        {
            return new TermExpression(tokens.ExpectIri());
        }

        return !isObject ? throw tokens.Unexpected("a variable or an IRI")
            : tokens.Is("<<(") ? ReadTripleTerm()
            : patterns.Data.StartsLiteral ? new TermExpression(patterns.Data.ReadLiteral())
            : throw tokens.Unexpected("a variable, an IRI, a literal or a triple term");
    }

    private IriFunctionCall ReadFunctionCall(Iri name) => new(name, ReadArguments());

    private ImmutableArray<Expression> ReadArguments()
    {
        tokens.Expect("(");
        if (tokens.IsWord("DISTINCT"))
        {
            throw tokens.Error(tokens.Current, "DISTINCT is only for aggregates, and this function is none.");
        }

        return ReadUntilClosed();
    }

    private ImmutableArray<Expression> ReadList()
    {
        tokens.Expect("(");
        return ReadUntilClosed();
    }

    private ImmutableArray<Expression> ReadUntilClosed()
    {
        var items = ImmutableArray.CreateBuilder<Expression>();
        if (!tokens.Is(")"))
        {
            do
            {
                items.Add(ReadExpression());
            }
            while (tokens.TryTake(","));
        }

        tokens.Expect(")");
        return items.ToImmutable();
    }

    private Expression ReadBuiltIn()
    {
        var token = tokens.Current;
        if (token.IsWord("EXISTS"))
        {
            tokens.Take();
            return new Exists(patterns.ReadGroup(), Negated: false);
        }

        if (token.IsWord("NOT") && tokens.Next.IsWord("EXISTS"))
        {
            tokens.Take();
            tokens.Take();
            return new Exists(patterns.ReadGroup(), Negated: true);
        }

        if (TryAggregate(token.Text, out var aggregate))
        {
            return ReadAggregate(aggregate);
        }

        if (!FunctionNames.TryGet(token.Text, out var function, out var least, out var most))
        {
            throw tokens.Error(
                token,
                $"'{token.Text}' is no function of SPARQL.",
                Spelling.Nearest(token.Text, FunctionNames.All) is { } near ? $"Did you mean {near}?"
                    : tokens.Next.Is("(") ? "Functions of your own are named by an IRI."
                    : Hints.For(token, tokens.Next, default, null));
        }

        tokens.Take();
        var arguments = ReadArguments();
        if (arguments.Length < least || arguments.Length > most)
        {
            var wanted = least == most ? $"{least}" : $"{least} to {most}";
            throw tokens.Error(token, $"{token.Text} takes {wanted} arguments, found {arguments.Length}.");
        }

        if (function == Function.Bound && arguments[0] is not VariableExpression)
        {
            throw tokens.Error(token, "BOUND takes a variable.");
        }

        return new FunctionCall(function, arguments);
    }

    private static bool TryAggregate(string keyword, out AggregateFunction function)
    {
        AggregateFunction? found = keyword.ToUpperInvariant() switch
        {
            "COUNT" => AggregateFunction.Count,
            "SUM" => AggregateFunction.Sum,
            "MIN" => AggregateFunction.Min,
            "MAX" => AggregateFunction.Max,
            "AVG" => AggregateFunction.Avg,
            "SAMPLE" => AggregateFunction.Sample,
            "GROUP_CONCAT" => AggregateFunction.GroupConcat,
            _ => null,
        };
        function = found ?? default;
        return found is not null;
    }

    private AggregateExpression ReadAggregate(AggregateFunction function)
    {
        var token = tokens.Take();
        if (!AllowsAggregates)
        {
            throw tokens.Error(token, $"{token.Text} may only stand in SELECT, HAVING and ORDER BY.");
        }

        if (_aggregateDepth > 0)
        {
            throw tokens.Error(token, "Aggregates do not nest; use a subquery.");
        }

        _aggregateDepth++;
        tokens.Expect("(");
        var distinct = tokens.TryTakeWord("DISTINCT");
        Expression? argument = null;
        if (function != AggregateFunction.Count || !tokens.TryTake("*"))
        {
            argument = ReadExpression();
        }

        string? separator = null;
        if (function == AggregateFunction.GroupConcat && tokens.TryTake(";"))
        {
            tokens.ExpectWord("SEPARATOR");
            tokens.Expect("=");
            if (tokens.Current.Kind != TokenKind.String)
            {
                throw tokens.Unexpected("the separator, a string");
            }

            separator = tokens.Take().Text;
        }

        tokens.Expect(")");
        _aggregateDepth--;
        return new AggregateExpression(new Aggregate(function, argument, distinct, separator));
    }
}
