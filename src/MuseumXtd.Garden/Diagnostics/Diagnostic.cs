using System.Globalization;

namespace MuseumXtd.Garden;

/// <summary>A problem at a place of a note.</summary>
/// <param name="File">The path in the garden, with forward slashes.</param>
/// <param name="Line">The line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">The column, from 1; 0 when the whole line or file is meant.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">A stable code such as <c>MXG0101</c>.</param>
/// <param name="MessageFr">The message in French.</param>
/// <param name="MessageEn">The message in English.</param>
/// <param name="HintFr">What to do about it in French, or null.</param>
/// <param name="HintEn">The same in English.</param>
public sealed record Diagnostic(
    string File, int Line, int Column, Severity Severity, string Code, string MessageFr, string MessageEn, string? HintFr, string? HintEn)
{
    /// <summary>The message in a language: French for <c>fr</c>, else English.</summary>
    public string Message(string language) => IsFrench(language) ? MessageFr : MessageEn;

    /// <summary>What to do about it in a language, or null: French for <c>fr</c>, else English.</summary>
    public string? Hint(string language) => IsFrench(language) ? HintFr : HintEn;

    /// <summary><c>file:line:col severity code message hint</c>, in English.</summary>
    public override string ToString()
    {
        var severity = Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "info",
        };
        var text = string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column} {severity} {Code} {MessageEn}");
        return OneLine.Of(HintEn is null ? text : $"{text} ({HintEn})");
    }

    private static bool IsFrench(string language) => language.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
}
