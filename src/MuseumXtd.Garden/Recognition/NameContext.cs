using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>What the text around "the project X" says of X: who bears it, of what verb it is the subject or the object, and what stands right behind it.</summary>
internal sealed class NameContext(NoteFindings findings, FactFinder facts)
{
    // What is said of a thing in a paragraph stands nearer to its name.
    private const int Around = 5000;
    private const int FarthestPartner = 200;

    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly Continuation _continuation = new(findings.Lexicon);
    private readonly MakerFinder _makers = new(findings);
    private readonly DateFinder _dates = new(findings);
    private readonly CoverageFinder _coverage = new(findings);
    private readonly ConceptFinder _concepts = new(findings);

    public void Read(Draft draft, PlainText text, PhraseMatch match, NameSpan name)
    {
        FindCoverage(draft, text, match);
        ReadSubject(draft, text, match.Index);
        ReadBearer(draft, text, match.Index, name);
        ReadBefore(draft, text, match.Index);
        ReadPartners(draft, text, match.Index);
        ReadBehind(draft, text, name);
        FindMandated(draft, text, match, name);
        _makers.FindParticipant(draft, text, Math.Max(0, match.Index - Around), Math.Min(text.Text.Length, name.End + Around));
        if (InstitutionName.OwnerAt(text, name.End, _phrases) is { } owner)
        {
            draft.Add(FactKind.Agent, "lead", text.Origin(name.Start, owner.End - name.Start), Names.DraftOf(findings, text, owner, EntityType.Organisation));
            _coverage.FindAt(draft, text, owner.End);
        }
    }

    /// <summary>"the British initiative X", "l'initiative britannique X".</summary>
    private void FindCoverage(Draft draft, PlainText text, PhraseMatch match)
    {
        var noun = text.Folded.LastIndexOfAny([' ', '\''], match.End - 1, match.Length) + 1;
        _coverage.FindBehindKind(draft, text, Math.Max(noun, match.Index), Math.Max(noun, match.Index), match.End, InstitutionName.AfterAdjectives(text.Text, match.End));
    }

    /// <summary>"Curator of the project X, [Museum Y](...)": who employs those that are in charge bears it.</summary>
    private void ReadBearer(Draft draft, PlainText text, int at, NameSpan name)
    {
        var line = text.Text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        if (name.End + 2 >= text.Text.Length || text.Text[name.End] != ',' || at - line > 60 || _phrases["in-charge"].Match(text, line, at - line) is not { Success: true } title || !text.Folded.AsSpan(line, title.Index - line).IsWhiteSpace())
        {
            return;
        }

        if (NameList.Read(text, name.End + 2, Prose.SentenceEnd(text, name.End + 2, text.Text.Length), _phrases) is [var employer, ..] && employer.Start <= name.End + 6 && Names.IsOrganisation(employer, _phrases, findings.Lexicon))
        {
            draft.Add(FactKind.Agent, "lead", text.Origin(line, employer.End - line), Names.DraftOf(findings, text, employer, EntityType.Organisation));
        }
    }

    /// <summary>The subject of a sentence is what the sentence is about, also behind a participle, "Launched in 2018, the project X ..."; so are those that go on about it.</summary>
    private void ReadSubject(Draft draft, PlainText text, int at)
    {
        var start = Prose.SentenceStart(text, at, 0);
        var participle = _phrases["clause"].Match(text, start, Math.Min(24, at - start));
        var isBehindParticiple = participle.Success && text.Folded.AsSpan(start, participle.Index - start).IsWhiteSpace() && text.Folded.AsSpan(0, at).TrimEnd().EndsWith(",");
        if (isBehindParticiple || Prose.IsSentenceStart(text, at, 0))
        {
            facts.Find(draft, text, isBehindParticiple ? start : at, _continuation.End(text, Prose.SentenceEnd(text, at, text.Text.Length)), false);
        }
        else if (Prose.SentenceEnd(text, at, text.Text.Length) is var end && end + 2 < text.Text.Length && IsOfSuch(text, end + 1))
        {
            // "... within the project X. Funded by Y, this project ..."
            facts.Find(draft, text, end + 1, _continuation.End(text, Prose.SentenceEnd(text, end + 2, text.Text.Length)), false);
        }
    }

    /// <summary>Whether "this project" is the subject of the sentence that begins at a place.</summary>
    private bool IsOfSuch(PlainText text, int start)
    {
        foreach (var demonstrative in Prose.Matches(_phrases["kind.demonstrative"], text, start, Math.Min(text.Text.Length, start + 120)))
        {
            if (findings.Lexicon.Concepts.At("kinds", text.Folded, demonstrative.End + 1) is { Slug: "project" or "programme" or "network" })
            {
                return demonstrative.Index - start <= 2 || text.Folded.AsSpan(start, demonstrative.Index - start).TrimEnd() is [.., ','];
            }
        }

        return false;
    }

    /// <summary>"The association X has led, from May 2021 to June 2023, the project": what the verb says whose object the project is.</summary>
    private void ReadBefore(Draft draft, PlainText text, int at)
    {
        var sentence = Prose.SentenceStart(text, at, 0);
        // Who presents a project need not be who made it.
        foreach (var verbs in _phrases.Under("subject.").Where(s => s.Heading != "subject.operator"))
        {
            var heading = verbs.Heading;
            foreach (var verb in Prose.Verbs(verbs, text, sentence, at))
            {
                var end = verb.Index + verb.Length;
                var period = _dates.Filling(text, end, at);
                if (period is null && _phrases["has-founded"].Match(text, verb.Index, verb.Length).Success && _dates.At(text, end, at) is { } moment && text.Folded.AsSpan(moment.End, at - moment.End).IsWhiteSpace())
                {
                    // "She has founded, in 2015, the network X"
                    end = moment.End;
                    if (!draft.Has(FactKind.Period))
                    {
                        DateFinder.Add(draft, text, moment);
                    }
                }

                if (period is null && !text.Folded.AsSpan(end, at - end).IsWhiteSpace())
                {
                    continue;
                }

                if (period is { } found && !draft.Has(FactKind.Period))
                {
                    draft.Add(FactKind.Period, found.Edtf, text.Origin(found.Start, found.End - found.Start));
                }

                foreach (var maker in _makers.Subject(text, sentence, verb.Index).Where(n => Names.IsOrganisation(n, _phrases, findings.Lexicon)))
                {
                    draft.Add(FactKind.Agent, heading["subject.".Length..], text.Origin(maker.Start, end - maker.Start), Names.DraftOf(findings, text, maker, EntityType.Organisation));
                }
            }
        }
    }

    /// <summary>"Y and Z, partners of the project X", "Y is a partner of": those whose names end right before.</summary>
    private void ReadPartners(Draft draft, PlainText text, int at)
    {
        var sentence = Math.Max(Prose.SentenceStart(text, at, 0), at - FarthestPartner);
        foreach (var partner in Prose.Matches(_phrases["partner-of"], text, sentence, at))
        {
            if (!text.Folded.AsSpan(partner.End, at - partner.End).IsWhiteSpace())
            {
                continue;
            }

            var end = sentence + text.Text.AsSpan(sentence, partner.Index - sentence).TrimEnd(", ").Length;
            foreach (var name in NamesBefore(text, sentence, end).Where(n => Names.IsOrganisation(n, _phrases, findings.Lexicon)))
            {
                draft.Add(FactKind.Agent, "partner", text.Origin(name.Start, partner.End - name.Start), Names.DraftOf(findings, text, name, EntityType.Organisation));
            }

            return;
        }
    }

    private List<NameSpan> NamesBefore(PlainText text, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if ((at == start || !char.IsLetterOrDigit(text.Text[at - 1])) && NameList.Read(text, at, end, _phrases) is [.., var last] names && last.End == end)
            {
                return names;
            }
        }

        return [];
    }

    /// <summary>"the project X (an incubator for museums)", "the project X, led by A, B and C. As a project, it ...": what follows the name is about it.</summary>
    private void ReadBehind(Draft draft, PlainText text, NameSpan name)
    {
        if (Names.Bracket(text, name.End, text.Text.Length) is { } bracket)
        {
            _concepts.Find(draft, FactKind.Audience, "audience", "audiences", text, bracket.Start, bracket.End, (bracket.End, bracket.End));
        }

        var behind = name.End;
        if (_dates.BehindName(text, name.End, text.Text.Length) is { } years)
        {
            if (!draft.Has(FactKind.Period))
            {
                draft.Add(FactKind.Period, years.Edtf, text.Origin(years.Start, years.End - 1 - years.Start));
            }

            behind = years.End;
        }

        var clause = behind + 1;
        while (clause < text.Text.Length && text.Folded[clause] == ' ')
        {
            clause++;
        }

        if (clause < text.Text.Length && text.Text[behind] == ',' && (IsAt("clause", clause, 24) || IsRelative() || _phrases.Under("role.").Any(r => IsMade(r.Heading))))
        {
            facts.Find(draft, text, clause, _continuation.End(text, Prose.SentenceEnd(text, clause, text.Text.Length)), false);
        }

        bool IsAt(string heading, int at, int within) => _phrases[heading].Match(text, at, Math.Clamp(text.Text.Length - at, 0, within)) is { Success: true } match && match.Index == at;

        // "..., which was led by Y", "..., qui réunissait Y"
        bool IsRelative() => _phrases["relative"].Match(text, clause, Math.Min(8, text.Text.Length - clause)) is { Success: true } relative && relative.Index == clause;

        // "..., led by Y", "..., an online platform developed by Y"
        bool IsMade(string role) => IsAt(role, clause, 40) || (KindPhrase.Noun(text, clause) is > 0 and var noun && _phrases[role].Match(text, noun, KindPhrase.ClauseEnd(text, noun) - noun).Success);
    }

    /// <summary>"Within the project X, the association Y was mandated to develop ...": Y took part in it.</summary>
    private void FindMandated(Draft draft, PlainText text, PhraseMatch match, NameSpan name)
    {
        var sentence = Prose.SentenceStart(text, match.Index, 0);
        if (_phrases["within-the-project"].Match(text, sentence, name.Start - sentence) is not { Success: true } within
            || !text.Folded.AsSpan(sentence, within.Index - sentence).IsWhiteSpace())
        {
            return;
        }

        var end = Prose.SentenceEnd(text, name.End, text.Text.Length);
        foreach (var verb in Prose.Matches(_phrases["subject.developer"], text, name.End, end))
        {
            foreach (var maker in _makers.Subject(text, name.End, verb.Index).Where(n => Names.IsOrganisation(n, _phrases, findings.Lexicon)))
            {
                draft.Add(FactKind.Agent, "contributor", text.Origin(maker.Start, verb.Index + verb.Length - maker.Start), Names.DraftOf(findings, text, maker, EntityType.Organisation));
            }
        }
    }
}
