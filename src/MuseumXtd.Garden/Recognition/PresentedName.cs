using System.Text.RegularExpressions;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// "Introduction to the project X", "Présentation de la plateforme X", "Projet X - Présentation du cas d'étude": a title that says what a talk or a page is about.
/// </summary>
internal sealed partial class PresentedName(NoteFindings findings)
{
    private const int LongestName = 60;

    /// <summary>The name that a title presents, the noun for what it is, and where that begins.</summary>
    public readonly record struct Presented(NameSpan Name, string Kind, int Start);

    public void Recognise(Note note)
    {
        if (findings.Main is not null || note.Heading is not { Text: { Links.Length: 0 } title } || In(title, 0, title.Text.Length) is not var (name, kind, noun)
            || findings.Known(EntityType.Initiative, name.Name) is not null)
        {
            return;
        }

        var draft = Names.DraftOf(findings, title, name, EntityType.Initiative);
        draft.Add(FactKind.AltName, title.Text[noun..name.End], title.Origin(noun, name.End - noun));
        draft.Add(FactKind.Kind, kind, title.Origin(noun, name.End - noun));
    }

    /// <summary>What a stretch that is a title presents.</summary>
    public Presented? In(PlainText text, int start, int end)
    {
        var phrases = findings.Lexicon.Phrases;
        if (phrases["title-presents"].Match(text, start, Math.Min(48, end - start)) is { Success: true } presents && At(text, Skip(text, presents.End, end), end) is { } behind)
        {
            return behind;
        }

        // "Projet X. Présentation ...": what the title itself is stands behind a sign.
        return At(text, start, end) is { } named && Sign().LengthAt(text.Text, named.Name.End, end) is var sign and > 0
            && phrases["talk"].Match(text, named.Name.End + sign, Math.Min(32, end - named.Name.End - sign)) is { Success: true } talk && talk.Index == named.Name.End + sign ? named : null;
    }

    /// <summary>A noun for a kind with a name behind it, up to a sign.</summary>
    private Presented? At(PlainText text, int noun, int end)
    {
        if (findings.Lexicon.Concepts.At("kinds", text.Folded, noun) is not { } kind)
        {
            return null;
        }

        var start = Skip(text, InstitutionName.AfterAdjectives(text.Text, noun + kind.Length), end);
        if (start >= end || !(char.IsUpper(text.Text[start]) || char.IsDigit(text.Text[start])))
        {
            return null;
        }

        var words = text.Text[start..end];
        words = words[..(NameEnd().Match(words) is { Success: true } sign ? sign.Index : words.Length)].Trim(' ', '.', '"', '»', '\u00A0');
        var name = new NameSpan(start, words.Length, words, null, null);
        return words.Length is < 2 or > LongestName || !Names.IsOrganisation(name, findings.Lexicon.Phrases, findings.Lexicon)
            || findings.Lexicon.Phrases.Has("institution", TextFolding.Fold(words.Split(' ')[0])) ? null : new Presented(name, kind.Slug, noun);
    }

    private static int Skip(PlainText text, int at, int end)
    {
        while (at < end && text.Folded[at] is ' ' or '"' or '\u00A0')
        {
            at++;
        }

        return at;
    }

    [GeneratedRegex(@"[:,(]|\s[-–—]\s|(?<=\p{L}{3})\.\s", RegexOptions.CultureInvariant)]
    private static partial Regex NameEnd();

    [GeneratedRegex(@"\G(?:\s[-–—]|[:.])\s", RegexOptions.CultureInvariant)]
    private static partial Regex Sign();
}
