using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>REGEX</c> (section 17.4.3.14).</summary>
internal sealed class RegexExpression(
    CompiledExpression text, CompiledExpression pattern, CompiledExpression? flags, ExpressionContext context)
    : CompiledExpression(context.Terms)
{
    private readonly FunctionScope _scope = new(context);
    private readonly PatternCache _pattern = new();

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        var input = text.Evaluate(batch, row);
        if (!input.IsString)
        {
            return Truth.Error;
        }

        var regex = pattern.Evaluate(batch, row);
        var options = flags is null ? Value.String(default) : flags.Evaluate(batch, row);
        return regex.Kind == ValueKind.String && options.Kind == ValueKind.String && _pattern.TrySet(regex.Text, options.Text)
            ? Truths.Of(_pattern.IsMatch(input.Text, _scope))
            : Truth.Error;
    }
}
