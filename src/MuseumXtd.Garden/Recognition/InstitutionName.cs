using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Names of institutions that hold words in lower case: "Office fédéral de la culture", "musée d'art religieux de Sées", "Fondation suisse pour
/// la culture Pro Helvetia". A noun of the phrase files begins such a name; adjectives and complements follow it.
/// </summary>
internal static partial class InstitutionName
{
    /// <summary>
    /// The name that begins at a position, or null when none of this form begins there. "Fondation suisse pour la culture Pro Helvetia": a proper
    /// name behind words in lower case is the name, the whole describes it.
    /// </summary>
    public static NameSpan? Read(string text, int start, int end, Phrases phrases)
    {
        var noun = Word().LengthAt(text, start, end);
        if (noun < 0 || !phrases.Has("institution", TextFolding.Fold(text.Substring(start, noun))))
        {
            return null;
        }

        var isTwo = false;

        // "association Québec numérique": a noun that describes the name behind it is no part of it.
        var at = start + noun;
        if (Word().LengthAt(text, Math.Min(at + 1, end), end) is var word and > 0 && text[at] == ' ' && char.IsLower(text[at + 1])
            && phrases.Has("institution", TextFolding.Fold(text.Substring(at + 1, word))))
        {
            // "Haute école des arts de X"
            at += 1 + word;
            isTwo = true;
        }

        if (char.IsLower(text[start]) && Follows(Capital(), text, at, end) is not null)
        {
            return null;
        }

        var extended = false;
        var isProper = false;
        int? proper = null;
        while (true)
        {
            if (Follows(Adjective(), text, at, end) is { } adjective)
            {
                if (IsVerb(text, at + 1, adjective, end, phrases))
                {
                    break;
                }


                at = adjective;
                extended = true;
                proper = null;
            }
            else if (extended && Parent().LengthAt(text, at, end) >= 0 && text.AsSpan(start, at - start).ContainsAnyInRange('A', 'Z'))
            {
                // "Institut d'Ingénierie des Médias de la HEIG-VD": to whom it belongs is no part of its name.
                break;
            }
            else if (Complement().Match(text, at, end - at) is { Success: true } complement && complement.Index == at && !(isProper && IsPurpose(complement.ValueSpan))
                && !(complement.Value.StartsWith(" et ", StringComparison.Ordinal) && phrases.Has("institution", TextFolding.Fold(complement.Groups["word"].Value))))
            {
                // "Conseil des arts du Canada et de la Ville de X": the second noun begins another name.
                at += complement.Groups["second"] is { Success: true } second && phrases.Has("institution", TextFolding.Fold(second.Value))
                    ? complement.Groups["and"].Index - at : complement.Length;
                extended = true;
                proper = null;
            }
            else if (Follows(Capital(), text, at, end) is { } capital)
            {
                proper ??= extended && char.IsLower(text[text.LastIndexOf(' ', at - 1) + 1]) ? at + 1 : null;
                at = capital;
                isProper = true;
            }
            else
            {
                break;
            }
        }

        // "musée de demain" is no name; one with a capital in it is.
        if (!(extended || (isTwo && isProper)) || !text.AsSpan(start, at - start).ContainsAnyInRange('A', 'Z'))
        {
            return null;
        }

        var whole = text[start..at].ReplaceLineEndings(" ").Trim();
        return proper is { } from
            ? new NameSpan(from, at - from, text[from..at].ReplaceLineEndings(" ").Trim(), whole, null)
            : new NameSpan(start, at - start, whole, null, null);
    }

    /// <summary>"donne", "explique": verbs that end as adjectives do; so is what stands before an object, "détaille les étapes".</summary>
    private static bool IsVerb(string text, int start, int wordEnd, int end, Phrases phrases) =>
        phrases["verb"].Has(TextFolding.Fold(text[start..wordEnd])) || (text[wordEnd - 1] is not ('s' or 'x') && Object().LengthAt(text, wordEnd, end) > 0);

    /// <summary>Where the adjective ends that stands behind a space; null when none does.</summary>
    public static int? AdjectiveEnd(string text, int space, int end) => Follows(Adjective(), text, space, end);

    /// <summary>Where at most two adjectives end that stand behind a noun: "the British project X", "le projet muséal X".</summary>
    public static int AfterAdjectives(string text, int at)
    {
        for (var words = 0; words < 2 && AdjectiveEnd(text, at, text.Length) is { } end && end < text.Length && char.IsWhiteSpace(text[end]); words++)
        {
            at = end;
        }

        return at;
    }

    /// <summary>The institution that a position says to own what stands before: "... of the museum Y".</summary>
    public static NameSpan? OwnerAt(PlainText text, int at, Phrases phrases)
    {
        foreach (var of in (ReadOnlySpan<string>)[" du ", " de la ", " de l'", " des ", " of the ", " of "])
        {
            if (string.CompareOrdinal(text.Folded, at, of, 0, of.Length) == 0 && Read(text.Text, at + of.Length, text.Text.Length, phrases) is { } owner)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>"Haute école Arc pour la partie technique": behind a proper name, what for is said of something else.</summary>
    private static bool IsPurpose(ReadOnlySpan<char> complement) => complement.StartsWith(" pour ") || complement.StartsWith(" sur ");

    private static int? Follows(Regex word, string text, int at, int end) => word.LengthAt(text, at, end) is var length and >= 0 ? at + length : null;

    [GeneratedRegex(@"\G\p{L}[\p{L}-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\G\s(?!(?:afin|ainsi|dans|demain|enfin|jamais|mais|mois|moins|sans|trois)(?!\p{L}))(?:suisses?|belges?|communs?|communes|basques?|wallons?|bretons?|public|publics|appliquée?s?|autonomes?|\p{Ll}+(?:els?|elles?|als?|ales?|aux|iques?|istes?|aires?|ains?|aines?|ans|anes|ois|oises?|ais|aises?|iens?|iennes?|éens?|éennes?|ifs?|ives?|publique?s?|eux|euses?|iers?|ières?|imes?|ins?|ines?|onnes?))(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Adjective();

    [GeneratedRegex(@"\G\s(?:une?|les?|la|l['’]|ces?|cette|son|sa|ses|leurs?|comment|pourquoi|qu['’e])(?!\p{L}{2})", RegexOptions.CultureInvariant)]
    private static partial Regex Object();

    [GeneratedRegex(@"\G\s(?:(?:et\s)?(?:des\s|du\s|de\sla\s|de\sl['’]\s?|d['’]\s?)|de\s|(?:pour|sur)\s(?:(?:la|le|les)\s|l['’]\s?))(?<word>\p{L}[\p{L}-]*)(?<and>(?:\s(?:et|&)\s|,\s)(?:d['’]\s?|de\s(?:la\s)?|des\s)?(?<second>\p{Lu}[\p{L}-]*)(?=\s(?:de|du|des|d['’])\b))?(?:\set\s(?:sa\s)?r[ée]gion(?!\p{L}))?", RegexOptions.CultureInvariant)]
    private static partial Regex Complement();

    [GeneratedRegex(@"\G\s(?:de\sla|du|de\sl['’])\s?[A-Z][A-Z-]{2,}(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Parent();

    [GeneratedRegex(@"\G\s\p{Lu}[\p{L}\p{N}'’.-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();
}
