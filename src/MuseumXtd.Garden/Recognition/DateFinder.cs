using System.Globalization;
using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>A stretch of text behind those who made something (empty, a date may follow), or behind the verb of a sentence about them.</summary>
internal readonly record struct Told(int Start, int End, bool IsVerb);

/// <summary>Another initiative that a text names: where its name ends, and where the clause about it does.</summary>
internal readonly record struct Aside(int NameEnd, int ClauseEnd, Draft Other);

/// <summary>
/// Periods in prose: "between April and May 2020", "from 13 April to 21 August 2022", "published reports in 2020, 2021 and 2022", "this report of
/// 2021". Other years in prose are mostly about other things and are left alone.
/// </summary>
internal sealed partial class DateFinder(NoteFindings findings)
{
    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private IReadOnlyList<Aside> _asides = [];

    /// <param name="draft">The entity.</param>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end.</param>
    /// <param name="told">Where the text goes on behind those who made the entity, or behind the verb that says what they do.</param>
    /// <param name="asides">The clauses about other things.</param>
    public void Find(Draft draft, PlainText text, int start, int end, IReadOnlyList<Told> told, IReadOnlyList<Aside> asides)
    {
        _asides = asides;
        if (draft.Has(FactKind.Period))
        {
            return;
        }

        foreach (var match in Prose.Matches(_phrases["date.range"], text, start, end))
        {
            if (Range(text.Folded, match.Index + match.Length, end) is { } range && !IsAside(match.Index) && !IsOfFunding(text, range.End, end) && !IsBefore(text, match.Index, start))
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

        var begun = Begun(draft, text, start, end, told);
        var ended = First(draft, text, "date.ended", start, end);
        if (begun is var (from, isOpen, begin, stop))
        {
            if (ended is { } last && !(string.CompareOrdinal(last.Edtf, from) < 0))
            {
                draft.Add(FactKind.Period, $"{from}/{last.Edtf}", text.Origin(Math.Min(begin, last.Start), Math.Max(stop, last.End) - Math.Min(begin, last.Start)));
                return;
            }

            draft.Add(FactKind.Period, isOpen ? from + "/.." : from, text.Origin(begin, stop - begin));
            if (isOpen && !draft.Has(FactKind.Status))
            {
                draft.Add(FactKind.Status, "active", text.Origin(begin, stop - begin));
            }

            return;
        }

        if (ended is { } only)
        {
            draft.Add(FactKind.Period, "../" + only.Edtf, text.Origin(only.Start, only.End - only.Start));
            return;
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

    private bool IsAside(int at)
    {
        foreach (var aside in _asides)
        {
            if (aside.NameEnd < at && at < aside.ClauseEnd)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Having scanned its collections from 2012 to 2017, the museum ...": what the subject did before.</summary>
    private bool IsBefore(PlainText text, int at, int start)
    {
        var sentence = Prose.SentenceStart(text, at, start);
        return _phrases["having"].Match(text, sentence, Math.Min(16, at - sentence)) is { Success: true } having && text.Folded.AsSpan(sentence, having.Index - sentence).IsWhiteSpace();
    }

    /// <summary>"From 2019 to 2022 it was funded by X": how long something was paid for is not how long it went on.</summary>
    private bool IsOfFunding(PlainText text, int at, int end) => _phrases["funder"].Match(text, at, Math.Min(32, Prose.SentenceEnd(text, at, end) - at)).Success;

    /// <summary>
    /// When an entity began: "launched in 2018"; "run by X since 2017", which goes on; "developed by X in 2021", "X has offered it since 2019", right
    /// behind the makers or in the clause of their verb.
    /// </summary>
    private (string Edtf, bool IsOpen, int Start, int End)? Begun(Draft draft, PlainText text, int start, int end, IReadOnlyList<Told> told)
    {
        if (First(draft, text, "date.in", start, end) is { } date)
        {
            return (date.Edtf, false, date.Start, date.End);
        }

        foreach (var (from, to, isVerb) in told)
        {
            foreach (var (heading, isOpen) in (ReadOnlySpan<(string, bool)>)[("date.since", true), ("date.at", false)])
            {
                foreach (var match in Prose.Matches(_phrases[heading], text, from, Math.Min(to, end)))
                {
                    if ((isVerb ? IsLast(text, match, to) : text.Folded.AsSpan(from, match.Index - from).IsWhiteSpace()) && Whole(draft, text, match, start, end) is { } at)
                    {
                        return (Text(at.Year, at.Month, at.Day), isOpen, match.Index, at.End);
                    }
                }
            }
        }

        return First(draft, text, "date.going-on", start, end) is { } going ? (going.Edtf, true, going.Start, going.End)
            : First(draft, text, "date.done-since", start, end) is { } done && IsThis(text, done.End, end) ? (done.Edtf, true, done.Start, done.End) : null;
    }

    /// <summary>"has offered since 2019 this programme", "the programme": the object of the verb is the thing at hand, and none with a name of its own.</summary>
    private bool IsThis(PlainText text, int at, int end)
    {
        foreach (var heading in (ReadOnlySpan<string>)["kind.demonstrative", "kind.definite"])
        {
            if (_phrases[heading].Match(text, at, Math.Clamp(end - at, 0, 8)) is { Success: true } article && text.Folded.AsSpan(at, article.Index - at).IsWhiteSpace()
                && Skip(article.Index + article.Length) is var noun && noun < end
                && (heading == "kind.demonstrative" || (findings.Lexicon.Concepts.At("kinds", text.Folded, noun) is { } kind
                    && !(Skip(noun + kind.Length) is var name && name < end && (char.IsUpper(text.Text[name]) || text.Folded[name] == '"' || text.LinkAt(name) is not null || Array.Exists(text.Emphases, e => e.Start == name))))))
            {
                return true;
            }
        }

        return false;

        int Skip(int from)
        {
            while (from < end && text.Folded[from] == ' ')
            {
                from++;
            }

            return from;
        }
    }

    /// <summary>Whether the date that follows a phrase ends a clause: "has launched this fund in 2017".</summary>
    private bool IsLast(PlainText text, PhraseMatch match, int end) =>
        Date(text.Folded, match.Index + match.Length, end) is { Year: not null, End: var stop } && (stop >= end || text.Folded.AsSpan(stop, end - stop).IsWhiteSpace());

    /// <summary>The first date that a phrase of a heading begins, of this entity and not of another that the sentence names as well.</summary>
    private (string Edtf, int Start, int End)? First(Draft draft, PlainText text, string heading, int start, int end)
    {
        foreach (var match in Prose.Matches(_phrases[heading], text, start, end))
        {
            if (Whole(draft, text, match, start, end) is { } date)
            {
                return (Text(date.Year, date.Month, date.Day), match.Index, date.End);
            }
        }

        return null;
    }

    /// <summary>A date beside a verb or at the head of a sentence.</summary>
    /// <param name="Edtf">When.</param>
    /// <param name="IsOpen">Whether it goes on since then.</param>
    /// <param name="Start">Where the words begin.</param>
    /// <param name="End">Where they end.</param>
    public readonly record struct Moment(string Edtf, bool IsOpen, int Start, int End);

    /// <summary>"in 2019", "since March 2021", "from 2019 to 2022" right at a place.</summary>
    public Moment? At(PlainText text, int at, int end)
    {
        while (at < end && text.Folded[at] is ' ' or ',')
        {
            at++;
        }

        foreach (var heading in (ReadOnlySpan<string>)["date.from", "date.range"])
        {
            if (at < end && _phrases[heading].Match(text, at, Math.Min(16, end - at)) is { Success: true } word && word.Index == at && Range(text.Folded, at + word.Length, end) is { } range)
            {
                return new Moment(range.Edtf, false, at, range.End);
            }
        }

        foreach (var (heading, isOpen) in (ReadOnlySpan<(string, bool)>)[("date.since", true), ("date.at", false)])
        {
            if (at < end && _phrases[heading].Match(text, at, Math.Min(16, end - at)) is { Success: true } word && word.Index == at
                && Date(text.Folded, at + word.Length, end) is { Year: { } year } date)
            {
                return new Moment(Text(year, date.Month, date.Day), isOpen, at, date.End);
            }
        }

        return null;
    }

    /// <summary>States a date as the period of an entity.</summary>
    public static void Add(Draft draft, PlainText text, Moment when)
    {
        draft.Add(FactKind.Period, when.IsOpen ? when.Edtf + "/.." : when.Edtf, text.Origin(when.Start, when.End - when.Start));
        if (when.IsOpen && !draft.Has(FactKind.Status))
        {
            draft.Add(FactKind.Status, "active", text.Origin(when.Start, when.End - when.Start));
        }
    }

    /// <summary>"X (2016-2020)": the years in the bracket behind a name, and where the bracket ends.</summary>
    public (string Edtf, int Start, int End)? BehindName(PlainText text, int nameEnd, int end) =>
        Names.Bracket(text, nameEnd, end) is var (open, close) && OnlyYears().IsMatch(text.Folded.AsSpan(open, close - open))
        && Periods.Parse(text.Folded[open..close], _phrases) is { } period ? (period.Edtf, open, close + 1) : null;

    /// <summary>The years in the bracket behind a name; returns where the bracket ends, or the name.</summary>
    public int ReadBehindName(Draft named, PlainText text, int nameEnd, int end)
    {
        if (BehindName(text, nameEnd, end) is not { } years)
        {
            return nameEnd;
        }

        if (!named.Has(FactKind.Period))
        {
            named.Add(FactKind.Period, years.Edtf, text.Origin(years.Start, years.End - 1 - years.Start));
        }

        return years.End;
    }

    /// <summary>The range of dates that fills a stretch between commas: "has led, from May 2021 to June 2023, the project".</summary>
    public (string Edtf, int Start, int End)? Filling(PlainText text, int start, int end)
    {
        foreach (var heading in (ReadOnlySpan<string>)["date.from", "date.range"])
        {
            foreach (var match in Prose.Matches(_phrases[heading], text, start, end))
            {
                if (IsGap(text.Folded.AsSpan(start, match.Index - start)) && Range(text.Folded, match.Index + match.Length, end) is { } range
                    && IsGap(text.Folded.AsSpan(range.End, end - range.End)))
                {
                    return (range.Edtf, match.Index, range.End);
                }
            }
        }

        return null;

        static bool IsGap(ReadOnlySpan<char> words) => words.Trim(" ,").IsEmpty;
    }

    /// <summary>The date with its year that follows a phrase, unless the sentence speaks of another thing.</summary>
    private (int Year, int? Month, int? Day, int End)? Whole(Draft draft, PlainText text, PhraseMatch match, int start, int end)
    {
        var sentence = Prose.SentenceStart(text, match.Index, start);
        return Date(text.Folded, match.Index + match.Length, end) is { Year: { } year } date
            && (date.End >= text.Folded.Length || text.Folded[date.End] is not ('/' or '-'))
            && !_phrases["beside"].Match(text, sentence, match.Index - sentence).Success
            && !IsAside(match.Index) && !new RelatedFinder(findings).IsOfAnother(draft, text, match.Index, start)
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
        // Small words begin ranges, and mostly other things.
        if (!folded.AsSpan(start, Math.Clamp(end - start, 0, 24)).ContainsAnyInRange('0', '9') || Date(folded, start, end) is not { } first)
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
        foreach (var names in _phrases.Under("month."))
        {
            if (names.Has(word))
            {
                return int.Parse(names.Heading.AsSpan("month.".Length), CultureInfo.InvariantCulture);
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

    [GeneratedRegex(@"^(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex OnlyYears();

    [GeneratedRegex(@"\b(?:en|in)\s((?:19|20)\d\d)(,\s(?:19|20)\d\d)*\s(?:et|and|&)\s((?:19|20)\d\d)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Years();

    [GeneratedRegex(@"\G\s*(?:en|in)\s((?:19|20)\d\d)(?:(,\s(?:19|20)\d\d)*\s(?:et|and|&)\s((?:19|20)\d\d))?,", RegexOptions.CultureInvariant)]
    private static partial Regex OpeningYear();

    [GeneratedRegex(@"\(((?:19|20)\d\d)(,\s(?:19|20)\d\d)*\s(?:et|and|&)\s((?:19|20)\d\d)\)[\s.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex TitleYears();
}
