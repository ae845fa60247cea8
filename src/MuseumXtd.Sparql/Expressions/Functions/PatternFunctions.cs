using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>Regular expressions (sections 17.4.3.14 and 17.4.3.15).</summary>
internal static class PatternFunctions
{
    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.Regex, FunctionEntry.Form(2, 3, (a, c) => ColumnFilters.Remembered(a, new RegexExpression(a[0], a[1], a.ElementAtOrDefault(2), c), c))),
        new(Function.Replace, FunctionEntry.Form(3, 4, (a, c) => new ReplaceExpression(a[0], a[1], a[2], a.ElementAtOrDefault(3), c))),
    ];
}
