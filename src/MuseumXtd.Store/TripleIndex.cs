namespace MuseumXtd.Store;

/// <summary>
/// An immutable set of triples in all six sorted orders. Each order is a directory over the distinct terms in first
/// position, with two columns behind it; so the count for any prefix is exact and costs at most two binary searches.
/// </summary>
public sealed class TripleIndex
{
    /// <summary>The empty index.</summary>
    public static TripleIndex Empty => throw new NotImplementedException();

    /// <summary>How many triples.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>The distinct terms in first position of an order, sorted by id.</summary>
    public ReadOnlySpan<uint> Keys(TripleOrder order) => throw new NotImplementedException();

    /// <summary>Where the triples of each key begin in the columns of <see cref="All"/>; one entry more than keys.</summary>
    public ReadOnlySpan<int> Starts(TripleOrder order) => throw new NotImplementedException();

    /// <summary>All triples in an order: the second and third columns; <see cref="Starts"/> tells which rows belong to which key.</summary>
    public TripleRange All(TripleOrder order) => throw new NotImplementedException();

    /// <summary>The triples with one term given.</summary>
    public TripleRange Range(TripleOrder order, TermId first) => throw new NotImplementedException();

    /// <summary>The triples with two terms given.</summary>
    public TripleRange Range(TripleOrder order, TermId first, TermId second) => throw new NotImplementedException();

    /// <summary>Whether the triple is there.</summary>
    public bool Contains(TermId subject, TermId predicate, TermId @object) => throw new NotImplementedException();

    /// <summary>How many triples match exactly; an unbound term matches any.</summary>
    public int CountMatches(TermId subject, TermId predicate, TermId @object) => throw new NotImplementedException();

    /// <summary>How many distinct terms stand in second position after <paramref name="first"/>: for (Pso, p) the distinct subjects of p.</summary>
    public int CountDistinctSecond(TripleOrder order, TermId first) => throw new NotImplementedException();
}
