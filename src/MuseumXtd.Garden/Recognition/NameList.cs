using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>A name in a text: the plain range, the name without its describing noun, and the link on it.</summary>
internal readonly record struct NameSpan(int Start, int Length, string Name, string? Described, LinkSpan? Link)
{
    public int End => Start + Length;
}

/// <summary>
/// Reads names after a phrase such as "led by": links, or runs of words that begin with capitals, separated by commas and conjunctions.
/// </summary>
internal static partial class NameList
{
    private static readonly string[] Separators = [", et ", ", and ", ", ainsi que de celui ", ", ainsi que de ceux ", ", ainsi que ", " et ", " and ", " ainsi que ", ", ", " / "];
    private static readonly string[] Connectors = ["de", "du", "des", "of", "the", "for", "la", "le", "les", "l'", "d'", "&", "et", "and", "en", "à", "in", "au", "aux", "pour", "für", "der", "die", "und", "zur", "dei", "delle", "della", "del", "di", "van", "voor", "het"];
    private static readonly int LongestConnector = Connectors.Max(c => c.Length);

    /// <summary>Whether a word that may stand inside a name follows: the name may be longer than its capitals show.</summary>
    public static bool MayGoOn(PlainText text, NameSpan name)
    {
        var word = name.End + 1 < text.Text.Length && text.Text[name.End] == ' ' ? Word().Match(text.Text, name.End + 1) : Match.Empty;
        return word.Success && name.Link is null && !Array.Exists(text.Emphases, e => e.Start == name.Start) && Connectors.Contains(word.Value, StringComparer.Ordinal)
            && word.Value is not ("et" or "and" or "&");
    }

    public static List<NameSpan> Read(PlainText text, int start, int end, Phrases phrases)
    {
        var names = new List<NameSpan>();
        var at = start;
        while (true)
        {
            at = SkipPlural(text, SkipArticles(text, at, end), end, phrases);
            if (ReadOne(text, at, end, phrases) is not { } name)
            {
                return names;
            }

            name = Joined(text, name, end, phrases);
            names.Add(name);
            at = SkipBracket(text.Folded, name.End, end);
            if ((name.Link is not null ? Parent() : ParentInCapitals()).LengthAt(text.Text, at, end) is var parent and > 0)
            {
                // "the [MEI](...) of the HEIG-VD and X": to whom a linked one belongs.
                at += parent;
            }

            var separator = Array.Find(Separators, s => at + s.Length < end && text.Folded.AsSpan(at, s.Length).SequenceEqual(s));
            if (separator is null)
            {
                return names;
            }

            at += separator.Length;
        }
    }

    /// <summary>"the Arts and Humanities Research Council": one word behind the only article, whose noun stands at the end.</summary>
    private static NameSpan Joined(PlainText text, NameSpan name, int end, Phrases phrases)
    {
        if (name.Link is not null || name.Name.Contains(' ', StringComparison.Ordinal) || !IsBehindArticle(text.Folded, name.Start)
            || string.CompareOrdinal(text.Folded, name.End, " and ", 0, 5) != 0 || ReadOne(text, name.End + 5, end, phrases) is not { Link: null } rest || rest.Start != name.End + 5)
        {
            return name;
        }

        var last = rest.Name.LastIndexOf(' ') + 1;
        return last > 0 && phrases.Has("body-noun", TextFolding.Fold(rest.Name[last..]))
            ? name with { Length = rest.End - name.Start, Name = text.Text[name.Start..rest.End].ReplaceLineEndings(" ") } : name;
    }

    private static bool IsBehindArticle(string folded, int at) => folded.AsSpan(0, at) is var before && (before.EndsWith("the ") || before.EndsWith(" le ") || before.EndsWith(" l'"));

    /// <summary>The first name after a phrase, past at most eight words of description: "the research programme 'Horizon 2020'".</summary>
    public static NameSpan? ReadFirst(PlainText text, int start, int end, Phrases phrases)
    {
        var at = start;
        for (var words = 0; words < 8 && at < end; words++)
        {
            at = SkipArticles(text, at, end);
            if (ReadOne(text, at, end, phrases) is { } name)
            {
                return name;
            }

            while (at < end && !char.IsWhiteSpace(text.Text[at]))
            {
                if (text.Text[at] is ',' or '.' or ';' or '(')
                {
                    return null;
                }

                at++;
            }
        }

        return null;
    }

    /// <summary>"X (AT), Y (BE)": a short bracket between two names.</summary>
    private static int SkipBracket(string folded, int at, int end)
    {
        var bracket = Bracket().LengthAt(folded, at, Math.Min(end, at + 48));
        return Math.Max(at, at + bracket);
    }

    /// <summary>"the agencies X and Y": a noun that describes several names.</summary>
    private static int SkipPlural(PlainText text, int at, int end, Phrases phrases)
    {
        var noun = phrases["agent.descriptors"].Match(text, at, Math.Clamp(end - at, 0, 24));
        return noun.Success && noun.Index == at && at < text.Text.Length && char.IsLower(text.Text[at]) ? SkipSpaces(text.Text, at + noun.Length, end) : at;
    }

    private static int SkipArticles(PlainText text, int at, int end)
    {
        var folded = text.Folded;
        while (true)
        {
            // "{X] (...)": links that a slip of the author has broken.
            while (at < end && folded[at] is ' ' or '"' or '{')
            {
                at++;
            }

            // "*Le Cabinet*": the article of a marked name belongs to it.
            var article = Article().LengthAt(folded, at, end);
            if (article < 0 || Array.Exists(text.Emphases, e => e.Start == at) || (at > 0 && folded[at - 1] is '"' or ' ' && QuotedName(folded, at, end) is not null))
            {
                return at;
            }

            at += article;
        }
    }

    private static NameSpan? ReadOne(PlainText text, int start, int end, Phrases phrases)
    {
        if (text.LinkAt(start) is { } link && link.Start == start)
        {
            return new NameSpan(start, link.Length, Trimmed(text.Text.Substring(start, link.Length)), null, link);
        }

        // A quoted name ends where its quotation does.
        if (start > 0 && text.Folded[start - 1] is '"' or ' ' && QuotedName(text.Folded, start, end) is { } closing)
        {
            return new NameSpan(start, closing - start, Trimmed(text.Text[start..closing]), null, null);
        }

        // So does an emphasised one.
        foreach (var (open, close) in text.Emphases)
        {
            if (open == start && close - open is > 2 and <= 80 && close <= end && text.Text.AsSpan(open, close - open).ContainsAnyInRange('A', 'Z'))
            {
                return new NameSpan(open, close - open, Trimmed(text.Text[open..close]), null, null);
            }
        }

        if (InstitutionName.Read(text.Text, start, end, phrases) is { } institution && text.LinkAt(institution.End - 1) is null)
        {
            return institution;
        }

        // A describing noun in lower case before the name: "association Québec numérique".
        var nameStart = start;
        var descriptor = phrases["agent.descriptor"].Match(text, start, Math.Clamp(end - start, 0, 40));
        var described = descriptor.Success && descriptor.Index == start && char.IsLower(text.Text[start]);
        if (described)
        {
            // "association La Marmite": an article with a capital belongs to the name.
            nameStart = SkipSpaces(text.Text, start + descriptor.Length, end);
            nameStart = nameStart < end && char.IsUpper(text.Text[nameStart]) ? nameStart : SkipArticles(text, nameStart, end);
            var adjective = Word().LengthAt(text.Text, nameStart, end);
            if (adjective > 0 && char.IsLower(text.Text[nameStart]) && text.LinkAt(nameStart) is null)
            {
                // "the public agency La Tangente"
                nameStart = SkipSpaces(text.Text, nameStart + adjective, end);
            }

            if (text.LinkAt(nameStart) is { } linked && linked.Start == nameStart)
            {
                return new NameSpan(nameStart, linked.Length, Trimmed(text.Text.Substring(nameStart, linked.Length)), text.Text[start..linked.End], linked);
            }
        }

        if (!described && DescribedBehindPlace(text, nameStart, end, phrases) is { } noun && ReadOne(text, noun, end, phrases) is { Described: not null } placed)
        {
            return placed;
        }

        var last = -1;
        var at = nameStart;
        var isJoined = false;
        while (at < end)
        {
            var length = Word().LengthAt(text.Text, at, end);
            if (length < 0)
            {
                break;
            }

            var value = text.Text.AsSpan(at, length);
            if (IsNameWord(value) || (last >= 0 && Number().IsMatch(value)))
            {
                last = at + length;
            }
            else if (last < 0)
            {
                return null;
            }
            else if (Adjective().IsMatch(value) && NameWordFollows(text.Text, at + length, end, ""))
            {
                // "Pour-cent culturel Migros": an adjective inside a name.
            }
            else if (value is "et" or "and" && phrases.Has("institution", text.Folded[nameStart..last]) && NextIsName(text.Text, at + length, end))
            {
                // "Musées et Société en Wallonie": one common noun names nobody.
                isJoined = true;
            }
            else if (isJoined && value is "en" or "in" && NextIsName(text.Text, at + length, end))
            {
            }
            else if (value is "et" or "and" && Complement().LengthAt(text.Text, at, end) is var complement and > 0
                && Complement().IsMatch("et " + text.Text[nameStart..last])
                && !phrases.Has("institution", text.Folded[(text.Folded.LastIndexOfAny([' ', '\''], at + complement - 1) + 1)..(at + complement)]))
            {
                // "Ministère de la Culture et des Communications": a second complement, not a second agent.
                last = at + complement;
                at = last;
                continue;
            }
            else if (!IsConnectorInAnyCase(value) || !NameWordFollows(text.Text, at + length, end, value))
            {
                // "Québec numérique,": one adjective that ends the clause belongs to a name with a describing noun.
                var stop = at + length;
                var endsClause = stop >= end || text.Text[stop] is ',' or '.' or ';' or ':' or '\n';
                if (described && char.IsLower(value[0]) && endsClause)
                {
                    last = stop;
                }
                else if (value is "en" && string.CompareOrdinal(text.Text, stop, " Ligne", 0, 6) == 0)
                {
                    // "Culture en Ligne"
                    last = stop + 6;
                }
                else if (value is "dei" or "delle" or "della" or "del" or "degli")
                {
                    // "Scuola dei beni culturali": in Italian the rest of the clause belongs to the name.
                    last = LowerCaseEnd(text, at, end, phrases);
                }
                else if (value is "international" or "internationale" or "national" or "nationale" && IsAcronym(text.Text.AsSpan(nameStart, last - nameStart))
                    && (endsClause || Array.Exists(Separators, s => string.CompareOrdinal(text.Folded, stop, s, 0, s.Length) == 0)))
                {
                    // "ICOM international and X"
                    last = stop;
                }

                break;
            }

            at += length;
            if (value[^1] == '.' && (value.Length > 3 || char.IsDigit(value[0])))
            {
                // A full stop after more than an initial ends the sentence.
                break;
            }

            while (at < end && text.Text[at] is ' ' or '\u00A0')
            {
                at++;
            }

            if (text.LinkAt(at) is { } next && next.Start == at)
            {
                break;
            }

            if (at + 2 < end && text.Text[at] is '–' or '-' && text.Text[at + 1] is ' ' or '\u00A0' && last >= 0 && IsAcronym(text.Text.AsSpan(nameStart, last - nameStart)) && NextIsName(text.Text, at + 1, end))
            {
                // "HEAD – Genève"
                at = SkipSpaces(text.Text, at + 1, end);
            }
        }

        if (last < 0)
        {
            return null;
        }

        while (last > nameStart && text.Text[last - 1] is '.' or ',' or '\'' or '’')
        {
            last--;
        }

        // A describing noun or a person's title alone names nobody.
        var name = Trimmed(text.Text[nameStart..last]);
        if (described && NameEnd.Whole(text, new NameSpan(nameStart, last - nameStart, name, null, null), end, phrases) is { } whole)
        {
            (name, last) = (whole.Name, whole.End);
        }

        return name.Length < 2 || phrases.Has("agent.descriptor", TextFolding.Fold(name)) || phrases.Has("person-title", TextFolding.Fold(name)) ? null : new NameSpan(nameStart, last - nameStart, name, described ? text.Text[start..last] : null, null);
    }

    /// <summary>"the Bristol studio Foam": where the noun begins that describes a name behind a word with a capital.</summary>
    private static int? DescribedBehindPlace(PlainText text, int start, int end, Phrases phrases)
    {
        var word = char.IsUpper(text.Text[Math.Min(start, text.Text.Length - 1)]) ? Word().LengthAt(text.Text, start, end) : 0;
        var noun = start + word + 1;
        return word > 0 && noun < end && text.Text[noun - 1] == ' ' && char.IsLower(text.Text[noun]) && phrases["agent.descriptor"].Match(text, noun, Math.Min(24, end - noun)) is { Success: true } found
            && found.Index == noun && noun + found.Length + 1 < end && char.IsUpper(text.Text[noun + found.Length + 1]) ? noun : null;
    }

    /// <summary>Where the words end that go on in lower case, up to one with which something else begins.</summary>
    private static int LowerCaseEnd(PlainText text, int at, int end, Phrases phrases)
    {
        var last = at;
        while (Word().LengthAt(text.Text, at, end) is var length and > 0 && char.IsLower(text.Text[at]) && !phrases["noun-end"].Has(text.Folded.AsSpan(at, length)))
        {
            last = at + length;
            at = SkipSpaces(text.Text, last, end);
        }

        return last;
    }

    private static int? QuotedName(string folded, int start, int end)
    {
        var open = start - 1;
        while (open > 0 && folded[open] == ' ')
        {
            open--;
        }

        if (open < 0 || folded[open] != '"' || start >= end)
        {
            return null;
        }

        var length = folded.AsSpan(start, Math.Min(end - start, 80)).IndexOf('"');
        if (length < 2)
        {
            return null;
        }

        var closing = start + length;
        while (closing > start && folded[closing - 1] == ' ')
        {
            closing--;
        }

        return closing;
    }

    private static int SkipSpaces(string text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\u00A0')
        {
            at++;
        }

        return at;
    }

    private static bool NextIsName(string text, int at, int end) =>
        SkipSpaces(text, at, end) is var next && Word().LengthAt(text, next, end) is var length and > 0 && IsNameWord(text.AsSpan(next, length));

    private static bool NameWordFollows(string text, int at, int end, ReadOnlySpan<char> connector)
    {
        // "et" and "and" separate names; only an ampersand joins them.
        if (connector is "et" or "and" or "pour" or "en" or "à" or "in")
        {
            return false;
        }

        while (at < end && text[at] is ' ' or '\u00A0')
        {
            at++;
        }

        var length = Word().LengthAt(text, at, end);
        if (length < 0)
        {
            return false;
        }

        var word = text.AsSpan(at, length);
        return IsNameWord(word) || (IsConnector(word) && NameWordFollows(text, at + length, end, word));
    }

    private static bool IsNameWord(ReadOnlySpan<char> word) =>
        char.IsUpper(word[0]) || Domain().IsMatch(word)
        || (char.IsDigit(word[0]) && word.Length > 1 && !Number().IsMatch(word)) || (word.Length > 2 && HasUpper(word[1..]));

    private static bool HasUpper(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsUpper(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConnector(ReadOnlySpan<char> word)
    {
        foreach (var connector in Connectors)
        {
            if (word.SequenceEqual(connector))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConnectorInAnyCase(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestConnector)
        {
            return false;
        }

        Span<char> lower = stackalloc char[LongestConnector];
        return IsConnector(lower[..word.ToLowerInvariant(lower)]);
    }

    private static bool IsAcronym(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsUpper(c))
            {
                return false;
            }
        }

        return name.Length > 1;
    }

    private static string Trimmed(string name) => name.ReplaceLineEndings(" ").Trim().TrimEnd('.', ',', ';', ':').Trim();

    [GeneratedRegex(@"\G\s(?:de la\s|du\s|de l['’]|of the\s)(?:\p{Ll}+\s)?\p{Lu}[\p{L}\p{N}-]+(?=[\s,.])", RegexOptions.CultureInvariant)]
    private static partial Regex Parent();

    [GeneratedRegex(@"\G\s(?:de la|du|de l['’]|of the)\s?[A-Z][A-Z-]{2,}(?:\s\([A-Z][A-Za-z&.-]{1,9}\))?(?=[\s,.])", RegexOptions.CultureInvariant)]
    private static partial Regex ParentInCapitals();

    [GeneratedRegex(@"\G(?:l'|d'|(?:le|la|les|du|des|de|the|par|by)\s+)", RegexOptions.CultureInvariant)]
    private static partial Regex Article();

    [GeneratedRegex(@"\G(?:(?:[dlDL]['’](?=\p{L}))|&|[\p{L}\p{N}][\p{L}\p{N}'’\-./·+@_!]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\p{Ll}+(?:el|elle|al|ale|ique|aire|ain|aine|ois|oise|ais|aise|ien|ienne|if|ive)$", RegexOptions.CultureInvariant)]
    private static partial Regex Adjective();

    [GeneratedRegex(@"\G(?:et|and)\s(?:.{0,80}?\s)?(?:des|du|de\sla|de\sl['’])\s?\p{Lu}[\p{L}-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Complement();

    [GeneratedRegex(@"^[\p{L}\p{N}-]{3,}\.(?:ch|org|com|net|eu|fr|be|ca|uk|de|io)\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();

    [GeneratedRegex(@"\G\s?\([^()]{2,40}\)(?=,\s|\s(?:et|and)\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Bracket();

    [GeneratedRegex(@"^\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
