using System.Buffers;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Finds what a stretch of prose says about one entity. All words that it looks for are in the phrase files.</summary>
internal sealed class FactFinder
{
    private const int MaxProse = 20_000;

    private static readonly SearchValues<string> Centuries = SearchValues.Create(["(19", "(20"], StringComparison.Ordinal);

    private readonly NoteFindings _findings;
    private readonly GardenLexicon _lexicon;
    private readonly Phrases _phrases;
    private readonly RelatedFinder _related;
    private readonly KindFinder _kinds;
    private readonly FundingFinder _funding;
    private readonly AgentFinder _agents;
    private readonly MakerFinder _makers;
    private readonly DateFinder _dates;
    private readonly CoverageFinder _coverage;
    private readonly OutputFinder _outputs;
    private readonly ConceptFinder _concepts;
    private readonly List<Told> _told = [];

    public FactFinder(NoteFindings findings)
    {
        (_findings, _lexicon, _phrases) = (findings, findings.Lexicon, findings.Lexicon.Phrases);
        _related = new RelatedFinder(findings);
        _kinds = new KindFinder(findings);
        _funding = new FundingFinder(findings, _related);
        _agents = new AgentFinder(findings, _related);
        _makers = new MakerFinder(findings);
        _dates = new DateFinder(findings);
        _coverage = new CoverageFinder(findings);
        _outputs = new OutputFinder(findings);
        _concepts = new ConceptFinder(findings);
    }

    /// <summary>Reads a range of text as being about an entity.</summary>
    /// <param name="draft">The entity.</param>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end.</param>
    /// <param name="definite">Whether "the programme" at the head of a sentence may mean this entity.</param>
    public void Find(Draft draft, PlainText text, int start, int end, bool definite = true)
    {
        // No prose about one thing is longer; the bound keeps hostile paragraphs cheap.
        end = Math.Min(end, start + MaxProse);
        if (start >= end)
        {
            return;
        }

        foreach (var (from, to) in WithoutOthers(draft, text, start, end))
        {
            FindIn(draft, text, from, to, definite);
        }
    }

    /// <summary>
    /// What is left of a range without its sentences about other initiatives: "Its programme X was funded by Y" says nothing of its subject, but
    /// of X, which it is told of.
    /// </summary>
    private List<(int Start, int End)> WithoutOthers(Draft draft, PlainText text, int start, int end)
    {
        if (text.Links.Length == 0 && text.Emphases.Length == 0 && text.Folded.IndexOf('"', start, end - start) < 0)
        {
            return [(start, end)];
        }

        var left = new List<(int, int)>();
        var from = start;
        foreach (var match in Prose.Matches(_phrases["its"], text, start, end))
        {
            if (match.Index < from || !Prose.IsSentenceStart(text, match.Index, start) || OtherAt(draft, text, match.Index + match.Length, end) is not var (name, kind))
            {
                continue;
            }

            var sentence = Prose.SentenceEnd(text, name.End, end);
            var before = _findings.Drafts.Count;
            var other = Names.DraftOf(_findings, text, name, EntityType.Initiative);
            var facts = other.Facts.Count;
            _dates.ReadBehindName(other, text, name.End, end);
            FindIn(other, text, name.End, sentence, false);
            if (!other.Facts.Skip(facts).Any(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme or FactKind.Period))
            {
                _findings.Forget(before);
                continue;
            }

            other.Add(FactKind.Kind, kind, text.Origin(match.Index, name.End - match.Index));
            left.Add((from, match.Index));
            from = sentence;
        }

        left.Add((from, end));
        return left;
    }

    /// <summary>The name of another initiative behind a kind: "programme [X](...)", "project *X*"; only names that are marked, or said to be of a project, are certain.</summary>
    private (NameSpan Name, string Kind)? OtherAt(Draft draft, PlainText text, int at, int end)
    {
        while (at < end && text.Folded[at] == ' ')
        {
            at++;
        }

        if (at >= end || _lexicon.Concepts.At("kinds", text.Folded, at) is not { } kind || at + kind.Length + 1 >= end)
        {
            return null;
        }

        var start = at + kind.Length + 1;
        var name = NameList.Read(text, start, Math.Min(end, start + 120), _phrases) is [var first, ..] && text.Folded.AsSpan(start, first.Start - start).Trim("\" ").IsEmpty ? first : (NameSpan?)null;
        return name is { } other && (other.Link?.Url is not null || Array.Exists(text.Emphases, e => e.Start == other.Start) || (other.Start > 0 && text.Folded[other.Start - 1] == '"'))
            && !Subjects.IsSelf(draft, other.Name) && _findings.Known(EntityType.FundingScheme, other.Name) is null ? (other, kind.Slug) : null;
    }

    private void FindIn(Draft draft, PlainText text, int start, int end, bool definite)
    {
        if (start >= end)
        {
            return;
        }

        _related.Clear();
        _told.Clear();
        FindNamed(draft, text, start, end);
        var aside = _related.Find(draft, text, start, end);
        _kinds.Find(draft, text, start, end, definite);
        _funding.Find(draft, text, start, end);
        _agents.Find(draft, text, start, end, _told);
        _makers.Find(draft, text, start, end, _told);
        _dates.Find(draft, text, start, end, _told, _related.Related);
        FindStatus(draft, text, start, end, aside);
        foreach (var (nameEnd, clauseEnd, other) in _related.Related)
        {
            _dates.Find(other, text, nameEnd, clauseEnd, [], []);
        }

        _coverage.Find(draft, text, start, end);
        _outputs.Find(draft, text, start, end);
        _concepts.Find(draft, FactKind.Audience, "audience", "audiences", text, start, end, aside);
        _concepts.Find(draft, FactKind.Theme, "theme", "themes", text, start, end, aside);
    }

    /// <summary>"The project X (2016-2020) ...": the years behind the name.</summary>
    private void FindNamed(Draft draft, PlainText text, int start, int end)
    {
        if (draft.Has(FactKind.Period) || !text.Text.AsSpan(start, end - start).ContainsAny(Centuries))
        {
            return;
        }

        // "X: a digital incubator", "X - Museum Sector Alliance": prose names the first part.
        var first = FirstPart(draft.Name);
        foreach (var name in draft.Facts.Where(f => f.Kind == FactKind.AltName).Select(f => f.Value).Append(draft.Name).Append(first))
        {
            var folded = TextFolding.Fold(name);
            if (text.Folded.IndexOf(folded, start, end - start, StringComparison.Ordinal) is var at and >= 0 && _dates.ReadBehindName(draft, text, at + folded.Length, end) > at + folded.Length)
            {
                return;
            }
        }
    }

    private static string FirstPart(string name)
    {
        foreach (var separator in (ReadOnlySpan<string>)[" - ", ": ", ". "])
        {
            if (name.IndexOf(separator, StringComparison.Ordinal) is var at and > 1)
            {
                return name[..at];
            }
        }

        return name;
    }

    private void FindStatus(Draft draft, PlainText text, int start, int end, (int Start, int End) aside)
    {
        if (draft.Has(FactKind.Status))
        {
            return;
        }

        foreach (var phrases in _phrases.Under("status."))
        {
            foreach (var match in Prose.Matches(phrases, text, start, end))
            {
                // "..., whose opening is planned for": a relative clause about another thing.
                var clause = text.Text.LastIndexOf(',', Math.Max(0, match.Index - 1), Math.Max(0, match.Index - start)) is var comma and >= 0
                    && _phrases["relative"].Match(text, comma + 1, Math.Min(8, match.Index - comma - 1)).Success;
                var ended = _related.Before(text, match.Index) ?? draft;
                if (!clause && (match.Index < aside.Start || match.Index >= aside.End) && (ended != draft || !_related.IsOfAnother(draft, text, match.Index, start)))
                {
                    ended.Add(FactKind.Status, phrases.Heading["status.".Length..], text.Origin(match.Index, match.Length));
                    if (ended == draft)
                    {
                        return;
                    }
                }
            }
        }
    }
}
