using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql;

/// <summary>SPARQL's operators on terms given by their ids, for callers that compare without a query. For one thread at a time.</summary>
public sealed class TermOperators(QueryTerms terms)
{
    /// <summary><c>left &lt; right</c> (SPARQL 1.1 Query, section 17.3); false where the operator gives false or an error.</summary>
    public bool IsLess(TermId left, TermId right) =>
        Comparison.Compare(Value.Read(left, terms), Value.Read(right, terms)) == Ordering.Less;

    /// <summary><c>left &lt;= right</c>; false where the operator gives false or an error.</summary>
    public bool IsLessOrEqual(TermId left, TermId right) =>
        Comparison.Compare(Value.Read(left, terms), Value.Read(right, terms)) is Ordering.Less or Ordering.Equal;

    /// <summary>Whether the term is a literal of a known datatype whose lexical form is none of that datatype.</summary>
    public bool IsIllTyped(TermId id)
    {
        var value = Value.Read(id, terms);
        return value.Kind == ValueKind.Other && value.Datatype != Rdf.Values.XsdDatatype.None;
    }
}
