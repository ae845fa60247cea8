using System.Text;
using System.Text.RegularExpressions;
using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>REPLACE</c> (section 17.4.3.15): an error where the pattern matches the empty string, as in XPath.</summary>
internal sealed class ReplaceExpression(
    CompiledExpression text, CompiledExpression pattern, CompiledExpression replacement, CompiledExpression? flags, ExpressionContext context)
    : CompiledExpression(context.Terms)
{
    private const int LongestSurely = 1 << 24;

    private readonly FunctionScope _scope = new(context);
    private readonly PatternCache _pattern = new();
    private byte[]? _replacement;
    private bool _isQuoted;
    private int _groups;
    private string? _template;

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row)
    {
        var input = text.Evaluate(batch, row);
        if (!input.IsString)
        {
            return Value.Error;
        }

        var regex = pattern.Evaluate(batch, row);
        var with = replacement.Evaluate(batch, row);
        var options = flags is null ? Value.String(default) : flags.Evaluate(batch, row);
        if (regex.Kind != ValueKind.String || with.Kind != ValueKind.String || options.Kind != ValueKind.String
            || !_pattern.TrySet(regex.Text, options.Text) || _pattern.MatchesEmpty)
        {
            return Value.Error;
        }

        var isQuoted = options.Text.Contains((byte)'q');
        var groups = _pattern.Regex!.GetGroupNumbers().Length - 1;
        if (_replacement is null || !with.Text.SequenceEqual(_replacement) || isQuoted != _isQuoted || groups != _groups)
        {
            _replacement = with.Text.ToArray();
            _isQuoted = isQuoted;
            _groups = groups;
            _template = isQuoted
                ? Encoding.UTF8.GetString(with.Text).Replace("$", "$$", StringComparison.Ordinal)
                : Template(Encoding.UTF8.GetString(with.Text), groups);
        }

        if (_template is null)
        {
            return Value.Error;
        }

        try
        {
            _scope.Result.Clear();
            var source = Encoding.UTF8.GetString(input.Text);
            if ((long)source.Length * _template.Length > LongestSurely)
            {
                // What each match becomes is at most as long as the template and what the groups hold.
                var length = (long)source.Length;
                for (var match = _pattern.Regex!.Match(source); match.Success; match = match.NextMatch())
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    length += match.Result(_template).Length;
                    FunctionScope.CheckLength(length);
                }
            }

            _scope.Append(_pattern.Regex!.Replace(source, _template));
            return Value.StringLike(input, _scope.Result.Written);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw PatternCache.TookTooLong(e);
        }
    }

    /// <summary>
    /// The replacement as .NET writes it. <c>$n</c> takes as many digits as name a group of the pattern (F&amp;O 5.6.4); null for a lone
    /// <c>$</c> or backslash.
    /// </summary>
    private static string? Template(string replacement, int groups)
    {
        var output = new StringBuilder(replacement.Length + 8);
        for (var i = 0; i < replacement.Length; i++)
        {
            var c = replacement[i];
            if (c == '\\')
            {
                if (++i == replacement.Length || replacement[i] is not ('\\' or '$'))
                {
                    return null;
                }

                output.Append(replacement[i] == '$' ? "$$" : "\\");
            }
            else if (c != '$')
            {
                output.Append(c);
            }
            else
            {
                if (++i == replacement.Length || !char.IsAsciiDigit(replacement[i]))
                {
                    return null;
                }

                var group = replacement[i] - '0';
                while (i + 1 < replacement.Length && char.IsAsciiDigit(replacement[i + 1])
                    && (group * 10) + replacement[i + 1] - '0' <= groups)
                {
                    group = (group * 10) + replacement[++i] - '0';
                }

                if (group <= groups)
                {
                    output.Append("${").Append(group).Append('}');
                }
            }
        }

        return output.ToString();
    }
}
