namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>The words that JSON-LD gives a meaning (JSON-LD 1.1, section 1.7).</summary>
internal static class Keywords
{
    private static readonly HashSet<string> All = new(StringComparer.Ordinal)
    {
        "@base", "@container", "@context", "@default", "@direction", "@embed", "@explicit", "@graph", "@id", "@import", "@included", "@index", "@json",
        "@language", "@list", "@nest", "@none", "@null", "@omitDefault", "@prefix", "@preserve", "@propagate", "@protected", "@requireAll", "@reverse",
        "@set", "@type", "@value", "@version", "@vocab",
    };

    public static bool Contains(string word) => word.Length > 1 && word[0] == '@' && All.Contains(word);

    /// <summary>Whether a word looks like a keyword: such words are kept for later versions, and ignored.</summary>
    public static bool HasForm(string word) => word.Length > 1 && word[0] == '@' && word.AsSpan(1).IndexOfAnyExcept(Letters) < 0;

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
