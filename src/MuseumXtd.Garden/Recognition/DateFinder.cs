using System.Globalization;
using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Periods in prose: "between April and May 2020", "from 13 April to 21 August 2022", "published reports in 2020, 2021 and 2022", "this report of
/// 2021". Other years in prose are mostly about other things and are left alone.
/// </summary>
internal sealed partial class DateFinder(NoteFindings findings)
{
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Find(Draft draft, PlainText text, int start, int end)
    {
        if (draft.Has(FactKind.Period))
        {
            return;
        }

        foreach (var match in Prose.Matches(_phrases["date.range"], text, start, end))
        {
            if (Range(text.Folded, match.Index + match.Length, end) is { } range)
            {
                draft.Add(FactKind.Period, range.Edtf, text.Origin(match.Index, range.End - match.Index));
                return;
            }
        }

        foreach (var match in Prose.Matches(_phrases["date.made"], text, start, end))
        {
            var sentence = Prose.SentenceEnd(text, match.Index, end);
            var years = Years().Match(text.Folded[..sentence], match.Index + match.Length);
            if (years.Success)
            {
                draft.Add(FactKind.Period, Span(years), text.Origin(years.Index, years.Length));
                return;
            }
        }

        foreach (var match in Prose.Matches(_phrases["date.made"], text, start, end))
        {
            // "In 2021, X published ..."
            var sentence = Prose.SentenceStart(text, match.Index, start);
            var year = OpeningYear().Match(text.Folded[..match.Index], sentence);
            if (year.Success)
            {
                draft.Add(FactKind.Period, year.Groups[3].Success ? Span(year) : year.Groups[1].Value, text.Origin(year.Index, year.Length));
                return;
            }
        }

        foreach (var match in Prose.Matches(_phrases["date.in"], text, start, end))
        {
            // "launched in 2018", of this and not of another that the sentence names as well.
            if (Whole(text, match, start, end) is { } date)
            {
                draft.Add(FactKind.Period, Text(date.Year, date.Month, null), text.Origin(match.Index, date.End - match.Index));
                return;
            }
        }

        foreach (var match in Prose.Matches(_phrases["date.going-on"], text, start, end))
        {
            // "run by X since 2017"
            if (Whole(text, match, start, end) is { } date)
            {
                draft.Add(FactKind.Period, Text(date.Year, date.Month, date.Day) + "/..", text.Origin(match.Index, date.End - match.Index));
                return;
            }
        }

        foreach (var match in Prose.Matches(_phrases["date.ended"], text, start, end))
        {
            if (Whole(text, match, start, end) is { } date)
            {
                draft.Add(FactKind.Period, "../" + Text(date.Year, date.Month, date.Day), text.Origin(match.Index, date.End - match.Index));
                return;
            }
        }

        foreach (var match in Prose.Matches(_phrases["kind.demonstrative"], text, start, end))
        {
            var at = match.Index + match.Length;
            while (at < end && text.Folded[at] == ' ')
            {
                at++;
            }

            if (at < end && findings.Lexicon.Concepts.At("kinds", text.Folded, at) is { } kind
                && OfYear().Match(text.Folded, at + kind.Length, Math.Max(0, Math.Min(end - at - kind.Length, 9))) is { Success: true } year
                && year.Index == at + kind.Length)
            {
                draft.Add(FactKind.Period, year.Groups[1].Value, text.Origin(match.Index, year.Index + year.Length - match.Index));
                return;
            }
        }
    }

    /// <summary>The date with its year that follows a phrase, unless the sentence speaks of another thing.</summary>
    private (int Year, int? Month, int? Day, int End)? Whole(PlainText text, PhraseMatch match, int start, int end)
    {
        var sentence = Prose.SentenceStart(text, match.Index, start);
        return Date(text.Folded, match.Index + match.Length, end) is { Year: { } year } date
            && (date.End >= text.Folded.Length || text.Folded[date.End] is not ('/' or '-'))
            && !_phrases["beside"].Match(text, sentence, match.Index - sentence).Success
            ? (year, date.Month, date.Day, date.End) : null;
    }

    /// <summary>Years in the bracket that ends a title: "Reports on museums (2020 &amp; 2021)".</summary>
    public static void FindInTitle(Draft draft, PlainText text)
    {
        var years = TitleYears().Match(text.Folded);
        if (years.Success && !draft.Has(FactKind.Period))
        {
            draft.Add(FactKind.Period, Span(years), text.Origin(years.Groups[1].Index, years.Groups[3].Index + 4 - years.Groups[1].Index));
        }
    }

    private static string Span(Match years) => $"{years.Groups[1].Value}/{years.Groups[3].Value}";

    private (string Edtf, int End)? Range(string folded, int start, int end)
    {
        if (Date(folded, start, end) is not { } first)
        {
            return null;
        }

        var and = And().Match(folded, first.End, Math.Max(0, Math.Min(end - first.End, 8)));
        if (!and.Success || and.Index != first.End || Date(folded, and.Index + and.Length, end) is not { Year: { } year } last)
        {
            return null;
        }

        // "du 13 avril au 21 août 2022": the first date has the year of the second; "du 3 au 21 août 2022", its month too.
        var from = (first.Year ?? year, first.Month ?? (first.Year is null ? last.Month : null), first.Day);
        return from.Item2 is null && first.Year is null ? null : ($"{Text(from.Item1, from.Item2, from.Day)}/{Text(year, last.Month, last.Day)}", last.End);
    }

    private static string Text(int year, int? month, int? day) => string.Create(
        CultureInfo.InvariantCulture, $"{year}{(month is null ? "" : $"-{month:00}")}{(month is null || day is null ? "" : $"-{day:00}")}");

    private (int? Year, int? Month, int? Day, int End)? Date(string folded, int start, int end)
    {
        var at = start;
        int? day = null, month = null, year = null;
        var last = start;
        while (at < end)
        {
            while (at < end && folded[at] == ' ')
            {
                at++;
            }

            var word = Word().Match(folded, at, end - at);
            if (!word.Success || word.Index != at)
            {
                break;
            }

            if (word.Value is "le" or "the" && last == start)
            {
            }
            else if (day is null && month is null && year is null && Day().Match(word.Value) is { Success: true } number)
            {
                day = int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture);
                last = at + word.Length;
            }
            else if (month is null && year is null && Month(word.Value) is { } named)
            {
                month = named;
                last = at + word.Length;
            }
            else if (year is null && Year().IsMatch(word.Value))
            {
                year = int.Parse(word.Value, CultureInfo.InvariantCulture);
                last = at + word.Length;
                break;
            }
            else
            {
                break;
            }

            at += word.Length;
        }

        return last == start ? null : (year, month, day is > 0 and <= 31 ? day : null, last);
    }

    private int? Month(string word)
    {
        foreach (var heading in _phrases.Headings("month."))
        {
            if (_phrases.Has(heading, word))
            {
                return int.Parse(heading.AsSpan("month.".Length), CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    [GeneratedRegex(@"\G\s+(?:et|au|a|and|to|until|jusqu'au|jusqu'a)\s+(?:le\s+)?", RegexOptions.CultureInvariant)]
    private static partial Regex And();

    [GeneratedRegex(@"\G[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^(\d\d?)(?:er|st|nd|rd|th)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"^(?:19|20)\d\d$", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"\G\s(?:de\s|of\s|from\s)((?:19|20)\d\d)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex OfYear();

    [GeneratedRegex(@"\b(?:en|in)\s((?:19|20)\d\d)(,\s(?:19|20)\d\d)*\s(?:et|and|&)\s((?:19|20)\d\d)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Years();

    [GeneratedRegex(@"\G\s*(?:en|in)\s((?:19|20)\d\d)(?:(,\s(?:19|20)\d\d)*\s(?:et|and|&)\s((?:19|20)\d\d))?,", RegexOptions.CultureInvariant)]
    private static partial Regex OpeningYear();

    [GeneratedRegex(@"\(((?:19|20)\d\d)(,\s(?:19|20)\d\d)*\s(?:et|and|&)\s((?:19|20)\d\d)\)[\s.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex TitleYears();
}
