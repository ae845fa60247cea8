namespace MuseumXtd.Store;

/// <summary>
/// The triples of an index that begin with a given first term, in one order: two columns of ids of equal length, sorted by
/// second, then third. For a range on two terms, the second column holds one value throughout.
/// </summary>
public readonly ref struct TripleRange
{
    internal TripleRange(ReadOnlySpan<uint> second, ReadOnlySpan<uint> third)
    {
        Second = second;
        Third = third;
    }

    /// <summary>The second column: values of <see cref="TermId"/>.</summary>
    public ReadOnlySpan<uint> Second { get; }

    /// <summary>The third column: values of <see cref="TermId"/>.</summary>
    public ReadOnlySpan<uint> Third { get; }

    /// <summary>How many triples.</summary>
    public int Count => Third.Length;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Third.IsEmpty;
}
