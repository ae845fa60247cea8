using System.Collections.Immutable;
using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Expressions;

/// <summary>Evaluates expressions of terms in a short notation: <c>"a"@en</c>, <c>5</c>, <c>2.5</c>, <c>1e0</c>, <c>true</c>, <c>xsd:date(2020-01-01)</c>, <c>error</c>.</summary>
internal static class ExpressionTesting
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(-5));

    public static ExpressionContext Context(QueryTerms? terms = null) =>
        new(terms ?? new QueryTerms(new TermDictionary()), Now, "http://example.org/base/", new NoPatterns(), CancellationToken.None);

    public static Expression Parse(string text) => Term(text) is { } term ? new TermExpression(term) : new VariableExpression(new Variable("none"));

    public static Term? Term(string text)
    {
        if (text == "error")
        {
            return null;
        }

        if (text[0] == '<')
        {
            return new Iri(text[1..^1]);
        }

        if (text.StartsWith("_:", StringComparison.Ordinal))
        {
            return new BlankNode(text[2..]);
        }

        if (text[0] == '"')
        {
            var quote = text.LastIndexOf('"');
            var lexical = text[1..quote];
            var suffix = text[(quote + 1)..];
            if (suffix.Length == 0)
            {
                return new Literal(lexical);
            }

            if (suffix[0] == '@')
            {
                var direction = suffix.EndsWith("--rtl", StringComparison.Ordinal) ? BaseDirection.RightToLeft
                    : suffix.EndsWith("--ltr", StringComparison.Ordinal) ? BaseDirection.LeftToRight : BaseDirection.None;
                return new Literal(lexical, direction == BaseDirection.None ? suffix[1..] : suffix[1..^5], direction);
            }

            return new Literal(lexical, new Iri(suffix[3..^1]));
        }

        if (text.StartsWith("xsd:", StringComparison.Ordinal))
        {
            var open = text.IndexOf('(', StringComparison.Ordinal);
            return new Literal(text[(open + 1)..^1], new Iri(Xsd.Namespace + text[4..open]));
        }

        return text is "true" or "false" ? new Literal(text, Xsd.Boolean)
            : text.Contains('e', StringComparison.Ordinal) ? new Literal(text, Xsd.Double)
            : text.Contains('.', StringComparison.Ordinal) ? new Literal(text, Xsd.Decimal)
            : new Literal(long.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), Xsd.Integer);
    }

    public static Term? Evaluate(Expression expression, ExpressionContext? context = null)
    {
        context ??= Context();
        var id = ExpressionCompiler.Compile(expression, new Schema([]), context).EvaluateId(new Batch([], 1), 0);
        return id.IsBound ? context.Terms.Decode(id) : null;
    }

    public static Term? Evaluate(Function function, params IEnumerable<string> arguments) => Evaluate(Call(function, arguments));

    public static Expression Call(Function function, params IEnumerable<string> arguments) =>
        new FunctionCall(function, [.. arguments.Select(Parse)]);

    /// <summary>Checks a call both with constants, which the compiler folds, and with columns.</summary>
    public static void Check(Function function, string expected, params string[] arguments) =>
        Check(terms => new FunctionCall(function, terms), expected, arguments);

    public static void CheckNamed(string iri, string expected, params string[] arguments) =>
        Check(terms => new IriFunctionCall(new Iri(iri), terms), expected, arguments);

    private static void Check(Func<ImmutableArray<Expression>, Expression> call, string expected, string[] arguments)
    {
        Assert.Equal(Term(expected), Evaluate(call([.. arguments.Select(Parse)])));
        var context = Context();
        ImmutableArray<Variable> variables = [.. arguments.Select((_, i) => new Variable($"v{i}"))];
        var columns = arguments.Select(a => new[] { Term(a) is { } term ? context.Terms.Intern(term).Value : 0 }).ToArray();
        var compiled = ExpressionCompiler.Compile(call([.. variables.Select(v => new VariableExpression(v))]), new Schema(variables), context);
        var id = compiled.EvaluateId(new Batch(columns, 1), 0);
        Assert.Equal(Term(expected), id.IsBound ? context.Terms.Decode(id) : null);
    }

    private sealed class NoPatterns : IExistenceFactory
    {
        public IExistenceProbe Create(GraphPattern pattern, Schema outer) => throw new NotSupportedException();
    }
}
