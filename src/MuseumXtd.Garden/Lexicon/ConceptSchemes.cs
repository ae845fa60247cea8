using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Projection;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>The concepts of our schemes by their labels, which the vocabulary files hold.</summary>
internal sealed class ConceptSchemes
{
    private readonly Dictionary<string, Dictionary<string, string>> _byWords = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Label, string Slug)>> _labels = new(StringComparer.Ordinal);

    private readonly Dictionary<string, ConceptLabels> _byFirst = new(StringComparer.Ordinal);

    public ConceptSchemes(IEnumerable<(Term Subject, Iri Predicate, Term Object)> vocabulary)
    {
        foreach (var (subject, predicate, @object) in vocabulary)
        {
            if (subject is not Iri { Value: var iri } || @object is not Literal literal
                || !iri.StartsWith(Mxtd.Concepts, StringComparison.Ordinal)
                || predicate.Value is not ("http://www.w3.org/2004/02/skos/core#prefLabel" or "http://www.w3.org/2004/02/skos/core#altLabel"
                    or "http://www.w3.org/2004/02/skos/core#notation"))
            {
                continue;
            }

            var parts = iri[Mxtd.Concepts.Length..].Split('/');
            if (parts.Length != 2 || parts[0] == "ns")
            {
                continue;
            }

            if (!_byWords.TryGetValue(parts[0], out var byWords))
            {
                _byWords.Add(parts[0], byWords = new(StringComparer.Ordinal));
            }

            byWords.TryAdd(TextFolding.SingularWords(literal.LexicalForm), parts[1]);
            if (predicate.Value.EndsWith("notation", StringComparison.Ordinal))
            {
                continue;
            }

            if (!_labels.TryGetValue(parts[0], out var labels))
            {
                _labels.Add(parts[0], labels = []);
            }

            labels.Add((TextFolding.Fold(literal.LexicalForm), parts[1]));
        }

        foreach (var (scheme, labels) in _labels)
        {
            labels.Sort((a, b) => a.Label.Length != b.Label.Length
                ? b.Label.Length.CompareTo(a.Label.Length) : string.CompareOrdinal(a.Label + a.Slug, b.Label + b.Slug));
            _byFirst.Add(scheme, new ConceptLabels(labels));
        }
    }

    /// <summary>The concept that a value names, in any language, singular or plural; or null.</summary>
    public string? Find(string scheme, string value) =>
        _byWords.TryGetValue(scheme, out var byWords) ? byWords.GetValueOrDefault(TextFolding.SingularWords(value)) : null;

    /// <summary>The label nearest to a value, or null.</summary>
    public string? Nearest(string scheme, string value)
    {
        var words = TextFolding.Words(value);
        return Labels(scheme)
            .Select(l => (l.Label, Distance: TextFolding.Distance(words, TextFolding.Words(l.Label), 3)))
            .Where(l => l.Distance <= 3)
            .OrderBy(l => l.Distance).ThenBy(l => l.Label, StringComparer.Ordinal)
            .Select(l => l.Label).FirstOrDefault();
    }

    /// <summary>All labels of a scheme in folded form, the longest first.</summary>
    public IReadOnlyList<(string Label, string Slug)> Labels(string scheme) => _labels.GetValueOrDefault(scheme) ?? [];

    /// <summary>The labels of a scheme by the folded character that they begin with.</summary>
    public ConceptLabels ByFirst(string scheme) => _byFirst.GetValueOrDefault(scheme, ConceptLabels.None);

    /// <summary>The concept whose label begins exactly at a place of a folded text, the longest one; or null.</summary>
    public (string Slug, int Length)? At(string scheme, string folded, int position)
    {
        var labels = ByFirst(scheme);
        if (position >= folded.Length || !labels.MayBeginAt(folded, position))
        {
            return null;
        }

        foreach (var (label, slug) in labels.At(folded[position]))
        {
            if (folded.AsSpan(position).StartsWith(label, StringComparison.Ordinal))
            {
                var end = position + label.Length;
                if (end < folded.Length && folded[end] == 's')
                {
                    end++;
                }

                if (end == folded.Length || !(char.IsLetterOrDigit(folded[end]) || (folded[end] == '-' && end + 1 < folded.Length && char.IsLetter(folded[end + 1]))))
                {
                    return (slug, end - position);
                }
            }
        }

        return null;
    }
}
