using System.Collections.Frozen;

namespace MuseumXtd.Garden;

/// <summary>What a code of diagnostics stands for, in both languages.</summary>
/// <param name="Code">The code.</param>
/// <param name="TitleFr">A few words in French.</param>
/// <param name="TitleEn">A few words in English.</param>
/// <param name="TextFr">Why it is told and what to do, in French.</param>
/// <param name="TextEn">Why it is told and what to do, in English.</param>
public sealed record DiagnosticArticle(string Code, string TitleFr, string TitleEn, string TextFr, string TextEn)
{
    /// <summary>The title in a language: French for <c>fr</c>, else English.</summary>
    public string Title(string language) => IsFrench(language) ? TitleFr : TitleEn;

    /// <summary>The text in a language: French for <c>fr</c>, else English.</summary>
    public string Text(string language) => IsFrench(language) ? TextFr : TextEn;

    private static bool IsFrench(string language) =>
        language is not null && language.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
}

/// <summary>An article for every code that there is. Codes are never given to something else.</summary>
public static class DiagnosticCatalogue
{
    private static readonly FrozenDictionary<string, DiagnosticArticle> Articles = Read();

    /// <summary>All articles, in the order of their codes.</summary>
    public static IReadOnlyList<DiagnosticArticle> All { get; } = [.. Articles.Values.OrderBy(a => a.Code, StringComparer.Ordinal)];

    /// <summary>The article of a code, or null.</summary>
    public static DiagnosticArticle? Find(string code) => Articles.GetValueOrDefault(code);

    private static FrozenDictionary<string, DiagnosticArticle> Read()
    {
        using var stream = typeof(DiagnosticCatalogue).Assembly.GetManifestResourceStream("MuseumXtd.Garden.Diagnostics.catalogue.txt")!;
        using var reader = new StreamReader(stream);
        var articles = new Dictionary<string, DiagnosticArticle>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('|') is [var code, var titleFr, var titleEn, var textFr, var textEn])
            {
                articles.Add(code.Trim(), new DiagnosticArticle(code.Trim(), titleFr.Trim(), titleEn.Trim(), textFr.Trim(), textEn.Trim()));
            }
        }

        return articles.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
