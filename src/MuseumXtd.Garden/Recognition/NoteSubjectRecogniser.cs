using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// A note whose prose begins with an initiative as its subject is about it to the end: "The platform **X** comes from the research project ...",
/// "X.org is a platform ...". So is one that begins with a pronoun: "It has several parts", under its name.
/// </summary>
internal sealed class NoteSubjectRecogniser(NoteFindings findings, FactFinder facts)
{
    private const int LongestTitle = 60;

    public void Recognise(Note note)
    {
        if (findings.Main is not null)
        {
            return;
        }

        var phrases = findings.Lexicon.Phrases;
        Draft? draft = null;
        var first = note.Blocks.FirstOrDefault(b => b.Kind != BlockKind.Heading);
        foreach (var block in note.Blocks)
        {
            if (block.Item is not null || block.Kind == BlockKind.ListItem || phrases["boilerplate"].IsMatch(block.Text))
            {
                continue;
            }

            if (findings.IsFull(block.Text))
            {
                return;
            }

            if (draft is null && block == first && Titled(note, block.Text) is { } titled)
            {
                draft = titled;
                new ListedOutputs(findings).FindBelow(draft, note, block);
            }
            else if (draft is null && Subject(block.Text, note.Heading?.Text) is { } name)
            {
                draft = Names.DraftOf(findings, block.Text, name, EntityType.Initiative);
                facts.Find(draft, block.Text, 0, block.Text.Text.Length);
                FindSite(draft, note);
            }
            else if (draft is not null && block.Kind == BlockKind.Paragraph && phrases["about-subject"].IsMatch(block.Text))
            {
                facts.Find(draft, block.Text, 0, block.Text.Text.Length);
            }
        }
    }

    /// <summary>What a note is called whose prose begins with a pronoun, where that prose says what it is, who made it or what it has.</summary>
    private Draft? Titled(Note note, PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        var title = note.Heading?.Text.Text.Trim() ?? note.Name;
        if (phrases["of-itself"].Match(text, 0, Math.Min(40, text.Folded.Length)) is not { Success: true, Index: 0 }
            || title.Length is < 2 or > LongestTitle || title.EndsWith('?') || phrases["question"].Match(TextFolding.Fold(title), 0, title.Length) is { Success: true, Index: 0 }
            || (note.Heading is { } heading && (heading.Text.Links.Length > 0 || BareName.Read(heading.Text, findings.Lexicon) is null)) || findings.Known(EntityType.Initiative, title) is not null
            || !Names.IsOrganisation(new NameSpan(0, title.Length, title, null, null), phrases, findings.Lexicon))
        {
            return null;
        }

        var drafts = findings.Drafts.Count;
        var draft = findings.Add(new Draft
        {
            Type = EntityType.Initiative,
            Name = title,
            Origin = text.Origin(0, text.Text.Length),
            Language = findings.Language,
            IsMain = true,
        });
        facts.Find(draft, text, 0, text.Text.Length);
        if (draft.Has(FactKind.Kind) || draft.Has(FactKind.Output) || draft.HasMaker || new ListedOutputs(findings).IsAbove(text))
        {
            return draft;
        }

        findings.Forget(drafts);
        return null;
    }

    /// <summary>"available on [x.org](https://www.x.org/)": a site with the name of the thing is its home page.</summary>
    private static void FindSite(Draft draft, Note note)
    {
        foreach (var (block, link) in note.Links)
        {
            var label = block.Text.Text.Substring(link.Start, link.Length);
            var dot = label.LastIndexOf('.');
            if (link is { Url: not null, IsEmbed: false } && dot > 0 && label.Length - dot <= 7
                && (label[..dot].Equals(draft.Name, StringComparison.OrdinalIgnoreCase) || label.Equals(draft.Name, StringComparison.OrdinalIgnoreCase))
                && Uri.TryCreate(link.Url, UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && uri.Host.EndsWith(label, StringComparison.OrdinalIgnoreCase)
                && WebAddress.Clean(link.Url, out _) is { } address)
            {
                draft.Add(FactKind.Homepage, address, block.Text.OriginOf(link));
                return;
            }
        }
    }

    /// <summary>The name of the initiative with which a block begins.</summary>
    private NameSpan? Subject(PlainText text, PlainText? heading)
    {
        var phrases = findings.Lexicon.Phrases;
        var lead = phrases["prose-subject"].Match(text, 0, Math.Min(text.Folded.Length, 40));
        var start = lead.Success && text.Folded.AsSpan(0, lead.Index).IsWhiteSpace() ? lead.Index + lead.Length : 0;
        while (start < text.Text.Length && char.IsWhiteSpace(text.Text[start]))
        {
            start++;
        }

        if (text.FirstLink is { } linked && linked.Start <= start + 4)
        {
            // What is said of a linked name is read elsewhere.
            return null;
        }

        var verb = phrases["subject-is"].Match(text, start, Math.Min(text.Folded.Length - start, 160));
        if (!verb.Success)
        {
            return null;
        }

        var bracket = text.Text.IndexOf('(', start, verb.Index - start);
        var end = bracket < 0 ? verb.Index : bracket;

        // "The programme X, launched in 2019 by Y, helps ...", in a note that is called so.
        var comma = text.Text.IndexOf(',', start, verb.Index - start);
        end = comma > start && IsTitle(text, start, comma, heading) ? comma : end;
        while (end > start && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }

        var whole = text.Text[start..end];
        var isMarked = Array.Exists(text.Emphases, e => e.Start == start && e.End == end);
        if (whole.Length is < 2 or > 60 || !char.IsUpper(whole[0]) || whole.Contains('\n', StringComparison.Ordinal)
            || phrases.Has("pronoun", TextFolding.Fold(whole)) || (!isMarked && Prose.IsInfinitive(whole)) || Subjects.NamesMain(findings, whole))
        {
            return null;
        }

        // Without a word for what it is before the name, or a mark on the name, the sentence has to say what it is.
        var named = NameList.Read(text, start, end, phrases) is [var only] && only.End == end;
        var kindAt = verb.Index + verb.Length;
        while (kindAt < text.Folded.Length && text.Folded[kindAt] == ' ')
        {
            kindAt++;
        }

        var isKind = kindAt < text.Folded.Length && phrases["subject-kinds"].Match(text, kindAt, Math.Min(24, text.Folded.Length - kindAt)) is { Success: true } kind && kind.Index == kindAt;
        var isSubject = (lead.Success && IsTitle(text, start, end, heading)) || (lead.Success && start > 0 && (named || isMarked)) || (isMarked && phrases["comes-from"].Match(text, verb.Index, Math.Min(24, text.Folded.Length - verb.Index)).Success)
            || (isKind && (named || Names.Whole(text, start, end) is { } full && full.End == end));
        return isSubject ? new NameSpan(start, end - start, whole, null, null) : null;
    }

    /// <summary>Whether a note is called so, with or without the word for what it is.</summary>
    private static bool IsTitle(PlainText text, int start, int end, PlainText? heading) => start > 0 && heading is not null
        && TextFolding.Words(text.Text[start..end]) is { Length: > 0 } name && TextFolding.Words(heading.Text) is var title
        && (title == name || (title.EndsWith(" " + name, StringComparison.Ordinal) && TextFolding.Words(text.Text[..end]).EndsWith(title, StringComparison.Ordinal)));
}
