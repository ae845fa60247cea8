using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Persons in prose, known by a given name before a family name.</summary>
internal static partial class PersonFinder
{
    /// <summary>
    /// Whether a text begins with a sentence in which a person tells something: "Anna Blum explains ...", "In this text, Anna Blum ...". What persons
    /// write under their own name are articles and talks, not initiatives.
    /// </summary>
    public static bool Speaks(PlainText text, GardenLexicon lexicon)
    {
        var phrases = lexicon.Phrases;
        var end = Prose.SentenceEnd(text, 0, text.Text.Length);
        foreach (var match in Prose.Matches(phrases["kind.demonstrative"], text, 0, end))
        {
            // "Anna Blum offers this guide": it is the guide that counts.
            if (lexicon.Concepts.At("kinds", text.Folded, match.Index + match.Length + 1) is not null)
            {
                return false;
            }
        }

        foreach (Match name in FullName().Matches(text.Text[..end]))
        {
            var given = TextFolding.Fold(name.Groups["given"].Value);
            var before = text.Folded[..name.Index].TrimEnd();
            while (before.Length > 1 && before[^1] == '.' && char.IsLetter(before[^2]) && (before.Length == 2 || before[^3] is ' ' or '.'))
            {
                before = before[..^2].TrimEnd();
            }

            var word = before[(before.LastIndexOf(' ') + 1)..];
            if ((phrases.Has("given-name", given) || phrases.Has("given-name", given.Split('-')[0]))
                && !phrases.Has("institution", word) && word is not ("de" or "d'" or "par" or "of" or "by" or "avec" or "with") && !before.EndsWith('"'))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"(?<![\p{L}'’-])(?<given>\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)\s(?:(?:de|von|van|di|du)\s)?\p{Lu}[\p{L}.'’-]+", RegexOptions.CultureInvariant)]
    private static partial Regex FullName();
}
