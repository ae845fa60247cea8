using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Runs the recognisers that fit a note.</summary>
internal static class NoteRecogniser
{
    public static NoteFindings Recognise(Note note, GardenLexicon lexicon, string defaultLanguage)
    {
        var findings = new NoteFindings(note.Source, lexicon, NoteLanguage.Of(note, lexicon) ?? defaultLanguage);
        findings.Diagnostics.AddRange(NoteLanguage.Unknown(note, lexicon));
        var stated = new FrontMatterRecogniser(findings);
        var main = stated.Recognise(note);
        if (stated.IsUnnamed || note.FrontMatter.Fields.Any(f => lexicon.Field(f.Key) == "recognition" && f.Values.Any(v => IsOff(v.Text))))
        {
            return findings;
        }

        if (main is null)
        {
            new ResourceRecogniser(findings).Recognise(note);
            var headings = new HeadingRecogniser(findings);
            headings.Recognise(note);
            headings.RecogniseSections(note);
        }
        else if (main.Type is EntityType.Initiative or EntityType.Output)
        {
            ReadBody(findings, main, note);
        }
        else
        {
            AddDescription(main, Opening(findings, note));
        }

        new ListRecogniser(findings).Recognise(note);
        new NoteTableRecogniser(findings).Recognise(note);
        if (main is null)
        {
            // One for all three: it keeps its lists between calls, and each of them is done with a stretch before it reads the next.
            var facts = new FactFinder(findings);
            new NoteSubjectRecogniser(findings, facts).Recognise(note);
            new MarkedNameRecogniser(findings, facts).Recognise(note);
            new ProseRecogniser(findings, facts).Recognise(note);
        }

        new MembershipRecogniser(findings).Recognise(note);
        findings.ForgetPlaceholders();
        ReadLanguages(findings);
        return findings;
    }

    public static NoteFindings Recognise(CsvTable table, GardenLexicon lexicon, string defaultLanguage)
    {
        var findings = new NoteFindings(table.Source, lexicon, defaultLanguage);
        new TableRecogniser(findings).Recognise(table);
        return findings;
    }

    /// <summary>An English paragraph in a French note is English.</summary>
    private static void ReadLanguages(NoteFindings findings)
    {
        foreach (var facts in findings.Drafts.Select(d => d.Facts))
        {
            for (var i = 0; i < facts.Count; i++)
            {
                if (facts[i] is { Kind: FactKind.Description, Authored: false } description && TextLanguage.Of(description.Value, findings.Lexicon.Phrases) is { } language)
                {
                    facts[i] = description with { Language = language };
                }
            }
        }
    }

    private static bool IsOff(string value) => TextFolding.Words(value) is "non" or "no" or "false" or "off";

    /// <summary>Prose under front matter adds what the front matter leaves open; where an author has spoken, prose is not asked.</summary>
    private static void ReadBody(NoteFindings findings, Draft main, Note note)
    {
        var authored = main.Facts.Where(f => f.Authored).Select(f => f.Kind).ToHashSet();
        var opening = Opening(findings, note);
        AddDescription(main, opening);
        if (!main.Has(FactKind.Homepage) && note.Heading is { } heading && ResourceRecogniser.Link(heading.Text) is { } link && WebAddress.Clean(link.Url, out _) is { } address)
        {
            main.Add(FactKind.Homepage, address, heading.Text.OriginOf(link));
        }

        var own = main.Facts.Count;
        var drafts = findings.Drafts.Count;
        var facts = new FactFinder(findings);
        if (opening is not null)
        {
            facts.Find(main, opening.Text, 0, opening.Text.Text.Length);
        }

        for (var i = main.Facts.Count - 1; i >= own; i--)
        {
            if (authored.Contains(main.Facts[i].Kind) || (main.Facts[i].Kind == FactKind.Scheme && authored.Contains(FactKind.Funder)))
            {
                main.Facts.RemoveAt(i);
            }
        }

        findings.ForgetUnnamed(drafts, main);
    }

    /// <summary>The first paragraph that is the author's: the sentence in which a template says what belongs there is told and passed over.</summary>
    private static TextBlock? Opening(NoteFindings findings, Note note)
    {
        foreach (var block in note.Blocks.Where(b => b.Kind == BlockKind.Paragraph && b.Item is null))
        {
            var words = block.Text.Text.Trim().TrimEnd('.');
            if (!findings.Lexicon.Phrases.Has("template", TextFolding.Fold(words)))
            {
                return block;
            }

            var origin = block.Text.Origin(0, block.Text.Text.Length);
            findings.Diagnostics.Add(Problems.SampleSentence(origin.File, origin.Line, origin.Column, words));
        }

        return null;
    }

    private static void AddDescription(Draft main, TextBlock? opening)
    {
        if (!main.Has(FactKind.Description) && opening is { Text.Text: var words } && words.Trim().Length > 0)
        {
            main.Add(FactKind.Description, words.ReplaceLineEndings(" ").Trim(), opening.Text.Origin(0, words.Length));
        }
    }
}
