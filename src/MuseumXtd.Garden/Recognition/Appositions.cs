using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>"X, a participatory platform developed by Y": a name with what it is behind it, and who made it.</summary>
internal sealed class Appositions(NoteFindings findings, FactFinder facts)
{
    public void Recognise(PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        for (var comma = text.Text.IndexOf(", ", StringComparison.Ordinal); comma >= 0; comma = text.Text.IndexOf(", ", comma + 2, StringComparison.Ordinal))
        {
            if (KindPhrase.Noun(text, comma + 2) is not (> 0 and var noun) || KindPhrase.Read(text, noun, findings.Lexicon) is not { } kind
                || !phrases.Under("role.").Any(r => r.Match(text, kind.End, Math.Max(0, KindPhrase.ClauseEnd(text, kind.End) - kind.End)) is { Success: true } made && IsNear(text, kind.End, made.Index))
                || NameBefore(text, comma) is not { } name || findings.Known(EntityType.Initiative, name.Name) is not null || Subjects.NamesMain(findings, name.Name)
                || findings.Known(EntityType.Organisation, name.Name) is not null || !Names.MayBeInitiative(name, phrases, findings.Lexicon) || findings.IsFull(text, comma))
            {
                continue;
            }

            var draft = Names.DraftOf(findings, text, name, EntityType.Initiative);
            draft.Add(FactKind.Kind, kind.Slug, text.Origin(name.Start, kind.End - name.Start));
            facts.Find(draft, text, noun, Prose.SentenceEnd(text, noun, text.Text.Length), false);
        }
    }

    /// <summary>The words with capitals that end at a position, where nothing marks them.</summary>
    private static NameSpan? NameBefore(PlainText text, int end)
    {
        if (text.LinkAt(end - 1) is not null || Array.Exists(text.Emphases, e => e.End == end))
        {
            return null;
        }

        var start = end;
        for (var at = end; at > 0 && end - at < 60;)
        {
            var word = at;
            while (word > 0 && (char.IsLetterOrDigit(text.Text[word - 1]) || text.Text[word - 1] is '-' or '\'' or '’'))
            {
                word--;
            }

            if (word == at || !char.IsUpper(text.Text[word]))
            {
                break;
            }

            start = word;
            at = word > 0 && text.Text[word - 1] == ' ' ? word - 1 : 0;
        }

        // A sentence begins with a capital whatever the word; one word alone may be anybody.
        return start < end && start > 1 && text.Text[start - 1] == ' ' && char.IsLower(text.Text[start - 2]) && text.Text.AsSpan(start, end - start).Contains(' ')
            ? new NameSpan(start, end - start, text.Text[start..end], null, null) : null;
    }

    /// <summary>At most an adjective or two in between: "plateforme participative développée par".</summary>
    private static bool IsNear(PlainText text, int start, int end)
    {
        var between = text.Folded[start..end];
        return between.All(c => char.IsLetter(c) || c == ' ') && between.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= 2;
    }
}
