using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Notes of talks and cases about one initiative whose heading is no link: the heading names it ("Le projet X"), or the prose tells that the note
/// is about one ("[X](...) was developed by", "the museum Y has carried out a project", "under the name X").
/// </summary>
internal sealed class HeadingRecogniser(NoteFindings findings)
{
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Recognise(Note note)
    {
        if (findings.Main is not null || note.Heading is not { } heading || heading.Text.Links.Length > 0)
        {
            return;
        }

        var paragraphs = note.Blocks
            .Where(b => b.Kind == BlockKind.Paragraph && b.Item is null && !_phrases["boilerplate"].IsMatch(b.Text)).ToList();
        if (paragraphs.Exists(b => _phrases["work-of-authors"].IsMatch(b.Text)))
        {
            return;
        }

        var draft = FromHeading(note, heading.Text) ?? FromLink(note, heading.Text, paragraphs) ?? FromProse(note, heading.Text, paragraphs);
        if (draft is null)
        {
            return;
        }

        var facts = new FactFinder(findings);
        foreach (var block in paragraphs)
        {
            if (findings.IsFull(block.Text))
            {
                break;
            }

            facts.Find(draft, block.Text, 0, block.Text.Text.Length);
        }

        if (paragraphs.Find(b => b.Text.Text.Length > 120) is { } description)
        {
            draft.Add(
                FactKind.Description, description.Text.Text.ReplaceLineEndings(" ").Trim(), description.Text.Origin(0, description.Text.Text.Length));
        }
    }

    /// <summary>A heading further down, "Le projet X": the paragraphs under it are about X.</summary>
    public void RecogniseSections(Note note)
    {
        var facts = new FactFinder(findings);
        ILookup<TextBlock?, TextBlock>? bySection = null;
        foreach (var section in note.Blocks.Where(b => b.Kind == BlockKind.Heading && b != note.Heading && b.Text.Links.Length == 0 && b.Text.Text.Length <= 60))
        {
            if (Name(section.Text) is not { } name || section.Text.Text[name.Start..].Trim().Contains(' ', StringComparison.Ordinal)
                || findings.Known(EntityType.Initiative, section.Text.Text[name.Start..].Trim()) is not null)
            {
                continue;
            }

            if (findings.IsFull(section.Text))
            {
                return;
            }

            bySection ??= note.Blocks.Where(b => b.Kind == BlockKind.Paragraph && b.Item is null).ToLookup(b => b.Section);
            var paragraphs = bySection[section].Where(b => !_phrases["boilerplate"].IsMatch(b.Text)).ToList();
            if (paragraphs.Count == 0)
            {
                continue;
            }

            var draft = findings.Add(new Draft
            {
                Type = EntityType.Initiative,
                Name = section.Text.Text[name.Article..].Trim(),
                Origin = section.Text.Origin(0, section.Text.Text.Length),
                Language = findings.Language,
            });
            draft.Add(FactKind.AltName, section.Text.Text[name.Start..].Trim(), draft.Origin);
            draft.Add(FactKind.Kind, name.Kind, draft.Origin);
            foreach (var block in paragraphs)
            {
                facts.Find(draft, block.Text, 0, block.Text.Text.Length);
            }
        }
    }

    /// <summary>Where a name stands behind an article and a kind, and which.</summary>
    private (int Article, int Start, string Kind)? Name(PlainText heading)
    {
        var article = _phrases["kind.definite"].Match(heading, 0, Math.Min(heading.Folded.Length, 8));
        if (!article.Success || heading.Folded[..article.Index].Trim().Length > 0)
        {
            return null;
        }

        var at = Skip(heading.Folded, article.Index + article.Length);
        if (at >= heading.Folded.Length || findings.Lexicon.Concepts.At("kinds", heading.Folded, at) is not { } kind)
        {
            return null;
        }

        var name = Skip(heading.Folded, at + kind.Length);
        return name >= heading.Text.Length || name == at + kind.Length || !char.IsUpper(heading.Text[name]) || heading.Text.TrimEnd().EndsWith('?')
            ? null : (article.Index, name, kind.Slug);
    }

    /// <summary>"Le projet X. A case study": an article, a kind and a name with a capital.</summary>
    private Draft? FromHeading(Note note, PlainText heading)
    {
        if (Name(heading) is not var (article, name, kind))
        {
            return null;
        }

        var draft = Main(note.Title, heading);
        draft.Add(FactKind.Kind, kind, heading.Origin(article, name - article));
        var title = heading.Text.IndexOfAny(['.', ':'], name) is var stop and > 0 ? stop : heading.Text.Length;
        draft.Add(FactKind.AltName, heading.Text[name..title].Trim(), heading.Origin(name, title - name));
        draft.Add(FactKind.AltName, heading.Text[article..title].Trim(), heading.Origin(article, title - article));
        return draft;
    }

    /// <summary>A paragraph that begins with a link on the words of the heading: the link is the home page.</summary>
    private Draft? FromLink(Note note, PlainText heading, List<TextBlock> paragraphs)
    {
        var key = TextFolding.NameKey(note.Title);
        foreach (var block in paragraphs)
        {
            foreach (var link in block.Text.Links)
            {
                if (link is { Url: not null, IsEmbed: false, Length: > 0 } && TextFolding.NameKey(block.Text.Text.Substring(link.Start, link.Length)) == key
                    && Prose.IsSentenceStart(block.Text, link.Start, 0) && WebAddress.Clean(link.Url, out _) is { } address)
                {
                    var draft = Main(note.Title, heading);
                    draft.Add(FactKind.Homepage, address, block.Text.OriginOf(link));
                    return draft;
                }
            }
        }

        return null;
    }

    private Draft? FromProse(Note note, PlainText heading, List<TextBlock> paragraphs)
    {
        foreach (var block in paragraphs)
        {
            var text = block.Text;
            foreach (var match in Prose.Matches(_phrases["under-the-name"], text, 0, text.Text.Length))
            {
                if (NameList.Read(text, match.Index + match.Length, text.Text.Length, _phrases) is [var name, ..]
                    && Prose.SentenceStart(text, match.Index, 0) is var from && !_phrases["goes-on"].Match(text, from, match.Index - from).Success)
                {
                    // "La Maison": an article with a capital belongs to the name.
                    var start = text.Text.IndexOf(' ', match.Index + match.Length - 1) is var space and >= 0 && space < name.Start && char.IsUpper(text.Text[space + 1])
                        ? space + 1 : name.Start;
                    var draft = Main(text.Text[start..name.End].ReplaceLineEndings(" "), heading);
                    draft.Add(FactKind.AltName, note.Title, heading.Origin(0, heading.Text.Length));
                    return draft;
                }
            }

            foreach (var match in Prose.Matches(_phrases["carried-out"], text, 0, text.Text.Length))
            {
                var at = Skip(text.Folded, match.Index + match.Length);
                var sentence = Prose.SentenceStart(text, match.Index, 0);
                if (at < text.Text.Length && findings.Lexicon.Concepts.At("kinds", text.Folded, at) is { } kind
                    && new MakerFinder(findings).Subject(text, sentence, match.Index).Exists(n => Names.IsOrganisation(n, _phrases, findings.Lexicon)))
                {
                    var draft = Main(note.Title, heading);
                    draft.Add(FactKind.Kind, kind.Slug, text.Origin(match.Index, at + kind.Length - match.Index));
                    return draft;
                }
            }
        }

        return null;
    }

    private Draft Main(string name, PlainText heading) => findings.Add(new Draft
    {
        Type = EntityType.Initiative,
        Name = name,
        Origin = heading.Origin(0, heading.Text.Length),
        Language = findings.Language,
        IsMain = true,
    });

    private static int Skip(string folded, int at)
    {
        while (at < folded.Length && folded[at] is ' ' or '"')
        {
            at++;
        }

        return at;
    }
}
