using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Where a clause of a sentence is about a name: before it as the subject, "Since 2017, the platform *X* ...", or right behind it, "..., led by Y".</summary>
internal sealed class Clauses(Phrases phrases)
{
    /// <summary>Where the clause ends that opens a sentence before its subject, which begins at a place; null where none does.</summary>
    public int? Opening(PlainText text, int sentence, int at)
    {
        var before = text.Folded.AsSpan(sentence, at - sentence).TrimEnd("\" ").ToString();
        foreach (var article in (ReadOnlySpan<string>)[" le", " la", " l'", " les", " the", " ce", " cette"])
        {
            before = before.EndsWith(article, StringComparison.Ordinal) ? before[..^article.Length].TrimEnd() : before;
        }

        return before.EndsWith(',') && (IsFirst("opening") || IsFirst("clause")) ? sentence + before.Length - 1 : null;

        bool IsFirst(string heading) => phrases[heading].Match(text, sentence, Math.Min(24, at - sentence)) is { Success: true } first && text.Folded.AsSpan(sentence, first.Index - sentence).IsWhiteSpace();
    }

    /// <summary>"..., led by Y", "..., which was": a clause about the name before it.</summary>
    public bool IsClause(PlainText text, int at, int end)
    {
        if (at >= end || text.Text[at] != ',')
        {
            return false;
        }

        at = Prose.Skip(text, at + 1, end);
        return Begins("clause") || Begins("relative") || phrases.Under("role.").Any(r => Begins(r.Heading));

        bool Begins(string heading) => phrases[heading].Match(text, at, Math.Min(40, end - at)) is { Success: true } first && first.Index == at;
    }

    /// <summary>Whether a marked name, with the kind before it, is the subject of its sentence.</summary>
    public bool IsSubject(PlainText text, int sentence, int at)
    {
        var before = text.Folded.AsSpan(sentence, at - sentence).Trim("\"* ").ToString();
        return before is "" or "le" or "la" or "l'" or "the" or "ce" or "cette" or "this" or "son" or "sa" or "its" || before.EndsWith(':') || Opening(text, sentence, at) is not null;
    }
}
