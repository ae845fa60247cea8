using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>A thing that the title of a note names and its prose then calls "the project": "Adieu à X" with "X a prêté ... Lancé en 2014 par Y, le projet s'est arrêté".</summary>
internal sealed class TitledThing(NoteFindings findings, FactFinder facts)
{
    private readonly Continuation _continuation = new(findings.Lexicon);

    public void Recognise(Note note)
    {
        if (findings.Main is not null || note.Heading is not { Text: { Links.Length: 0 } title })
        {
            return;
        }

        var phrases = findings.Lexicon.Phrases;
        foreach (var block in note.Blocks)
        {
            if (!ProseRecogniser.IsProse(block, phrases) || phrases["boilerplate"].IsMatch(block.Text) || Thing(block.Text) is not var (sentence, kind) || TitleName(block.Text, title, sentence) is not { } name
                || Subjects.IsKnown(findings, name.Name) || !MayBeInitiative(name))
            {
                continue;
            }

            var drafts = findings.Drafts.Count;
            var draft = Names.DraftOf(findings, block.Text, name, EntityType.Initiative);
            draft.Add(FactKind.Kind, kind.Slug, block.Text.Origin(kind.Start, kind.Length));
            facts.Find(draft, block.Text, sentence, _continuation.End(block.Text, Prose.SentenceEnd(block.Text, kind.Start, block.Text.Text.Length)), false);
            if (!draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme))
            {
                findings.Forget(drafts);
            }

            return;
        }
    }

    private bool MayBeInitiative(NameSpan name) => Names.IsOrganisation(name, findings.Lexicon.Phrases, findings.Lexicon) && findings.Known(EntityType.Organisation, name.Name) is null
        && !findings.Lexicon.Phrases.Has("institution", TextFolding.Fold(name.Name.Split(' ')[0])) && !findings.Lexicon.Phrases.Has("body-noun", TextFolding.Fold(name.Name.Split(' ')[^1]));

    /// <summary>The first "the project" without a name that is the subject of a sentence behind the first, and where that sentence begins.</summary>
    private (int Sentence, (string Slug, int Start, int Length) Kind)? Thing(PlainText text)
    {
        foreach (var article in Prose.Matches(findings.Lexicon.Phrases["kind.definite"], text, 0, text.Text.Length))
        {
            var noun = article.Index + article.Length + 1;
            var sentence = Prose.SentenceStart(text, article.Index, 0);
            if (sentence > 0 && noun < text.Text.Length && findings.Lexicon.Concepts.At("kinds", text.Folded, noun) is { Slug: "project" or "programme" or "platform" or "network" or "app" or "portal" or "fund" } kind
                && (article.Index == sentence || (text.Folded[article.Index - 2] == ',' && findings.Lexicon.Phrases["clause"].Match(text, sentence, 24) is { Success: true } clause && clause.Index == sentence))
                && _continuation.IsKindAlone(text, article.Index + article.Length, text.Text.Length))
            {
                return (sentence, (kind.Slug, article.Index, noun + kind.Length - article.Index));
            }
        }

        return null;
    }

    /// <summary>The name with a capital within the first sentences whose first word the title has as well.</summary>
    private NameSpan? TitleName(PlainText text, PlainText title, int end)
    {
        for (var at = 1; at < end; at++)
        {
            if (char.IsUpper(text.Text[at]) && text.Text[at - 1] is ' ' or '\u00A0' && !Prose.IsSentenceStart(text, at, 0) && PhraseSet.WordEnd(text.Folded, at, end) is var word
                && title.Folded.IndexOf(text.Folded[at..word], StringComparison.Ordinal) is > 0 and var found && char.IsUpper(title.Text[found])
                && NameList.Read(text, at, end, findings.Lexicon.Phrases) is [var name, ..] && name.Start == at && NameEnd.Whole(text, name, end, findings.Lexicon.Phrases) is { } whole)
            {
                return whole;
            }
        }

        return null;
    }
}
