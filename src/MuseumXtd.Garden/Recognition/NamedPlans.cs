using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// "La Stratégie numérique du canton X repose sur ...": a noun for a plan that a capital within the sentence makes a name, with its owner behind it, as the subject.
/// </summary>
internal sealed class NamedPlans(NoteFindings findings)
{
    public void Recognise(PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        foreach (var article in Prose.Matches(phrases["kind.definite"], text, 0, text.Text.Length))
        {
            var noun = article.Index + article.Length;
            noun += noun < text.Text.Length && text.Text[noun] == ' ' ? 1 : 0;
            if (noun >= text.Text.Length || !char.IsUpper(text.Text[noun]) || !Prose.IsSentenceStart(text, article.Index, 0)
                || findings.Lexicon.Concepts.At("kinds", text.Folded, noun) is not { Slug: "strategy" or "policy" or "charter" } kind)
            {
                continue;
            }

            var of = InstitutionName.AfterAdjectives(text.Text, noun + kind.Length);
            if (InstitutionName.OwnerAt(text, of, phrases) is { } owner && !IsKnown(text.Text[noun..owner.End]))
            {
                Tell(text, noun, of, owner, kind.Slug);
            }
        }
    }

    private bool IsKnown(string name) => findings.Known(EntityType.Initiative, name) is not null || findings.Known(EntityType.FundingScheme, name) is not null;

    private void Tell(PlainText text, int start, int of, NameSpan owner, string kind)
    {
        var origin = text.Origin(start, owner.End - start);
        var draft = Names.DraftOf(findings, text, new NameSpan(start, owner.End - start, text.Text[start..owner.End].ReplaceLineEndings(" "), null, null), EntityType.Initiative);
        draft.Add(FactKind.AltName, text.Text[start..of], origin);
        draft.Add(FactKind.Kind, kind, origin);
        if (findings.Lexicon.Phrases.Has("public-owner", TextFolding.Words(owner.Name).Split(' ')[0]))
        {
            // What a public body plans is its policy.
            draft.Add(FactKind.Kind, "policy", origin);
        }

        draft.Add(FactKind.Agent, "lead", origin, Names.DraftOf(findings, text, owner, EntityType.Organisation));
        if (findings.Lexicon.Places.Find(owner.Name) is { } place)
        {
            draft.Add(FactKind.Place, place.Slug, origin);
        }
        else
        {
            new NameReader(findings).ReadPlace(draft, owner.Name, origin);
        }
    }
}
