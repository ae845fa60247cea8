using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>The kinds of values that expressions compute with.</summary>
internal enum ValueKind : byte
{
    /// <summary>An error, also the value of an unbound variable.</summary>
    Error,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A term known by its id only.</summary>
    Term,
}

/// <summary>A value of an expression.</summary>
internal readonly struct Value
{
    /// <summary>The kind.</summary>
    public ValueKind Kind { get; init; }

    /// <summary>Whether the effective boolean value (section 17.2.2) is true; false for false and for errors.</summary>
    public bool IsTrue => throw new NotImplementedException();

    /// <summary>The id of this value as a term of the query; unbound for errors.</summary>
    public TermId ToId(QueryTerms terms) => throw new NotImplementedException();
}
