using System.Collections.Immutable;
using CsCheck;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;
using static MuseumXtd.Sparql.Tests.Expressions.ExpressionTesting;

namespace MuseumXtd.Sparql.Tests.Expressions;

/// <summary>Selecting rows of a batch gives what evaluating row by row gives, whatever short cuts an expression takes.</summary>
public sealed class BatchTests
{
    private static readonly ImmutableArray<Variable> Variables = [new("x"), new("y")];
    private static readonly Function[] Comparisons =
    [
        Function.Equal, Function.NotEqual, Function.Less, Function.Greater, Function.LessOrEqual, Function.GreaterOrEqual,
    ];

    private readonly QueryTerms _terms;
    private readonly Batch _batch;

    public BatchTests()
    {
        var dictionary = new TermDictionary();
        for (var i = 0; i < Samples.Terms.Length; i++)
        {
            if (i % 5 != 0)
            {
                dictionary.GetOrAdd(Term(Samples.Terms[i])!.Encode());
            }
        }

        // Every term, in every third row unbound, beside a neighbour.
        _terms = new QueryTerms(dictionary);
        var ids = Samples.Terms.Select(text => _terms.Intern(Term(text)!).Value).ToArray();
        _batch = new Batch([new uint[Batch.Capacity], new uint[Batch.Capacity]], 0);
        foreach (var id in ids)
        {
            foreach (var other in new uint[] { id, 0, ids[(_batch.Count * 7) % ids.Length] })
            {
                _batch.Columns[0][_batch.Count] = id;
                _batch.Columns[1][_batch.Count++] = other;
            }
        }

        _batch.Columns[0][_batch.Count++] = 0;
    }

    [Fact]
    public void Comparing_a_column_with_any_constant()
    {
        foreach (var function in Comparisons)
        {
            foreach (var text in Samples.Terms)
            {
                CheckSelect(new FunctionCall(function, [new VariableExpression(Variables[0]), Parse(text)]));
                CheckSelect(new FunctionCall(function, [Parse(text), new VariableExpression(Variables[0])]));
            }
        }
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("EN")]
    [InlineData("ar")]
    [InlineData("")]
    [InlineData("*")]
    public void Testing_the_language_of_a_column(string language)
    {
        var lang = new FunctionCall(Function.Lang, [new VariableExpression(Variables[0])]);
        CheckSelect(new FunctionCall(Function.Equal, [lang, Parse($"\"{language}\"")]));
        CheckSelect(new FunctionCall(Function.NotEqual, [lang, Parse($"\"{language}\"")]));
        CheckSelect(new FunctionCall(Function.LangMatches, [lang, Parse($"\"{language}\"")]));
    }

    [Fact]
    public void Generated_expressions()
    {
        var leaf = Gen.OneOf(
            Pick<Expression>(new VariableExpression(Variables[0]), new VariableExpression(Variables[1])),
            Pick(Samples.Terms).Select(Parse));
        var comparison = Gen.Select(Pick(Comparisons), leaf, leaf)
            .Select((function, left, right) => (Expression)new FunctionCall(function, [left, right]));
        var text = leaf.Select(argument => (Expression)new FunctionCall(Function.Str, [argument]));
        var pattern = Gen.Select(Pick(Function.Regex, Function.Contains, Function.StrStarts), text, Pick("\"a\"", "\"1\"", "\"\""))
            .Select((function, left, right) => (Expression)new FunctionCall(function, [left, Parse(right)]));
        var test = Gen.OneOf(comparison, pattern, leaf);
        var not = test.Select(operand => (Expression)new FunctionCall(Function.Not, [operand]));
        var either = Gen.OneOf(test, not);
        var pair = Gen.Select(Pick(Function.And, Function.Or), either, either)
            .Select((function, left, right) => (Expression)new FunctionCall(function, [left, right]));
        Gen.Select(Pick(Function.And, Function.Or), pair, pair)
            .Select((function, left, right) => (Expression)new FunctionCall(function, [left, right]))
            .Sample(CheckSelect, iter: 500, threads: 1);
    }

    private static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private void CheckSelect(Expression expression)
    {
        var context = Context(_terms);
        var schema = new Schema(Variables);
        var compiled = ExpressionCompiler.Compile(expression, schema, context);
        var selected = new int[Batch.Capacity];
        var count = compiled.Select(_batch, selected);

        // Row by row the constants are columns too, so that no short cut is taken.
        List<uint[]> columns = [.. _batch.Columns];
        List<Variable> variables = [.. Variables];
        var withoutConstants = WithoutConstants(expression);
        var plain = ExpressionCompiler.Compile(withoutConstants, new Schema([.. variables]), context);
        var rows = new Batch([.. columns], _batch.Count);
        var expected = Enumerable.Range(0, rows.Count).Where(row => plain.Evaluate(rows, row).IsTrue);
        Assert.True(expected.SequenceEqual(selected.Take(count)), expression.ToString());

        Expression WithoutConstants(Expression e)
        {
            switch (e)
            {
                case TermExpression term:
                    var column = new uint[_batch.Count];
                    Array.Fill(column, context.Terms.Intern(term.Term).Value);
                    variables.Add(new Variable($"c{variables.Count}"));
                    columns.Add(column);
                    return new VariableExpression(variables[^1]);
                case FunctionCall call:
                    return call with { Arguments = [.. call.Arguments.Select(WithoutConstants)] };
                default:
                    return e;
            }
        }
    }
}
