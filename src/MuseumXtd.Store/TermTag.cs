namespace MuseumXtd.Store;

/// <summary>
/// What the top four bits of a <see cref="TermId"/> say of its term. The order of the tags is the order in which
/// SPARQL sorts kinds of terms (SPARQL 1.1 Query, section 15.1): unbound, blank nodes, IRIs, literals.
/// </summary>
public enum TermTag : byte
{
    /// <summary>No term; the id is 0. In look-ups: any term.</summary>
    Unbound = 0,

    /// <summary>A blank node of the dictionary.</summary>
    BlankNode = 1,

    /// <summary>An IRI of the dictionary.</summary>
    Iri = 2,

    /// <summary>An <c>xsd:string</c> of the dictionary.</summary>
    String = 3,

    /// <summary>A language-tagged string of the dictionary.</summary>
    LangString = 4,

    /// <summary>An <c>xsd:integer</c> in canonical form whose value is in the id itself.</summary>
    InlineInteger = 5,

    /// <summary>Any other literal of a numeric datatype, in the dictionary; it may be ill-typed.</summary>
    Numeric = 6,

    /// <summary>An <c>xsd:boolean</c> written <c>true</c> or <c>false</c>, its value in the id.</summary>
    InlineBoolean = 7,

    /// <summary>An <c>xsd:date</c> in canonical form without time zone, its day number in the id.</summary>
    InlineDate = 8,

    /// <summary>Any other date, time or duration literal, in the dictionary; it may be ill-typed.</summary>
    Temporal = 9,

    /// <summary>A literal of any other datatype, in the dictionary.</summary>
    OtherLiteral = 10,

    /// <summary>A triple term of the dictionary.</summary>
    TripleTerm = 11,

    /// <summary>A term that a query made and no dictionary holds; it means something within that query only.</summary>
    Local = 15,
}
