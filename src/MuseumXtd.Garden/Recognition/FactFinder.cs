using System.Buffers;
using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Finds what a stretch of prose says about one entity. All words that it looks for are in the phrase files.</summary>
internal sealed partial class FactFinder(NoteFindings findings)
{
    private const int MaxProse = 20_000;

    private static readonly SearchValues<string> Centuries = SearchValues.Create(["(19", "(20"], StringComparison.Ordinal);

    private readonly GardenLexicon _lexicon = findings.Lexicon;
    // The initiatives that the text at hand names besides its subject, and where their names and what is said of them end.
    private readonly List<Aside> _related = [];
    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly Subjects _subjects = new(findings.Lexicon);

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
            var before = findings.Drafts.Count;
            var other = DraftOf(text, name, EntityType.Initiative);
            var facts = other.Facts.Count;
            ReadYears(other, text, name.End, end);
            FindIn(other, text, name.End, sentence, false);
            if (!other.Facts.Skip(facts).Any(f => f.Kind is FactKind.Agent or FactKind.Funder or FactKind.Scheme or FactKind.Period))
            {
                findings.Forget(before);
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
            && !Subjects.IsSelf(draft, other.Name) && findings.Known(EntityType.FundingScheme, other.Name) is null ? (other, kind.Slug) : null;
    }

    private void FindIn(Draft draft, PlainText text, int start, int end, bool definite)
    {
        if (start >= end)
        {
            return;
        }

        _related.Clear();
        var told = new List<Told>();
        FindNamed(draft, text, start, end);
        var concepts = new ConceptFinder(findings);
        var aside = FindRelatedInitiatives(draft, text, start, end);
        new KindFinder(findings).Find(draft, text, start, end, definite);
        FindFunding(draft, text, start, end);
        FindAgents(draft, text, start, end, told);
        new MakerFinder(findings).Find(draft, text, start, end, told);
        new DateFinder(findings).Find(draft, text, start, end, told, _related);
        FindStatus(draft, text, start, end, aside);
        foreach (var (nameEnd, clauseEnd, other) in _related)
        {
            new DateFinder(findings).Find(other, text, nameEnd, clauseEnd, [], []);
        }

        new CoverageFinder(findings).Find(draft, text, start, end);
        new OutputFinder(findings).Find(draft, text, start, end);
        concepts.Find(draft, FactKind.Audience, "audience", "audiences", text, start, end, aside);
        concepts.Find(draft, FactKind.Theme, "theme", "themes", text, start, end, aside);
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
            if (text.Folded.IndexOf(folded, start, end - start, StringComparison.Ordinal) is var at and >= 0 && ReadYears(draft, text, at + folded.Length, end) > at + folded.Length)
            {
                return;
            }
        }
    }

    /// <summary>The years in the bracket behind a name; returns where the bracket ends, or the name.</summary>
    private int ReadYears(Draft named, PlainText text, int nameEnd, int end)
    {
        if (new DateFinder(findings).BehindName(text, nameEnd, end) is not { } years)
        {
            return nameEnd;
        }

        if (!named.Has(FactKind.Period))
        {
            named.Add(FactKind.Period, years.Edtf, text.Origin(years.Start, years.End - 1 - years.Start));
        }

        return years.End;
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

    /// <summary>
    /// Part-of, output-of and succession. A relative clause after the other initiative ("..., whose aim is ...,") is about that one; the
    /// range of such a clause is returned, to be left out for this entity.
    /// </summary>
    private (int Start, int End) FindRelatedInitiatives(Draft draft, PlainText text, int start, int end)
    {
        (int, int) aside = (end, end);
        foreach (var (heading, kind) in (ReadOnlySpan<(string, FactKind)>)[("part-of", FactKind.PartOf), ("part-of.around", FactKind.PartOf), ("succeeds", FactKind.Succeeds), ("output-of", FactKind.Output)])
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

                if (names.Count == 0 || TextFolding.NameKey(names[0].Name) == TextFolding.NameKey(draft.Name))
                {
                    continue;
                }

                if (Whole(text, names[0], end) is not { } name)
                {
                    continue;
                }

                var origin = text.Origin(match.Index, name.End - match.Index);
                var other = DraftOf(text, name, EntityType.Initiative);
                if (kind == FactKind.Output)
                {
                    // The phrase says of this entity whose result it is.
                    other.Add(FactKind.Output, "", origin, draft);
                }
                else
                {
                    draft.Add(kind, "", origin, other);
                }

                AddKindInPhrase(other, text, match);
                _related.Add(new Aside(name.End, ClauseEnd(text, ReadYears(other, text, name.End, end), end), other));
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

    /// <summary>"Result of the project GIFT": the phrase itself says that GIFT is a project.</summary>
    private void AddKindInPhrase(Draft other, PlainText text, PhraseMatch match)
    {
        for (var at = match.Index; at < match.Index + match.Length; at++)
        {
            if ((at == match.Index || !char.IsLetter(text.Folded[at - 1])) && _lexicon.Concepts.At("kinds", text.Folded, at) is { } kind
                && at + kind.Length <= match.Index + match.Length)
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

    private Draft DraftOf(PlainText text, NameSpan name, EntityType type) => Names.DraftOf(findings, text, name, type);

    private void FindAgents(Draft draft, PlainText text, int start, int end, List<Told> told)
    {
        foreach (var phrases in _phrases.Under("role."))
        {
            var heading = phrases.Heading;
            foreach (var match in Prose.Matches(phrases, text, start, end))
            {
                var names = NameList.Read(text, match.Index + match.Length, Prose.SentenceEnd(text, match.Index, end), _phrases);

                // "... under a call for the plan X launched by Y": who launched the plan did not launch what came of it.
                var made = SchemeBefore(text, match.Index, start) && draft.Facts.FindLast(f => f.Kind == FactKind.Scheme)?.Other is { } scheme ? scheme : draft;
                made = RelatedBefore(text, match.Index) ?? made;
                if (names.Count == 0 || IsBeside(text, match.Index, start) || IsOfAnother(draft, text, match.Index, start))
                {
                    continue;
                }

                foreach (var name in names)
                {
                    if (TextFolding.NameKey(name.Name) != TextFolding.NameKey(made.Name))
                    {
                        made.HasMaker = true;
                        made.Add(
                            FactKind.Agent, heading["role.".Length..], text.Origin(match.Index, name.End - match.Index),
                            DraftOf(text, name, EntityType.Organisation));
                    }
                }

                if (made == draft)
                {
                    told.Add(new Told(names[^1].End, Math.Min(end, names[^1].End + 40), false));
                }

                if (heading is not "role.partner")
                {
                    FindFollowing(made, text, names[^1].End, end);
                }
            }
        }
    }

    /// <summary>The other initiative whose name stands right before a place, or whose clause of participles holds it: "X (2020-2025), endowed with ... and funded by Y".</summary>
    private Draft? RelatedBefore(PlainText text, int at)
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

        if (start >= end || text.Text[at] != ',' || _phrases["clause"].Match(text, start, Math.Min(24, end - start)) is not { Success: true } participle || participle.Index != start)
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
    }

    /// <summary>"developed by X for Y", "led by X with Y and Z": for whom and with whom, where they have names.</summary>
    private void FindFollowing(Draft made, PlainText text, int at, int end)
    {
        foreach (var (heading, role) in (ReadOnlySpan<(string, string)>)[("for-whom", "beneficiary"), ("together-with", "partner")])
        {
            // "coordinated by X, with Y"
            var start = role == "partner" && at < end && text.Folded[at] == ',' ? at + 1 : at;
            while (start < end && text.Folded[start] == ' ')
            {
                start++;
            }

            if (start == at || _phrases[heading].Match(text, start, Math.Min(end - start, 8)) is not { Success: true } match || match.Index != start)
            {
                continue;
            }

            foreach (var name in NameList.Read(text, match.Index + match.Length, Prose.SentenceEnd(text, start, end), _phrases))
            {
                if (char.IsUpper(text.Text[name.Start]) && Names.IsOrganisation(name, _phrases, _lexicon))
                {
                    made.Add(FactKind.Agent, role, text.Origin(match.Index, name.End - match.Index), DraftOf(text, name, EntityType.Organisation));
                }
            }
        }
    }

    /// <summary>
    /// "..., an agency founded by Y", "X is an agency created in", "partner of the project Z with": what is said of another organisation or project
    /// in the same sentence.
    /// </summary>
    private bool IsBeside(PlainText text, int at, int start)
    {
        var sentence = Prose.SentenceStart(text, at, start);
        return _phrases["beside"].Match(text, sentence, at - sentence).Success;
    }

    /// <summary>"... used in *Y*, a project led by", "after the webinar *Y*, which was organised by", "the day *Y* organised by": what is said of a thing with a name of its own.</summary>
    private bool IsOfAnother(Draft draft, PlainText text, int at, int start)
    {
        var sentence = Prose.SentenceStart(text, at, start);
        if (_subjects.IsOther(draft, text, sentence, at))
        {
            return true;
        }

        foreach (var (open, close) in text.Emphases)
        {
            if (open < sentence || close >= at || Subjects.IsNamed(draft, text.Text[open..close]))
            {
                continue;
            }

            if (text.Text.AsSpan(close, at - close).IsWhiteSpace() || (text.Text[close] == ','
                && (_phrases["relative"].Match(text, close + 1, Math.Min(8, at - close - 1)).Success
                    || (close + 2 < at && _lexicon.Concepts.At("kinds", text.Folded, close + 2) is not null))))
            {
                return true;
            }
        }

        return false;
    }

    private bool SchemeBefore(PlainText text, int at, int start)
    {
        foreach (var match in Prose.Matches(_phrases["scheme"], text, start, at))
        {
            if (Prose.SentenceEnd(text, match.Index + match.Length, at) == at)
            {
                return true;
            }
        }

        return false;
    }

    private void FindFunding(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Prose.Matches(_phrases["funder"], text, start, end))
        {
            if (IsOfAnother(draft, text, match.Index, start))
            {
                continue;
            }

            var funded = RelatedBefore(text, match.Index) ?? draft;
            foreach (var name in NameList.Read(text, match.Index + match.Length, Prose.SentenceEnd(text, match.Index, end), _phrases))
            {
                funded.Add(FactKind.Funder, "", text.Origin(match.Index, name.End - match.Index), DraftOf(text, name, EntityType.Organisation));
            }
        }

        foreach (var match in Prose.Matches(_phrases["scheme"], text, start, end))
        {
            FindScheme(draft, text, match, match.Index + match.Length, end);
        }

        foreach (var match in Prose.Matches(_phrases["scheme.around"], text, start, end))
        {
            FindScheme(draft, text, match, Capital(text, match), end);
        }
    }

    /// <summary>The plan of funding whose name begins at a place in or behind a phrase.</summary>
    private void FindScheme(Draft draft, PlainText text, PhraseMatch match, int from, int end)
    {
        var sentence = Prose.SentenceEnd(text, match.Index, end);
        if (NameList.ReadFirst(text, QuotedStart(text, from, sentence), sentence, _phrases) is { } name
            && TextFolding.NameKey(name.Name) != TextFolding.NameKey(draft.Name))
        {
            var scheme = DraftOf(text, Expanded(text, name, sentence, out var acronym), EntityType.FundingScheme);
            if (acronym is not null)
            {
                scheme.Add(FactKind.AltName, acronym, text.Origin(name.Start, name.Length));
            }

            draft.Add(FactKind.Scheme, "", text.Origin(match.Index, name.End - match.Index), scheme);
            new NameReader(findings).ReadScheme(scheme, text, name);
            FindFundersInBracket(draft, text, name, sentence);
            FindFunderOf(draft, text, name, sentence);
        }
    }

    /// <summary>"within the X programme": where the name stands in the phrase.</summary>
    private static int Capital(PlainText text, PhraseMatch match)
    {
        var at = match.Index;
        while (at < match.Index + match.Length && !char.IsUpper(text.Text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>"the fund COVID-19 « Transformation »": what stands in quotes soon after is the name.</summary>
    private static int QuotedStart(PlainText text, int start, int end)
    {
        var quote = text.Folded.AsSpan(start, Math.Min(end - start, 24)).IndexOfAny("\".,;(");
        return quote >= 0 && text.Folded[start + quote] == '"' ? start + quote + 1 : start;
    }

    /// <summary>"the fund X (A / B)": who gives it.</summary>
    private void FindFundersInBracket(Draft draft, PlainText text, NameSpan name, int end)
    {
        var open = name.End;
        while (open < end && text.Folded[open] is ' ' or '"')
        {
            open++;
        }

        if (open >= end || text.Text[open] != '(' || text.Text.IndexOf(')', open) is var close && (close < 0 || close > end))
        {
            return;
        }

        var names = NameList.Read(text, open + 1, close, _phrases);
        if (names.Count == 0 || names[^1].End != close || (names.Count == 1 && IsExpansion(name.Name, names[0].Name)))
        {
            return;
        }

        foreach (var funder in names)
        {
            draft.Add(FactKind.Funder, "", text.Origin(funder.Start, funder.Length), DraftOf(text, funder, EntityType.Organisation));
        }
    }

    /// <summary>"funded by the programme X of the European Union": whose programme it is.</summary>
    private void FindFunderOf(Draft draft, PlainText text, NameSpan name, int end)
    {
        var at = name.End;
        while (at < end && text.Folded[at] is '"')
        {
            at++;
        }

        foreach (var of in (ReadOnlySpan<string>)[" du ", " de la ", " de l'", " of the "])
        {
            if (string.CompareOrdinal(text.Folded, at, of, 0, of.Length) == 0 && NameList.Read(text, at + of.Length, end, _phrases) is [var owner, ..]
                && (Names.IsOrganisation(owner, _phrases, _lexicon) || InstitutionName.Read(text.Text, owner.Start, end, _phrases) is not null))
            {
                draft.Add(FactKind.Funder, "", text.Origin(name.Start, owner.End - name.Start), DraftOf(text, owner, EntityType.Organisation));
            }
        }
    }

    private static bool IsExpansion(string one, string other)
    {
        var (acronym, full) = one.Length < other.Length ? (one, other) : (other, one);
        return acronym.All(c => char.IsUpper(c) || !char.IsLetter(c)) && char.ToUpperInvariant(full[0]) == acronym[0];
    }

    /// <summary>"PCNQ (Plan culturel numérique du Québec)": the long form is the name.</summary>
    private NameSpan Expanded(PlainText text, NameSpan name, int end, out string? acronym)
    {
        acronym = null;
        if (name.Name.Any(char.IsLower) || name.End + 2 >= end || text.Text[name.End] != ' ' || text.Text[name.End + 1] != '(')
        {
            return name;
        }

        if (NameList.ReadFirst(text, name.End + 2, end, _phrases) is not { } full || full.Start != name.End + 2 || full.Length <= name.Length)
        {
            return name;
        }

        acronym = name.Name;
        return full;
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
                if (!clause && (match.Index < aside.Start || match.Index >= aside.End) && !IsOfAnother(draft, text, match.Index, start))
                {
                    var ended = RelatedBefore(text, match.Index) ?? draft;
                    ended.Add(FactKind.Status, phrases.Heading["status.".Length..], text.Origin(match.Index, match.Length));
                    if (ended == draft)
                    {
                        return;
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"\G\s(?:de la\s|de l['’]|des\s|du\s|de\s|d['’]|of the\s|of\s)\p{L}[\p{L}-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Complement();
}
