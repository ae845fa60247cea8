using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// The initiatives that a text names besides its subject (what that is part of, comes from or came after), and which words are about them.
/// </summary>
internal sealed partial class RelatedFinder(NoteFindings findings)
{
    private readonly GardenLexicon _lexicon = findings.Lexicon;
    // Where their names and what is said of them end.
    private readonly List<Aside> _related = [];
    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly Subjects _subjects = new(findings.Lexicon);

    public List<Aside> Related => _related;

    public void Clear() => _related.Clear();

    /// <summary>
    /// Part-of, output-of and succession. A relative clause after the other initiative ("..., whose aim is ...,") is about that one; the
    /// range of such a clause is returned, to be left out for this entity.
    /// </summary>
    public (int Start, int End) Find(Draft draft, PlainText text, int start, int end)
    {
        (int, int) aside = (end, end);
        var later = 0;
        foreach (var (heading, kind) in (ReadOnlySpan<(string, FactKind)>)[("succeeded-by", FactKind.Succeeds), ("part-of", FactKind.PartOf), ("part-of.around", FactKind.PartOf), ("succeeds", FactKind.Succeeds), ("output-of", FactKind.Output)])
        {
            foreach (var match in Prose.Matches(_phrases[heading], text, start, end))
            {
                var names = NameList.Read(text, heading == "part-of.around" ? Capital(text, match) : match.Index + match.Length, end, _phrases);
                if (names.Count == 0 && NameList.ReadFirst(text, match.Index + match.Length, end, _phrases) is { } late
                    && late.Start - match.Index - match.Length <= 20)
                {
                    // "the British project X"
                    names = [late];
                }

                if (names.Count == 0 || NameEnd.Whole(text, names[0], end, _phrases) is not { } whole || TextFolding.NameKey(whole.Name) == TextFolding.NameKey(draft.Name))
                {
                    continue;
                }

                if (Whole(text, whole, end) is not { } name)
                {
                    continue;
                }

                // "remplacé par": what looks like "remplace" behind it is the same verb.
                if (name.Described is not null || (kind == FactKind.PartOf && IsBody(text, name)) || (heading == "succeeds" && match.Index < later))
                {
                    continue;
                }

                later = heading == "succeeded-by" ? name.End : later;
                var origin = text.Origin(match.Index, name.End - match.Index);
                var other = Names.DraftOf(findings, text, name, EntityType.Initiative);
                if (kind == FactKind.Output)
                {
                    // The phrase says of this entity whose result it is.
                    other.Add(FactKind.Output, "", origin, draft);
                }
                else if (heading == "succeeded-by")
                {
                    other.Add(kind, "", origin, draft);
                }
                else
                {
                    draft.Add(kind, "", origin, other);
                }

                AddKind(other, text, match.Index, Math.Max(match.Index + match.Length, name.Start));
                var behind = new DateFinder(findings).ReadBehindName(other, text, MarkedNames.AfterQuote(text, name.End), end);
                var aboutOther = ClauseEnd(text, behind, end);
                _related.Add(new Aside(name.End, aboutOther, other));
                if (aboutOther > behind)
                {
                    new KindFinder(findings).FindApposition(other, text, behind + 1, aboutOther);
                }

                if (RelativeClause(text, name.End, end) is { } relative)
                {
                    var concepts = new ConceptFinder(findings);
                    aside = relative;
                    concepts.Find(other, FactKind.Audience, "audience", "audiences", text, relative.Start, relative.End, (end, end));
                    concepts.Find(other, FactKind.Theme, "theme", "themes", text, relative.Start, relative.End, (end, end));
                }
            }
        }

        return aside;
    }

    /// <summary>"one of the projects of the Museum X", "succeeds the director X": names of bodies are none of initiatives.</summary>
    private bool IsBody(PlainText text, NameSpan name) => name.Link is null && !Array.Exists(text.Emphases, e => e.Start == name.Start) && !(name.Start > 0 && text.Folded[name.Start - 1] == '"')
        && (findings.Known(EntityType.Organisation, name.Name) is not null
        || (_phrases.Has("institution", TextFolding.Fold(name.Name.Split(' ')[0])) && _lexicon.Concepts.Find("kinds", name.Name.Split(' ')[0]) is null)
        || (InstitutionName.Read(text.Text, name.Start, name.End, _phrases) is not null && _lexicon.Concepts.Find("kinds", name.Name.Split(' ')[0]) is null) || !Names.IsOrganisation(name, _phrases, _lexicon));

    /// <summary>"La Charte des rives": a kind with a capital names something with the words behind it only.</summary>
    private NameSpan? Whole(PlainText text, NameSpan name, int end)
    {
        if (name.Link is null && _phrases.Has("institution", TextFolding.SingularWords(name.Name)))
        {
            // "Musées en ligne": where it ends is not known, and the noun alone names nothing.
            return null;
        }

        if (name.Link is not null || _lexicon.Concepts.Find("kinds", name.Name) is null)
        {
            return name;
        }

        var complement = Complement().Match(text.Text, name.End, Math.Max(0, end - name.End));
        return complement.Success
            ? name with { Length = name.Length + complement.Length, Name = text.Text.Substring(name.Start, name.Length + complement.Length).ReplaceLineEndings(" ") }
            : null;
    }

    /// <summary>"Result of the project GIFT", "succeeds the programme X": the words before the name say what it is.</summary>
    private void AddKind(Draft other, PlainText text, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if ((at == start || !char.IsLetter(text.Folded[at - 1])) && _lexicon.Concepts.At("kinds", text.Folded, at) is { } kind
                && at + kind.Length <= end && text.Folded[at + kind.Length - 1] != 's')
            {
                other.Add(FactKind.Kind, kind.Slug, text.Origin(at, kind.Length));
                return;
            }
        }
    }

    private (int Start, int End)? RelativeClause(PlainText text, int at, int end)
    {
        if (at + 2 >= end || text.Text[at] != ',')
        {
            return null;
        }

        var relative = _phrases["relative"].Match(text, at + 1, Math.Min(end - at - 1, 8));
        if (!relative.Success)
        {
            return null;
        }

        var sentence = Prose.SentenceEnd(text, at, end);
        foreach (var main in Prose.Matches(_phrases["kind.demonstrative"], text, at + 1, sentence))
        {
            var before = main.Index - 1;
            while (before > at && char.IsWhiteSpace(text.Text[before]))
            {
                before--;
            }

            if (text.Text[before] == ',')
            {
                return (at, before);
            }
        }

        return (at, sentence);
    }

    /// <summary>The other initiative whose name stands right before a place, or whose clause of participles holds it: "X (2020-2025), endowed with ... and funded by Y".</summary>
    public Draft? Before(PlainText text, int at)
    {
        foreach (var (nameEnd, clauseEnd, other) in _related)
        {
            if (nameEnd < at && (at < clauseEnd || text.Text.AsSpan(nameEnd, at - nameEnd).Trim() is "," or ""))
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>Where the clause of participles behind a name ends; where it would begin, when there is none.</summary>
    private int ClauseEnd(PlainText text, int at, int end)
    {
        var start = at + 1;
        while (start < end && text.Folded[start] is ' ')
        {
            start++;
        }

        if (start >= end || text.Text[at] != ',' || !(Begins("clause") || Begins("kind.opening") || (char.IsLower(text.Text[start]) && _lexicon.Concepts.At("kinds", text.Folded, start) is not null)))
        {
            return at;
        }

        // ", and ..." goes on about the subject of the sentence.
        var sentence = Prose.SentenceEnd(text, start, end);
        foreach (var and in (ReadOnlySpan<string>)[", et ", ", and "])
        {
            sentence = text.Folded.IndexOf(and, start, sentence - start, StringComparison.Ordinal) is var comma and >= 0 ? comma : sentence;
        }

        return sentence;

        bool Begins(string heading) => _phrases[heading].Match(text, start, Math.Min(24, end - start)) is { Success: true } first && first.Index == start;
    }

    /// <summary>"... used in *Y*, a project led by", "after the webinar *Y*, which was organised by", "the day *Y* organised by": what is said of a thing with a name of its own.</summary>
    public bool IsOfAnother(Draft draft, PlainText text, int at, int start)
    {
        var sentence = Prose.SentenceStart(text, at, start);
        if (_subjects.IsOther(draft, text, sentence, at))
        {
            return true;
        }

        foreach (var project in Prose.Matches(_phrases["prose-initiative"], text, sentence, at))
        {
            // "They took part in the project X, supported by Y"
            if (project.Index > sentence && NameList.Read(text, project.End, at, _phrases) is [.., var first] && first.Start - project.End <= 2
                && NameEnd.Whole(text, first, at, _phrases) is { } named && text.Text.AsSpan(named.End, at - named.End).Trim(" ,\u00A0").IsEmpty && !Subjects.IsSelf(draft, named.Name) && !Subjects.IsAt(draft, text, named.Start))
            {
                return true;
            }
        }

        foreach (var (open, close) in text.Emphases)
        {
            if (open < sentence || close >= at || Subjects.IsNamed(draft, text.Text[open..close]))
            {
                continue;
            }

            if (text.Text.AsSpan(close, at - close).Trim(" ,").IsEmpty || (text.Text[close] == ','
                && (_phrases["relative"].Match(text, close + 1, Math.Min(8, at - close - 1)).Success
                    || (close + 2 < at && (_lexicon.Concepts.At("kinds", text.Folded, close + 2) is not null || _phrases["kind.opening"].Match(text, close + 2, Math.Min(4, at - close - 2)).Success || _phrases["clause"].Match(text, close + 2, Math.Min(24, text.Text.Length - close - 2)) is { Success: true, Index: var clause } && clause == close + 2)))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"within the X programme": where the name stands in the phrase.</summary>
    public static int Capital(PlainText text, PhraseMatch match)
    {
        var at = match.Index;
        while (at < match.Index + match.Length && !char.IsUpper(text.Text[at]))
        {
            at++;
        }

        return at;
    }

    [GeneratedRegex(@"\G\s(?:de la\s|de l['’]|des\s|du\s|de\s|d['’]|of the\s|of\s)\p{L}[\p{L}-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Complement();
}
