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
        var sets = phrases.Under(Heading);
        var counts = new int[sets.Length];
        var words = TextFolding.Words(text).AsSpan();
        var read = 0;
        foreach (var range in words.Split(' '))
        {
            if (read++ == MostWords)
            {
                break;
            }

            for (var i = 0; i < sets.Length; i++)
            {
                counts[i] += sets[i].Has(words[range]) ? 1 : 0;
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

        return best >= 0 && counts[best] >= FewestWords ? sets[best].Heading[Heading.Length..] : null;
    }
}
