namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>What resources are sorted by; resources with the same traits share one object.</summary>
public sealed class ResourceTraits : IEquatable<ResourceTraits>
{
    private readonly string _key;

    internal ResourceTraits(IEnumerable<string> types, IEnumerable<string> sets)
    {
        Types = [.. types];
        Sets = [.. sets];
        _key = string.Join(' ', Types) + "\n" + string.Join(' ', Sets);
    }

    /// <summary>The local names of its classes, sorted, such as <c>Initiative</c>.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>
    /// The sets that it is in, sorted, such as <c>kind:toolkit</c> or <c>place:CA:CA-QC</c>; it is in all sets above them as well.
    /// </summary>
    public IReadOnlyList<string> Sets { get; }

    /// <inheritdoc/>
    public bool Equals(ResourceTraits? other) => other is not null && other._key == _key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ResourceTraits);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);
}
