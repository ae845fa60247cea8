using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Initiatives whose name is a link, emphasised or in quotes within a sentence that says what they are: a kind before the name ("the programme [X](...)"), behind it
/// ("*X*, a programme of Y", "**X** is a programme"), or somebody who launches it. Notes mark whatever they speak of, so the sentence also has
/// to say who makes or pays it, when or where; tools are such only where the words are of museums and heritage, and a work that is no more than named is an output.
/// </summary>
internal sealed partial class MarkedNameRecogniser(NoteFindings findings)
{
    private const int LongestName = 80;

    // From the article of a noun to "called".
    private const int LongestNoun = 120;

    // Works that others write about, and things that anybody makes: these need somebody who has made them, and words of the field.
    private static readonly string[] Works = ["guide", "report", "survey", "standard", "newsletter", "collection", "event"];
    private static readonly string[] Tools = ["app", "platform", "service", "toolkit", "training"];

    // What is held or sent, and what needs an address to be more than a title.
    private static readonly string[] OnlyLinked = ["event", "newsletter", "service", "collection", "policy", "standard"];

    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    private bool _isOfField;
    private string _title = "";

    public void Recognise(Note note)
    {
        _title = note.Heading?.Text.Folded ?? "";
        _isOfField = note.Heading is { } heading && _phrases["field"].IsMatch(heading.Text);
        foreach (var block in note.Blocks)
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

                // An item about one link is about it to its end.
                RecogniseNamed(block.Text, name, block.Kind == BlockKind.ListItem && block.Text.Links is [var only] && only == name.Link);
            }
        }
    }

    /// <summary>An item that begins with a link and says behind it what that is: "[X](...), the network of Y".</summary>
    private bool IsOfItem(TextBlock block, NameSpan name) => name.Link is not null && name.Start <= 4 && block.Text.Links is [_] && KindBehind(block.Text, name.End, block.Text.FirstLineEnd) is not null;

    private bool MayBeName(PlainText text, NameSpan name) =>
        name.Length is > 1 and <= LongestName && name.Name.Length > 1 && HasCapital(text.Text.AsSpan(name.Start, name.Length)) && !IsKnown(name.Name) && !IsInstitution(name.Name)
        && Names.IsOrganisation(name, _phrases, _lexicon) && (name.Link is null || WebAddress.Clean(name.Link.Url!, out _) is not null);

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

    private void RecogniseNamed(PlainText text, NameSpan name, bool isOfItem)
    {
        var sentence = Prose.SentenceStart(text, name.Start, 0);
        var end = Prose.SentenceEnd(text, name.End, text.Text.Length);
        var nameEnd = MarkedNames.AfterQuote(text, name.End);
        var bracket = Names.Bracket(text, nameEnd, end);
        var behind = bracket?.End + 1 ?? nameEnd;
        var called = Called(text, sentence, name.Start);
        var before = called ?? KindBefore(text, sentence, name.Start);
        var apposition = KindBehind(text, behind, end);
        var next = before is null && apposition is null && nameEnd == behind ? KindNext(text, sentence, name.Start, nameEnd, end) : null;
        behind = next?.End ?? behind;
        apposition ??= KindAmong(text, behind, end);
        var kind = before ?? apposition ?? next ?? KindSaid(text, behind, end) ?? KindWithin(text, name, behind, end);
        var launch = name.Start > sentence ? Launch(text, sentence, name.Start, before?.Start ?? name.Start, kind is not null) : null;
        var told = Told(text, behind, end);
        if ((kind is { } what && !MayBeKind(text, name, sentence, what)) || (kind is null && (launch is null || (name.Link is null && !launch.Value.IsOfWork)) && told is null))
        {
            return;
        }

        var drafts = findings.Drafts.Count;
        var problems = findings.Diagnostics.Count;
        var type = name.Link is null && (kind is null ? launch?.IsOfWork == true : Works.Contains(kind.Value.Slug, StringComparer.Ordinal)) ? EntityType.Output : EntityType.Initiative;
        var draft = Names.DraftOf(findings, text, name, type);
        if (kind is { Slug.Length: > 0 } said)
        {
            draft.Add(FactKind.Kind, said.Slug, text.Origin(Math.Min(said.Start, name.Start), Math.Max(said.End, name.End) - Math.Min(said.Start, name.Start)));
            new CoverageFinder(findings).FindBehindKind(draft, text, said.Start, said.Start, said.End, end);
        }

        if (before is { } noun && called is null)
        {
            draft.Add(FactKind.AltName, text.Text[noun.Start..name.End].ReplaceLineEndings(" "), text.Origin(noun.Start, name.End - noun.Start));
        }

        if (bracket is var (open, close))
        {
            new BracketReader(findings).Read(draft, text, open, close - open);
        }

        if (before is { } ending && _phrases["ended.before"].Match(text, sentence, ending.Start - sentence) is { Success: true } over && over.Index + over.Length + 1 >= ending.Start
            && text.Folded.AsSpan(sentence, over.Index - sentence).TrimEnd() is [] or [.., ':'])
        {
            draft.Add(FactKind.Status, "ended", text.Origin(over.Index, name.End - over.Index));
        }

        if (told is { Status: { } status } state)
        {
            draft.Add(FactKind.Status, status, text.Origin(name.Start, state.End - name.Start));
        }

        if (launch is { } made)
        {
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

        // What the apposition says begins with its noun, so that "a platform of Y" says whose it is.
        var from = apposition?.Start ?? Skip(text, behind, end);
        if (launch is null && ReadOpening(draft, text, sentence, before?.Start ?? name.Start))
        {
            from = sentence;
        }

        if (name.Link is not null || launch is not null || apposition is not null || IsSubject(text, sentence, before?.Start ?? name.Start) || IsClause(text, from, end))
        {
            new FactFinder(findings).Find(draft, text, from, isOfItem ? text.Text.Length : new Continuation(findings.Lexicon).End(text, end), false);
        }

        if (!IsCalledSo(text, sentence, name.Start) && !(called is { } thing && IsNamed(draft, name, thing.Slug)) && !IsTitled(name, kind?.Slug) && !IsFounded(text, name, kind?.Slug) && !IsStated(draft, text, name, name.Link is not null ? 0 : sentence, name.Link is not null ? text.Text.Length : end))
        {
            findings.Forget(drafts);
            findings.Diagnostics.RemoveRange(problems, findings.Diagnostics.Count - problems);
        }
    }

    /// <summary>"a platform for sharing called [X]", "a working group (of A and B) named [X]": the nearest noun for a thing before the participle.</summary>
    private (string Slug, int Start, int End)? Called(PlainText text, int sentence, int name)
    {
        var before = Trimmed(text, name);
        var participle = before - WordBefore(text, before, sentence).Length;
        if (participle == before || participle <= sentence || _phrases["called"].Match(text, participle, before - participle) is not { Success: true } called || called.Length != before - participle)
        {
            return null;
        }

        (string Slug, int Start, int End)? nearest = null;
        foreach (var article in Prose.Matches(_phrases["kind.opening"], text, Math.Max(sentence, participle - LongestNoun), participle))
        {
            var at = Skip(text, article.End, participle);
            if (_lexicon.Concepts.At("kinds", text.Folded, at) is { } kind && at + kind.Length <= participle)
            {
                nearest = (kind.Slug, at, at + kind.Length);
            }
            else if (_phrases["named-thing"].Match(text, at, Math.Min(32, participle - at)) is { Success: true } thing && thing.Index == at)
            {
                nearest = ("", at, thing.End);
            }
        }

        return nearest;
    }

    /// <summary>Whether it is enough that a thing is called so: works and tools need somebody who makes them.</summary>
    private static bool IsNamed(Draft draft, NameSpan name, string kind) => name.Link is not null
        && (draft.Has(FactKind.Agent) || !(Works.Contains(kind, StringComparer.Ordinal) || Tools.Contains(kind, StringComparer.Ordinal)));

    /// <summary>"It goes on under the name of [X]".</summary>
    private bool IsCalledSo(PlainText text, int sentence, int name) =>
        _phrases["under-the-name"].Match(text, sentence, name - sentence) is { Success: true } called && text.Folded.AsSpan(called.Index + called.Length, name - called.Index - called.Length).Trim("\" ").IsEmpty;

    /// <summary>Whether the title of the note names the thing as well: the note tells of it, and not of a tool.</summary>
    private bool IsTitled(NameSpan name, string? kind) => kind is not null && name.Length > 5 && _title.Contains(TextFolding.Fold(name.Name), StringComparison.Ordinal);

    /// <summary>"She has founded [X](...), a network": whoever it is that has founded it.</summary>
    private bool IsFounded(PlainText text, NameSpan name, string? kind) => kind is not null && name.Link is not null && !Works.Contains(kind, StringComparer.Ordinal)
        && _phrases["has-founded"].Match(text, Math.Max(0, name.Start - 40), Math.Min(40, name.Start)) is { Success: true } verb && Between().IsMatch(text.Folded.AsSpan(verb.End, name.Start - verb.End));

    private bool IsStated(Draft draft, PlainText text, NameSpan name, int start, int end)
    {
        var kinds = draft.Facts.Where(f => f.Kind == FactKind.Kind).Select(f => f.Value).ToList();
        var isMade = draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme);
        if (kinds.Exists(k => !Works.Contains(k, StringComparer.Ordinal) && !Tools.Contains(k, StringComparer.Ordinal)))
        {
            return isMade || draft.Has(FactKind.Period) || (name.Link is not null && draft.Facts.Exists(f => f.Kind is FactKind.Place or FactKind.CoversArea or FactKind.BasedIn or FactKind.Audience));
        }

        return isMade && (kinds.Count == 0 || kinds.Exists(k => Works.Contains(k, StringComparer.Ordinal)) || (name.Link is not null && _isOfField) || draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder && IsPublic(f.Other!.Name)) || _phrases["field"].Match(text, start, end - start).Success || draft.Has(FactKind.Audience));
    }

    /// <summary>A university, a foundation or a canton makes nothing to sell it.</summary>
    private bool IsPublic(string name)
    {
        var words = TextFolding.Words(name).Split(' ');
        return (_phrases.Has("institution", words[0]) || _phrases.Has("body-noun", words[^1]) || _phrases.Has("institution", words[^1])) && !_phrases.Has("company", words[0]) && !_phrases.Has("company", words[^1]);
    }

    /// <summary>Whether the words for a kind may be those of an initiative at a marked name: exhibitions that can be seen from afar, and nothing in a person's title.</summary>
    private bool MayBeKind(PlainText text, NameSpan name, int sentence, (string Slug, int Start, int End) kind) =>
        !(name.Link is null && OnlyLinked.Contains(kind.Slug, StringComparer.Ordinal))
        && !(name.Link is null && kind.Slug == "exhibition" && !_phrases["online"].Match(text, kind.Start, Math.Min(text.Text.Length, kind.End + 24) - kind.Start).Success)
        && !(Tools.Contains(kind.Slug, StringComparer.Ordinal) && _phrases["used"].Match(text, sentence, Math.Min(name.Start, kind.Start) - sentence).Success);

    /// <summary>"*X* is over", "[X] should open in 2027": what only initiatives do, right behind a name.</summary>
    private (string? Status, int End)? Told(PlainText text, int at, int end)
    {
        at = Skip(text, at, end);
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
        if (Opening(text, sentence, at) is not { } comma)
        {
            return false;
        }

        if (!draft.Has(FactKind.Period) && new DateFinder(findings).At(text, sentence, comma) is { IsOpen: true } since && since.End == comma)
        {
            DateFinder.Add(draft, text, since);
        }

        return true;
    }

    /// <summary>Where the clause ends that opens a sentence before its subject, which begins at a place; null where none does.</summary>
    private int? Opening(PlainText text, int sentence, int at)
    {
        var before = text.Folded.AsSpan(sentence, at - sentence).TrimEnd("\" ").ToString();
        foreach (var article in (ReadOnlySpan<string>)[" le", " la", " l'", " les", " the", " ce", " cette"])
        {
            before = before.EndsWith(article, StringComparison.Ordinal) ? before[..^article.Length].TrimEnd() : before;
        }

        return before.EndsWith(',') && (IsFirst("opening") || IsFirst("clause")) ? sentence + before.Length - 1 : null;

        bool IsFirst(string heading) => _phrases[heading].Match(text, sentence, Math.Min(24, at - sentence)) is { Success: true } first && text.Folded.AsSpan(sentence, first.Index - sentence).IsWhiteSpace();
    }

    /// <summary>"..., led by Y", "..., which was": a clause about the name before it.</summary>
    private bool IsClause(PlainText text, int at, int end)
    {
        if (at >= end || text.Text[at] != ',')
        {
            return false;
        }

        at = Skip(text, at + 1, end);
        return Begins("clause") || Begins("relative") || _phrases.Under("role.").Any(r => Begins(r.Heading));

        bool Begins(string heading) => _phrases[heading].Match(text, at, Math.Min(40, end - at)) is { Success: true } first && first.Index == at;
    }

    /// <summary>Whether a marked name, with the kind before it, is the subject of its sentence.</summary>
    private bool IsSubject(PlainText text, int sentence, int at)
    {
        var before = text.Folded.AsSpan(sentence, at - sentence).Trim("\"* ").ToString();
        return before is "" or "le" or "la" or "l'" or "the" or "ce" or "cette" or "this" or "son" or "sa" or "its" || before.EndsWith(':') || Opening(text, sentence, at) is not null;
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

            // "le MOOC *X*"
            if (at >= name || !(char.IsLower(text.Text[at]) || (at + 1 < name && char.IsUpper(text.Text[at + 1]))) || (words > 0 && text.Folded[at..].StartsWith("et ", StringComparison.Ordinal)))
            {
                return null;
            }

            if (_lexicon.Concepts.At("kinds", text.Folded, at) is { } kind && at + kind.Length <= name && (at == 0 || !char.IsLetterOrDigit(text.Text[at - 1]))
                && IsAdjectives(text, at + kind.Length, name) && text.Folded[at + kind.Length - 1] != 's')
            {
                // "cheffe de projet": what stands bare behind "of" says what sort of thing another one is.
                return _phrases["bare"].Has(WordBefore(text, at, start)) ? null : (kind.Slug, at, at + kind.Length);
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

    /// <summary>"[X], at once a medium, a wiki and a community": the first of several that is a kind.</summary>
    private (string Slug, int Start, int End)? KindAmong(PlainText text, int at, int end)
    {
        if (at >= end || text.Text[at] != ',' || _phrases["at-once"].Match(text, Skip(text, at + 1, end), Math.Min(16, end - at - 1)) is not { Success: true } several || several.Index > at + 2)
        {
            return null;
        }

        foreach (var article in Prose.Matches(_phrases["kind.opening"], text, several.End, end))
        {
            if (_lexicon.Concepts.At("kinds", text.Folded, Skip(text, article.End, end)) is { } kind)
            {
                return (kind.Slug, article.Index, Skip(text, article.End, end) + kind.Length);
            }
        }

        return null;
    }

    /// <summary>"the *X* programme": in English the kind stands behind the name.</summary>
    private (string Slug, int Start, int End)? KindNext(PlainText text, int sentence, int name, int at, int end)
    {
        at = Skip(text, at, end);
        return _phrases.Has("article.en", WordBefore(text, Trimmed(text, name), sentence)) && at < end && char.IsLower(text.Text[at]) && _lexicon.Concepts.At("kinds", text.Folded, at) is { } kind ? (kind.Slug, name, at + kind.Length) : null;
    }

    private static int Trimmed(PlainText text, int at)
    {
        while (at > 0 && text.Folded[at - 1] is '"' or ' ')
        {
            at--;
        }

        return at;
    }

    /// <summary>"the *Guide to sharing* is published by Y": the title says what it is, and the sentence who made it.</summary>
    private (string Slug, int Start, int End)? KindWithin(PlainText text, NameSpan name, int behind, int end)
    {
        var at = Skip(text, behind, end);
        return _lexicon.Concepts.At("kinds", text.Folded, name.Start) is { } kind && kind.Length < name.Length && _phrases["passive"].Match(text, at, Math.Min(10, end - at)) is { Success: true } verb && verb.Index == at
            && Skip(text, at + verb.Length, end) is var made && _phrases.Under("role.").Any(r => r.Match(text, made, Math.Min(40, end - made)) is { Success: true } role && role.Index == made)
            ? (kind.Slug, name.Start, name.End) : null;
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
        foreach (var heading in (ReadOnlySpan<string>)["kind.opening", "kind.definite"])
        {
            if (at == start && _phrases[heading].Match(text, at, Math.Min(6, end - at)) is { Success: true } article && article.Index == at)
            {
                at = Skip(text, at + article.Length, end);
            }
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

    /// <summary>"The museum Y launches [X]", "Y has published since 2019 the guide *X*", "Y and Z have joined to create *X*": who is the subject of a verb of making whose object the name is.</summary>
    private Making? Launch(PlainText text, int sentence, int name, int thing, bool isCalled)
    {
        // A colon or a dash begins what a source or a date tells: "Read in the newsletter of Z: the museum Y launches [X]", "03.04.2023 - Y launches [X]".
        var words = text.Folded.AsSpan(sentence, name - sentence);
        var sign = Math.Max(words.LastIndexOf(": "), words.LastIndexOf("- "));
        var from = sign > 0 ? Skip(text, sentence + sign + 1, name) : sentence;
        foreach (var joined in Prose.Matches(_phrases["joined"], text, from, thing))
        {
            if (NameList.Read(text, joined.Index + joined.Length, thing, _phrases) is [.., var last] partners && Skip(text, last.End, thing) is var to
                && _phrases["to-make"].Match(text, to, Math.Min(24, thing - to)) is { Success: true } make && make.Index == to && Object(text, to + make.Length, thing, name) is { } made
                && Makers(text, from, joined.Index) is { Count: > 0 } makers)
            {
                return new Making([.. makers.Select(m => ("creator", m)), .. partners.Select(p => ("partner", p))], made.Date ?? OpeningDate(text, from, joined.Index), made.IsOfWork);
            }
        }

        foreach (var verbs in _phrases.Under("subject.").Concat(_phrases.Under("launch.")))
        {
            foreach (var verb in Prose.Verbs(verbs, text, from, thing))
            {
                if (Object(text, verb.Index + verb.Length, thing, name) is not { } made || (verbs.Heading is "subject.operator" or "launch.funder" && !made.IsOfWork && thing == name && !isCalled))
                {
                    continue;
                }

                var role = verbs.Heading[(verbs.Heading.IndexOf('.', StringComparison.Ordinal) + 1)..];
                var makers = Makers(text, from, verb.Index).Select(m => (role, m)).ToList();
                if (makers.Count > 0 || (thing < name && made.Date is not null))
                {
                    return new Making(makers, made.Date ?? OpeningDate(text, from, verb.Index), made.IsOfWork);
                }
            }
        }

        return null;
    }

    private List<NameSpan> Makers(PlainText text, int from, int verb) => new MakerFinder(findings).Subject(text, from, verb).FindAll(n => Names.IsOrganisation(n, _phrases, _lexicon));

    /// <summary>What stands between a verb and the thing or the name that is its object: at most a date, an article, and a noun for a work.</summary>
    private (DateFinder.Moment? Date, bool IsOfWork)? Object(PlainText text, int at, int thing, int name)
    {
        var date = new DateFinder(findings).At(text, at, thing);
        at = date?.End ?? at;
        if (Between().IsMatch(text.Folded.AsSpan(at, thing - at)))
        {
            return (date, false);
        }

        return thing == name && _phrases["work"].Match(text, at, thing - at) is { Success: true } work && Between().IsMatch(text.Folded.AsSpan(at, work.Index - at))
            && IsAdjectives(text, work.Index + work.Length, name) ? (date, true) : null;
    }

    /// <summary>"In 2020, the museum Y has created ...".</summary>
    private DateFinder.Moment? OpeningDate(PlainText text, int from, int verb) =>
        new DateFinder(findings).At(text, from, verb) is { IsOpen: false } date && date.End < verb && text.Text[date.End] == ',' ? date : null;

    private static string WordBefore(PlainText text, int at, int start)
    {
        var end = at;
        while (end > start && text.Folded[end - 1] == ' ')
        {
            end--;
        }

        var word = end;
        while (word > start && char.IsLetter(text.Folded[word - 1]))
        {
            word--;
        }

        return text.Folded[word..end];
    }

    /// <param name="Makers">Who made the thing, each with the role.</param>
    /// <param name="Date">When, where the sentence says so beside the verb.</param>
    /// <param name="IsOfWork">Whether a noun for a work stands before the name.</param>
    private readonly record struct Making(List<(string Role, NameSpan Maker)> Makers, DateFinder.Moment? Date, bool IsOfWork);

    private static int Skip(PlainText text, int at, int end)
    {
        while (at < end && (char.IsWhiteSpace(text.Text[at]) || text.Folded[at] == '"'))
        {
            at++;
        }

        return at;
    }

    [GeneratedRegex(@"^[\s,]*(?:(?:l'|(?:le|la|les|the|son|sa|ses|its|their|leur|un|une|a|an)\s)\s*)?""?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
