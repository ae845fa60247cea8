using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>A noun for a kind; no slug where it says no more than that it is a thing.</summary>
internal readonly record struct KindNoun(string Slug, int Start, int End);

/// <summary>What a sentence says that a marked name is the name of.</summary>
/// <param name="Called">"a platform called X".</param>
/// <param name="Before">The noun before the name, this one or another.</param>
/// <param name="Apposition">The noun behind the name.</param>
/// <param name="Kind">The first of all that say it.</param>
/// <param name="Behind">Where the sentence goes on behind the name and the bracket or the noun that belongs to it.</param>
internal readonly record struct KindsOfName(KindNoun? Called, KindNoun? Before, KindNoun? Apposition, KindNoun? Kind, int Behind);

/// <summary>What the sentence around a marked name says that the thing is: a noun before it, "the programme [X](...)", behind it, "*X*, a programme of Y", or in the predicate, "**X** is a programme".</summary>
internal sealed class NameKinds(GardenLexicon lexicon)
{
    // From the article of a noun to "called".
    private const int LongestNoun = 120;

    private readonly Phrases _phrases = lexicon.Phrases;

    public KindsOfName Of(PlainText text, NameSpan name, int sentence, int end)
    {
        var nameEnd = MarkedNames.AfterQuote(text, name.End);
        var behind = Names.Bracket(text, nameEnd, end)?.End + 1 ?? nameEnd;
        var called = Called(text, sentence, name.Start);
        var before = called ?? Before(text, sentence, name.Start);
        var apposition = Behind(text, behind, end);
        var next = before is null && apposition is null && nameEnd == behind ? Next(text, sentence, name.Start, nameEnd, end) : null;
        behind = next?.End ?? behind;
        apposition ??= Among(text, behind, end);
        return new KindsOfName(called, before, apposition, before ?? apposition ?? next ?? Predicate(text, behind, end) ?? Within(text, name, behind, end), behind);
    }

    /// <summary>"a platform for sharing called [X]", "a working group (of A and B) named [X]": the nearest noun for a thing before the participle.</summary>
    private KindNoun? Called(PlainText text, int sentence, int name)
    {
        var before = Trimmed(text, name);
        var participle = before - WordBefore(text, before, sentence).Length;
        if (participle == before || participle <= sentence || _phrases["called"].Match(text, participle, before - participle) is not { Success: true } called || called.Length != before - participle)
        {
            return null;
        }

        KindNoun? nearest = null;
        foreach (var article in Prose.Matches(_phrases["kind.opening"], text, Math.Max(sentence, participle - LongestNoun), participle))
        {
            var at = Prose.Skip(text, article.End, participle);
            if (lexicon.Concepts.At("kinds", text.Folded, at) is { } kind && at + kind.Length <= participle)
            {
                nearest = new KindNoun(kind.Slug, at, at + kind.Length);
            }
            else if (_phrases["named-thing"].Match(text, at, Math.Min(32, participle - at)) is { Success: true } thing && thing.Index == at)
            {
                nearest = new KindNoun("", at, thing.End);
            }
        }

        return nearest;
    }

    /// <summary>"the programme [X]", "fin du projet [X]", "le portail suisse [X]": the kind right before a name, with at most an adjective between.</summary>
    private KindNoun? Before(PlainText text, int start, int name)
    {
        var at = name;
        for (var words = 0; words < 5; words++)
        {
            while (at > start && text.Folded[at - 1] is ' ' or '"' or '\u00A0')
            {
                at--;
            }

            while (at > start && (char.IsLetter(text.Folded[at - 1]) || text.Folded[at - 1] == '-'))
            {
                at--;
            }

            // "le MOOC *X*"
            if (at >= name || !(char.IsLower(text.Text[at]) || (at + 1 < name && char.IsUpper(text.Text[at + 1]))) || (words > 0 && text.Folded[at..].StartsWith("et ", StringComparison.Ordinal)))
            {
                return null;
            }

            if (lexicon.Concepts.At("kinds", text.Folded, at) is { } kind && at + kind.Length <= name && (at == 0 || !char.IsLetterOrDigit(text.Text[at - 1]))
                && IsAdjectives(text, at + kind.Length, name) && text.Folded[at + kind.Length - 1] != 's')
            {
                // "cheffe de projet": what stands bare behind "of" says what sort of thing another one is.
                return _phrases["bare"].Has(WordBefore(text, at, start)) ? null : new KindNoun(kind.Slug, at, at + kind.Length);
            }
        }

        return null;
    }

    /// <summary>Whether only adjectives and a quote stand between a noun and a name.</summary>
    public static bool IsAdjectives(PlainText text, int at, int end)
    {
        while (InstitutionName.AdjectiveEnd(text.Text, at, end) is { } adjective)
        {
            at = adjective;
        }

        return text.Folded.AsSpan(at, end - at).Trim("\" \u00A0").IsEmpty;
    }

    /// <summary>"[X], a programme of Y", "[X] (2019), projet du Musée Y", "[X]: a platform": what stands behind the name is a noun for it.</summary>
    public KindNoun? Behind(PlainText text, int at, int end)
    {
        while (at < end && text.Folded[at] is '"' or ' ' or '\u00A0')
        {
            at++;
        }

        if (at >= end || text.Text[at] is not (',' or ':' or '–' or '-'))
        {
            return null;
        }

        return At(text, Prose.Skip(text, at + 1, end), end);
    }

    /// <summary>"[X], at once a medium, a wiki and a community": the first of several that is a kind.</summary>
    private KindNoun? Among(PlainText text, int at, int end)
    {
        if (at >= end || text.Text[at] != ',' || _phrases["at-once"].Match(text, Prose.Skip(text, at + 1, end), Math.Min(16, end - at - 1)) is not { Success: true } several || several.Index > at + 2)
        {
            return null;
        }

        foreach (var article in Prose.Matches(_phrases["kind.opening"], text, several.End, end))
        {
            if (lexicon.Concepts.At("kinds", text.Folded, Prose.Skip(text, article.End, end)) is { } kind)
            {
                return new KindNoun(kind.Slug, article.Index, Prose.Skip(text, article.End, end) + kind.Length);
            }
        }

        return null;
    }

    /// <summary>"the *X* programme": in English the kind stands behind the name.</summary>
    private KindNoun? Next(PlainText text, int sentence, int name, int at, int end)
    {
        at = Prose.Skip(text, at, end);
        return _phrases.Has("article.en", WordBefore(text, Trimmed(text, name), sentence)) && at < end && char.IsLower(text.Text[at]) && lexicon.Concepts.At("kinds", text.Folded, at) is { } kind ? new KindNoun(kind.Slug, name, at + kind.Length) : null;
    }

    private static int Trimmed(PlainText text, int at)
    {
        while (at > 0 && text.Folded[at - 1] is '"' or ' ')
        {
            at--;
        }

        return at;
    }

    /// <summary>"the *Guide to sharing* is published by Y": the title says what it is, and the sentence who made it.</summary>
    private KindNoun? Within(PlainText text, NameSpan name, int behind, int end)
    {
        var at = Prose.Skip(text, behind, end);
        return lexicon.Concepts.At("kinds", text.Folded, name.Start) is { } kind && kind.Length < name.Length && _phrases["passive"].Match(text, at, Math.Min(10, end - at)) is { Success: true } verb && verb.Index == at
            && Prose.Skip(text, at + verb.Length, end) is var made && _phrases.Under("role.").Any(r => r.Match(text, made, Math.Min(40, end - made)) is { Success: true } role && role.Index == made)
            ? new KindNoun(kind.Slug, name.Start, name.End) : null;
    }

    /// <summary>"[X] is a programme", "[X] est un vaste réseau".</summary>
    private KindNoun? Predicate(PlainText text, int at, int end)
    {
        at = Prose.Skip(text, at, end);
        return _phrases["kind.predicate"].Match(text, at, Math.Min(24, end - at)) is { Success: true } verb && verb.Index == at
            && At(text, Prose.Skip(text, at + verb.Length, end), end) is { } kind && !_phrases["type.organisation"].Match(text, at, kind.Start - at).Success ? kind : null;
    }

    /// <summary>A kind with at most an article and three words before it that belong to the noun.</summary>
    private KindNoun? At(PlainText text, int at, int end)
    {
        var start = at;
        foreach (var heading in (ReadOnlySpan<string>)["kind.opening", "kind.definite"])
        {
            if (at == start && _phrases[heading].Match(text, at, Math.Min(6, end - at)) is { Success: true } article && article.Index == at)
            {
                at = Prose.Skip(text, at + article.Length, end);
            }
        }

        for (var words = 0; words < 4 && at < end; words++)
        {
            if (char.IsLower(text.Text[at]) && lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
            {
                return at + kind.Length <= end ? new KindNoun(kind.Slug, start, at + kind.Length) : null;
            }

            var stop = at;
            while (stop < end && (char.IsLetterOrDigit(text.Text[stop]) || text.Text[stop] == '-'))
            {
                stop++;
            }

            var word = text.Folded.AsSpan(at, stop - at);
            if (stop == at || stop >= end || text.Text[stop] != ' ' || _phrases["noun-end"].Has(word) || _phrases["type.organisation"].Has(word))
            {
                return null;
            }

            at = stop + 1;
        }

        return null;
    }

    private static string WordBefore(PlainText text, int at, int start)
    {
        var end = at;
        while (end > start && text.Folded[end - 1] == ' ')
        {
            end--;
        }

        var word = end;
        while (word > start && char.IsLetter(text.Folded[word - 1]))
        {
            word--;
        }

        return text.Folded[word..end];
    }
}
