using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Finds what a stretch of prose says about one entity. All words that it looks for are in the phrase files.</summary>
internal sealed partial class FactFinder(NoteFindings findings)
{
    private const int MaxProse = 20_000;

    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

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

        var aside = FindRelatedInitiatives(draft, text, start, end);
        FindKinds(draft, text, start, end, definite);
        FindAgents(draft, text, start, end);
        FindFunding(draft, text, start, end);
        FindStatus(draft, text, start, end, aside);
        FindCoverage(draft, text, start, end);
        FindOutputs(draft, text, start, end);
        FindConcepts(draft, FactKind.Audience, "audience", "audiences", text, start, end, aside);
        FindConcepts(draft, FactKind.Theme, "theme", "themes", text, start, end, aside);
    }

    private static IEnumerable<Match> Matches(PhraseSet phrases, PlainText text, int start, int end)
    {
        for (var match = phrases.Match(text.Folded, start, end - start); match.Success; match = match.NextMatch())
        {
            yield return match;
        }
    }

    /// <summary>The end of the sentence that holds a position.</summary>
    public static int SentenceEnd(PlainText text, int at, int end)
    {
        for (; at < end; at++)
        {
            if (text.Text[at] is '.' or '!' or '?' or ';' && (at + 1 >= end || char.IsWhiteSpace(text.Text[at + 1])) && text.LinkAt(at) is null)
            {
                return at;
            }
        }

        return end;
    }

    /// <summary>Whether a position begins a sentence.</summary>
    public static bool IsSentenceStart(PlainText text, int at, int start)
    {
        for (at--; at >= start; at--)
        {
            if (!char.IsWhiteSpace(text.Text[at]))
            {
                return text.Text[at] is '.' or '!' or '?';
            }
        }

        return true;
    }

    /// <summary>
    /// Part-of, output-of and succession. A relative clause after the other initiative ("..., whose aim is ...,") is about that one; the
    /// range of such a clause is returned, to be left out for this entity.
    /// </summary>
    private (int Start, int End) FindRelatedInitiatives(Draft draft, PlainText text, int start, int end)
    {
        (int, int) aside = (end, end);
        foreach (var (heading, kind) in (ReadOnlySpan<(string, FactKind)>)[("part-of", FactKind.PartOf), ("succeeds", FactKind.Succeeds), ("output-of", FactKind.Output)])
        {
            foreach (var match in Matches(_phrases[heading], text, start, end))
            {
                var names = NameList.Read(text, match.Index + match.Length, end, _phrases);
                if (names.Count == 0 || TextFolding.NameKey(names[0].Name) == TextFolding.NameKey(draft.Name))
                {
                    continue;
                }

                var name = names[0];
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
                if (RelativeClause(text, name.End, end) is { } clause)
                {
                    aside = clause;
                    FindConcepts(other, FactKind.Audience, "audience", "audiences", text, clause.Start, clause.End, (end, end));
                    FindConcepts(other, FactKind.Theme, "theme", "themes", text, clause.Start, clause.End, (end, end));
                }
            }
        }

        return aside;
    }

    /// <summary>"Result of the project GIFT": the phrase itself says that GIFT is a project.</summary>
    private void AddKindInPhrase(Draft other, PlainText text, Match match)
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

        var relative = _phrases["relative"].Match(text.Folded, at + 1, Math.Min(end - at - 1, 8));
        if (!relative.Success)
        {
            return null;
        }

        var sentence = SentenceEnd(text, at, end);
        foreach (var main in Matches(_phrases["kind.demonstrative"], text, at + 1, sentence))
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

    private Draft DraftOf(PlainText text, NameSpan name, EntityType type)
    {
        var origin = text.Origin(name.Start, name.Length);
        var draft = findings.Known(type, name.Name) ?? findings.Add(new Draft
        {
            Type = type,
            Name = name.Name,
            Origin = origin,
            Language = findings.Language,
            Link = name.Link?.Target,
        });
        if (name.Described is not null)
        {
            draft.Add(FactKind.AltName, name.Described.ReplaceLineEndings(" "), origin);
        }

        var acronym = Acronym().Match(text.Text, name.End, Math.Min(16, text.Text.Length - name.End));
        if (acronym.Success && acronym.Index == name.End)
        {
            draft.Add(FactKind.AltName, acronym.Groups[1].Value, text.Origin(acronym.Groups[1].Index, acronym.Groups[1].Length));
        }

        if (name.Link?.Url is { } url && WebAddress.Clean(url, out _) is { } address && !draft.Has(FactKind.Homepage))
        {
            draft.Add(FactKind.Homepage, address, text.OriginOf(name.Link));
        }

        return draft;
    }

    private void FindKinds(Draft draft, PlainText text, int start, int end, bool definite)
    {
        var found = false;
        foreach (var heading in (ReadOnlySpan<string>)["kind.demonstrative", "kind.predicate"])
        {
            foreach (var match in Matches(_phrases[heading], text, start, end))
            {
                found |= AddKindAt(draft, text, match.Index, match.Index + match.Length, end);
            }
        }

        var opening = _phrases["kind.opening"].Match(text.Folded, start, Math.Min(end - start, 40));
        var first = start;
        while (first < end && char.IsWhiteSpace(text.Text[first]))
        {
            first++;
        }

        found |= opening.Success && opening.Index == first && AddKindAt(draft, text, first, first + opening.Length, end);
        if (!found)
        {
            found = AddKindAt(draft, text, first, first, end);
        }

        if (!found)
        {
            // "X offers a guide on ...": what is offered is what the item is.
            foreach (var match in Matches(_phrases["kind.offered"], text, start, end))
            {
                found |= AddKindAt(draft, text, match.Index, match.Index + match.Length, end);
            }
        }

        // "The programme has developed ..." is weaker, since the definite article may point at another thing; with the name behind it, it is not.
        var weak = definite && !found && !draft.Has(FactKind.Kind);
        foreach (var match in Matches(_phrases["kind.definite"], text, start, end))
        {
            if ((weak && IsSentenceStart(text, match.Index, start)) || NameFollowsKind(draft, text, match.Index + match.Length, end))
            {
                weak &= !AddKindAt(draft, text, match.Index, match.Index + match.Length, end);
            }
        }
    }

    private bool NameFollowsKind(Draft draft, PlainText text, int at, int end)
    {
        while (at < end && text.Folded[at] == ' ')
        {
            at++;
        }

        if (at >= end || _lexicon.Concepts.At("kinds", text.Folded, at) is not { } kind)
        {
            return false;
        }

        at += kind.Length;
        while (at < end && text.Folded[at] is ' ' or '"')
        {
            at++;
        }

        var name = TextFolding.Fold(draft.Name);
        var word = name[..NameEnd(name)];
        return word.Length > 2 && at + word.Length <= end && char.IsUpper(text.Text[at])
            && text.Folded.AsSpan(at, word.Length).SequenceEqual(word) && NameEnd(text.Folded[at..end]) == word.Length;
    }

    private static int NameEnd(string text)
    {
        var end = 0;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '\'' or '.'))
        {
            end++;
        }

        return end;
    }

    private bool AddKindAt(Draft draft, PlainText text, int phraseStart, int at, int end)
    {
        while (at < end && text.Folded[at] is ' ' or '"')
        {
            at++;
        }

        if (at >= end || _lexicon.Concepts.At("kinds", text.Folded, at) is not { } kind)
        {
            return false;
        }

        // "Le Network of European Museum Organisations": a capital inside a sentence begins a name, not a kind.
        if (at > phraseStart && char.IsUpper(text.Text[at]) && char.IsLower(text.Text[Math.Min(at + 1, text.Text.Length - 1)]))
        {
            return false;
        }

        draft.Add(FactKind.Kind, kind.Slug, text.Origin(phraseStart, at + kind.Length - phraseStart));
        return true;
    }

    private void FindAgents(Draft draft, PlainText text, int start, int end)
    {
        foreach (var heading in _phrases.Headings("role."))
        {
            foreach (var match in Matches(_phrases[heading], text, start, end))
            {
                if (SchemeBefore(text, match.Index, start))
                {
                    continue;
                }

                foreach (var name in NameList.Read(text, match.Index + match.Length, SentenceEnd(text, match.Index, end), _phrases))
                {
                    if (TextFolding.NameKey(name.Name) != TextFolding.NameKey(draft.Name))
                    {
                        draft.Add(
                            FactKind.Agent, heading["role.".Length..], text.Origin(match.Index, name.End - match.Index),
                            DraftOf(text, name, EntityType.Organisation));
                    }
                }
            }
        }
    }

    /// <summary>"... under a call for the plan X launched by Y": who launched the plan did not launch what came of it.</summary>
    private bool SchemeBefore(PlainText text, int at, int start)
    {
        foreach (var match in Matches(_phrases["scheme"], text, start, at))
        {
            if (SentenceEnd(text, match.Index + match.Length, at) == at)
            {
                return true;
            }
        }

        return false;
    }

    private void FindFunding(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Matches(_phrases["funder"], text, start, end))
        {
            foreach (var name in NameList.Read(text, match.Index + match.Length, SentenceEnd(text, match.Index, end), _phrases))
            {
                draft.Add(FactKind.Funder, "", text.Origin(match.Index, name.End - match.Index), DraftOf(text, name, EntityType.Organisation));
            }
        }

        foreach (var match in Matches(_phrases["scheme"], text, start, end))
        {
            var sentence = SentenceEnd(text, match.Index, end);
            if (NameList.ReadFirst(text, match.Index + match.Length, sentence, _phrases) is { } name
                && TextFolding.NameKey(name.Name) != TextFolding.NameKey(draft.Name))
            {
                var scheme = DraftOf(text, Expanded(text, name, sentence, out var acronym), EntityType.FundingScheme);
                if (acronym is not null)
                {
                    scheme.Add(FactKind.AltName, acronym, text.Origin(name.Start, name.Length));
                }

                draft.Add(FactKind.Scheme, "", text.Origin(match.Index, name.End - match.Index), scheme);
            }
        }
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

        foreach (var heading in _phrases.Headings("status."))
        {
            foreach (var match in Matches(_phrases[heading], text, start, end))
            {
                if (match.Index < aside.Start || match.Index >= aside.End)
                {
                    draft.Add(FactKind.Status, heading["status.".Length..], text.Origin(match.Index, match.Length));
                    return;
                }
            }
        }
    }

    private void FindCoverage(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Matches(_phrases["covers"], text, start, end))
        {
            var from = match.Index + match.Length;
            if (PlaceAt(text, from, SentenceEnd(text, from, end)) is { } found)
            {
                draft.Add(FactKind.CoversArea, found.Place.Slug, text.Origin(match.Index, found.End - match.Index));
            }
        }
    }

    /// <summary>The place that a text names right at a position, the longest name first, misspelt or not.</summary>
    private (Place Place, int End)? PlaceAt(PlainText text, int start, int end)
    {
        while (start < end && text.Text[start] is ' ' or '\u00A0' or '\n')
        {
            start++;
        }

        if (start >= end || !char.IsUpper(text.Text[start]))
        {
            return null;
        }

        var ends = new List<int>();
        for (var at = start; at <= end && ends.Count < 4; at++)
        {
            if (at == end || !(char.IsLetter(text.Text[at]) || text.Text[at] is '-' or '\'' or '’'))
            {
                ends.Add(at);
                if (at == end || text.Text[at] is not (' ' or '\u00A0'))
                {
                    break;
                }
            }
        }

        ends.Reverse();
        foreach (var stop in ends)
        {
            var name = text.Text[start..stop];
            if ((_lexicon.Places.Find(name) ?? _lexicon.Places.FindNear(name)) is { } place)
            {
                return (place, stop);
            }
        }

        return null;
    }

    private void FindOutputs(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Matches(_phrases["own-resources"], text, start, end))
        {
            AddOutput(draft, text, match.Index, match.Length, findings.Language.StartsWith("en", StringComparison.Ordinal) ? "resources" : "ressources", null);
        }

        foreach (var heading in (ReadOnlySpan<string>)["components", "made"])
        {
            foreach (var match in Matches(_phrases[heading], text, start, end))
            {
                var at = match.Index + match.Length;
                while (at < end && char.IsWhiteSpace(text.Text[at]))
                {
                    at++;
                }

                if (at < end && text.Text[at] == ':')
                {
                    ReadEnumeration(draft, text, at + 1, SentenceEnd(text, at, end), heading == "components");
                }
            }
        }
    }

    /// <summary>"a charter that ... and a tracker that ...": each item begins with an article.</summary>
    private void ReadEnumeration(Draft draft, PlainText text, int start, int end, bool partsOfIt)
    {
        var items = Item().Matches(text.Folded[..end], start);
        for (var i = 0; i < items.Count; i++)
        {
            var from = items[i].Groups[1].Index;
            var to = i + 1 < items.Count ? items[i + 1].Index : end;
            var cut = Qualifier().Match(text.Folded, from, to - from);
            to = cut.Success ? cut.Index : to;
            while (to > from && (char.IsWhiteSpace(text.Text[to - 1]) || text.Text[to - 1] is ',' or '.'))
            {
                to--;
            }

            if (to <= from)
            {
                continue;
            }

            var kind = _lexicon.Concepts.At("kinds", text.Folded, from);
            AddOutput(draft, text, from, to - from, text.Text[from..to].ReplaceLineEndings(" "), kind?.Slug);
            if (partsOfIt && kind is { } part)
            {
                draft.Add(FactKind.Kind, part.Slug, text.Origin(from, part.Length));
            }
        }
    }

    private void AddOutput(Draft draft, PlainText text, int start, int length, string name, string? kind)
    {
        var origin = text.Origin(start, length);
        var output = findings.Add(new Draft
        {
            Type = EntityType.Output,
            Name = name,
            Origin = origin,
            Language = findings.Language,
            Scope = draft,
        });
        if (kind is not null)
        {
            output.Add(FactKind.Kind, kind, origin);
        }

        draft.Add(FactKind.Output, "", origin, output);
    }

    /// <summary>Audiences and themes: phrases and labels, the longer before the shorter, outside names, links and asides.</summary>
    private void FindConcepts(
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
            foreach (var match in Matches(_phrases["role.partner"], text, start, end))
            {
                taken.Add((match.Index, SentenceEnd(text, match.Index, end)));
            }
        }

        var found = new List<(int Start, int Length, string Slug)>();
        foreach (var heading in _phrases.Headings(prefix + "."))
        {
            foreach (var match in Matches(_phrases[heading], text, start, end))
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

    [GeneratedRegex(@"(?:\G\s*|,\s*(?:et\s+|and\s+)?|\s+(?:et|and)\s+)(?:un|une|des|a|an)\s+(\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex(@"\G\s?\(([A-Z][A-Za-z&.-]{1,9})\)", RegexOptions.CultureInvariant)]
    private static partial Regex Acronym();

    [GeneratedRegex(@"\s(?:qui|that|which|dont)\s|\s?\(", RegexOptions.CultureInvariant)]
    private static partial Regex Qualifier();
}
