using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Audiences and themes: phrases and labels, the longer before the shorter, outside names, links and asides.</summary>
internal sealed class ConceptFinder(NoteFindings findings)
{
    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Find(
        Draft draft, FactKind kind, string prefix, string scheme, PlainText text, int start, int end, (int Start, int End) aside)
    {
        var taken = new List<(int Start, int End)> { aside };
        foreach (var link in text.Links)
        {
            taken.Add((link.Start, link.End));
        }

        var name = TextFolding.Fold(draft.Name);
        for (var at = text.Folded.IndexOf(name, start, end - start, StringComparison.Ordinal); at >= 0 && at < end;
            at = text.Folded.IndexOf(name, at + 1, end - at - 1, StringComparison.Ordinal))
        {
            taken.Add((at, at + name.Length));
        }

        if (kind == FactKind.Audience)
        {
            // Those with whom something was made are not those for whom it is.
            foreach (var match in Prose.Matches(_phrases["role.partner"], text, start, end))
            {
                taken.Add((match.Index, Prose.SentenceEnd(text, match.Index, end)));
            }
        }

        var found = new List<(int Start, int Length, string Slug)>();
        foreach (var heading in _phrases.Headings(prefix + "."))
        {
            foreach (var match in Prose.Matches(_phrases[heading], text, start, end))
            {
                found.Add((match.Index, match.Length, heading[(prefix.Length + 1)..]));
            }
        }

        foreach (var (label, slug) in _lexicon.Concepts.MayName(scheme, text.Folded.AsSpan(start, end - start)) ? _lexicon.Concepts.Labels(scheme) : [])
        {
            // A single common word is no audience by itself; the phrase files say in which words it is one.
            if (kind == FactKind.Audience && !label.Contains(' ', StringComparison.Ordinal))
            {
                continue;
            }

            for (var at = text.Folded.IndexOf(label, start, end - start, StringComparison.Ordinal); at >= 0;
                at = at + 1 < end ? text.Folded.IndexOf(label, at + 1, end - at - 1, StringComparison.Ordinal) : -1)
            {
                var stop = at + label.Length;
                if ((at == 0 || !char.IsLetterOrDigit(text.Folded[at - 1])) && (stop >= text.Folded.Length || !char.IsLetter(text.Folded[stop]) || text.Folded[stop] == 's'))
                {
                    found.Add((at, label.Length, slug));
                }
            }
        }

        foreach (var (at, length, slug) in found.OrderByDescending(f => f.Length).ThenBy(f => f.Start).ThenBy(f => f.Slug, StringComparer.Ordinal))
        {
            // Words with one first noun may name two: "artistic, cultural and heritage organisations".
            if (taken.TrueForAll(t => at + length <= t.Start || at >= t.End || at == t.Start))
            {
                draft.Add(kind, slug, text.Origin(at, length));
                taken.Add((at, at + length));
            }
        }
    }
}
