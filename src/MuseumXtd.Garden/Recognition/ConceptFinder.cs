using System.Runtime.CompilerServices;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Audiences and themes: phrases and labels, the longer before the shorter, outside names, links and asides.</summary>
internal sealed class ConceptFinder(NoteFindings findings)
{
    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly List<Candidate> _found = [];

    public void Find(
        Draft draft, FactKind kind, string prefix, string scheme, PlainText text, int start, int end, (int Start, int End) aside)
    {
        FindCandidates(kind, prefix, scheme, text, start, end);
        if (_found.Count == 0)
        {
            return;
        }

        var taken = new List<(int Start, int End)> { aside };
        var blocked = new List<(int Start, int End)>();
        foreach (var link in text.LinksIn(start, end))
        {
            taken.Add((link.Start, link.End));
        }

        // Titles and quotations speak of their own subjects; so do names of organisations.
        foreach (var (open, close) in text.Emphases)
        {
            if (close - open > 24)
            {
                taken.Add((open, close));
            }
        }

        for (var open = text.Folded.IndexOf('"', start, end - start); open >= 0;)
        {
            var close = text.Folded.IndexOf('"', open + 1, end - open - 1);
            if (close < 0)
            {
                break;
            }

            if (close - open > 24)
            {
                blocked.Add((open, close));
            }

            open = text.Folded.IndexOf('"', close + 1, end - close - 1);
        }

        foreach (var match in Prose.Matches(_phrases["not-an-audience"], text, start, end))
        {
            blocked.Add((match.Index, match.Index + match.Length));
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
                var sentence = Prose.SentenceEnd(text, match.Index, end);
                var names = NameList.Read(text, match.Index + match.Length, sentence, _phrases);
                taken.Add((match.Index, names.Count > 0 ? names[^1].End : sentence));
            }
        }

        // What stands in a bracket behind a name, or behind "is an association that", is said of that one.
        blocked.AddRange(Asides(text, start, end));

        _found.Sort();
        foreach (var (at, length, slug) in _found)
        {
            // Words with one first noun may name two: "artistic, cultural and heritage organisations".
            if (blocked.TrueForAll(b => at + length <= b.Start || at >= b.End) && !IsInName(text, at, length) && taken.TrueForAll(t => at + length <= t.Start || at >= t.End || at == t.Start))
            {
                draft.Add(kind, slug, text.Origin(at, length));
                taken.Add((at, at + length));
            }
        }
    }

    private IEnumerable<(int Start, int End)> Asides(PlainText text, int start, int end)
    {
        foreach (var link in text.LinksIn(start, end))
        {
            if (link.Start >= start && Names.Bracket(text, link.End, end) is { } bracket)
            {
                yield return bracket;
            }
        }

        foreach (var match in Prose.Matches(_phrases["beside"], text, start, end))
        {
            var before = text.Folded.AsSpan(start, match.Index - start).TrimEnd();
            if (before.EndsWith(",") || _phrases.Has("copula", before[(before.LastIndexOf(' ') + 1)..].ToString()))
            {
                yield return (match.Index, Prose.SentenceEnd(text, match.Index, end));
            }
        }
    }

    private void FindCandidates(FactKind kind, string prefix, string scheme, PlainText text, int start, int end)
    {
        _found.Clear();
        foreach (var phrases in _phrases.Under(prefix + "."))
        {
            foreach (var match in Prose.Matches(phrases, text, start, end))
            {
                _found.Add(new Candidate(match.Index, match.Length, phrases.Heading[(prefix.Length + 1)..]));
            }
        }

        AddLabels(kind, scheme, text.Folded, start, end);
    }

    /// <summary>The labels of a scheme that stand in a range, each as a word or words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddLabels(FactKind kind, string scheme, string folded, int start, int end)
    {
        var labels = _lexicon.Concepts.ByFirst(scheme);
        for (var at = start; at < end; at++)
        {
            if (!labels.MayBeginAt(folded, at) || (at > 0 && char.IsLetterOrDigit(folded[at - 1])))
            {
                continue;
            }

            foreach (var (label, slug) in labels.At(folded[at]))
            {
                // A single common word is no audience by itself; the phrase files say in which words it is one.
                var stop = at + label.Length;
                if (stop <= end && folded.AsSpan(at).StartsWith(label, StringComparison.Ordinal)
                    && (kind != FactKind.Audience || label.Contains(' ', StringComparison.Ordinal))
                    && (stop == folded.Length || !char.IsLetter(folded[stop]) || folded[stop] == 's'))
                {
                    _found.Add(new Candidate(at, label.Length, slug));
                }
            }
        }
    }

    /// <summary>"les Musées de X": a capital inside a phrase begins a name.</summary>
    private static bool IsInName(PlainText text, int at, int length)
    {
        for (var i = at + 1; i < at + length; i++)
        {
            if (char.IsUpper(text.Text[i]) && char.IsWhiteSpace(text.Text[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Words that may name a concept; longer ones come first.</summary>
    private readonly record struct Candidate(int Start, int Length, string Slug) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other)
        {
            var order = Length != other.Length ? other.Length.CompareTo(Length) : Start.CompareTo(other.Start);
            return order != 0 ? order : string.CompareOrdinal(Slug, other.Slug);
        }
    }
}
