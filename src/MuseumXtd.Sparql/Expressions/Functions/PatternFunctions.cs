using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>Regular expressions (sections 17.4.3.14 and 17.4.3.15).</summary>
internal static class PatternFunctions
{
    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.Regex, FunctionEntry.Form(2, 3, (a, c) => ColumnFilters.Remembered(a, PrefilteredTest.Of(a[0], PartOf(a), new RegexExpression(a[0], a[1], a.ElementAtOrDefault(2), c), c), c))),
        new(Function.Replace, FunctionEntry.Form(3, 4, (a, c) => new ReplaceExpression(a[0], a[1], a[2], a.ElementAtOrDefault(3), c))),
    ];

    /// <summary>What every text with a match contains, in one case or another; null when that is not plain to see, or the pattern is none.</summary>
    private static string? PartOf(CompiledExpression[] arguments)
    {
        var flags = arguments.Length < 3 ? "" : PrefilteredTest.PlainText(arguments[2]);
        return flags is "" or "i" or "s" && PrefilteredTest.PlainText(arguments[1]) is { } pattern && XPathRegex.Create(pattern, flags) is not null
            ? XPathRegex.LiteralPrefix(pattern)
            : null;
    }
}
