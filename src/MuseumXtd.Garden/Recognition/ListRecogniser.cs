using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Lists of initiatives: under a heading that says so, items that begin with a link, then perhaps a bracket with places and years, then
/// prose on the next line. Under other headings an item of this form is an entity only when its prose says what kind of thing it is, and it is
/// no article, talk or interview.
/// </summary>
internal sealed partial class ListRecogniser(NoteFindings findings)
{
    private readonly FactFinder _facts = new(findings);

    public void Recognise(Note note)
    {
        var phrases = findings.Lexicon.Phrases;
        var leads = new ListLeads(findings.Lexicon);
        var outputs = new ListedOutputs(findings);
        TextBlock? above = null;
        foreach (var (order, block) in note.Blocks.Index())
        {
            var isAlone = IsNameAlone(block);
            if (block.Kind != BlockKind.ListItem && !isAlone)
            {
                above = block;
                continue;
            }

            if (findings.IsFull(block.Text))
            {
                return;
            }

            if (block.Level != 1 && !isAlone)
            {
                if (leads.Above(block) is { } outer)
                {
                    RecogniseListed(block.Text, note, outer);
                }

                continue;
            }

            Draft? item = null;
            if (block.IsUnder(phrases["list-heading"]))
            {
                item = RecogniseItem(block.Text, note, new Listing(null, default));
            }
            else if (leads.Before(above) is { } lead)
            {
                item = RecogniseListed(block.Text, note, lead);
            }
            else if (leads.Introduction(note, block) is var (introduced, isHeading) && !(isHeading && MayBeNextToRead(block.Text)))
            {
                item = RecogniseListed(block.Text, note, introduced);
            }
            else if (!block.IsUnder(phrases["takeaways"]) && !phrases["work-of-authors"].IsMatch(block.Text))
            {
                var drafts = findings.Drafts.Count;
                var problems = findings.Diagnostics.Count;
                item = RecogniseItem(block.Text, note, null);
                if (item is not null && !IsDescribed(item, note, order) && !IsStated(item, block.Text))
                {
                    item = null;
                    findings.Forget(drafts);
                    findings.Diagnostics.RemoveRange(problems, findings.Diagnostics.Count - problems);
                }
            }

            if (item is not null)
            {
                outputs.FindUnder(item, note, order);
            }
        }
    }

    /// <summary>A paragraph that is a wikilink and nothing else, on words that name a thing: an item of a list without marks. Others lead to the next thing to read.</summary>
    private bool IsNameAlone(TextBlock block) => block is { Kind: BlockKind.Paragraph, Item: null, Text: { Links: [{ Url: null, IsEmbed: false } link] } text }
        && text.Text.AsSpan(0, link.Start).IsWhiteSpace() && text.Text.AsSpan(link.End).TrimEnd('.').IsWhiteSpace()
        && (BareName.IsName(link, text, findings.Lexicon) || new NameReader(findings).IsOfKind(text, link));

    /// <summary>Under a heading a wikilink leads to the next thing to read, unless its words are a proper name.</summary>
    private bool MayBeNextToRead(PlainText text) => text.FirstLink is { Url: null } link && !BareName.IsName(link, text, findings.Lexicon);

    /// <summary>An item of a list of which something says what it lists: a link, or a name without one.</summary>
    private Draft? RecogniseListed(PlainText text, Note note, Listing listing)
    {
        if (findings.Lexicon.Phrases["work-of-authors"].IsMatch(text))
        {
            return null;
        }

        var item = text.FirstLink is null ? RecogniseBare(text) : RecogniseItem(text, note, listing);
        AddKind(item, listing);
        return item;
    }

    private static void AddKind(Draft? item, Listing? listing)
    {
        if (item is not null && listing is { Kind: { } kind, Origin: var origin })
        {
            item.Add(FactKind.Kind, kind, origin);
        }
    }

    /// <summary>"Le projet [X](...)", "L'exposition virtuelle [X](...)": the noun for what it is, with its article, is all that stands before.</summary>
    private Listing? KindBefore(PlainText text, int link)
    {
        var article = findings.Lexicon.Phrases["kind.definite"].Match(text, 0, Math.Min(8, link));
        var noun = article is { Success: true, Index: 0 } ? article.Length : 0;
        noun += noun < link && text.Folded[noun] == ' ' ? 1 : 0;
        return findings.Lexicon.Concepts.At("kinds", text.Folded, noun) is { } kind && noun + kind.Length < link && text.Folded[noun + kind.Length - 1] is not 's'
            && text.Folded.AsSpan(InstitutionName.AfterAdjectives(text.Text, noun + kind.Length) is var end && end < link ? end : noun + kind.Length, link - Math.Min(end, link)).Trim("\" ").IsEmpty
            ? new Listing(kind.Slug, text.Origin(0, noun + kind.Length)) : null;
    }

    /// <summary>"Museum At Home (Museum of X)", an item without a link: where it is a name and nothing else.</summary>
    private Draft? RecogniseBare(PlainText text)
    {
        if (BareName.Read(text, findings.Lexicon) is not { } name || findings.Known(EntityType.Organisation, name.Name) is not null)
        {
            return null;
        }

        var draft = Names.DraftOf(findings, text, name, EntityType.Initiative);
        if (Names.Bracket(text, name.End, text.Text.Length) is var (open, close))
        {
            draft.Add(FactKind.AltName, text.Text[name.Start..(close + 1)], text.Origin(name.Start, close + 1 - name.Start));
            new BracketReader(findings).Read(draft, text, open, close - open);
        }

        return draft;
    }

    /// <summary>"[X](...)" with the item "interactive map of the museums of Y" or "This report ..." below: what that is says what X is.</summary>
    private bool IsDescribed(Draft draft, Note note, int order)
    {
        if (order + 1 >= note.Blocks.Count || note.Blocks[order + 1] is not { Kind: BlockKind.ListItem, Level: 2, Text: var below })
        {
            return false;
        }

        if (IsMeant(draft, below))
        {
            _facts.Find(draft, below, 0, below.Text.Length);
            return true;
        }

        if (below.Links.Length > 0 || !draft.Has(FactKind.Homepage))
        {
            return false;
        }

        var article = findings.Lexicon.Phrases["kind.opening"].Match(below, 0, Math.Min(6, below.Text.Length));
        var at = article is { Success: true, Index: 0 } ? article.Length + 1 : 0;
        var isThing = findings.Lexicon.Phrases["thing"].Match(below, at, Math.Min(24, Math.Max(0, below.Text.Length - at))) is { Success: true } thing && thing.Index == at;
        if (!isThing && findings.Lexicon.Concepts.At("kinds", below.Folded, at) is null)
        {
            return false;
        }

        _facts.Find(draft, below, 0, below.Text.Length);
        return isThing || draft.Has(FactKind.Kind);
    }

    /// <summary>"This report has examples", "This Harbour Workbook tells ...": the item below begins with what the one above is, or with its name.</summary>
    private bool IsMeant(Draft draft, PlainText below)
    {
        var phrases = findings.Lexicon.Phrases;
        if (phrases["kind.demonstrative"].Match(below, 0, Math.Min(6, below.Text.Length)) is not { Success: true, Index: 0 } demonstrative || phrases["work-of-authors"].IsMatch(below))
        {
            return false;
        }

        var noun = Math.Min(demonstrative.Length + 1, below.Text.Length);
        return (findings.Lexicon.Concepts.At("kinds", below.Folded, noun) is { } kind && kind.Slug != "event")
            || phrases["a-work"].Match(below, 0, Math.Min(24, below.Text.Length)) is { Success: true, Index: 0 }
            || (noun < below.Text.Length && char.IsUpper(below.Text[noun])
                && below.Folded[noun..PhraseSet.WordEnd(below.Folded, noun, below.Text.Length)] == TextFolding.Fold(draft.Name).Split(' ')[0]);
    }

    /// <summary>
    /// Whether the prose of an item outside lists of initiatives says that it is one: what kind of thing it is, who offers it, what it is part of.
    /// A maker in the label alone does not.
    /// </summary>
    private bool IsStated(Draft draft, PlainText text) =>
        draft.Has(FactKind.Kind) || draft.Has(FactKind.PartOf) || findings.Lexicon.Phrases["a-work"].IsMatch(text)
        || draft.Has(FactKind.Funder) || draft.HasMaker || IsOfPlace(text);

    /// <summary>"[X](...) (France)": a text has a place in its title, a thing has one behind it.</summary>
    private bool IsOfPlace(PlainText text) => text.FirstLink is { Url: not null } link && Names.Bracket(text, link.End, text.FirstLineEnd) is var (open, close)
        && close - open > 2 && findings.Lexicon.Places.Find(text.Text[open..close]) is { Kind: "country" or "region" }
        && !findings.Lexicon.Phrases.Has("institution", text.Folded[link.Start..PhraseSet.WordEnd(text.Folded, link.Start, link.End)]) && text.Text[link.End - 1] != '?';

    private Draft? RecogniseItem(PlainText text, Note note, Listing? listing)
    {
        var listed = listing is not null;
        var lineEnd = text.FirstLineEnd;
        var kind = text.FirstLink is { Url: not null } named && named.Start < lineEnd ? KindBefore(text, named.Start) : null;
        if (text.FirstLink is not { } link || link.Start >= lineEnd
            || (kind is null && !Lead().IsMatch(text.Folded.AsSpan(0, link.Start))))
        {
            return listed ? RecogniseOwned(text, lineEnd) : null;
        }

        var rest = link.End <= lineEnd ? Rest().Match(text.Folded, link.End, lineEnd - link.End) : Match.Empty;
        if (link.End > lineEnd || !rest.Success || (rest.Groups["more"].Success && !listed))
        {
            var made = link.End <= lineEnd ? RecogniseOfMaker(text, link, lineEnd) ?? RecogniseMade(text, link, lineEnd, listing) : null;
            AddKind(made, kind);
            return made;
        }

        var label = text.Text.AsSpan(link.Start, link.Length).Trim().ToString().ReplaceLineEndings(" ");
        if (findings.Lexicon.Phrases["list-introduction"].Match(TextFolding.Fold(label), 0, label.Length) is { Success: true, Index: 0 })
        {
            // A link to another list.
            return null;
        }

        if (link.Url is null && IsTalk(text, label, lineEnd))
        {
            return null;
        }

        var before = findings.Drafts.Count;
        var draft = findings.Add(new Draft
        {
            Type = EntityType.Initiative,
            Name = label,
            Origin = text.Origin(link.Start, link.Length),
            Language = findings.Language,
            Link = link.Target,
        });
        new NameReader(findings).ReadLabel(draft, text, link);
        if (link.Url is not null && WebAddress.Clean(link.Url, out _) is { } address)
        {
            draft.Add(FactKind.Homepage, address, text.OriginOf(link));
        }

        AddKind(draft, kind);
        if (rest.Groups["bracket"] is { Success: true } bracket)
        {
            new BracketReader(findings).Read(draft, text, bracket.Index, bracket.Length, listed);
        }

        var body = rest.Groups["body"] is { Success: true, Length: > 0 } sameLine ? sameLine.Index : lineEnd;
        if (body < text.Text.Length)
        {
            var words = text.Text.AsSpan(body).Trim().ToString().ReplaceLineEndings(" ");
            if (words.Length > 0)
            {
                draft.Add(FactKind.Description, words, text.Origin(body, text.Text.Length - body));
            }

            // "[[X]] The report analyses ...": the first words say what X is.
            var isSubject = findings.Lexicon.Phrases["item-subject"].Match(text, body, Math.Min(24, text.Text.Length - body)) is { Success: true } subject
                && text.Folded.AsSpan(body, subject.Index - body).IsWhiteSpace();
            _facts.Find(draft, text, body, text.Text.Length, listed || isSubject);
        }

        // "This tool", said of something that its name calls more exactly.
        if (draft.Facts.TrueForAll(f => f.Kind != FactKind.Kind || f.Value == "app") && (link.Url is not null || draft.Has(FactKind.Agent) || RepeatsKind(draft, text, body)))
        {
            new NameReader(findings).ReadKind(draft, draft.Name);
        }

        if (link.Url is not null && !draft.Has(FactKind.Kind))
        {
            new NameReader(findings).ReadSubtitle(draft, text, link);
        }

        foreach (var comment in text.Comments)
        {
            new FrontMatterRecogniser(findings).RecogniseOverride(draft, comment, text, note);
            draft.PreferAuthored();
            findings.ForgetUnnamed(before, draft);
        }

        return draft;
    }

    /// <summary>"[[Forum - Museum X]] In 2019, the Museum X has embarked on ...": the talk of a body, that does below what only bodies do.</summary>
    private bool IsTalk(PlainText text, string label, int lineEnd)
    {
        if (label.LastIndexOf(" - ", StringComparison.Ordinal) is not (> 0 and var dash))
        {
            return false;
        }

        var body = TextFolding.Fold(label[(dash + 3)..].Trim());
        var at = body.Length > 0 ? text.Folded.IndexOf(body, lineEnd, StringComparison.Ordinal) + body.Length : 0;
        return at > lineEnd && findings.Lexicon.Phrases["body-does"].Match(text, at, Math.Min(32, text.Folded.Length - at)) is { Success: true } verb && verb.Index == at + 1;
    }

    /// <summary>"[[Survey of X]] Those who made the survey ...": what the name says it is, the prose calls so as well.</summary>
    private bool RepeatsKind(Draft draft, PlainText text, int body)
    {
        if (findings.Lexicon.Concepts.At("kinds", TextFolding.Fold(draft.Name), 0) is not { } kind)
        {
            return false;
        }

        foreach (var article in Prose.Matches(findings.Lexicon.Phrases["kind.definite"], text, body, Prose.SentenceEnd(text, body, text.Text.Length)))
        {
            var noun = article.Index + article.Length;
            noun += noun < text.Folded.Length && text.Folded[noun] == ' ' ? 1 : 0;
            if (findings.Lexicon.Concepts.At("kinds", text.Folded, noun) is { } again && again.Slug == kind.Slug)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"[X](...) de [Y](...)": a thing and whose it is, where both are linked or the owner is a body.</summary>
    private Draft? RecogniseOfMaker(PlainText text, LinkSpan link, int lineEnd)
    {
        var phrases = findings.Lexicon.Phrases;
        if (link.Url is null || !char.IsUpper(text.Text[link.Start]) || Of().LengthAt(text.Folded, link.End, lineEnd) is not (> 0 and var of)
            || NameList.Read(text, link.End + of, lineEnd, phrases) is not [var name] || !Tail().IsMatch(text.Text.AsSpan(name.End, lineEnd - name.End))
            || WebAddress.Clean(link.Url, out _) is not { } address)
        {
            return null;
        }

        // Without a link, whose it is has to be a body, for titles go on so as well.
        if (!(name.Link is null ? phrases.Has("institution", TextFolding.Words(name.Name).Split(' ')[0]) || name.Described is not null : char.IsUpper(name.Name[0]) && name.Link.Url is not null)
            || !Names.IsOrganisation(name, phrases, findings.Lexicon))
        {
            return null;
        }

        var draft = findings.Add(new Draft
        {
            Type = EntityType.Initiative,
            Name = text.Text.Substring(link.Start, link.Length).ReplaceLineEndings(" ").Trim(),
            Origin = text.Origin(link.Start, link.Length),
            Language = findings.Language,
        });
        draft.Add(FactKind.Homepage, address, text.OriginOf(link));
        draft.HasMaker = true;
        draft.Add(FactKind.Agent, "creator", text.Origin(link.Start, name.End - link.Start), Names.DraftOf(findings, text, name, EntityType.Organisation));
        new NameReader(findings).ReadKind(draft, draft.Name);
        if (Names.Bracket(text, name.End, lineEnd) is var (open, close))
        {
            new BracketReader(findings).Read(draft, text, open, close - open, false);
        }

        _facts.Find(draft, text, lineEnd, text.Text.Length, false);
        return draft;
    }

    /// <summary>"[X](...) and [Y](...), developed by Z for W": links, then a clause that says who made them.</summary>
    private Draft? RecogniseMade(PlainText text, LinkSpan first, int lineEnd, Listing? listing)
    {
        var links = new List<LinkSpan> { first };
        while (Array.Find(text.Links, l => l.Start > links[^1].Start && !l.IsEmbed && l.Length > 0) is { } next
            && next.End <= lineEnd && text.Folded[links[^1].End..next.Start] is " et " or " and " or ", ")
        {
            links.Add(next);
        }

        var phrases = findings.Lexicon.Phrases;
        var clause = links[^1].End + 1;
        while (clause < lineEnd && text.Folded[clause] == ' ')
        {
            clause++;
        }

        if (clause >= lineEnd || text.Text[links[^1].End] != ',' || links.Exists(l => l.Url is null || WebAddress.Clean(l.Url, out _) is null)
            || !phrases.Under("role.").Any(r => r.Match(text, clause, Math.Min(40, lineEnd - clause)) is { Success: true } made && made.Index == clause))
        {
            return null;
        }

        Draft? draft = null;
        foreach (var link in links)
        {
            var made = findings.Add(new Draft
            {
                Type = EntityType.Initiative,
                Name = text.Text.Substring(link.Start, link.Length).ReplaceLineEndings(" ").Trim(),
                Origin = text.Origin(link.Start, link.Length),
                Language = findings.Language,
            });
            made.Add(FactKind.Homepage, WebAddress.Clean(link.Url!, out _)!, text.OriginOf(link));
            _facts.Find(made, text, clause, text.Text.Length, false);
            AddKind(made, listing ?? default);
            draft ??= made;
        }

        return draft;
    }

    /// <summary>"The online collections of the [museum X](...)": the link is on the owner, the thing is named by all the words before it and with it.</summary>
    private Draft? RecogniseOwned(PlainText text, int lineEnd)
    {
        if (text.FirstLink is not { Url: not null } link || link.End > lineEnd
            || OwnedLead().Match(text.Text[..link.Start]) is not { Success: true } lead || text.Text.AsSpan(link.End, lineEnd - link.End).Trim().Trim('.').Length > 0
            || WebAddress.Clean(link.Url, out _) is not { } address)
        {
            return null;
        }

        var name = lead.Groups["name"];
        var draft = findings.Add(new Draft
        {
            Type = EntityType.Initiative,
            Name = text.Text[name.Index..link.End].ReplaceLineEndings(" ").Trim(),
            Origin = text.Origin(name.Index, link.End - name.Index),
            Language = findings.Language,
        });
        draft.Add(FactKind.Homepage, address, text.OriginOf(link));
        var words = text.Text.Substring(link.Start, link.Length);
        var owner = new NameSpan(link.Start, link.Length, words.Split(" (")[0].Trim(), null, null);
        if (findings.Lexicon.Phrases.Has("institution", TextFolding.Fold(words.Split(' ')[0])) && owner.Name.Contains(' ', StringComparison.Ordinal))
        {
            draft.Add(FactKind.Agent, "creator", text.Origin(link.Start, link.Length), Names.DraftOf(findings, text, owner, EntityType.Organisation));
        }

        return draft;
    }

    [GeneratedRegex(@"^\W*(?:[Ll]es?\s|[Ll]a\s|[Ll]['’]|[Tt]he\s)(?<name>\p{Ll}[\p{L} '’-]{3,60}?\s(?:du|de la|de l['’]|des|de|d['’]|of|of the)\s*)$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnedLead();

    // "(MEI) de la HEIG-VD (2019)": an acronym, a parent, a year.
    [GeneratedRegex(@"^(?:\s?\([^()]{2,40}\))?(?:\s(?:de\sla|du|de\sl['’]|of\sthe)\s?[A-Z][A-Z-]{2,})?(?:\s?\([^()]{2,40}\))?[\s.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Tail();

    [GeneratedRegex(@"\G\s(?:du|de la|de l'|des|de|d'|par|of the|of|by)\s?", RegexOptions.CultureInvariant)]
    private static partial Regex Of();

    [GeneratedRegex(@"^\W*(?:l'|(?:le|la|les|the)\s+)?[""]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(@"\G[""\s.]*(?:\((?<bracket>[^()]*)\))?(?:(?:\s*[:\-]|,(?=\s(?:(?:une?|le|la|an?|the)\s|l')))\s*(?<body>.*)|(?<more>\s*\+\s.*)|[\s.:]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
