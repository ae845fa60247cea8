using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// What a label says beside the name: a kind before it ("the project DOORS"), the organisation behind it ("Culture numérique, du département
/// X"; "CarbonViz par l'institut Y").
/// </summary>
internal sealed class NameReader(NoteFindings findings)
{
    public void ReadLabel(Draft draft, PlainText text, LinkSpan link)
    {
        var start = link.Start;
        var end = link.End;
        while (end > start && (char.IsWhiteSpace(text.Text[end - 1]) || text.Text[end - 1] == '.'))
        {
            end--;
        }

        findings.Rename(draft, text.Text[start..end].ReplaceLineEndings(" ").Trim());
        StripKind(draft, text, start, end);
        ReadMaker(draft, text, start, end);
    }

    /// <summary>
    /// "White paper on ...", "The museums + AI network": a name that begins or ends with a kind says it, where nothing else does.
    /// </summary>
    public void ReadKind(Draft draft, string name)
    {
        var folded = TextFolding.Fold(name);
        var article = findings.Lexicon.Phrases["kind.definite"].Match(folded, 0, Math.Min(folded.Length, 8));
        var start = article.Success && article.Index == 0 ? article.Length : 0;
        while (start < folded.Length && folded[start] == ' ')
        {
            start++;
        }

        if (findings.Lexicon.Concepts.At("kinds", folded, start) is { } first)
        {
            draft.Add(FactKind.Kind, first.Slug, draft.Origin);
            return;
        }

        var last = folded.TrimEnd('.', '!', '?', ' ').LastIndexOf(' ') + 1;
        if (last > 0 && char.IsLetter(folded[last]) && findings.Lexicon.Concepts.At("kinds", folded.TrimEnd('.', '!', '?', ' '), last) is { } kind)
        {
            draft.Add(FactKind.Kind, kind.Slug, draft.Origin);
        }
    }

    private void StripKind(Draft draft, PlainText text, int start, int end)
    {
        var article = findings.Lexicon.Phrases["kind.definite"].Match(text.Folded, start, end - start);
        var at = start;
        if (article.Success && article.Index == start)
        {
            at += article.Length;
            while (at < end && text.Folded[at] == ' ')
            {
                at++;
            }
        }

        // Only before a proper name: "Le projet DOORS", not "Guide pratique" or "Plateforme des musées".
        if (findings.Lexicon.Concepts.At("kinds", text.Folded, at) is not { } kind)
        {
            return;
        }

        var name = at + kind.Length;
        while (name < end && text.Folded[name] is ' ' or '"')
        {
            name++;
        }

        if (at == start || name >= end || name == at + kind.Length || !char.IsUpper(text.Text[name]))
        {
            return;
        }

        var full = draft.Name;
        findings.Rename(draft, text.Text[name..end].ReplaceLineEndings(" ").Trim().Trim('"', '«', '»').Trim());
        draft.Add(FactKind.AltName, full, text.Origin(start, end - start));
        draft.Add(FactKind.Kind, kind.Slug, text.Origin(start, name - start));
    }

    private void ReadMaker(Draft draft, PlainText text, int start, int end)
    {
        var phrases = findings.Lexicon.Phrases;
        foreach (var (heading, role) in (ReadOnlySpan<(string, string)>)[("title-lead", "lead"), ("title-creator", "creator")])
        {
            for (var match = phrases[heading].Match(text.Folded, start, end - start); match.Success; match = match.NextMatch())
            {
                var before = text.Folded[start..match.Index].TrimEnd();
                if (before.Length == 0 || (role == "lead" && before[^1] != ','))
                {
                    continue;
                }

                var at = match.Index + match.Length;
                while (at < end && text.Folded[at] == ' ')
                {
                    at++;
                }

                string name;
                if (role == "lead")
                {
                    // The rest of the title is the name, with its describing noun: no clause can follow here.
                    if (!phrases["agent.descriptor"].IsMatch(text.Folded[at..end]))
                    {
                        continue;
                    }

                    name = text.Text[at..end].ReplaceLineEndings(" ").Trim();
                }
                else
                {
                    var names = NameList.Read(text, at, end, phrases);

                    // "One by One" is a name, not something that One has made.
                    if (names.Count == 0 || before.EndsWith(text.Folded[names[0].Start..names[0].End], StringComparison.Ordinal))
                    {
                        continue;
                    }

                    (at, name, end) = (names[0].Start, names[0].Name, names[0].End);
                }

                var agent = findings.Add(new Draft
                {
                    Type = EntityType.Organisation,
                    Name = name,
                    Origin = text.Origin(at, end - at),
                    Language = findings.Language,
                });
                draft.Add(FactKind.Agent, role, text.Origin(match.Index, end - match.Index), agent);
                var title = text.Text[start..match.Index].ReplaceLineEndings(" ").TrimEnd(' ', ',').Trim();
                if (role == "creator")
                {
                    findings.Rename(draft, title);
                }
                else
                {
                    draft.Add(FactKind.AltName, title, text.Origin(start, match.Index - start));
                }

                return;
            }
        }
    }
}
