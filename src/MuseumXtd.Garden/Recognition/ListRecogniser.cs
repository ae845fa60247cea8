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
    private static readonly object NoSection = new();

    private readonly FactFinder _facts = new(findings);
    private Dictionary<object, (int Order, string? Kind, Origin Origin)>? _introductions;

    public void Recognise(Note note)
    {
        var phrases = findings.Lexicon.Phrases;
        foreach (var block in note.Blocks)
        {
            if (block.Kind != BlockKind.ListItem || block.Level != 1)
            {
                continue;
            }

            if (findings.IsFull(block.Text))
            {
                return;
            }

            if (block.IsUnder(phrases["list-heading"]))
            {
                RecogniseItem(block.Text, note, true);
            }
            else if (Introduction(note, block) is var (kind, origin, isHeading) && !(isHeading && block.Text.FirstLink is not { Url: not null }) && !phrases["work-of-authors"].IsMatch(block.Text))
            {
                if (RecogniseItem(block.Text, note, true) is { } item && kind is not null)
                {
                    item.Add(FactKind.Kind, kind, origin);
                }
            }
            else if (!block.IsUnder(phrases["takeaways"]) && !phrases["work-of-authors"].IsMatch(block.Text))
            {
                var drafts = findings.Drafts.Count;
                var problems = findings.Diagnostics.Count;
                if (RecogniseItem(block.Text, note, false) is { } draft && !IsStated(draft, block.Text))
                {
                    findings.Forget(drafts);
                    findings.Diagnostics.RemoveRange(problems, findings.Diagnostics.Count - problems);
                }
            }
        }
    }

    /// <summary>
    /// Whether the prose of an item outside lists of initiatives says that it is one: what kind of thing it is, who offers it, what it is part of.
    /// A maker in the label alone does not.
    /// </summary>
    private bool IsStated(Draft draft, PlainText text) =>
        draft.Has(FactKind.Kind) || draft.Has(FactKind.PartOf) || findings.Lexicon.Phrases["a-work"].IsMatch(text)
        || draft.Has(FactKind.Funder) || draft.HasMaker;

    /// <summary>"Here are some examples of platforms": what the first such paragraph above a list says of all its items.</summary>
    private (string? Kind, Origin Origin, bool IsHeading)? Introduction(Note note, TextBlock item)
    {
        _introductions ??= Introductions(note);
        (int Order, string? Kind, Origin Origin)? first = null;
        if (_introductions.Count > 0)
        {
            if (item.Sections.Any(s => findings.Lexicon.Phrases.Has("not-listed", s.Text.Folded.Trim(' ', ':', '*'))) || item.IsUnder(findings.Lexicon.Phrases["takeaways"]))
            {
                return null;
            }

            foreach (var section in item.Section is null ? [NoSection] : item.Sections.Select(s => (object)s))
            {
                if (_introductions.TryGetValue(section, out var found) && !(first?.Order < found.Order))
                {
                    first = found;
                }
            }
        }

        return first is var (order, kind, origin) ? (kind, origin, note.Blocks[order].Kind == BlockKind.Heading) : null;
    }

    /// <summary>By section, its heading or the first paragraph in it that introduces a list.</summary>
    private Dictionary<object, (int Order, string? Kind, Origin Origin)> Introductions(Note note)
    {
        var introductions = new Dictionary<object, (int Order, string? Kind, Origin Origin)>();
        foreach (var (order, block) in note.Blocks.Index())
        {
            if (block.Kind == BlockKind.Heading && OfHeading(block.Text) is var (plural, origin))
            {
                introductions.TryAdd(block, (order, plural, origin));
            }

            // A paragraph says more exactly what follows than the heading above it.
            var section = block.Section ?? NoSection;
            if (block.Kind != BlockKind.Paragraph || block.Item is not null || (introductions.TryGetValue(section, out var known) && note.Blocks[known.Order] != section))
            {
                continue;
            }

            foreach (var match in Prose.Matches(findings.Lexicon.Phrases["list-introduction"], block.Text, 0, block.Text.Text.Length))
            {
                var at = match.Index + match.Length;
                while (at < block.Text.Text.Length && block.Text.Folded[at] == ' ')
                {
                    at++;
                }

                // A link to another list is no introduction of this one.
                if (block.Text.LinkAt(match.Index) is null && Listed(block.Text, at) is var (kind, length))
                {
                    introductions[section] = (order, kind, block.Text.Origin(match.Index, at + length - match.Index));
                    break;
                }
            }
        }

        return introductions;
    }

    /// <summary>What a list is of, at a place in an introduction: a kind of initiatives, or initiatives of any kind.</summary>
    private (string? Kind, int Length)? Listed(PlainText text, int at)
    {
        if (findings.Lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
        {
            return (kind.Slug, kind.Length);
        }

        var end = PhraseSet.WordEnd(text.Folded, at, text.Folded.Length);
        return findings.Lexicon.Phrases["initiatives"].Has(text.Folded.AsSpan(at, end - at)) ? (null, end - at) : null;
    }

    /// <summary>"D'autres expositions virtuelles", "Programmes belges": a heading that begins with a kind in the plural is that of a list; a question is not.</summary>
    private (string? Kind, Origin Origin)? OfHeading(PlainText heading)
    {
        var phrases = findings.Lexicon.Phrases;
        var at = 0;
        while (phrases["list-lead"].Match(heading, at, Math.Min(24, heading.Folded.Length - at)) is { Success: true } lead && heading.Folded.AsSpan(at, lead.Index - at).Trim("\" ").IsEmpty)
        {
            at = lead.Index + lead.Length;
        }

        while (at < heading.Folded.Length && heading.Folded[at] is ' ' or '"')
        {
            at++;
        }

        if (heading.Links.Length > 0 || heading.Text.TrimEnd().EndsWith('?') || phrases["not-a-list"].Match(heading, at, heading.Folded.Length - at) is { Success: true } other && other.Index == at)
        {
            return null;
        }

        var end = at;
        var first = PhraseSet.WordEnd(heading.Folded, at, heading.Folded.Length);
        var isPlural = first > at && heading.Folded[first - 1] is 's' or 'x';
        for (var words = 0; words < 3 && isPlural && end < heading.Folded.Length; words++)
        {
            end = PhraseSet.WordEnd(heading.Folded, end + (words > 0 ? 1 : 0), heading.Folded.Length);
            var name = heading.Text[at..end];
            if (phrases["initiatives"].Has(heading.Folded.AsSpan(at, end - at)))
            {
                return (null, heading.Origin(at, end - at));
            }

            if (findings.Lexicon.Concepts.Find("kinds", name) is { } kind)
            {
                // "Infrastructures et portails", "Plateformes et formations": some of the items are of another kind.
                return (And().LengthAt(heading.Folded, end, heading.Folded.Length) > 0 ? null : kind, heading.Origin(at, end - at));
            }
        }

        return null;
    }

    private Draft? RecogniseItem(PlainText text, Note note, bool listed)
    {
        var lineEnd = text.FirstLineEnd;
        if (text.FirstLink is not { } link || link.Start >= lineEnd
            || !Lead().IsMatch(text.Folded.AsSpan(0, link.Start)))
        {
            return listed ? RecogniseOwned(text, lineEnd) : null;
        }

        var rest = link.End <= lineEnd ? Rest().Match(text.Folded, link.End, lineEnd - link.End) : Match.Empty;
        if (link.End > lineEnd || !rest.Success)
        {
            return link.End <= lineEnd ? RecogniseMade(text, link, lineEnd) : null;
        }

        var label = text.Text.AsSpan(link.Start, link.Length).Trim().ToString().ReplaceLineEndings(" ");
        if (findings.Lexicon.Phrases["list-introduction"].Match(TextFolding.Fold(label), 0, label.Length) is { Success: true, Index: 0 })
        {
            // A link to another list.
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
        if ((link.Url is not null || draft.Has(FactKind.Agent)) && draft.Facts.TrueForAll(f => f.Kind != FactKind.Kind || f.Value == "app"))
        {
            new NameReader(findings).ReadKind(draft, draft.Name);
        }

        foreach (var comment in text.Comments)
        {
            new FrontMatterRecogniser(findings).RecogniseOverride(draft, comment, text, note);
            draft.PreferAuthored();
            findings.ForgetUnnamed(before, draft);
        }

        return draft;
    }

    /// <summary>"[X](...) and [Y](...), developed by Z for W": links, then a clause that says who made them.</summary>
    private Draft? RecogniseMade(PlainText text, LinkSpan first, int lineEnd)
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

    [GeneratedRegex(@"\G\s(?:et|and|&)\s", RegexOptions.CultureInvariant)]
    private static partial Regex And();

    [GeneratedRegex(@"^\W*(?:[Ll]es?\s|[Ll]a\s|[Ll]['’]|[Tt]he\s)(?<name>\p{Ll}[\p{L} '’-]{3,60}?\s(?:du|de la|de l['’]|des|de|d['’]|of|of the)\s*)$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnedLead();

    [GeneratedRegex(@"^\W*(?:l'|(?:le|la|les|the)\s+)?[""]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(@"\G[""\s.]*(?:\((?<bracket>[^()]*)\))?(?:(?:\s*[:\-]|,(?=\s(?:une?|an?)\s))\s*(?<body>.*)|[\s.:]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
