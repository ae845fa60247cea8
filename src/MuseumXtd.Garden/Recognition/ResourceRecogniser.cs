using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Notes about one resource: their first heading is a link, with the name and the address of the resource.</summary>
internal sealed class ResourceRecogniser(NoteFindings findings)
{
    // Kinds that are works and nothing else; a report or a toolkit without a known maker is entered as the effort that it stands for.
    private static readonly string[] Works = ["guide", "newsletter", "collection", "standard"];

    public void Recognise(Note note)
    {
        if (note.Heading is not { } heading || Link(heading.Text) is not { } link)
        {
            return;
        }

        var authors = findings.Lexicon.Phrases["work-of-authors"];
        if (authors.IsMatch(heading.Text) || note.Blocks.Where(b => b.Kind == BlockKind.Paragraph && b.Item is null).Take(2).Any(b => authors.IsMatch(b.Text)))
        {
            return;
        }

        if (note.Blocks.FirstOrDefault(b => b.Kind == BlockKind.Paragraph && b.Item is null) is { } opening && PersonFinder.Speaks(opening.Text, findings.Lexicon))
        {
            return;
        }

        var origin = heading.Text.Origin(link.Start, link.Length);
        if (WebAddress.Clean(link.Url, out _) is not { } address)
        {
            return;
        }

        var draft = findings.Add(new Draft
        {
            Type = EntityType.Output,
            Name = note.Title,
            Origin = origin,
            Language = findings.Language,
            IsMain = true,
        });
        new NameReader(findings).ReadLabel(draft, heading.Text, link);
        DateFinder.FindInTitle(draft, heading.Text);
        draft.Add(FactKind.Homepage, address, heading.Text.OriginOf(link));
        var boilerplate = findings.Lexicon.Phrases["boilerplate"];
        var facts = new FactFinder(findings);
        var first = true;
        foreach (var block in note.Blocks)
        {
            if (block.Kind != BlockKind.Paragraph || block.Item is not null || boilerplate.IsMatch(block.Text))
            {
                continue;
            }

            if (first)
            {
                draft.Add(FactKind.Description, block.Text.Text.ReplaceLineEndings(" ").Trim(), block.Text.Origin(0, block.Text.Text.Length));
                first = false;
            }

            facts.Find(draft, block.Text, 0, block.Text.Text.Length);
        }

        new ListedOutputs(findings).Find(draft, note);
        foreach (var name in (ReadOnlySpan<string>)[draft.Name, note.Name])
        {
            if (!draft.Has(FactKind.Kind))
            {
                new NameReader(findings).ReadKind(draft, name);
            }
        }

        var kinds = draft.Facts.Where(f => f.Kind == FactKind.Kind).Select(f => f.Value).ToList();
        draft.Type = kinds.Exists(k => !Works.Contains(k, StringComparer.Ordinal)) ? EntityType.Initiative : EntityType.Output;
    }

    private static LinkSpan? Link(PlainText heading)
    {
        var link = heading.Links.FirstOrDefault(l => l.Url is not null && !l.IsEmbed);
        return link is not null && link.Length > 0 && link.Length * 10 >= heading.Text.Trim().Length * 6 ? link : null;
    }
}
