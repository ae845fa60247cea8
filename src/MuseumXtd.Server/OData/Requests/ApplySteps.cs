using System.Globalization;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>A transformation that sorts and cuts what came before it.</summary>
/// <param name="OrderBy">By what, as <c>$orderby</c> has it; null to leave the order.</param>
/// <param name="Skip">How many are left out at the beginning.</param>
/// <param name="Top">How many are kept at most.</param>
internal readonly record struct ApplyStep(string? OrderBy, long Skip, long? Top);

/// <summary>
/// The transformations at the end of <c>$apply</c> that keep some of the rows (Data Aggregation 4.0, section 3.3): <c>topcount</c>,
/// <c>bottomcount</c>, <c>orderby</c>, <c>top</c>, <c>skip</c>, <c>identity</c>. The library reads none of them, so it is told what comes before.
/// </summary>
internal static class ApplySteps
{
    /// <summary>The text for the library, which may be empty, and what comes after it.</summary>
    /// <exception cref="ODataRequestException">A transformation has not what it needs.</exception>
    public static (string Before, List<ApplyStep> Steps) Of(string apply)
    {
        var parts = Split(apply, '/');
        var steps = new List<ApplyStep>();
        var kept = parts.Count;
        for (; kept > 0 && StepOf(parts[kept - 1].Trim()) is { } step; kept--)
        {
            steps.Insert(0, step);
        }

        return (string.Join('/', parts.Take(kept)), steps);
    }

    private static ApplyStep? StepOf(string text)
    {
        if (text == "identity")
        {
            return new ApplyStep(null, 0, null);
        }

        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith(')'))
        {
            return null;
        }

        var arguments = Split(text[(open + 1)..^1], ',');
        var name = text[..open];
        switch (name)
        {
            case "orderby" when string.IsNullOrWhiteSpace(arguments[0]):
                throw new ODataRequestException(400, "orderby takes at least one expression.", "$apply");
            case "orderby":
                return new ApplyStep(text[(open + 1)..^1], 0, null);
            case "top" when arguments.Count == 1:
                return new ApplyStep(null, 0, Number(name, arguments[0]));
            case "skip" when arguments.Count == 1:
                return new ApplyStep(null, Number(name, arguments[0]), null);
            case "topcount" or "bottomcount" when arguments.Count == 2:
                return new ApplyStep(arguments[1].Trim() + (name == "topcount" ? " desc" : " asc"), 0, Number(name, arguments[0]));
            case "top" or "skip" or "topcount" or "bottomcount":
                throw new ODataRequestException(400, $"'{text}': {name} takes {(name.EndsWith("count", StringComparison.Ordinal) ? "a number and an expression" : "a number")}.", "$apply");
            default:
                return null;
        }
    }

    private static long Number(string name, string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ODataRequestException(400, $"{name} takes a number that is not negative, not '{text.Trim()}'.", "$apply");

    /// <summary>Splits at a character that stands in no parentheses and no quotes.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, depth, isQuoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && depth == 0 && text[i] == separator)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
            else if (!isQuoted)
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
