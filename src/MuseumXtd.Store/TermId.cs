namespace MuseumXtd.Store;

/// <summary>
/// The number of a term: a <see cref="TermTag"/> in the top four bits; below it a dictionary index or, for inline tags,
/// the value. Equal ids are equal terms and, within one dictionary and query, the reverse. 0 is "unbound" or "any".
/// </summary>
/// <param name="Value">The 32 bits.</param>
public readonly record struct TermId(uint Value) : IComparable<TermId>
{
    /// <summary>How many bits are below the tag.</summary>
    public const int PayloadBits = 28;

    /// <summary>The bits below the tag.</summary>
    public const uint PayloadMask = (1u << PayloadBits) - 1;

    /// <summary>No term.</summary>
    public static TermId Unbound => default;

    /// <summary>The tag.</summary>
    public TermTag Tag => (TermTag)(Value >> PayloadBits);

    /// <summary>The dictionary index or the biased inline value.</summary>
    public uint Payload => Value & PayloadMask;

    /// <summary>Whether this is a term at all.</summary>
    public bool IsBound => Value != 0;

    /// <summary>An id from its parts.</summary>
    public static TermId Of(TermTag tag, uint payload) => new(((uint)tag << PayloadBits) | payload);

    /// <inheritdoc/>
    public int CompareTo(TermId other) => Value.CompareTo(other.Value);

    /// <summary>Orders by the bits.</summary>
    public static bool operator <(TermId left, TermId right) => left.Value < right.Value;

    /// <summary>Orders by the bits.</summary>
    public static bool operator >(TermId left, TermId right) => left.Value > right.Value;

    /// <summary>Orders by the bits.</summary>
    public static bool operator <=(TermId left, TermId right) => left.Value <= right.Value;

    /// <summary>Orders by the bits.</summary>
    public static bool operator >=(TermId left, TermId right) => left.Value >= right.Value;
}
