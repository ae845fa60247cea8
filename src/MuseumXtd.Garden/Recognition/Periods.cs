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

        // "depuis 2021", "2021-".
        if (phrases["date.since"].IsMatch(before) || folded.AsSpan(year.Index + year.Length).Trim() is "-" or "–" or "-...")
        {
            return ($"{value}/..", "active");
        }

        return phrases["date.until"].IsMatch(before) ? ($"../{value}", null) : (value, null);
    }

    /// <summary>A period that is written as a date, or as an interval of dates of which one may be open, in EDTF; or null.</summary>
    public static string? Written(string text)
    {
        if (text.Split('/') is not [var first, var last])
        {
            return Date(text);
        }

        var (start, end) = (End(first), End(last));
        return start is null || end is null || (start is ".." or "" && end is ".." or "") ? null : $"{start}/{end}";

        static string? End(string text) => text.Trim() is ".." or "" ? text.Trim() : Date(text);
    }

    /// <summary>Whether words name more years than a period that was found in them.</summary>
    public static bool HasMoreYears(string folded, string edtf) => AnyYear().Count(folded) > AnyYear().Count(edtf);

    /// <summary>Whether a period ends before it starts.</summary>
    public static bool IsReversed(string edtf) =>
        edtf.Split('/') is [[>= '0' and <= '9', ..] first, [>= '0' and <= '9', ..] last]
        && string.CompareOrdinal(last, 0, first, 0, Math.Min(first.Length, last.Length)) < 0;

    /// <summary>A date as authors write it in front matter, in ISO 8601; or null.</summary>
    public static string? Date(string text)
    {
        var match = IsoDate().Match(text.Trim());
        if (match.Success)
        {
            return Existing(match.Groups[1].Value);
        }

        match = DottedDate().Match(text.Trim());
        return match.Success
            ? Existing(string.Create(CultureInfo.InvariantCulture, $"{match.Groups[3].Value}-{int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture):00}-{int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture):00}"))
            : null;
    }

    /// <summary>A date, unless its month has no such day.</summary>
    private static string? Existing(string date) =>
        date.Length < 10 || DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? date : null;

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

    [GeneratedRegex(@"(?<!\d)(?:19|20)\d\d(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex AnyYear();

    [GeneratedRegex(@"^(\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?:[T ].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^(0?[1-9]|[12]\d|3[01])[./](0?[1-9]|1[0-2])[./](\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex DottedDate();
}
