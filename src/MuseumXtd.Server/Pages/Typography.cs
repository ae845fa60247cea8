namespace MuseumXtd.Server.Pages;

/// <summary>How texts for people are set.</summary>
internal static class Typography
{
    private static readonly (string Typed, string Set)[] French =
    [
        ("« ", "«\u00A0"), (" »", "\u00A0»"), (" :", "\u00A0:"), (" ;", "\u202F;"), (" ?", "\u202F?"), (" !", "\u202F!"),
    ];

    /// <summary>A text in a language: in French no line ends between a word and the sign that goes with it.</summary>
    public static string Set(string text, string language) =>
        language == "fr" ? French.Aggregate(text, (set, pair) => set.Replace(pair.Typed, pair.Set, StringComparison.Ordinal)) : text;
}
