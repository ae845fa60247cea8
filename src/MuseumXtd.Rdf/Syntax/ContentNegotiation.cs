using System.Globalization;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>Chooses among the media types that a server offers (RFC 9110, section 12.5.1).</summary>
public static class ContentNegotiation
{
    /// <summary>
    /// The offered type that an Accept header prefers. A more specific range decides over a wider one; among equals the order of the
    /// offer does. Without a header, the first.
    /// </summary>
    /// <param name="accept">The header's value, or null.</param>
    /// <param name="offered">Media types, the preferred one first.</param>
    /// <returns>The index in <paramref name="offered"/>, or -1 when nothing is acceptable.</returns>
    public static int Choose(string? accept, IReadOnlyList<string> offered)
    {
        if (string.IsNullOrWhiteSpace(accept))
        {
            return offered.Count == 0 ? -1 : 0;
        }

        var ranges = accept.Split(',').Select(Parse).ToList();
        var best = -1;
        var bestQuality = 0.0;
        for (var i = 0; i < offered.Count; i++)
        {
            var quality = QualityOf(offered[i], ranges);
            if (quality > bestQuality)
            {
                (best, bestQuality) = (i, quality);
            }
        }

        return best;
    }

    private static double QualityOf(string mediaType, List<(string Type, double Quality)> ranges)
    {
        var slash = mediaType.IndexOf('/', StringComparison.Ordinal);
        var family = mediaType[..(slash + 1)] + "*";
        var (specificity, quality) = (-1, 0.0);
        foreach (var (type, q) in ranges)
        {
            var match = type.Equals(mediaType, StringComparison.OrdinalIgnoreCase) ? 2
                : type.Equals(family, StringComparison.OrdinalIgnoreCase) ? 1
                : type == "*/*" ? 0 : -1;
            if (match > specificity)
            {
                (specificity, quality) = (match, q);
            }
        }

        return quality;
    }

    private static (string Type, double Quality) Parse(string range)
    {
        var parts = range.Split(';');
        var quality = 1.0;
        foreach (var parameter in parts.Skip(1))
        {
            var text = parameter.Trim();
            if (text.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q))
            {
                quality = Math.Clamp(q, 0, 1);
            }
        }

        return (parts[0].Trim(), quality);
    }
}
