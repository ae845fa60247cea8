using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Tells the language of a text by its small words, which the phrase files list.</summary>
internal static class TextLanguage
{
    private const string Heading = "language.";

    // A name or two in another language is no text in it.
    private const int FewestWords = 4;
    private const int MostWords = 200;

    /// <summary>The language that clearly more small words are of than of any other, or null when there are too few to tell.</summary>
    public static string? Of(string text, Phrases phrases)
    {
        var headings = phrases.Headings(Heading);
        var counts = new int[headings.Count];
        var words = TextFolding.Words(text).Split(' ', MostWords + 1);
        foreach (var word in words.Take(MostWords))
        {
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += phrases.Has(headings[i], word) ? 1 : 0;
            }
        }

        var best = Array.IndexOf(counts, counts.DefaultIfEmpty().Max());
        for (var i = 0; i < counts.Length; i++)
        {
            if (i != best && counts[i] * 2 > counts[best])
            {
                return null;
            }
        }

        return best >= 0 && counts[best] >= FewestWords ? headings[best][Heading.Length..] : null;
    }
}
