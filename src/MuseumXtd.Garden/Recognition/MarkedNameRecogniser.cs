using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Initiatives whose name is a link, emphasised or in quotes within a sentence that says what they are, or that somebody launches them. A work that is no more than
/// named is an output.
/// </summary>
/// <param name="findings">What the note names.</param>
/// <param name="facts">Made once for a note, since it keeps its lists between calls: each stretch is read to its end before the next one.</param>
internal sealed class MarkedNameRecogniser(NoteFindings findings, FactFinder facts)
{
    private const int LongestName = 80;

    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly NameKinds _kinds = new(findings.Lexicon);
    private readonly Launches _launches = new(findings);
    private readonly Clauses _clauses = new(findings.Lexicon.Phrases);
    private readonly Continuation _continuation = new(findings.Lexicon);
    private readonly CoverageFinder _coverage = new(findings);
    private readonly BracketReader _brackets = new(findings);
    private readonly DateFinder _dates = new(findings);

    public void Recognise(Note note)
    {
        var evidence = new Evidence(_phrases, note.Heading?.Text);
        foreach (var (order, block) in note.Blocks.Index())
        {
            if (block.Kind is not (BlockKind.Paragraph or BlockKind.ListItem))
            {
                continue;
            }

            bool? mayName = null;
            foreach (var name in MarkedNames.Of(block.Text))
            {
                if (!MayBeName(block.Text, name))
                {
                    continue;
                }

                if (findings.IsFull(block.Text))
                {
                    return;
                }

                mayName ??= !((block.Kind == BlockKind.ListItem && block.IsUnder(_phrases["takeaways"]) && !IsOfItem(block, name)) || _phrases["boilerplate"].IsMatch(block.Text) || _phrases["work-of-authors"].IsMatch(block.Text));
                if (mayName == false)
                {
                    break;
                }

                // An item about one link is about it to its end, and so are the works below.
                var isOfItem = block.Kind == BlockKind.ListItem && block.Text.Links is [var only] && only == name.Link;
                if (RecogniseNamed(block.Text, name, evidence, isOfItem) is { } draft && isOfItem)
                {
                    new ListedOutputs(findings).FindUnder(draft, note, order);
                }
            }
        }
    }

    /// <summary>An item that begins with a link and says behind it what that is: "[X](...), the network of Y".</summary>
    private bool IsOfItem(TextBlock block, NameSpan name) => name.Link is not null && name.Start <= 4 && block.Text.Links is [_] && _kinds.Behind(block.Text, name.End, block.Text.FirstLineEnd) is not null;

    private bool MayBeName(PlainText text, NameSpan name) =>
        name.Length is > 1 and <= LongestName && name.Name.Length > 1 && HasCapital(text.Text.AsSpan(name.Start, name.Length)) && !IsKnown(name.Name) && !IsInstitution(name.Name)
        && Names.IsOrganisation(name, _phrases, _lexicon) && (name.Link?.Url is not { } url || WebAddress.Clean(url, out _) is not null);

    private static bool HasCapital(ReadOnlySpan<char> words)
    {
        foreach (var c in words)
        {
            if (char.IsUpper(c) || char.IsDigit(c) || c == '.')
            {
                return true;
            }
        }

        return false;
    }

    private bool IsInstitution(string name) => name.Split(' ')[0] is var first && _phrases.Has("institution", TextFolding.Fold(first)) && _lexicon.Concepts.Find("kinds", first) is null;

    private bool IsKnown(string name) => findings.Known(EntityType.Initiative, name) is not null || findings.Known(EntityType.Output, name) is not null
        || findings.Known(EntityType.FundingScheme, name) is not null || findings.Known(EntityType.Organisation, name) is not null
        || (findings.Main is { } main && Subjects.IsSelf(main, name));

    private Draft? RecogniseNamed(PlainText text, NameSpan name, Evidence evidence, bool isOfItem)
    {
        var sentence = Prose.SentenceStart(text, name.Start, 0);
        var end = Prose.SentenceEnd(text, name.End, text.Text.Length);
        var kinds = _kinds.Of(text, name, sentence, end);
        if (name.Link is { Url: null } && (kinds.Kind is null || kinds.Before is not null))
        {
            // Notes lead from one to another: what follows has to say that this one is of a thing.
            return null;
        }

        var thing = kinds.Before?.Start ?? name.Start;
        var launch = name.Start > sentence ? _launches.Find(text, sentence, name.Start, thing, kinds.Kind is not null) : null;
        var told = Told(text, kinds.Behind, end);
        if (kinds.Kind is { } what ? !evidence.MayBeKind(text, name, sentence, what) : (launch is null || (name.Link is null && !launch.Value.IsOfWork)) && told is null)
        {
            return null;
        }

        var drafts = findings.Drafts.Count;
        var problems = findings.Diagnostics.Count;
        var isWork = name.Link is null && (kinds.Kind is { } said ? Evidence.IsWork(said.Slug) : launch?.IsOfWork == true);
        var draft = Names.DraftOf(findings, text, name, isWork ? EntityType.Output : EntityType.Initiative);
        AddKind(draft, text, name, kinds, end);
        if (Names.Bracket(text, MarkedNames.AfterQuote(text, name.End), end) is var (open, close))
        {
            _brackets.Read(draft, text, open, close - open);
        }

        AddStatus(draft, text, name, sentence, kinds.Before, told);
        AddLaunch(draft, text, name, launch);

        // What the apposition says begins with its noun, so that "a platform of Y" says whose it is.
        var from = kinds.Apposition?.Start ?? Prose.Skip(text, kinds.Behind, end);
        if (launch is null && ReadOpening(draft, text, sentence, thing))
        {
            from = sentence;
        }

        if (name.Link is not null || launch is not null || kinds.Apposition is not null || _clauses.IsSubject(text, sentence, thing) || _clauses.IsClause(text, from, end))
        {
            facts.Find(draft, text, from, isOfItem ? text.Text.Length : _continuation.End(text, end), false);
        }

        if (!evidence.IsEnough(draft, text, name, sentence, end, kinds))
        {
            findings.Forget(drafts);
            findings.Diagnostics.RemoveRange(problems, findings.Diagnostics.Count - problems);
            return null;
        }

        return draft;
    }

    private void AddKind(Draft draft, PlainText text, NameSpan name, KindsOfName kinds, int end)
    {
        if (kinds.Kind is { Slug.Length: > 0 } said)
        {
            draft.Add(FactKind.Kind, said.Slug, text.Origin(Math.Min(said.Start, name.Start), Math.Max(said.End, name.End) - Math.Min(said.Start, name.Start)));
            _coverage.FindBehindKind(draft, text, said.Start, said.Start, said.End, end);
        }

        if (kinds is { Before: { } noun, Called: null })
        {
            draft.Add(FactKind.AltName, text.Text[noun.Start..name.End].ReplaceLineEndings(" "), text.Origin(noun.Start, name.End - noun.Start));
        }
    }

    /// <summary>"End of the project *X*", "*X* is over".</summary>
    private void AddStatus(Draft draft, PlainText text, NameSpan name, int sentence, KindNoun? before, (string? Status, int End)? told)
    {
        if (before is { } ending && _phrases["ended.before"].Match(text, sentence, ending.Start - sentence) is { Success: true } over && over.Index + over.Length + 1 >= ending.Start
            && text.Folded.AsSpan(sentence, over.Index - sentence).TrimEnd() is [] or [.., ':'])
        {
            draft.Add(FactKind.Status, "ended", text.Origin(over.Index, name.End - over.Index));
        }

        if (told is { Status: { } status } state)
        {
            draft.Add(FactKind.Status, status, text.Origin(name.Start, state.End - name.Start));
        }
    }

    private void AddLaunch(Draft draft, PlainText text, NameSpan name, Launch? launch)
    {
        if (launch is not { } made)
        {
            return;
        }

        draft.HasMaker = true;
        foreach (var (role, maker) in made.Makers)
        {
            draft.Add(role == "funder" ? FactKind.Funder : FactKind.Agent, role == "funder" ? "" : role, text.Origin(maker.Start, name.End - maker.Start), Names.DraftOf(findings, text, maker, EntityType.Organisation));
        }

        if (made.Date is { } date && !draft.Has(FactKind.Period))
        {
            DateFinder.Add(draft, text, date);
        }
    }

    /// <summary>"*X* is over", "[X] should open in 2027": what only initiatives do, right behind a name.</summary>
    private (string? Status, int End)? Told(PlainText text, int at, int end)
    {
        at = Prose.Skip(text, at, end);
        foreach (var phrases in _phrases.Under("told."))
        {
            if (phrases.Match(text, at, Math.Min(end - at, 48)) is { Success: true } told && told.Index == at)
            {
                return (phrases.Heading == "told.begun" ? null : phrases.Heading["told.".Length..], told.Index + told.Length);
            }
        }

        return null;
    }

    /// <summary>"Since 2017, the platform *X* ...", "Born of a partnership between A and B, ...": what a sentence says of its subject before it names it.</summary>
    private bool ReadOpening(Draft draft, PlainText text, int sentence, int at)
    {
        if (_clauses.Opening(text, sentence, at) is not { } comma)
        {
            return false;
        }

        if (!draft.Has(FactKind.Period) && _dates.At(text, sentence, comma) is { IsOpen: true } since && since.End == comma)
        {
            DateFinder.Add(draft, text, since);
        }

        return true;
    }
}
