using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Initiatives whose name is a link within a sentence that says what they are: a kind before the name ("the programme [X](...)"), behind it ("[X](...),
/// a programme of Y", "[X](...) is a programme"), or somebody who launches it. Notes link whatever they speak of, so the sentence also has
/// to say who makes or pays it, when or where; tools are such only where the words are of museums and heritage.
/// </summary>
internal sealed partial class LinkRecogniser(NoteFindings findings)
{
    private const int LongestName = 80;

    // Works that others write about, and things that anybody makes: these need somebody who has made them, and words of the field.
    private static readonly string[] Works = ["guide", "report", "survey", "standard", "newsletter", "collection", "event"];
    private static readonly string[] Tools = ["app", "platform", "service", "toolkit", "training"];

    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Recognise(Note note)
    {
        foreach (var block in note.Blocks)
        {
            if (block.Kind is not (BlockKind.Paragraph or BlockKind.ListItem))
            {
                continue;
            }

            var mayName = false;
            foreach (var link in block.Text.Links)
            {
                if (!IsName(block.Text, link))
                {
                    continue;
                }

                if (findings.IsFull(block.Text))
                {
                    return;
                }

                mayName = mayName || !(block.IsUnder(_phrases["takeaways"]) || _phrases["boilerplate"].IsMatch(block.Text) || _phrases["work-of-authors"].IsMatch(block.Text));
                if (!mayName)
                {
                    break;
                }

                RecogniseNamed(block.Text, link);
            }
        }
    }

    private bool IsName(PlainText text, LinkSpan link)
    {
        if (link is not { Url: not null, IsEmbed: false, Length: > 1 and <= LongestName } || !HasCapital(text.Text.AsSpan(link.Start, link.Length)))
        {
            return false;
        }

        var name = Name(text, link);
        return name.Name.Length > 1 && !IsKnown(name.Name) && !IsInstitution(name.Name) && Names.IsOrganisation(name, _phrases, _lexicon) && WebAddress.Clean(link.Url, out _) is not null;
    }

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

    private static NameSpan Name(PlainText text, LinkSpan link)
    {
        var name = text.Text.Substring(link.Start, link.Length).ReplaceLineEndings(" ").Trim().Trim('"', '«', '»').Trim();
        return new NameSpan(link.Start, link.Length, name, null, link);
    }

    private void RecogniseNamed(PlainText text, LinkSpan link)
    {
        var sentence = Prose.SentenceStart(text, link.Start, 0);
        var end = Prose.SentenceEnd(text, link.End, text.Text.Length);
        var bracket = Names.Bracket(text, link.End, end);
        var behind = bracket?.End + 1 ?? link.End;
        var before = KindBefore(text, sentence, link.Start);
        var apposition = KindBehind(text, behind, end);
        var kind = before ?? apposition ?? KindSaid(text, behind, end);
        var launch = link.Start > sentence ? Launch(text, sentence, before?.Start ?? link.Start) : null;
        if (kind is null && launch is null)
        {
            return;
        }

        var drafts = findings.Drafts.Count;
        var problems = findings.Diagnostics.Count;
        var draft = Names.DraftOf(findings, text, Name(text, link), EntityType.Initiative);
        if (kind is { } said)
        {
            draft.Add(FactKind.Kind, said.Slug, text.Origin(Math.Min(said.Start, link.Start), Math.Max(said.End, link.End) - Math.Min(said.Start, link.Start)));
            new CoverageFinder(findings).FindBehindKind(draft, text, said.Start, said.Start, said.End, end);
        }

        if (bracket is var (open, close))
        {
            new BracketReader(findings).Read(draft, text, open, close - open);
        }

        if (before is { } noun && _phrases["ended.before"].Match(text, sentence, noun.Start - sentence) is { Success: true } over && over.Index + over.Length + 1 >= noun.Start
            && text.Folded.AsSpan(sentence, over.Index - sentence).TrimEnd() is [] or [.., ':'])
        {
            draft.Add(FactKind.Status, "ended", text.Origin(over.Index, link.End - over.Index));
        }

        foreach (var maker in launch?.Makers ?? [])
        {
            draft.HasMaker = true;
            draft.Add(FactKind.Agent, launch!.Value.Role, text.Origin(maker.Start, link.End - maker.Start), Names.DraftOf(findings, text, maker, EntityType.Organisation));
        }

        // What the apposition says begins with its noun, so that "a platform of Y" says whose it is.
        var from = apposition?.Start ?? Skip(text, behind, end);
        new FactFinder(findings).Find(draft, text, from, new Continuation(findings.Lexicon).End(text, end), false);
        if (!IsStated(draft, text, sentence, end))
        {
            findings.Forget(drafts);
            findings.Diagnostics.RemoveRange(problems, findings.Diagnostics.Count - problems);
        }
    }

    private bool IsStated(Draft draft, PlainText text, int start, int end)
    {
        var kinds = draft.Facts.Where(f => f.Kind == FactKind.Kind).Select(f => f.Value).ToList();
        var isMade = draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme);
        if (kinds.Exists(k => !Works.Contains(k, StringComparer.Ordinal) && !Tools.Contains(k, StringComparer.Ordinal)))
        {
            return isMade || draft.Facts.Exists(f => f.Kind is FactKind.Period or FactKind.Place or FactKind.CoversArea or FactKind.BasedIn or FactKind.Audience);
        }

        return isMade && (kinds.Count == 0 || kinds.Exists(k => Works.Contains(k, StringComparer.Ordinal)) || _phrases["field"].Match(text, start, end - start).Success || draft.Has(FactKind.Audience));
    }

    /// <summary>"the programme [X]", "fin du projet [X]", "le portail suisse [X]": the kind right before a name, with at most an adjective between.</summary>
    private (string Slug, int Start, int End)? KindBefore(PlainText text, int start, int name)
    {
        var at = name;
        for (var words = 0; words < 5; words++)
        {
            while (at > start && text.Folded[at - 1] is ' ' or '"' or '\u00A0')
            {
                at--;
            }

            while (at > start && (char.IsLetter(text.Folded[at - 1]) || text.Folded[at - 1] == '-'))
            {
                at--;
            }

            if (at >= name || !char.IsLower(text.Text[at]) || (words > 0 && text.Folded[at..].StartsWith("et ", StringComparison.Ordinal)))
            {
                return null;
            }

            if (_lexicon.Concepts.At("kinds", text.Folded, at) is { } kind && at + kind.Length <= name && (at == 0 || !char.IsLetterOrDigit(text.Text[at - 1]))
                && IsAdjectives(text, at + kind.Length, name) && text.Folded[at + kind.Length - 1] != 's')
            {
                return (kind.Slug, at, at + kind.Length);
            }
        }

        return null;
    }

    /// <summary>Whether only adjectives and a quote stand between a noun and a name.</summary>
    private static bool IsAdjectives(PlainText text, int at, int end)
    {
        while (InstitutionName.AdjectiveEnd(text.Text, at, end) is { } adjective)
        {
            at = adjective;
        }

        return text.Folded.AsSpan(at, end - at).Trim("\" \u00A0").IsEmpty;
    }

    /// <summary>"[X], a programme of Y", "[X] (2019), projet du Musée Y", "[X]: a platform": what stands behind the name is a noun for it.</summary>
    private (string Slug, int Start, int End)? KindBehind(PlainText text, int at, int end)
    {
        while (at < end && text.Folded[at] is '"' or ' ' or '\u00A0')
        {
            at++;
        }

        if (at >= end || text.Text[at] is not (',' or ':' or '–' or '-'))
        {
            return null;
        }

        return KindAt(text, Skip(text, at + 1, end), end);
    }

    /// <summary>"[X] is a programme", "[X] est un vaste réseau".</summary>
    private (string Slug, int Start, int End)? KindSaid(PlainText text, int at, int end)
    {
        at = Skip(text, at, end);
        return _phrases["kind.predicate"].Match(text, at, Math.Min(24, end - at)) is { Success: true } verb && verb.Index == at
            && KindAt(text, Skip(text, at + verb.Length, end), end) is { } kind && !_phrases["type.organisation"].Match(text, at, kind.Start - at).Success ? kind : null;
    }

    /// <summary>A kind with at most an article and three words before it that belong to the noun.</summary>
    private (string Slug, int Start, int End)? KindAt(PlainText text, int at, int end)
    {
        var start = at;
        if (_phrases["kind.opening"].Match(text, at, Math.Min(6, end - at)) is { Success: true } article && article.Index == at)
        {
            at = Skip(text, at + article.Length, end);
        }

        for (var words = 0; words < 4 && at < end; words++)
        {
            if (char.IsLower(text.Text[at]) && _lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
            {
                return at + kind.Length <= end ? (kind.Slug, start, at + kind.Length) : null;
            }

            var stop = at;
            while (stop < end && (char.IsLetterOrDigit(text.Text[stop]) || text.Text[stop] == '-'))
            {
                stop++;
            }

            var word = text.Folded.AsSpan(at, stop - at);
            if (stop == at || stop >= end || text.Text[stop] != ' ' || _phrases["noun-end"].Has(word) || _phrases["type.organisation"].Has(word))
            {
                return null;
            }

            at = stop + 1;
        }

        return null;
    }

    /// <summary>"The museum Y launches [X]": who is the subject of a verb of making whose object the name is.</summary>
    private (string Role, List<NameSpan> Makers)? Launch(PlainText text, int sentence, int name)
    {
        // A colon begins what a source tells: "Read in the newsletter of Z: the museum Y launches [X]".
        var colon = name > sentence ? text.Text.LastIndexOf(':', name - 1, name - sentence) : -1;
        var from = colon >= 0 && colon + 1 < name && char.IsWhiteSpace(text.Text[colon + 1]) ? Skip(text, colon + 1, name) : sentence;
        foreach (var verbs in _phrases.Under("subject."))
        {
            if (verbs.Heading == "subject.operator")
            {
                continue;
            }

            foreach (var verb in Prose.Matches(verbs, text, from, name))
            {
                if (Between().IsMatch(text.Folded.AsSpan(verb.Index + verb.Length, name - verb.Index - verb.Length))
                    && new MakerFinder(findings).Subject(text, from, verb.Index).FindAll(n => Names.IsOrganisation(n, _phrases, _lexicon)) is { Count: > 0 } makers)
                {
                    return (verbs.Heading["subject.".Length..], makers);
                }
            }
        }

        return null;
    }

    private static int Skip(PlainText text, int at, int end)
    {
        while (at < end && (char.IsWhiteSpace(text.Text[at]) || text.Folded[at] == '"'))
        {
            at++;
        }

        return at;
    }

    [GeneratedRegex(@"^\s*(?:(?:l'|(?:le|la|les|the|son|sa|its|un|une|a)\s)\s*)?""?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
