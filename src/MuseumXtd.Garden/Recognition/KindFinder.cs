using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>What kind of thing the prose says that an entity is: "this programme", "is a toolkit", "offers a guide".</summary>
internal sealed class KindFinder(NoteFindings findings)
{
    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Find(Draft draft, PlainText text, int start, int end, bool definite)
    {
        var found = false;
        foreach (var heading in (ReadOnlySpan<string>)["kind.demonstrative", "kind.predicate", "kind.as"])
        {
            foreach (var match in Prose.Matches(_phrases[heading], text, start, end))
            {
                found |= AddKindAt(draft, text, match.Index, match.Index + match.Length, end);
            }
        }

        var opening = _phrases["kind.opening"].Match(text, start, Math.Min(end - start, 40));
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
            // "The network X brings together ..., it offers a course."
            foreach (var match in Prose.Matches(_phrases["kind.definite"], text, start, end))
            {
                found |= NameFollowsKind(draft, text, match.Index + match.Length, end) && AddKindAt(draft, text, match.Index, match.Index + match.Length, end);
            }
        }

        if (!found)
        {
            // "X offers a guide on ...": what is offered is what the item is.
            foreach (var match in Prose.Matches(_phrases["kind.offered"], text, start, end))
            {
                found |= AddKindAt(draft, text, match.Index, match.Index + match.Length, end);
            }
        }

        // "The programme has developed ..." is weaker, since the definite article may point at another thing; with the name behind it, it is not.
        // What a survey has found is a report.
        var weak = definite && !found && !draft.Has(FactKind.Kind);
        var survey = definite && !weak && draft.Facts.TrueForAll(f => f.Kind != FactKind.Kind || f.Value == "survey");
        foreach (var match in Prose.Matches(_phrases["kind.definite"], text, start, end))
        {
            if (survey && Prose.IsSentenceStart(text, match.Index, start) && KindAt(text, match.Index + match.Length, end) == "report")
            {
                AddKindAt(draft, text, match.Index, match.Index + match.Length, end);
            }
            else if ((weak && Prose.IsSentenceStart(text, match.Index, start) && !IsNamed(text, match.Index + match.Length, end)) || NameFollowsKind(draft, text, match.Index + match.Length, end))
            {
                weak &= !AddKindAt(draft, text, match.Index, match.Index + match.Length, end);
            }
        }
    }

    /// <summary>"X, a national programme run by Y": what the apposition behind a name says.</summary>
    public void FindApposition(Draft draft, PlainText text, int start, int end)
    {
        while (start < end && text.Folded[start] is ' ' or '"')
        {
            start++;
        }

        var article = _phrases["kind.opening"].Match(text, start, Math.Clamp(end - start, 0, 6));
        AddKindAt(draft, text, start, article.Success && article.Index == start ? start + article.Length : start, end);
    }

    /// <summary>"The project X offers ...": the kind of something with a name of its own.</summary>
    private bool IsNamed(PlainText text, int at, int end)
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
        return at + 1 < end && text.Folded[at] == ' ' && char.IsUpper(text.Text[at + 1]);
    }

    private string? KindAt(PlainText text, int at, int end)
    {
        while (at < end && text.Folded[at] == ' ')
        {
            at++;
        }

        return at < end ? _lexicon.Concepts.At("kinds", text.Folded, at)?.Slug : null;
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
        if (_lexicon.Concepts.At("kinds", name, 0) is { } own && own.Length + 1 < name.Length && char.IsUpper(draft.Name[own.Length + 1]))
        {
            name = name[(own.Length + 1)..];
        }

        var word = name[..NameEnd(name)];
        return word.Length > 2 && at + word.Length <= end && char.IsUpper(text.Text[at])
            && text.Folded.AsSpan(at, word.Length).SequenceEqual(word) && NameEnd(text.Folded[at..end]) is var length
            && (length == word.Length || text.Folded[at + word.Length] == '.');
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

        if (at >= end)
        {
            return false;
        }

        if (_lexicon.Concepts.At("kinds", text.Folded, at) is not { } kind)
        {
            return AddBehindAdjectives(draft, text, phraseStart, at, end);
        }

        // "Le Network of European Museum Organisations": a capital inside a sentence begins a name, not a kind.
        if (at > phraseStart && char.IsUpper(text.Text[at]) && char.IsLower(text.Text[Math.Min(at + 1, text.Text.Length - 1)]))
        {
            return false;
        }

        draft.Add(FactKind.Kind, kind.Slug, text.Origin(phraseStart, at + kind.Length - phraseStart));
        if (at > phraseStart)
        {
            new CoverageFinder(findings).FindBehindKind(draft, text, phraseStart, at, at + kind.Length, end);
        }

        return true;
    }

    /// <summary>"is a two-year European research project", "est un vaste projet": at most three words before the noun, none of which ends what belongs to it.</summary>
    private bool AddBehindAdjectives(Draft draft, PlainText text, int phraseStart, int at, int end)
    {
        var noun = at;
        for (var words = 0; words < 3 && phraseStart < at; words++)
        {
            var stop = noun;
            while (stop < end && (char.IsLetterOrDigit(text.Text[stop]) || text.Text[stop] == '-'))
            {
                stop++;
            }

            if (stop == noun || stop + 1 >= end || text.Folded[stop] != ' ' || _phrases["noun-end"].Has(text.Folded.AsSpan(noun, stop - noun)) || _phrases["type.organisation"].Has(text.Folded.AsSpan(noun, stop - noun)))
            {
                return false;
            }

            noun = stop + 1;
            if (_lexicon.Concepts.At("kinds", text.Folded, noun) is { } kind && char.IsLower(text.Text[noun]))
            {
                draft.Add(FactKind.Kind, kind.Slug, text.Origin(phraseStart, noun + kind.Length - phraseStart));
                new CoverageFinder(findings).FindBehindKind(draft, text, phraseStart, noun, noun + kind.Length, end);
                return true;
            }
        }

        return false;
    }
}
