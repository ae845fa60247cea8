using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>"X, which belongs to the network Y": memberships of organisations, wherever a note tells them.</summary>
internal sealed class MembershipRecogniser(NoteFindings findings)
{
    public void Recognise(Note note)
    {
        var phrases = findings.Lexicon.Phrases;
        foreach (var block in note.Blocks)
        {
            var text = block.Text;
            foreach (var match in Prose.Matches(phrases["member-of"], text, 0, text.Text.Length))
            {
                if (NameList.Read(text, match.Index + match.Length, text.Text.Length, phrases) is not [var body, ..]
                    || findings.Lexicon.Concepts.At("kinds", TextFolding.Fold(body.Name), 0) is not { Slug: "network" } kind
                    || Member(text, match.Index) is not { } member)
                {
                    continue;
                }

                if (findings.IsFull(text, match.Index))
                {
                    return;
                }

                var network = Names.DraftOf(findings, text, body, EntityType.Organisation);
                network.Add(FactKind.Kind, kind.Slug, text.Origin(body.Start, body.Length));
                Names.DraftOf(findings, text, member, EntityType.Organisation)
                    .Add(FactKind.MemberOf, "", text.Origin(member.Start, body.End - member.Start), network);
            }
        }
    }

    /// <summary>The name before the verb, or before ", which".</summary>
    private NameSpan? Member(PlainText text, int verb)
    {
        var end = verb;
        var before = text.Folded[..verb].TrimEnd();
        foreach (var relative in (ReadOnlySpan<string>)[", qui", ", which"])
        {
            if (before.EndsWith(relative, StringComparison.Ordinal))
            {
                end = before.Length - relative.Length;
            }
        }

        var sentence = Prose.SentenceStart(text, end, 0);
        var phrases = findings.Lexicon.Phrases;
        if (phrases.Has("generic-subject", text.Folded[sentence..end].Trim()))
        {
            return SubjectBefore(text, sentence);
        }

        for (var at = sentence; at < end; at++)
        {
            if ((at == sentence || text.Text[at - 1] is ' ' or '\'' or '’') && Names.Whole(text, at, end) is { } name
                && Names.IsOrganisation(name, findings.Lexicon.Phrases, findings.Lexicon))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>"[X](...) is an organisation. It belongs to Y": with which name the sentence before begins.</summary>
    private NameSpan? SubjectBefore(PlainText text, int sentence)
    {
        var phrases = findings.Lexicon.Phrases;
        var start = Prose.SentenceStart(text, Math.Max(0, sentence - 2), 0);
        var verb = phrases["subject-is"].Match(text, start, Math.Max(0, Math.Min(sentence - start, 160)));
        if (!verb.Success)
        {
            return null;
        }

        var name = text.LinkAt(start) is { } link && text.Text.AsSpan(link.End, verb.Index - link.End).IsWhiteSpace()
            ? new NameSpan(link.Start, link.Length, text.Text.Substring(link.Start, link.Length).Trim(), null, link)
            : Names.Whole(text, start, verb.Index);
        return name is { } found && Names.IsOrganisation(found, phrases, findings.Lexicon) ? found : null;
    }
}
