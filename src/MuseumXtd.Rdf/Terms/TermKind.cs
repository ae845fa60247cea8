namespace MuseumXtd.Rdf;

/// <summary>The kinds of RDF 1.2 terms (RDF 1.2 Concepts, section 3).</summary>
public enum TermKind : byte
{
    /// <summary>A blank node.</summary>
    BlankNode,

    /// <summary>An IRI.</summary>
    Iri,

    /// <summary>A literal: lexical form, datatype and, where there is one, language and base direction.</summary>
    Literal,

    /// <summary>A triple used as a term.</summary>
    TripleTerm,
}
