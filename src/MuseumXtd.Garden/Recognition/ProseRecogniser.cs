using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Initiatives that prose names with their kind before the name: "the project digitorials.ch", "le projet Temps de jeu".</summary>
internal sealed class ProseRecogniser(NoteFindings findings)
{
    // What is said of a thing in a paragraph stands nearer to its name.
    private const int Around = 5000;

    private readonly Continuation _continuation = new(findings.Lexicon);
    private PlainText? _title;

    public void Recognise(Note note)
    {
        _title = note.Heading?.Text;
        var phrases = findings.Lexicon.Phrases;
        new PresentedName(findings).Recognise(note);
        RecogniseTitled(note);
        foreach (var block in note.Blocks)
        {
            var isProse = IsProse(block);
            var isTakeaway = !isProse && IsTakeaway(block);
            if (isProse ? phrases["boilerplate"].IsMatch(block.Text) : block.Kind != BlockKind.ListItem)
            {
                continue;
            }

            if (isProse)
            {
                new NamedPlans(findings).Recognise(block.Text);
                RecogniseDescribed(block.Text);
                RecogniseSubjects(block.Text);
            }

            foreach (var heading in (ReadOnlySpan<string>)["prose-initiative", "prose-initiative.marked"])
            {
                foreach (var match in Prose.Matches(phrases[heading], block.Text, 0, block.Text.Folded.Length))
                {
                    if (findings.IsFull(block.Text, match.Index))
                    {
                        return;
                    }

                    if (NameBehind(block.Text, match) is not { } name)
                    {
                        continue;
                    }

                    var isCertain = (isProse || (isTakeaway && name.Link?.Target is not null)) && heading == "prose-initiative";
                    if (isCertain || (IsMarked(block.Text, name) ? isProse || isTakeaway : !isTakeaway && IsNoTool(block.Text, match) && !IsNamed(name.Name)))
                    {
                        RecogniseNamed(block.Text, match, name, isCertain);
                    }
                }
            }
        }
    }

    /// <summary>The name right behind "the project", of something that the note has not told of yet.</summary>
    private NameSpan? NameBehind(PlainText text, PhraseMatch match)
    {
        var end = InstitutionName.AfterAdjectives(text.Text, match.Index + match.Length);
        return text.LinkAt(match.Index) is null && NameList.Read(text, end, Math.Min(text.Text.Length, end + 120), findings.Lexicon.Phrases) is [var first, ..]
            && LongName(text, first) is { } name && (name.Link?.Target is null || BareName.IsName(name.Link, text, findings.Lexicon)) && IsAdjacent(text, end, name.Start) && !IsKnown(name.Name) ? name : null;
    }

    /// <summary>Whether the noun before a name is for what nobody sells: "the initiative X", "the network X" need no mark.</summary>
    private bool IsNoTool(PlainText text, PhraseMatch match)
    {
        for (var at = match.Index; at < match.End; at++)
        {
            if ((at == match.Index || !char.IsLetter(text.Folded[at - 1])) && findings.Lexicon.Phrases["no-tool"].Has(text.Folded.AsSpan(at, match.End - at).TrimEnd()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether another thing of the note is called so as well: "X" and "X.org".</summary>
    private bool IsNamed(string name)
    {
        var words = TextFolding.Words(name);
        return findings.Drafts.Exists(d => d.Type is EntityType.Initiative or EntityType.Output or EntityType.FundingScheme
            && (Subjects.IsSelf(d, name) || words.StartsWith(TextFolding.Words(d.Name) + " ", StringComparison.Ordinal)));
    }

    private bool IsKnown(string name) => findings.Known(EntityType.Initiative, name) is not null || findings.Known(EntityType.FundingScheme, name) is not null
        || findings.Known(EntityType.Output, name) is not null || Subjects.NamesMain(findings, name);

    /// <summary>Whether a link, emphasis or quotes show where a name begins and ends.</summary>
    private static bool IsMarked(PlainText text, NameSpan name) =>
        name.Link is not null || Array.Exists(text.Emphases, e => e.Start == name.Start) || (name.Start > 0 && text.Folded[name.Start - 1] == '"');

    /// <summary>What the text around a name says of it; where it is not certain that it is an initiative, the text has to say who makes or pays it, or when.</summary>
    private void RecogniseNamed(PlainText text, PhraseMatch match, NameSpan name, bool isCertain)
    {
        var end = match.Index + match.Length;
        var before = findings.Drafts.Count;
        var draft = Names.DraftOf(findings, text, name, EntityType.Initiative);
        draft.Add(FactKind.AltName, text.Text[KindStart(text, match.Index, end)..name.End].ReplaceLineEndings(" "), text.Origin(match.Index, name.End - match.Index));
        FindCoverage(draft, text, match);
        ReadSubject(draft, text, match.Index);
        ReadBearer(draft, text, match.Index, name);
        ReadBefore(draft, text, match.Index);
        ReadBehind(draft, text, name);
        FindMandated(draft, text, match, name);
        new MakerFinder(findings).FindParticipant(draft, text, Math.Max(0, match.Index - Around), Math.Min(text.Text.Length, name.End + Around));
        if (Owner(text, name) is { } owner)
        {
            draft.Add(FactKind.Agent, "lead", text.Origin(name.Start, owner.End - name.Start), Names.DraftOf(findings, text, owner, EntityType.Organisation));
            new CoverageFinder(findings).FindAt(draft, text, owner.End);
        }

        if (!isCertain && !draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme or FactKind.Period or FactKind.CoversArea))
        {
            findings.Forget(before);
            return;
        }

        for (var at = match.Index; at < end; at++)
        {
            if ((at == 0 || !char.IsLetter(text.Folded[at - 1])) && findings.Lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
            {
                draft.Add(FactKind.Kind, kind.Slug, text.Origin(match.Index, name.End - match.Index));
                break;
            }
        }
    }

    /// <summary>"the British initiative X", "l'initiative britannique X".</summary>
    private void FindCoverage(Draft draft, PlainText text, PhraseMatch match)
    {
        var noun = text.Folded.LastIndexOfAny([' ', '\''], match.End - 1, match.Length) + 1;
        new CoverageFinder(findings).FindBehindKind(draft, text, Math.Max(noun, match.Index), Math.Max(noun, match.Index), match.End, InstitutionName.AfterAdjectives(text.Text, match.End));
    }

    /// <summary>"Curator of the project X, [Museum Y](...)": who employs those that are in charge bears it.</summary>
    private void ReadBearer(Draft draft, PlainText text, int at, NameSpan name)
    {
        var phrases = findings.Lexicon.Phrases;
        var line = text.Text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        if (name.End + 2 >= text.Text.Length || text.Text[name.End] != ',' || at - line > 60 || phrases["in-charge"].Match(text, line, at - line) is not { Success: true } title || !text.Folded.AsSpan(line, title.Index - line).IsWhiteSpace())
        {
            return;
        }

        if (NameList.Read(text, name.End + 2, Prose.SentenceEnd(text, name.End + 2, text.Text.Length), phrases) is [var employer, ..] && employer.Start <= name.End + 6 && Names.IsOrganisation(employer, phrases, findings.Lexicon))
        {
            draft.Add(FactKind.Agent, "lead", text.Origin(line, employer.End - line), Names.DraftOf(findings, text, employer, EntityType.Organisation));
        }
    }

    /// <summary>The subject of a sentence is what the sentence is about, also behind a participle, "Launched in 2018, the project X ..."; so are those that go on about it.</summary>
    private void ReadSubject(Draft draft, PlainText text, int at)
    {
        var phrases = findings.Lexicon.Phrases;
        var start = Prose.SentenceStart(text, at, 0);
        var participle = phrases["clause"].Match(text, start, Math.Min(24, at - start));
        var isBehindParticiple = participle.Success && text.Folded.AsSpan(start, participle.Index - start).IsWhiteSpace() && text.Folded.AsSpan(0, at).TrimEnd().EndsWith(",");
        if (isBehindParticiple || Prose.IsSentenceStart(text, at, 0))
        {
            new FactFinder(findings).Find(draft, text, isBehindParticiple ? start : at, _continuation.End(text, Prose.SentenceEnd(text, at, text.Text.Length)), false);
        }
        else if (Prose.SentenceEnd(text, at, text.Text.Length) is var end && end + 2 < text.Text.Length && IsOfSuch(text, end + 1))
        {
            // "... within the project X. Funded by Y, this project ..."
            new FactFinder(findings).Find(draft, text, end + 1, _continuation.End(text, Prose.SentenceEnd(text, end + 2, text.Text.Length)), false);
        }
    }

    /// <summary>Whether "this project" is the subject of the sentence that begins at a place.</summary>
    private bool IsOfSuch(PlainText text, int start)
    {
        var phrases = findings.Lexicon.Phrases;
        foreach (var demonstrative in Prose.Matches(phrases["kind.demonstrative"], text, start, Math.Min(text.Text.Length, start + 120)))
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
        var phrases = findings.Lexicon.Phrases;
        var dates = new DateFinder(findings);
        var sentence = Prose.SentenceStart(text, at, 0);
        // Who presents a project need not be who made it.
        foreach (var verbs in phrases.Under("subject.").Where(s => s.Heading != "subject.operator"))
        {
            var heading = verbs.Heading;
            foreach (var verb in Prose.Verbs(verbs, text, sentence, at))
            {
                var end = verb.Index + verb.Length;
                var period = dates.Filling(text, end, at);
                if (period is null && phrases["has-founded"].Match(text, verb.Index, verb.Length).Success && dates.At(text, end, at) is { } moment && text.Folded.AsSpan(moment.End, at - moment.End).IsWhiteSpace())
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

                foreach (var maker in new MakerFinder(findings).Subject(text, sentence, verb.Index).Where(n => Names.IsOrganisation(n, phrases, findings.Lexicon)))
                {
                    draft.Add(FactKind.Agent, heading["subject.".Length..], text.Origin(maker.Start, end - maker.Start), Names.DraftOf(findings, text, maker, EntityType.Organisation));
                }
            }
        }
    }

    /// <summary>An item under "takeaways": it is no initiative, but may name one.</summary>
    private bool IsTakeaway(TextBlock block) => block.Kind == BlockKind.ListItem && block.IsUnder(findings.Lexicon.Phrases["takeaways"]);

    /// <summary>Paragraphs, and items that tell what somebody tells of a project: these are no initiatives, but may name one.</summary>
    private bool IsProse(TextBlock block) => block.Item is null
        && (block.Kind == BlockKind.Paragraph || (block.Kind == BlockKind.ListItem && findings.Lexicon.Phrases["work-of-authors"].IsMatch(block.Text)));

    /// <summary>"the project X (an incubator for museums)", "the project X, led by A, B and C. As a project, it ...": what follows the name is about it.</summary>
    private void ReadBehind(Draft draft, PlainText text, NameSpan name)
    {
        if (Names.Bracket(text, name.End, text.Text.Length) is { } bracket)
        {
            new ConceptFinder(findings).Find(draft, FactKind.Audience, "audience", "audiences", text, bracket.Start, bracket.End, (bracket.End, bracket.End));
        }

        var phrases = findings.Lexicon.Phrases;
        var behind = name.End;
        if (new DateFinder(findings).BehindName(text, name.End, text.Text.Length) is { } years)
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

        if (clause < text.Text.Length && text.Text[behind] == ',' && (IsAt("clause", clause, 24) || IsRelative() || phrases.Under("role.").Any(r => IsMade(r.Heading))))
        {
            new FactFinder(findings).Find(draft, text, clause, _continuation.End(text, Prose.SentenceEnd(text, clause, text.Text.Length)), false);
        }

        bool IsAt(string heading, int at, int within) => phrases[heading].Match(text, at, Math.Clamp(text.Text.Length - at, 0, within)) is { Success: true } match && match.Index == at;

        // "..., which was led by Y", "..., qui réunissait Y"
        bool IsRelative() => phrases["relative"].Match(text, clause, Math.Min(8, text.Text.Length - clause)) is { Success: true } relative && relative.Index == clause;

        // "..., led by Y", "..., an online platform developed by Y"
        bool IsMade(string role) => IsAt(role, clause, 40) || (Indefinite(text, clause) is > 0 and var noun && phrases[role].Match(text, noun, ClauseEnd(text, noun) - noun).Success);
    }

    /// <summary>"..., an online platform developed by Y": where the noun begins, or 0.</summary>
    private static int Indefinite(PlainText text, int at)
    {
        foreach (var article in (ReadOnlySpan<string>)["un ", "une ", "a ", "an "])
        {
            if (string.CompareOrdinal(text.Folded, at, article, 0, article.Length) == 0)
            {
                return at + article.Length;
            }
        }

        return 0;
    }

    private static int ClauseEnd(PlainText text, int at)
    {
        var length = text.Folded.AsSpan(at, Math.Min(100, text.Folded.Length - at)).IndexOfAny(",;.(");
        return length < 0 ? Math.Min(at + 100, text.Folded.Length) : at + length;
    }

    /// <summary>"Within the project X, the association Y was mandated to develop ...": Y took part in it.</summary>
    private void FindMandated(Draft draft, PlainText text, PhraseMatch match, NameSpan name)
    {
        var phrases = findings.Lexicon.Phrases;
        var sentence = Prose.SentenceStart(text, match.Index, 0);
        if (phrases["within-the-project"].Match(text, sentence, name.Start - sentence) is not { Success: true } within
            || !text.Folded.AsSpan(sentence, within.Index - sentence).IsWhiteSpace())
        {
            return;
        }

        var end = Prose.SentenceEnd(text, name.End, text.Text.Length);
        foreach (var verb in Prose.Matches(phrases["subject.developer"], text, name.End, end))
        {
            foreach (var maker in new MakerFinder(findings).Subject(text, name.End, verb.Index).Where(n => Names.IsOrganisation(n, phrases, findings.Lexicon)))
            {
                draft.Add(FactKind.Agent, "contributor", text.Origin(maker.Start, verb.Index + verb.Length - maker.Start), Names.DraftOf(findings, text, maker, EntityType.Organisation));
            }
        }
    }

    /// <summary>"X, a participatory platform developed by Y": a name with what it is behind it, and who made it.</summary>
    private void RecogniseDescribed(PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        for (var comma = text.Text.IndexOf(", ", StringComparison.Ordinal); comma >= 0; comma = text.Text.IndexOf(", ", comma + 2, StringComparison.Ordinal))
        {
            if (Indefinite(text, comma + 2) is not (> 0 and var noun) || KindIn(text, noun) is not { } kind
                || !phrases.Under("role.").Any(r => r.Match(text, kind.End, Math.Max(0, ClauseEnd(text, kind.End) - kind.End)) is { Success: true } made && IsNear(text, kind.End, made.Index))
                || NameBefore(text, comma) is not { } name || findings.Known(EntityType.Initiative, name.Name) is not null || Subjects.NamesMain(findings, name.Name)
                || findings.Known(EntityType.Organisation, name.Name) is not null || !MayBeInitiative(name) || findings.IsFull(text, comma))
            {
                continue;
            }

            var draft = Names.DraftOf(findings, text, name, EntityType.Initiative);
            draft.Add(FactKind.Kind, kind.Slug, text.Origin(name.Start, kind.End - name.Start));
            new FactFinder(findings).Find(draft, text, noun, Prose.SentenceEnd(text, noun, text.Text.Length), false);
        }
    }

    /// <summary>"X is a programme run by Y", "Launched in 2019 by Y, X is a programme": a plain name that is the subject of a sentence which says what it is, and who makes it or when.</summary>
    private void RecogniseSubjects(PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        foreach (var verb in Prose.Matches(phrases["kind.predicate"], text, 0, text.Text.Length))
        {
            var sentence = Prose.SentenceStart(text, verb.Index, 0);
            var comma = verb.Index > sentence ? text.Text.LastIndexOf(',', verb.Index - 1, verb.Index - sentence) : -1;
            var isBehindOpening = comma > sentence && (Begins("clause") || Begins("opening"));
            if (verb.Index + verb.Length + 1 >= text.Text.Length || verb.Index - sentence > 300 || (comma >= 0 && !isBehindOpening)
                || KindIn(text, verb.Index + verb.Length + 1) is not { } kind || SubjectName(text, isBehindOpening ? comma + 1 : sentence, verb.Index, isBehindOpening) is not { } name
                || IsKnown(name.Name) || !MayBeInitiative(name) || findings.Known(EntityType.Organisation, name.Name) is not null)
            {
                continue;
            }

            if (findings.IsFull(text, verb.Index))
            {
                return;
            }

            var drafts = findings.Drafts.Count;
            var draft = Names.DraftOf(findings, text, name, EntityType.Initiative);
            new DateFinder(findings).ReadBehindName(draft, text, name.End, verb.Index);
            new FactFinder(findings).Find(draft, text, isBehindOpening ? sentence : verb.Index, _continuation.End(text, Prose.SentenceEnd(text, verb.Index, text.Text.Length)), false);
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

    /// <summary>
    /// A note whose title names what its prose then calls "the project": "Adieu à X" with "X a prêté ... Lancé en 2014 par Y, le projet s'est arrêté".
    /// </summary>
    private void RecogniseTitled(Note note)
    {
        if (findings.Main is not null || note.Heading is not { Text: { Links.Length: 0 } title })
        {
            return;
        }

        var phrases = findings.Lexicon.Phrases;
        foreach (var block in note.Blocks)
        {
            if (!IsProse(block) || phrases["boilerplate"].IsMatch(block.Text) || Thing(block.Text) is not var (sentence, kind) || TitleName(block.Text, title, sentence) is not { } name
                || IsKnown(name.Name) || !MayBeTitled(name))
            {
                continue;
            }

            var drafts = findings.Drafts.Count;
            var draft = Names.DraftOf(findings, block.Text, name, EntityType.Initiative);
            draft.Add(FactKind.Kind, kind.Slug, block.Text.Origin(kind.Start, kind.Length));
            new FactFinder(findings).Find(draft, block.Text, sentence, _continuation.End(block.Text, Prose.SentenceEnd(block.Text, kind.Start, block.Text.Text.Length)), false);
            if (!draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme))
            {
                findings.Forget(drafts);
            }

            return;
        }
    }

    private bool MayBeTitled(NameSpan name) => Names.IsOrganisation(name, findings.Lexicon.Phrases, findings.Lexicon) && findings.Known(EntityType.Organisation, name.Name) is null
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

    /// <summary>At most an adjective or two in between: "plateforme participative développée par".</summary>
    private static bool IsNear(PlainText text, int start, int end)
    {
        var between = text.Folded[start..end];
        return between.All(c => char.IsLetter(c) || c == ' ') && between.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= 2;
    }

    /// <summary>Whether a name is none of a person, a place or an institution.</summary>
    private bool MayBeInitiative(NameSpan name) => Names.IsOrganisation(name, findings.Lexicon.Phrases, findings.Lexicon)
        && !name.Name.Split(' ').Any(w => findings.Lexicon.Phrases.Has("institution", TextFolding.Fold(w)));

    /// <summary>What a noun says that a thing is, with at most two words around it: "participatory platform", "application québécoise"; null for what people only write.</summary>
    private (string Slug, int End)? KindIn(PlainText text, int at)
    {
        for (var words = 0; words < 3; words++)
        {
            if (findings.Lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
            {
                if (kind.Slug is not ("platform" or "project" or "programme" or "app" or "toolkit" or "network" or "portal" or "residency" or "training" or "fund" or "self-assessment" or "resource-bank"))
                {
                    return null;
                }

                // An adjective may follow, in French.
                var end = at + kind.Length;
                var next = Space(text, end + 1);
                return (kind.Slug, next > end + 1 && findings.Lexicon.Places.FindAdjective(text.Folded[(end + 1)..next]) is not null ? next : end);
            }

            at = Space(text, at) + 1;
            if (at >= text.Folded.Length || !char.IsLower(text.Text[at]))
            {
                return null;
            }
        }

        return null;

        static int Space(PlainText text, int from) =>
            from < text.Folded.Length && text.Folded.AsSpan(from).IndexOf(' ') is >= 0 and var length ? from + length : text.Folded.Length;
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

    /// <summary>Where "project" begins in "of the project".</summary>
    private int KindStart(PlainText text, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if ((at == start || !char.IsLetter(text.Folded[at - 1])) && findings.Lexicon.Concepts.At("kinds", text.Folded, at) is not null)
            {
                return at;
            }
        }

        return start;
    }

    /// <summary>"Mémoires ouvrières, retour d'expérience": the title of the note shows where a name ends that goes on in lower case.</summary>
    private NameSpan? InTitle(PlainText text, NameSpan name)
    {
        if (_title is not { } title || name.Link is not null || !title.Folded.AsSpan(title.Folded.Length - title.Folded.AsSpan().TrimStart().Length).StartsWith(text.Folded.AsSpan(name.Start, name.Length)))
        {
            return null;
        }

        var offset = title.Folded.Length - title.Folded.AsSpan().TrimStart().Length;
        var length = name.Length;
        for (var at = name.Length; offset + at <= title.Folded.Length && name.Start + at <= text.Folded.Length && at <= 80; at++)
        {
            var isEnd = offset + at == title.Folded.Length || title.Folded[offset + at] is ',' or ':' or '.' or '(' or '?' || title.Folded.AsSpan(offset + at).StartsWith(" -") || title.Folded.AsSpan(offset + at).StartsWith(" –");
            if (isEnd && (name.Start + at == text.Folded.Length || !char.IsLetterOrDigit(text.Folded[name.Start + at])))
            {
                length = at;
                break;
            }

            if (offset + at == title.Folded.Length || name.Start + at == text.Folded.Length || title.Folded[offset + at] != text.Folded[name.Start + at])
            {
                break;
            }
        }

        return length > name.Length ? name with { Length = length, Name = text.Text.Substring(name.Start, length).ReplaceLineEndings(" ") } : null;
    }

    /// <summary>"the project Hors les murs of the museum Y": words in lower case belong to the name when its owner follows soon.</summary>
    private NameSpan? LongName(PlainText text, NameSpan name)
    {
        if (InTitle(text, name) is { } titled)
        {
            return titled;
        }

        if (name.Link is null && !IsMarked(text, name) && OwnerWithin(text, name) is { } owned)
        {
            return owned;
        }

        for (var end = name.End; name.Link is null && end < Math.Min(text.Text.Length, name.End + 30) && (char.IsLetter(text.Text[end]) || text.Text[end] == ' '); end++)
        {
            var longer = name with { Length = end - name.Start, Name = text.Text[name.Start..end] };
            if (text.Text[end] == ' ' && Owner(text, longer) is not null)
            {
                return longer;
            }
        }

        return NameEnd.Whole(text, name, text.Text.Length, findings.Lexicon.Phrases);
    }

    /// <summary>"the programme Mer 2030 de la Ligue des ports": capitals go on into its owner.</summary>
    private NameSpan? OwnerWithin(PlainText text, NameSpan name)
    {
        for (var at = text.Text.IndexOf(' ', name.Start, name.Length); at > 0 && at < name.End; at = text.Text.IndexOf(' ', at + 1, name.End - at - 1))
        {
            if (InstitutionName.OwnerAt(text, at, findings.Lexicon.Phrases) is not null)
            {
                return name with { Length = at - name.Start, Name = text.Text[name.Start..at] };
            }
        }

        return null;
    }

    /// <summary>"the project X of the museum Y".</summary>
    private NameSpan? Owner(PlainText text, NameSpan name) => InstitutionName.OwnerAt(text, name.End, findings.Lexicon.Phrases);

    /// <summary>Only a space, a quote or emphasis may stand between; "the project of X" names something else.</summary>
    private static bool IsAdjacent(PlainText text, int end, int start)
    {
        for (var at = end; at < start; at++)
        {
            if (text.Folded[at] is not (' ' or '"'))
            {
                return false;
            }
        }

        return true;
    }
}
