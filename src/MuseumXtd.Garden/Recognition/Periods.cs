using System.Globalization;
using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Periods in Extended Date/Time Format (ISO 8601-2; Library of Congress EDTF, levels 0 and 1).</summary>
internal static partial class Periods
{
    /// <summary>The period that folded words state, and the status that they imply; or null.</summary>
    public static (string Edtf, string? Status)? Parse(string folded, Phrases phrases)
    {
        var range = Range().Match(folded);
        if (range.Success)
        {
            return ($"{range.Groups[1].Value}/{range.Groups[2].Value}", null);
        }

        var year = Year().Match(folded);
        if (!year.Success)
        {
            return null;
        }

        var value = year.Value;
        var before = folded[..year.Index];
        if (phrases["date.closed-since"].IsMatch(before))
        {
            return ($"../{value}", "closed");
        }

        if (phrases["date.since"].IsMatch(before))
        {
            return ($"{value}/..", "active");
        }

        return phrases["date.until"].IsMatch(before) ? ($"../{value}", null) : (value, null);
    }

    /// <summary>A date as authors write it in front matter, in ISO 8601; or null.</summary>
    public static string? Date(string text)
    {
        var match = IsoDate().Match(text.Trim());
        if (match.Success)
        {
            return match.Groups[1].Value;
        }

        match = DottedDate().Match(text.Trim());
        return match.Success
            ? string.Create(CultureInfo.InvariantCulture, $"{match.Groups[3].Value}-{int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture):00}-{int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture):00}")
            : null;
    }

    /// <summary>First and last year of an expression; null where open or unknown.</summary>
    public static (int? Start, int? End) Years(string edtf)
    {
        var slash = edtf.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            var year = YearOf(edtf);
            return (year, year);
        }

        return (YearOf(edtf[..slash]), YearOf(edtf[(slash + 1)..]));
    }

    private static int? YearOf(string date) =>
        date.Length >= 4 && int.TryParse(date.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    [GeneratedRegex(@"(?<![\d.])((?:19|20)\d\d)\s*(?:[-–/&]|\bet\b|\band\b)\s*((?:19|20)\d\d)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<![\d.])(?:19|20)\d\d(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"^(\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?:[T ].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^(0?[1-9]|[12]\d|3[01])[./](0?[1-9]|1[0-2])[./](\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex DottedDate();
}
