using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>A noun with the words around it that says what a thing is: "a participatory platform", "une application québécoise".</summary>
internal static class KindPhrase
{
    /// <summary>"an online platform": where the words begin behind an indefinite article, or 0.</summary>
    public static int Noun(PlainText text, int at)
    {
        foreach (var article in (ReadOnlySpan<string>)["un ", "une ", "a ", "an "])
        {
            if (string.CompareOrdinal(text.Folded, at, article, 0, article.Length) == 0)
            {
                return at + article.Length;
            }
        }

        return 0;
    }

    /// <summary>What a noun says that a thing is, with at most two words around it: "participatory platform", "application québécoise"; null for what people only write.</summary>
    public static (string Slug, int End)? Read(PlainText text, int at, GardenLexicon lexicon)
    {
        for (var words = 0; words < 3; words++)
        {
            if (lexicon.Concepts.At("kinds", text.Folded, at) is { } kind)
            {
                if (kind.Slug is not ("platform" or "project" or "programme" or "app" or "toolkit" or "network" or "portal" or "residency" or "training" or "fund" or "self-assessment" or "resource-bank"))
                {
                    return null;
                }

                // An adjective may follow, in French.
                var end = at + kind.Length;
                var next = Space(text, end + 1);
                return (kind.Slug, next > end + 1 && lexicon.Places.FindAdjective(text.Folded[(end + 1)..next]) is not null ? next : end);
            }

            at = Space(text, at) + 1;
            if (at >= text.Folded.Length || !char.IsLower(text.Text[at]))
            {
                return null;
            }
        }

        return null;

        static int Space(PlainText text, int from) =>
            from < text.Folded.Length && text.Folded.AsSpan(from).IndexOf(' ') is >= 0 and var length ? from + length : text.Folded.Length;
    }

    /// <summary>Where the clause ends that says more of it.</summary>
    public static int ClauseEnd(PlainText text, int at)
    {
        var length = text.Folded.AsSpan(at, Math.Min(100, text.Folded.Length - at)).IndexOfAny(",;.(");
        return length < 0 ? Math.Min(at + 100, text.Folded.Length) : at + length;
    }
}
