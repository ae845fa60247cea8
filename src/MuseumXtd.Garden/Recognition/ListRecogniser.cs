using System.Text.RegularExpressions;
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
        foreach (var block in note.Blocks)
        {
            if (block.Kind != BlockKind.ListItem || block.Level != 1)
            {
                continue;
            }

            if (block.Sections.Any(s => phrases["list-heading"].IsMatch(s.Text.Folded)))
            {
                RecogniseItem(block.Text, note, true);
            }
            else if (!block.Sections.Any(s => phrases["takeaways"].IsMatch(s.Text.Folded)) && !phrases["work-of-authors"].IsMatch(block.Text.Folded))
            {
                var drafts = findings.Drafts.Count;
                var problems = findings.Diagnostics.Count;
                if (RecogniseItem(block.Text, note, false) is { } draft && !draft.Has(FactKind.Kind) && !draft.Has(FactKind.PartOf))
                {
                    findings.Forget(drafts);
                    findings.Diagnostics.RemoveRange(problems, findings.Diagnostics.Count - problems);
                }
            }
        }
    }

    private Draft? RecogniseItem(PlainText text, Note note, bool listed)
    {
        var lineEnd = text.FirstLineEnd;
        if (text.Links.FirstOrDefault(l => !l.IsEmbed && l.Length > 0) is not { } link || link.Start >= lineEnd
            || !Lead().IsMatch(text.Folded[..link.Start]))
        {
            return null;
        }

        var rest = link.End <= lineEnd ? Rest().Match(text.Folded, link.End, lineEnd - link.End) : Match.Empty;
        if (link.End > lineEnd || !rest.Success)
        {
            return null;
        }

        var label = text.Text.Substring(link.Start, link.Length).ReplaceLineEndings(" ").Trim();
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
            new BracketReader(findings).Read(draft, text, bracket.Index, bracket.Length);
        }

        var body = rest.Groups["body"] is { Success: true, Length: > 0 } sameLine ? sameLine.Index : lineEnd;
        if (body < text.Text.Length)
        {
            var words = text.Text[body..].ReplaceLineEndings(" ").Trim();
            if (words.Length > 0)
            {
                draft.Add(FactKind.Description, words, text.Origin(body, text.Text.Length - body));
            }

            _facts.Find(draft, text, body, text.Text.Length, listed);
        }

        if (link.Url is not null && !draft.Has(FactKind.Kind))
        {
            new NameReader(findings).ReadKind(draft, draft.Name);
        }

        foreach (var comment in text.Comments)
        {
            new FrontMatterRecogniser(findings).RecogniseOverride(draft, comment, text, note);
        }

        return draft;
    }

    [GeneratedRegex(@"^\W*(?:l'|(?:le|la|les|the)\s+)?[""]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(@"\G[""\s.]*(?:\((?<bracket>[^()]*)\))?(?:\s*[:\-]\s*(?<body>.*)|[\s.:]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();
}
