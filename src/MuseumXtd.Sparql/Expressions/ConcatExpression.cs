using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>CONCAT</c> (section 17.4.3.12): the language is kept when all arguments have it.</summary>
internal sealed class ConcatExpression(CompiledExpression[] arguments, ExpressionContext context) : CompiledExpression(context.Terms)
{
    private readonly FunctionScope _scope = new(context);

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row)
    {
        var text = _scope.Result;
        var language = _scope.Scratch;
        text.Clear();
        language.Clear();
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i].Evaluate(batch, row);
            if (!argument.IsString)
            {
                return Value.Error;
            }

            FunctionScope.CheckLength(text.Length + (long)argument.Text.Length);
            text.Append(argument.Text);
            if (i == 0)
            {
                language.Append(argument.Suffix);
            }
            else if (!System.Text.Ascii.EqualsIgnoreCase(language.Written, argument.Suffix))
            {
                language.Clear();
            }
        }

        return language.Length == 0 ? Value.String(text.Written) : Value.LangString(text.Written, language.Written);
    }
}
