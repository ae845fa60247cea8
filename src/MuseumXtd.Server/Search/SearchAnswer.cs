using MuseumXtd.Rdf;

namespace MuseumXtd.Server.Search;

/// <summary>What a search found.</summary>
/// <param name="Total">How many resources.</param>
/// <param name="Hits">Those of the page that was asked for, the best first.</param>
/// <param name="Facets">For each facet its values with how many of all hits have them, the most first.</param>
/// <param name="IsOfBeginnings">Whether nothing had the words themselves, and words that begin so were taken.</param>
/// <param name="Suggestion">Words like those asked for that would find something, when nothing was found.</param>
internal sealed record SearchAnswer(
    int Total, IReadOnlyList<SearchHit> Hits, IReadOnlyDictionary<string, IReadOnlyList<(Term Value, int Count)>> Facets, bool IsOfBeginnings, string? Suggestion)
{
    /// <summary>Nothing.</summary>
    public static SearchAnswer Empty { get; } = new(0, [], new Dictionary<string, IReadOnlyList<(Term, int)>>(), false, null);
}

/// <summary>A resource that was found.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Types">Its classes.</param>
/// <param name="Property">The property that has the text it was found by.</param>
/// <param name="Language">The language of that text, or null.</param>
/// <param name="Snippet">A part of that text, with the words that were looked for.</param>
/// <param name="Score">How well it answers.</param>
internal sealed record SearchHit(Term Resource, IReadOnlyList<Iri> Types, Iri Property, string? Language, Snippet Snippet, decimal Score);
