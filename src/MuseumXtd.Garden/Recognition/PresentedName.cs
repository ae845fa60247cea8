using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>"Introduction to the project X", "Présentation de la plateforme X": a title that says what a talk or a page is about.</summary>
internal sealed class PresentedName(NoteFindings findings)
{
    private const int LongestName = 60;

    public void Recognise(Note note)
    {
        var phrases = findings.Lexicon.Phrases;
        if (findings.Main is not null || note.Heading is not { Text: { Links.Length: 0 } title } || phrases["title-presents"].Match(title, 0, Math.Min(48, title.Text.Length)) is not { Success: true } presents)
        {
            return;
        }

        var noun = Skip(title, presents.Index + presents.Length);
        if (findings.Lexicon.Concepts.At("kinds", title.Folded, noun) is not { } kind)
        {
            return;
        }

        var start = Skip(title, InstitutionName.AfterAdjectives(title.Text, noun + kind.Length));
        if (start >= title.Text.Length || !(char.IsUpper(title.Text[start]) || char.IsDigit(title.Text[start])))
        {
            return;
        }

        var end = start + (title.Text.AsSpan(start).IndexOfAny(":,(") is var sign and >= 0 ? sign : title.Text.Length - start);
        end = title.Text.IndexOf(" - ", start, end - start, StringComparison.Ordinal) is var dash and >= 0 ? dash : end;
        var words = title.Text[start..end].Trim(' ', '.', '"', '»', '\u00A0');
        var name = new NameSpan(start, words.Length, words, null, null);
        if (words.Length is < 2 or > LongestName || findings.Known(EntityType.Initiative, words) is not null || !Names.IsOrganisation(name, phrases, findings.Lexicon)
            || phrases.Has("institution", TextFolding.Fold(words.Split(' ')[0])))
        {
            return;
        }

        var draft = Names.DraftOf(findings, title, name, EntityType.Initiative);
        draft.Add(FactKind.AltName, title.Text[noun..name.End], title.Origin(noun, name.End - noun));
        draft.Add(FactKind.Kind, kind.Slug, title.Origin(noun, name.End - noun));
    }

    private static int Skip(PlainText text, int at)
    {
        while (at < text.Text.Length && text.Folded[at] is ' ' or '"' or '\u00A0')
        {
            at++;
        }

        return at;
    }
}
