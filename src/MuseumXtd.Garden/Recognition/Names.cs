using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>What a name in a text is the name of.</summary>
internal static partial class Names
{
    /// <summary>The entity of a type that a name means, known from before or new, with the acronym behind it and the address on it.</summary>
    public static Draft DraftOf(NoteFindings findings, PlainText text, NameSpan name, EntityType type)
    {
        name = AsKnown(findings, text, name, type);
        var origin = text.Origin(name.Start, name.Length);
        var acronym = Acronym().Match(text.Text, name.End, Math.Min(32, text.Text.Length - name.End));
        var inside = AcronymAtEnd().Match(name.Name);
        var shortName = acronym.Success && acronym.Index == name.End ? acronym.Groups[1].Value : inside.Success ? inside.Groups[2].Value : null;
        if (shortName is not null && (shortName.Length == 2 || shortName.Any(char.IsLower)) && findings.Lexicon.Places.Find(shortName) is not null)
        {
            // "Ecsite (BE)" says where it is, not how it is called.
            shortName = null;
        }

        var fullName = inside.Success ? inside.Groups[1].Value : name.Name;
        var draft = findings.Known(type, fullName) ?? (shortName is null ? null : findings.Known(type, shortName)) ?? ByInitials(findings, fullName, type) ?? findings.Add(new Draft
        {
            Type = type,
            Name = fullName,
            Origin = origin,
            Language = findings.Language,
            Link = name.Link?.Target,
        });
        if (name.Described is not null)
        {
            draft.Add(FactKind.AltName, name.Described.ReplaceLineEndings(" "), origin);
        }

        if (shortName is null && draft.Name != fullName && ByInitials(findings, fullName, type) == draft)
        {
            draft.Add(FactKind.AltName, fullName, origin);
        }

        if (shortName is not null && shortName != draft.Name)
        {
            draft.Add(FactKind.AltName, shortName, origin);
        }

        if (name.Link?.Url is { } url && WebAddress.Clean(url, out _) is { } address && !draft.Has(FactKind.Homepage))
        {
            draft.Add(FactKind.Homepage, address, text.OriginOf(name.Link));
        }

        return draft;
    }

    /// <summary>"Institut d'Ingénierie des Médias (MEI)" and "Media Engineering Institute" in one note: whose acronym the initials are.</summary>
    private static Draft? ByInitials(NoteFindings findings, string name, EntityType type)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (type != EntityType.Organisation || words.Length < 3 || !Array.TrueForAll(words, w => char.IsUpper(w[0])))
        {
            return null;
        }

        var initials = string.Concat(words.Select(w => w[0]));
        return findings.KnownAs(type, initials);
    }

    /// <summary>"Ars electronica", where the note has written "Ars Electronica": capitals do not show where the name ends, another mention does.</summary>
    private static NameSpan AsKnown(NoteFindings findings, PlainText text, NameSpan name, EntityType type)
    {
        if (name.Link is not null || findings.Known(type, name.Name) is not null)
        {
            return name;
        }

        var end = name.End + 1;
        while (end < text.Text.Length && char.IsLetter(text.Text[end]))
        {
            end++;
        }

        if (end <= name.End + 1 || text.Text[name.End] != ' ' || !char.IsLower(text.Text[name.End + 1]))
        {
            return name;
        }

        var longer = text.Folded[name.Start..end];
        for (var at = text.Folded.IndexOf(longer, StringComparison.Ordinal); at >= 0; at = text.Folded.IndexOf(longer, at + 1, StringComparison.Ordinal))
        {
            if (char.IsUpper(text.Text[at]) && char.IsUpper(text.Text[at + name.Length + 1]))
            {
                return name with { Length = longer.Length, Name = text.Text[name.Start..end], Described = null };
            }
        }

        return name;
    }

    /// <summary>The words in the bracket right behind a name, or null.</summary>
    public static (int Start, int End)? Bracket(PlainText text, int nameEnd, int end)
    {
        var open = nameEnd;
        while (open < end && text.Folded[open] is ' ' or '"')
        {
            open++;
        }

        return open < end && text.Text[open] == '(' && text.Text.IndexOf(')', open, end - open) is var close and > 0 ? (open + 1, close) : null;
    }

    /// <summary>
    /// Whether a name may be that of an organisation: not a person (a given name before a family name, a profile page), not a place, not a common
    /// noun such as "Cette plateforme".
    /// </summary>
    public static bool IsOrganisation(NameSpan name, Phrases phrases, GardenLexicon lexicon)
    {
        var words = name.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || name.Name.Length < 2 || lexicon.Places.Find(name.Name) is not null)
        {
            return false;
        }

        if (name.Link?.Url is { } url && ProfilePage().IsMatch(url))
        {
            return false;
        }

        var first = TextFolding.Fold(words[0]);
        if (phrases.Has("pronoun", first) || (phrases.Has("institution", first) && words.Length == 1) || ((words.Length == 1 || char.IsLower(words[0][0])) && lexicon.Concepts.Find("kinds", words[0]) is not null))
        {
            return false;
        }

        // "Jean-Marc", "Anne-Marie": the first part of a double name tells enough. "Naomi Korn Associates" is a body.
        var given = first.Split('-')[0];
        return phrases.Has("body-noun", TextFolding.Fold(words[^1])) || !(words.Length is >= 2 and <= 4 && name.Described is null && phrases.Has("given-name", given) && words[1..].All(w => char.IsUpper(w[0]) || w is "de" or "von" or "van"));
    }

    /// <summary>Whether a name is none of a person, a place or an institution.</summary>
    public static bool MayBeInitiative(NameSpan name, Phrases phrases, GardenLexicon lexicon) =>
        IsOrganisation(name, phrases, lexicon) && !name.Name.Split(' ').Any(w => phrases.Has("institution", TextFolding.Fold(w)));

    /// <summary>
    /// A whole range as one name, when all its words may stand in one: "0/1 - Hub numérique", "Québec numérique". Only for ranges whose end is
    /// known from what follows, since words in lower case do not show where a name ends.
    /// </summary>
    public static NameSpan? Whole(PlainText text, int start, int end)
    {
        while (end > start && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }

        while (start < end && (char.IsWhiteSpace(text.Text[start]) || text.Folded[start] == '"'))
        {
            start++;
        }

        start = Math.Max(start, start + LeadingArticle().LengthAt(text.Text, start, end));
        return start < end && end - start <= 80 && text.LinkAt(start) is null && WholeName().IsMatch(text.Text.AsSpan(start, end - start)) && !AndAnother().IsMatch(text.Folded.AsSpan(start, end - start))
            ? new NameSpan(start, end - start, text.Text[start..end].ReplaceLineEndings(" "), null, null) : null;
    }

    [GeneratedRegex(@"\s(?:et|and)\s(?:l'|(?:le|la|les|the)\s)", RegexOptions.CultureInvariant)]
    private static partial Regex AndAnother();

    [GeneratedRegex(@"\G(?:[Ll]['’]|(?:[Ll]es?|[Ll]a|[Tt]he)\s)", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingArticle();

    [GeneratedRegex(@"^(?:\p{Lu}|\d)[\p{L}\p{N}'’./&+_·-]*(?:\s(?:[-–&]\s)?(?:(?:\p{Lu}|\d)[\p{L}\p{N}'’./&+_·-]*|(?:of|for|the|de|du|des|la|et|and)(?=(?:\s(?:of|the|de|la|les))?\s[^\s]*\p{Lu})|\p{Ll}+(?:elle?s?|ales?|aux|iques?|aires?|aises?|oises?|iennes?|ives?)))*$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeName();

    [GeneratedRegex(@"\G(?:\s(?:de\sla|du|de\sl['’]|of\sthe)\s?[A-Z][A-Z-]{2,})?\s?\(([A-Z][A-Za-z&.-]{1,9})\)", RegexOptions.CultureInvariant)]
    private static partial Regex Acronym();

    [GeneratedRegex(@"^(.{6,})\s\(([A-Z][A-Za-z&.-]{1,9})\)$", RegexOptions.CultureInvariant)]
    private static partial Regex AcronymAtEnd();

    [GeneratedRegex(@"linkedin\.com/in/|twitter\.com/|/author/|/profile?/|/auteur/|academia\.edu|orcid\.org", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ProfilePage();
}
