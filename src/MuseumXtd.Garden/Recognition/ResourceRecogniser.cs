using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Notes about one resource: their first heading is a link, with the name and the address of the resource.</summary>
internal sealed partial class ResourceRecogniser(NoteFindings findings)
{
    // Kinds that are works and nothing else; a report or a toolkit without a known maker is entered as the effort that it stands for.
    private static readonly string[] Works = ["guide", "newsletter", "collection", "standard"];

    public void Recognise(Note note)
    {
        if ((Opening(note) ?? note.Heading) is not { } heading || Link(heading.Text) is not { } link)
        {
            return;
        }

        var opening = note.Blocks.FirstOrDefault(b => b.Kind == BlockKind.Paragraph && b.Item is null && b != heading);
        var isOrganisation = opening is not null && (SaysOrganisation(heading.Text.Text, opening.Text) || (heading.Kind == BlockKind.Paragraph && (IsBody(opening.Text) || ActsAsBody(note.Name, opening.Text))));
        if (!isOrganisation && Tells(note, heading, opening))
        {
            return;
        }

        var origin = heading.Text.Origin(link.Start, link.Length);
        if (WebAddress.Clean(link.Url, out _) is not { } address)
        {
            return;
        }

        var drafts = findings.Drafts.Count;
        var isPointer = IsPointer(heading.Text);
        var draft = findings.Add(new Draft
        {
            Type = EntityType.Output,
            Name = heading.Kind == BlockKind.Heading ? note.Title : isPointer ? note.Name : heading.Text.Text.Trim(),
            Origin = origin,
            Language = findings.Language,
            IsMain = true,
        });
        if (Citation.Read(heading.Text, link, findings.Lexicon) is { } citation)
        {
            citation.Tell(findings, draft, heading.Text);
        }
        else if (!isPointer)
        {
            new NameReader(findings).ReadLabel(draft, heading.Text, link);
        }

        if (Names.Bracket(heading.Text, link.End, heading.Text.Text.Length) is var (open, close))
        {
            // Who stands there may as well have written a text.
            new BracketReader(findings).Read(draft, heading.Text, open, close - open, false);
        }

        ReadParts(draft, note.Name, heading.Kind == BlockKind.Paragraph);
        DateFinder.FindInTitle(draft, heading.Text);
        draft.Add(FactKind.Homepage, address, heading.Text.OriginOf(link));
        var boilerplate = findings.Lexicon.Phrases["boilerplate"];
        var facts = new FactFinder(findings);
        var first = true;
        foreach (var block in note.Blocks)
        {
            if (block.Kind != BlockKind.Paragraph || block.Item is not null || block == heading || boilerplate.IsMatch(block.Text))
            {
                continue;
            }

            if (findings.IsFull(block.Text))
            {
                break;
            }

            var lineEnd = block.Text.FirstLineEnd;
            if (block.Text.Text[..lineEnd].Trim() is { Length: <= 12 } line && OnlyYears().IsMatch(line) && !draft.Has(FactKind.Period)
                && Periods.Parse(line, findings.Lexicon.Phrases) is { } period)
            {
                // "2012-2017", alone on a line.
                draft.Add(FactKind.Period, period.Edtf, block.Text.Origin(0, lineEnd));
            }

            if (first && isOrganisation)
            {
                draft.Type = EntityType.Organisation;
                draft.Add(FactKind.Description, block.Text.Text.ReplaceLineEndings(" ").Trim(), block.Text.Origin(0, block.Text.Text.Length));
                var coverage = new CoverageFinder(findings);
                coverage.FindAdjective(draft, block.Text);
                coverage.FindSeat(draft, block.Text, 0, block.Text.Text.Length);
                return;
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
        draft.Type = kinds.Exists(k => !Works.Contains(k, StringComparer.Ordinal)) || (heading.Kind == BlockKind.Paragraph && opening is not null && HasAim(note.Name, opening.Text))
            ? EntityType.Initiative : EntityType.Output;
        if (heading.Kind == BlockKind.Paragraph && draft.Type == EntityType.Output && !draft.Has(FactKind.Agent))
        {
            // A link alone says that there is something, not what.
            findings.Forget(drafts);
        }
    }

    /// <summary>A note that begins with a link alone, not with a heading, with the words of the file's name, before a dash or alone, with none of its own ("Link"), or with the file's name cited as a title.</summary>
    private TextBlock? Opening(Note note) =>
        note.Blocks is [{ Kind: BlockKind.Paragraph, Item: null } block, ..] && block.Text.Links is [{ Url: not null, IsEmbed: false } link]
        && block.Text.Text.Trim().Length == link.Length && Words(block.Text.Text) is { Length: > 0 } words
        && (words == Words(note.Name) || IsPointer(block.Text) || (block.Text.Text.Trim().Split(" - ") is [var name, _] && Words(name) == Words(note.Name)) || (Citation.Read(block.Text, link, findings.Lexicon) is { } citation && Words(block.Text.Text[citation.Title]) == Words(note.Name))) ? block : null;

    /// <summary>"[Link](...)": words that say no more than that there is a link.</summary>
    private bool IsPointer(PlainText text) => findings.Lexicon.Phrases.Has("pointer", text.Folded.Trim(' ', '.', ':'));

    /// <summary>"X - Y" in a note that is called "Y - X", or a link alone in one that is called "X": the two are parts; the other one is who made it.</summary>
    private void ReadParts(Draft draft, string file, bool isAlone)
    {
        if (draft.Name.Split(" - ") is not [var name, var maker]
            || (TextFolding.NameKey(file) != TextFolding.NameKey(maker + " - " + name) && !(isAlone && TextFolding.NameKey(file) == TextFolding.NameKey(name)))
            || findings.Lexicon.Places.Find(maker) is not null)
        {
            return;
        }

        draft.Add(FactKind.AltName, draft.Name, draft.Origin);
        findings.Rename(draft, name);
        draft.Add(FactKind.Agent, "creator", draft.Origin, findings.Known(EntityType.Organisation, maker) ?? findings.Add(new Draft
        {
            Type = EntityType.Organisation,
            Name = maker,
            Origin = draft.Origin,
            Language = findings.Language,
        }));
    }

    private static string Words(string name) => string.Join(' ', TextFolding.NameKey(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    /// <summary>"Association that promotes ...": the first word of what stands below a link.</summary>
    private bool IsBody(PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        var at = phrases["kind.opening"].Match(text, 0, Math.Min(6, text.Folded.Length)) is { Success: true, Index: 0 } article ? article.Length + 1 : 0;
        return at < text.Folded.Length && phrases["type.organisation"].Match(text, at, Math.Min(24, text.Folded.Length - at)) is { Success: true } noun && noun.Index == at;
    }

    /// <summary>"X helps administrations": bodies act, under their name.</summary>
    private bool ActsAsBody(string name, PlainText text)
    {
        var words = TextFolding.Fold(name);
        return text.Folded.StartsWith(words, StringComparison.Ordinal)
            && findings.Lexicon.Phrases["acts"].Match(text, words.Length, Math.Min(24, text.Folded.Length - words.Length)) is { Success: true } verb && verb.Index == words.Length + 1;
    }

    /// <summary>"The aim of X is to help ...": the things that a note is called after have aims; where the prose speaks of a text, that has it.</summary>
    private bool HasAim(string name, PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        var word = FirstWord(TextFolding.Fold(name));
        return Prose.Matches(phrases["has-aim"], text, 0, text.Text.Length).Any(m => IsWord(FirstWord(text.Folded[m.End..].TrimStart()))) && !phrases["a-text"].IsMatch(text);

        // People misspell the names of others.
        bool IsWord(string other) => word.Length > 0 && TextFolding.Distance(word, other, 1) <= (word.Length > 4 ? 1 : 0);

        static string FirstWord(string words) => words[..PhraseSet.WordEnd(words, 0, words.Length)];
    }

    /// <summary>"X is an association": the sentence that begins with the name, or its first word.</summary>
    private bool SaysOrganisation(string name, PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        var first = TextFolding.Fold(name.Trim()).Split(' ')[0];
        if (!text.Folded.TrimStart().StartsWith(first, StringComparison.Ordinal))
        {
            return false;
        }

        var verb = phrases["kind.predicate"].Match(text, 0, Math.Min(text.Folded.Length, 80));
        var at = verb.Index + verb.Length + 1;
        for (var words = 0; verb.Success && words < 4 && at < text.Folded.Length; words++)
        {
            var stop = PhraseSet.WordEnd(text.Folded, at, text.Folded.Length);
            var word = text.Folded.AsSpan(at, stop - at);
            if (phrases["type.organisation"].Has(word))
            {
                return true;
            }

            // "a commissioning and development organisation": what belongs to an English noun stands before it.
            if (stop == at || findings.Lexicon.Concepts.At("kinds", text.Folded, at) is not null || (word is not "and" && phrases["noun-end"].Has(word)))
            {
                return false;
            }

            at = stop + 1;
        }

        return false;
    }

    /// <summary>Whether persons tell something there: articles and talks, not initiatives.</summary>
    private bool Tells(Note note, TextBlock heading, TextBlock? opening)
    {
        var authors = findings.Lexicon.Phrases["work-of-authors"];
        return authors.IsMatch(heading.Text) || note.Blocks.Where(b => b.Kind == BlockKind.Paragraph && b.Item is null).Take(2).Any(b => authors.IsMatch(b.Text))
            || (opening is not null && (PersonFinder.Speaks(opening.Text, findings.Lexicon) || Ponders(note, opening.Text)));
    }

    /// <summary>"Y looks at how ...": somebody who is not what the note is called after begins a text so.</summary>
    private bool Ponders(Note note, PlainText text)
    {
        var phrases = findings.Lexicon.Phrases;
        if (phrases["ponders"].Match(text, 0, Math.Min(60, text.Folded.Length)) is not { Success: true } verb || text.Text[..verb.Index].Trim() is not { Length: > 1 } name)
        {
            return false;
        }

        var words = TextFolding.Fold(name);
        return name.Split(' ').All(w => w.Length > 0 && char.IsUpper(w[0])) && !phrases.Has("pronoun", words) && phrases["kind.definite"].Match(text, 0, Math.Min(8, text.Folded.Length)) is not { Success: true, Index: 0 }
            && !(" " + TextFolding.Fold(note.Title) + " " + TextFolding.Fold(note.Name)).Contains(" " + words, StringComparison.Ordinal);
    }

    public static LinkSpan? Link(PlainText heading)
    {
        var link = Array.Find(heading.Links, l => l.Url is not null && !l.IsEmbed);
        if (link is null || link.Length == 0)
        {
            return null;
        }

        // What stands in a bracket behind the name belongs to it.
        var rest = Names.Bracket(heading, link.End, heading.Text.Length) is var (open, close) ? close + 1 - open : 0;
        return link.Length * 10 >= (heading.Text.Trim().Length - rest) * 6 ? link : null;
    }

    [GeneratedRegex(@"^(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex OnlyYears();
}
