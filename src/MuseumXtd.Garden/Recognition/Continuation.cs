using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Where the sentences end that go on about the subject of one: "It was funded by Y", "Ce projet ...", "Led with Z, it ended in 2022".</summary>
internal sealed class Continuation(GardenLexicon lexicon)
{
    private readonly Phrases _phrases = lexicon.Phrases;

    /// <param name="text">The text.</param>
    /// <param name="end">Where the sentence ends that names the subject.</param>
    public int End(PlainText text, int end)
    {
        while (end + 2 < text.Text.Length)
        {
            var next = Prose.SentenceEnd(text, end + 2, text.Text.Length);
            if (!GoesOn(text, end + 1, next))
            {
                break;
            }

            end = next;
        }

        return end;
    }

    private bool GoesOn(PlainText text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text.Text[start]))
        {
            start++;
        }

        if (BeginsWith("continues") || BeginsWith("about-subject") || (BeginsWith("clause") && _phrases["pronoun.behind"].Match(text, start, end - start).Success))
        {
            return true;
        }

        if (_phrases["kind.definite"].Match(text, start, Math.Min(8, end - start)) is { Success: true } article && article.Index == start && IsKindAlone(text, start + article.Length, end))
        {
            return true;
        }

        // "This programme ...": a demonstrative and what the subject is.
        return _phrases["kind.demonstrative"].Match(text, start, Math.Min(8, end - start)) is { Success: true } demonstrative && demonstrative.Index == start
            && start + demonstrative.Length + 1 < end && lexicon.Concepts.At("kinds", text.Folded, start + demonstrative.Length + 1) is not null;

        bool BeginsWith(string heading) => _phrases[heading].Match(text, start, Math.Min(40, end - start)) is { Success: true } first && first.Index == start;
    }

    /// <summary>"The project, supported by", "le programme est": a noun for a kind without a name, an owner or a sort behind it.</summary>
    public bool IsKindAlone(PlainText text, int at, int end)
    {
        while (at < end && text.Folded[at] == ' ')
        {
            at++;
        }

        if (at >= end || lexicon.Concepts.At("kinds", text.Folded, at) is not { } kind || at + kind.Length >= end)
        {
            return false;
        }

        var behind = at + kind.Length;
        var word = PhraseSet.WordEnd(text.Folded, behind + 1, end);
        return text.Text[behind] == ',' || (text.Text[behind] == ' ' && behind + 1 < end && char.IsLower(text.Text[behind + 1]) && !Array.Exists(text.Emphases, e => e.Start == behind + 1)
            && text.LinkAt(behind + 1) is null && !_phrases["of"].Has(text.Folded.AsSpan(behind + 1, word - behind - 1)));
    }
}
