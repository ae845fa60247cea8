namespace MuseumXtd.Garden.Lexicon;

/// <summary>The labels of a scheme by the character that they begin with, for looking at every place of a text.</summary>
internal sealed class ConceptLabels
{
    public static readonly ConceptLabels None = new([]);

    private readonly (string Label, string Slug)[]?[] _byFirst;

    // By the first two characters, each told by its last bits: most places of a text begin no label, and are passed by this alone.
    private readonly ulong[] _beginnings = new ulong[64];

    /// <summary>Takes folded labels in the order in which they are tried.</summary>
    public ConceptLabels(IReadOnlyCollection<(string Label, string Slug)> labels)
    {
        _byFirst = new (string, string)[]?[labels.Count == 0 ? 0 : labels.Max(l => l.Label[0]) + 1];
        foreach (var group in labels.GroupBy(l => l.Label[0]))
        {
            _byFirst[group.Key] = [.. group];
        }

        foreach (var (label, _) in labels)
        {
            _beginnings[label[0] & 63] |= label.Length > 1 ? 1UL << label[1] : ulong.MaxValue;
        }
    }

    /// <summary>False where no label can begin at a place of a folded text.</summary>
    public bool MayBeginAt(string folded, int at) => at + 1 == folded.Length || (_beginnings[folded[at] & 63] & (1UL << folded[at + 1])) != 0;

    /// <summary>The labels that begin with a folded character, the longest first.</summary>
    public ReadOnlySpan<(string Label, string Slug)> At(char first) => first < _byFirst.Length ? _byFirst[first] : default;
}
