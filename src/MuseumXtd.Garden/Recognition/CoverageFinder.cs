using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>The area that an entity serves, where the words say so.</summary>
internal sealed partial class CoverageFinder(NoteFindings findings)
{
    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Find(Draft draft, PlainText text, int start, int end)
    {
        FindAdjectives(draft, text, start, end);
        FindSeat(draft, text, start, end);
        foreach (var match in Prose.Matches(_phrases["covers"], text, start, end))
        {
            var from = match.Index + match.Length;
            if (PlaceAt(text, from, Prose.SentenceEnd(text, from, end)) is { } found)
            {
                // "en Nouvelle-Aquitaine en France" is about the narrower.
                if (draft.Facts.Exists(f => f.Kind == FactKind.CoversArea && _lexicon.Places.BySlug(f.Value) is { } known && _lexicon.Places.Contains(found.Place, known)))
                {
                    continue;
                }

                draft.Add(FactKind.CoversArea, found.Place.Slug, text.Origin(match.Index, found.End - match.Index));
                FindOthers(draft, text, match.Index, found.End, Prose.SentenceEnd(text, from, end));
            }
        }
    }

    /// <summary>"X is based in Birmingham": where it is at home.</summary>
    public void FindSeat(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Prose.Matches(_phrases["based-in"], text, start, end))
        {
            var from = match.Index + match.Length;
            if (PlaceAt(text, from, Prose.SentenceEnd(text, from, end)) is { } found && !new Subjects(_lexicon).IsOther(draft, text, Prose.SentenceStart(text, match.Index, start), from))
            {
                draft.Add(FactKind.BasedIn, found.Place.Slug, text.Origin(match.Index, found.End - match.Index));
            }
        }
    }

    /// <summary>"museums in Wales, Scotland and England": the places that go on a list, each as the gazetteer writes it.</summary>
    private void FindOthers(Draft draft, PlainText text, int phrase, int at, int end)
    {
        while (AndPlace().Match(text.Folded, at, end - at) is { Success: true } and && PlaceAt(text, at + and.Length, end) is { Place.Kind: "country" or "region" } next
            && _lexicon.Places.Find(text.Text[(at + and.Length)..next.End]) is not null)
        {
            draft.Add(FactKind.CoversArea, next.Place.Slug, text.Origin(phrase, next.End - phrase));
            at = next.End;
        }
    }

    /// <summary>"X is a French association": where an organisation is at home.</summary>
    public void FindAdjective(Draft draft, PlainText text)
    {
        foreach (Match word in Letters().Matches(text.Text[..Prose.SentenceEnd(text, 0, text.Text.Length)]))
        {
            if (char.IsLower(word.Value[0]) && _lexicon.Places.FindAdjective(TextFolding.Fold(word.Value)) is { Kind: "country" or "region" } place)
            {
                draft.Add(FactKind.Place, place.Slug, text.Origin(word.Index, word.Length));
                return;
            }
        }
    }

    /// <summary>
    /// "is a German research project", "un programme de formation italien": an adjective of a place that belongs to the noun for what the thing is.
    /// It goes with that noun in number, so "a platform of Swiss museums" is not meant.
    /// </summary>
    public void FindBehindKind(Draft draft, PlainText text, int phrase, int kind, int kindEnd, int end)
    {
        for (var at = phrase; at < kind; at = PhraseSet.WordEnd(text.Folded, at, kind) + 1)
        {
            Say(at, PhraseSet.WordEnd(text.Folded, at, kind));
        }

        var next = kindEnd;
        for (var words = 0; words < 4 && next + 1 < end && text.Folded[next] == ' '; words++)
        {
            var (start, stop) = (next + 1, PhraseSet.WordEnd(text.Folded, next + 1, end));
            var word = text.Folded.AsSpan(start, stop - start);
            var isOf = words == 0 && word is "de";
            if (stop == start || Say(start, stop) || !(isOf || InstitutionName.AdjectiveEnd(text.Text, next, end) == stop))
            {
                return;
            }

            next = isOf ? PhraseSet.WordEnd(text.Folded, stop + 1, end) : stop;
        }

        bool Say(int start, int stop)
        {
            if (stop - start < 4 || _lexicon.Places.FindAdjective(text.Folded[start..stop]) is not { Kind: "country" or "region" } place
                || (start > kind && text.Folded[stop - 1] == 's' && text.Folded[kindEnd - 1] != 's' && _lexicon.Places.FindAdjective(text.Folded[start..(stop - 1)]) == place))
            {
                return false;
            }

            draft.Add(FactKind.CoversArea, place.Slug, text.Origin(phrase, stop - phrase));
            return true;
        }
    }

    /// <summary>"... in France", right at a position.</summary>
    public void FindAt(Draft draft, PlainText text, int at)
    {
        foreach (var preposition in (ReadOnlySpan<string>)[" en ", " au ", " aux ", " in "])
        {
            if (string.CompareOrdinal(text.Folded, at, preposition, 0, preposition.Length) == 0
                && PlaceAt(text, at + preposition.Length, Prose.SentenceEnd(text, at, text.Text.Length)) is { Place.Kind: "country" or "region" } found)
            {
                draft.Add(FactKind.Place, found.Place.Slug, text.Origin(at, found.End - at));
            }
        }
    }

    /// <summary>Adjectives of countries and regions behind a noun: "a British initiative", "organismes québécois".</summary>
    private void FindAdjectives(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Prose.Matches(_phrases["of-place"], text, start, end))
        {
            var word = Letters().Match(text.Folded, match.Index + match.Length, Math.Max(0, end - match.Index - match.Length));
            if (word.Success && word.Index <= match.Index + match.Length + 1
                && _lexicon.Places.FindAdjective(word.Value) is { Kind: "country" or "region" } place
                && !(_phrases["beside"].Match(text, Prose.SentenceStart(text, match.Index, start), word.Index + word.Length - Prose.SentenceStart(text, match.Index, start)).Success)
                && !IsArticle(text.Folded.Substring(match.Index, match.Length), text, word.Index + word.Length, end))
            {
                draft.Add(FactKind.CoversArea, place.Slug, text.Origin(match.Index, word.Index + word.Length - match.Index));
            }
        }
    }

    /// <summary>In English the noun stands behind: "a British initiative" counts, "an English version" does not.</summary>
    private bool IsArticle(string before, PlainText text, int at, int end) =>
        before is "a" or "an" or "the" && (at + 1 >= end || _lexicon.Concepts.At("kinds", text.Folded, at + 1) is null && !_phrases["type.initiative"].Match(text, at + 1, Math.Min(12, end - at - 1)).Success);

    [GeneratedRegex(@"\G(?:, | et | and | & )(?:(?:en|au|aux|in|the) )?", RegexOptions.CultureInvariant)]
    private static partial Regex AndPlace();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Letters();

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
}
