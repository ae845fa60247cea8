using System.Collections.Immutable;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>The languages in which texts are told: the first that a text is in, else any.</summary>
internal sealed record LanguageChain(ImmutableArray<string> Languages)
{
    private static readonly string[] Ours = ["fr", "en"];

    /// <summary>The language of most of an answer.</summary>
    public string First => Languages[0];

    /// <summary>A name of the chain, for entity tags and caches.</summary>
    public string Text { get; } = string.Join('.', Languages);

    /// <summary>Reads what a client prefers (RFC 9110, section 12.5.4), followed by French and English.</summary>
    public static LanguageChain Of(string? acceptLanguage)
    {
        const int Most = 4;
        var asked = (acceptLanguage ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select((range, place) => (Parts: range.Split(';'), Place: place))
            .Select(r => (Tag: r.Parts[0].Trim().ToLowerInvariant(), Quality: QualityOf(r.Parts), r.Place))
            .Where(r => r.Quality > 0 && r.Tag.Length is > 1 and <= 35 && r.Tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            .OrderByDescending(r => r.Quality).ThenBy(r => r.Place)
            .SelectMany(r => r.Tag.Contains('-', StringComparison.Ordinal) ? [r.Tag, r.Tag[..r.Tag.IndexOf('-', StringComparison.Ordinal)]] : (string[])[r.Tag]);
        return new LanguageChain([.. asked.Distinct().Take(Most).Concat(Ours).Distinct()]);
    }

    private static double QualityOf(string[] parts)
    {
        foreach (var part in parts.Skip(1))
        {
            if (part.Trim() is ['q', '=', .. var value])
            {
                return double.TryParse(value, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var quality) ? quality : 0;
            }
        }

        return 1;
    }
}
