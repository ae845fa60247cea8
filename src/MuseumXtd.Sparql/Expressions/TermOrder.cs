using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// The order of ORDER BY, MIN and MAX (SPARQL 1.1 Query, section 15.1), made total: unbound, blank nodes, IRIs, literals; literals by
/// value where they compare, else by datatype and text. Not for several threads at once: it keeps scratch buffers.
/// </summary>
internal sealed class TermOrder(QueryTerms terms) : IComparer<TermId>
{
    /// <summary>The terms compared.</summary>
    public QueryTerms Terms { get; } = terms;

    /// <inheritdoc/>
    public int Compare(TermId x, TermId y) => throw new NotImplementedException();
}
