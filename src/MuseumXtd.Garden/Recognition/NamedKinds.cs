using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Names right behind a noun for what they name: "the project digitorials.ch", "le projet Temps de jeu".</summary>
internal sealed class NamedKinds(NoteFindings findings, FactFinder facts, NameExtent extent)
{
    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly NameContext _context = new(findings, facts);

    public void Recognise(PlainText text, bool isProse, bool isTakeaway)
    {
        foreach (var heading in (ReadOnlySpan<string>)["prose-initiative", "prose-initiative.marked"])
        {
            foreach (var match in Prose.Matches(_phrases[heading], text, 0, text.Folded.Length))
            {
                if (findings.IsFull(text, match.Index))
                {
                    return;
                }

                if (NameBehind(text, match) is not { } name)
                {
                    continue;
                }

                var isCertain = (isProse || (isTakeaway && name.Link?.Target is not null)) && heading == "prose-initiative";
                if (isCertain || (MarkedNames.IsMarked(text, name) ? isProse || isTakeaway : !isTakeaway && IsNoTool(text, match) && !IsNamed(name.Name)))
                {
                    Tell(text, match, name, isCertain);
                }
            }
        }
    }

    /// <summary>The name right behind "the project", of something that the note has not told of yet; "the project of X" names something else.</summary>
    private NameSpan? NameBehind(PlainText text, PhraseMatch match)
    {
        var end = InstitutionName.AfterAdjectives(text.Text, match.Index + match.Length);
        return text.LinkAt(match.Index) is null && NameList.Read(text, end, Math.Min(text.Text.Length, end + 120), _phrases) is [var first, ..]
            && extent.Read(text, first) is { } name && (name.Link?.Target is null || BareName.IsName(name.Link, text, findings.Lexicon)) && text.Folded.AsSpan(end, name.Start - end).Trim("\" ").IsEmpty
            && !Subjects.IsKnown(findings, name.Name) ? name : null;
    }

    /// <summary>Whether the noun before a name is for what nobody sells: "the initiative X", "the network X" need no mark.</summary>
    private bool IsNoTool(PlainText text, PhraseMatch match)
    {
        for (var at = match.Index; at < match.End; at++)
        {
            if ((at == match.Index || !char.IsLetter(text.Folded[at - 1])) && _phrases["no-tool"].Has(text.Folded.AsSpan(at, match.End - at).TrimEnd()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether another thing of the note is called so as well: "X" and "X.org".</summary>
    private bool IsNamed(string name)
    {
        var words = TextFolding.Words(name);
        return findings.Drafts.Exists(d => d.Type is EntityType.Initiative or EntityType.Output or EntityType.FundingScheme
            && (Subjects.IsSelf(d, name) || words.StartsWith(TextFolding.Words(d.Name) + " ", StringComparison.Ordinal)));
    }

    /// <summary>What the text around a name says of it; where it is not certain that it is an initiative, the text has to say who makes or pays it, or when.</summary>
    private void Tell(PlainText text, PhraseMatch match, NameSpan name, bool isCertain)
    {
        var before = findings.Drafts.Count;
        var draft = Names.DraftOf(findings, text, name, EntityType.Initiative);
        var kind = Kind(text, match);
        draft.Add(FactKind.AltName, text.Text[(kind?.Start ?? match.Index)..name.End].ReplaceLineEndings(" "), text.Origin(match.Index, name.End - match.Index));
        _context.Read(draft, text, match, name);
        if (!isCertain && !draft.Facts.Exists(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme or FactKind.Period or FactKind.CoversArea))
        {
            findings.Forget(before);
            return;
        }

        if (kind is { Slug: var slug })
        {
            draft.Add(FactKind.Kind, slug, text.Origin(match.Index, name.End - match.Index));
        }
    }

    /// <summary>What "of the project" says that a thing is, and where "project" begins.</summary>
    private (string Slug, int Start)? Kind(PlainText text, PhraseMatch match)
    {
        for (var at = match.Index; at < match.End; at++)
        {
            if ((at == match.Index || !char.IsLetter(text.Folded[at - 1])) && findings.Lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
            {
                return (kind.Slug, at);
            }
        }

        return null;
    }
}
