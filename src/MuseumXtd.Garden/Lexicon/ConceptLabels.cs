namespace MuseumXtd.Garden.Lexicon;

/// <summary>The labels of a scheme by the character that they begin with, for looking at every place of a text.</summary>
internal sealed class ConceptLabels
{
    public static readonly ConceptLabels None = new([]);

    private readonly (string Label, string Slug)[]?[] _byFirst;

    /// <summary>Takes folded labels in the order in which they are tried.</summary>
    public ConceptLabels(IReadOnlyCollection<(string Label, string Slug)> labels)
    {
        _byFirst = new (string, string)[]?[labels.Count == 0 ? 0 : labels.Max(l => l.Label[0]) + 1];
        foreach (var group in labels.GroupBy(l => l.Label[0]))
        {
            _byFirst[group.Key] = [.. group];
        }
    }

    /// <summary>The labels that begin with a folded character, the longest first.</summary>
    public ReadOnlySpan<(string Label, string Slug)> At(char first) => first < _byFirst.Length ? _byFirst[first] : default;
}
