using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>"X is a programme run by Y", "Launched in 2019 by Y, X is a programme": a plain name that is the subject of a sentence which says what it is, and who makes it or when.</summary>
internal sealed class Definitions(NoteFindings findings, FactFinder facts)
{
    private readonly Continuation _continuation = new(findings.Lexicon);
    private readonly DateFinder _dates = new(findings);

    public void Recognise(PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        foreach (var verb in Prose.Matches(phrases["kind.predicate"], text, 0, text.Text.Length))
        {
            var sentence = Prose.SentenceStart(text, verb.Index, 0);
            var comma = verb.Index > sentence ? text.Text.LastIndexOf(',', verb.Index - 1, verb.Index - sentence) : -1;
            var isBehindOpening = comma > sentence && (Begins("clause") || Begins("opening"));
            if (verb.Index + verb.Length + 1 >= text.Text.Length || verb.Index - sentence > 300 || (comma >= 0 && !isBehindOpening)
                || KindPhrase.Read(text, verb.Index + verb.Length + 1, findings.Lexicon) is not { } kind || SubjectName(text, isBehindOpening ? comma + 1 : sentence, verb.Index, isBehindOpening) is not { } name
                || Subjects.IsKnown(findings, name.Name) || !Names.MayBeInitiative(name, phrases, findings.Lexicon) || findings.Known(EntityType.Organisation, name.Name) is not null)
            {
                continue;
            }

            if (findings.IsFull(text, verb.Index))
            {
                return;
            }

            var drafts = findings.Drafts.Count;
            var draft = Names.DraftOf(findings, text, name, EntityType.Initiative);
            _dates.ReadBehindName(draft, text, name.End, verb.Index);
            facts.Find(draft, text, isBehindOpening ? sentence : verb.Index, _continuation.End(text, Prose.SentenceEnd(text, verb.Index, text.Text.Length)), false);
            if (!draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme or FactKind.Period) || (kind.Slug == "app" && !phrases["field"].IsMatch(text)))
            {
                findings.Forget(drafts);
            }

            bool Begins(string heading) => phrases[heading].Match(text, sentence, Math.Min(24, text.Text.Length - sentence)) is { Success: true } first && first.Index == sentence;
        }
    }

    /// <summary>The plain name that fills a stretch before a verb, but for years in a bracket.</summary>
    private NameSpan? SubjectName(PlainText text, int start, int verb, bool isWithin)
    {
        while (start < verb && char.IsWhiteSpace(text.Text[start]))
        {
            start++;
        }

        var bracket = text.Text.IndexOf('(', start, verb - start);
        var end = bracket < 0 ? verb : bracket;
        while (end > start && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }

        if (end - start is < 2 or > 60 || !char.IsUpper(text.Text[start]) || text.LinkAt(start) is not null)
        {
            return null;
        }

        var phrases = findings.Lexicon.Phrases;
        var first = PhraseSet.WordEnd(text.Folded, start, end);
        if (phrases["pronoun"].Has(text.Folded.AsSpan(start, first - start)) || phrases["noun-end"].Has(text.Folded.AsSpan(start, first - start)) || findings.Lexicon.Concepts.At("kinds", text.Folded, start) is not null)
        {
            return null;
        }

        if (!isWithin && Prose.IsInfinitive(text.Text[start..end]))
        {
            return null;
        }

        return NameList.Read(text, start, end, phrases) is [var plain] && NameEnd.Whole(text, plain, end, phrases) is { } name && name.Start == start && name.End == end ? name : null;
    }
}
