using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Outputs in lists. In a note about a resource: "A first [report](...)", links under an item that says "the reports:", and notes linked under an
/// item that links into the resource's own site. In a list of initiatives: works below the one that they are of.
/// </summary>
internal sealed partial class ListedOutputs(NoteFindings findings)
{
    private const int LongestNoun = 40;

    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Find(Draft draft, Note note)
    {
        var homepage = draft.Facts.Find(f => f.Kind == FactKind.Homepage)?.Value;
        foreach (var block in note.Blocks)
        {
            if (block.Kind != BlockKind.ListItem || !block.IsUnder(_phrases["takeaways"]))
            {
                continue;
            }

            var text = block.Text;
            if (findings.IsFull(text))
            {
                return;
            }

            var known = findings.Drafts.Count;
            var outputs = new OutputFinder(findings);
            outputs.FindMarked(draft, text, 0, text.Text.Length);
            outputs.FindMadeByIt(draft, text);
            if (findings.Drafts.Count > known)
            {
                continue;
            }

            if (text.FirstLink is not { } link)
            {
                AddNoun(draft, text);
                continue;
            }

            if (block.Item is { } outer && OnlyLink(text, link))
            {
                if (IsListOfOutputs(outer.Text, homepage))
                {
                    Add(draft, text, link);
                }
            }
            else if (link.Url is not null && Indefinite().IsMatch(text.Folded[..link.Start]) && IsOutput(text.Folded.Substring(link.Start, link.Length)))
            {
                Add(draft, text, link);
            }
        }
    }

    /// <summary>Whether a paragraph ends with "it has several parts:", so that they stand below it.</summary>
    public bool IsAbove(PlainText text) => text.Folded.AsSpan().TrimEnd() is [.., ':'] && (_phrases["components"].IsMatch(text) || _phrases["made"].IsMatch(text));

    /// <summary>"It has several parts:", and each of them in the list below.</summary>
    public void FindBelow(Draft draft, Note note, TextBlock above)
    {
        if (!IsAbove(above.Text))
        {
            return;
        }

        for (var at = note.Blocks.IndexOf(above) + 1; at < note.Blocks.Count && note.Blocks[at].Kind == BlockKind.ListItem; at++)
        {
            if (note.Blocks[at] is { Level: 1, Text: { FirstLink: { } link } text } && !findings.IsFull(text))
            {
                Add(draft, text, link);
            }
        }
    }

    /// <summary>"[X](...)" with "[Final report](...)" below it: items that are a link and nothing else, on words that begin with a noun for a work.</summary>
    public void FindUnder(Draft draft, Note note, int order)
    {
        for (var at = order + 1; at < note.Blocks.Count && note.Blocks[at] is { Kind: BlockKind.ListItem, Level: > 1, Text: var text } below; at++)
        {
            if (below.Item == note.Blocks[order] && text.FirstLink is { Url: not null } link && OnlyLink(text, link) && (Begins("output.noun") || Begins("compilation")) && !findings.IsFull(text))
            {
                Add(draft, text, link);
            }

            bool Begins(string heading) => _phrases[heading].Match(text, link.Start, Math.Min(32, link.Length)) is { Success: true } noun && noun.Index == link.Start;
        }
    }

    private bool IsListOfOutputs(PlainText outer, string? homepage)
    {
        var line = outer.Folded[..outer.FirstLineEnd].TrimEnd();
        if (!line.EndsWith(':'))
        {
            return false;
        }

        if (_phrases["not-outputs"].IsMatch(line))
        {
            return false;
        }

        // "The reports:", or "[Tools](own site), among them:".
        return _phrases["output.plural"].IsMatch(line)
            || (homepage is not null && outer.Links is [{ Url: { } url, IsEmbed: false, Length: > 0 } link, ..] && outer.Folded[..link.Start].Trim().Length == 0
                && Host(url) is { } host && host == Host(homepage));
    }

    private bool IsOutput(string words)
    {
        var noun = _phrases["output.noun"].Match(words, 0, words.Length);
        return noun.Success && words[..noun.Index].Trim().Count(c => c == ' ') < 2;
    }

    private void Add(Draft draft, PlainText text, LinkSpan link)
    {
        var origin = text.Origin(link.Start, link.Length);
        var name = Footnote().Replace(text.Text.Substring(link.Start, link.Length).ReplaceLineEndings(" "), "").Trim();
        var isName = link.Target is not null || char.IsUpper(name[0]);
        var output = findings.Add(new Draft
        {
            Type = EntityType.Output,
            Name = name,
            Origin = origin,
            Language = findings.Language,
            Link = link.Target,
            Scope = isName ? null : draft,
        });
        if (link.Url is not null && WebAddress.Clean(link.Url, out _) is { } address)
        {
            output.Add(FactKind.Homepage, address, text.OriginOf(link));
        }

        draft.Add(FactKind.Output, "", origin, output);
    }

    /// <summary>"The white paper": an item that is a noun for a work and nothing else.</summary>
    private void AddNoun(Draft draft, PlainText text)
    {
        var words = text.Folded.AsSpan().Trim([' ', '.', ',', ';', '\u00A0']);
        if (words.Length > LongestNoun || Article().LengthAt(text.Folded, 0, text.Folded.Length) is not (> 0 and var start)
            || _phrases["output.noun"].Match(text, start, text.Folded.Length - start) is not { Success: true } noun || noun.Index != start || noun.Index + noun.Length < words.Length)
        {
            return;
        }

        var output = findings.Add(new Draft
        {
            Type = EntityType.Output,
            Name = text.Text.Substring(noun.Index, noun.Length),
            Origin = text.Origin(noun.Index, noun.Length),
            Language = findings.Language,
            Scope = draft,
        });
        draft.Add(FactKind.Output, "", output.Origin, output);
    }

    private static bool OnlyLink(PlainText text, LinkSpan link) =>
        text.Text[..link.Start].Trim().Length == 0 && text.Text[link.End..text.Text.Length].Trim(' ', '\n', '.', ',', ';', '\u00A0').Length == 0;

    private static string? Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host : null;

    [GeneratedRegex(@"\s?\[\^[^\]]{1,20}\]", RegexOptions.CultureInvariant)]
    private static partial Regex Footnote();

    [GeneratedRegex(@"\G(?:l'|(?:une?|le|la|an?|the)\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Article();

    [GeneratedRegex(@"^\W*(?:une?|a|an)\s+$", RegexOptions.CultureInvariant)]
    private static partial Regex Indefinite();
}
