namespace MuseumXtd.Sparql.Expressions;

/// <summary>The kinds of values that expressions compute with, in the order in which ORDER BY sorts them.</summary>
internal enum ValueKind : byte
{
    /// <summary>An error, also the value of an unbound variable.</summary>
    Error,

    /// <summary>A blank node.</summary>
    BlankNode,

    /// <summary>An IRI.</summary>
    Iri,

    /// <summary>An <c>xsd:string</c>.</summary>
    String,

    /// <summary>A string with a language and perhaps a direction.</summary>
    LangString,

    /// <summary>A value of <c>xsd:integer</c> or a type derived from it.</summary>
    Integer,

    /// <summary>An <c>xsd:decimal</c>.</summary>
    Decimal,

    /// <summary>An <c>xsd:float</c>.</summary>
    Float,

    /// <summary>An <c>xsd:double</c>.</summary>
    Double,

    /// <summary>An <c>xsd:boolean</c>.</summary>
    Boolean,

    /// <summary>A date, a time, both, or a part of a date.</summary>
    DateTime,

    /// <summary>A duration.</summary>
    Duration,

    /// <summary>A literal of a datatype without known values, or one that is ill-typed.</summary>
    Other,

    /// <summary>A triple term.</summary>
    TripleTerm,
}
