namespace MuseumXtd.Garden;

/// <summary>What a code of diagnostics stands for, in both languages.</summary>
/// <param name="Code">The code.</param>
/// <param name="Texts">The texts by key and language, such as <c>title.fr</c>.</param>
/// <param name="Shape">The rule that the example does not keep, in Turtle; null where the reader of notes itself complains.</param>
/// <param name="Example">Files that bring it about; empty where none can show it.</param>
/// <param name="Fixed">Those of them that were put right.</param>
public sealed record DiagnosticArticle(
    string Code, IReadOnlyDictionary<string, string> Texts, string? Shape, IReadOnlyList<SampleFile> Example, IReadOnlyList<SampleFile> Fixed)
{
    /// <summary>A few words in a language: French for <c>fr</c>, else English.</summary>
    public string Title(string language) => In("title", language)!;

    /// <summary>Why it is told in a language: French for <c>fr</c>, else English.</summary>
    public string Text(string language) => In("text", language)!;

    /// <summary>What brings it about in a language, where no example can show it; or null.</summary>
    public string? Case(string language) => In("case", language);

    /// <summary>What to do about it in a language: French for <c>fr</c>, else English.</summary>
    public string Fix(string language) => In("fix", language)!;

    private string? In(string key, string language) =>
        Texts.GetValueOrDefault($"{key}.{(language is not null && language.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? "fr" : "en")}");
}
