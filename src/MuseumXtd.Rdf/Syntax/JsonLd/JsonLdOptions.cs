namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>Which of JSON-LD's two forms of base directions a graph has (JSON-LD 1.1, section 9.1).</summary>
public enum RdfDirection
{
    /// <summary>Directions are left out.</summary>
    None,

    /// <summary>The literals with language and direction of RDF 1.2, which is younger than JSON-LD 1.1.</summary>
    DirectionalLiteral,

    /// <summary>A datatype that holds language and direction.</summary>
    I18nDatatype,

    /// <summary>A blank node with value, language and direction.</summary>
    CompoundLiteral,
}

/// <summary>Options of the algorithms (JSON-LD 1.1 API, section 9.3).</summary>
public sealed record JsonLdOptions
{
    /// <summary>The defaults.</summary>
    public static JsonLdOptions Default { get; } = new();

    /// <summary>What relative IRIs are resolved against; null for nothing.</summary>
    public string? Base { get; init; }

    /// <summary>A context that is in force before the document's own: JSON text.</summary>
    public string? ExpandContext { get; init; }

    /// <summary>Whether documents are read as JSON-LD 1.0.</summary>
    public bool IsVersion10 { get; init; }

    /// <summary>Whether arrays of one item become that item when compacting.</summary>
    public bool CompactArrays { get; init; } = true;

    /// <summary>Whether IRIs become relative to the base when compacting.</summary>
    public bool CompactToRelative { get; init; } = true;

    /// <summary>Whether entries are taken in the order of their names rather than as they stand.</summary>
    public bool Ordered { get; init; }

    /// <summary>Whether statements with blank nodes as predicates are made.</summary>
    public bool ProduceGeneralizedRdf { get; init; }

    /// <summary>How base directions are said in RDF.</summary>
    public RdfDirection Direction { get; init; }

    /// <summary>Whether numbers and booleans become JSON's own when they come from RDF.</summary>
    public bool UseNativeTypes { get; init; }

    /// <summary>Whether <c>rdf:type</c> stays a property when it comes from RDF.</summary>
    public bool UseRdfType { get; init; }

    /// <summary>How deep JSON may nest.</summary>
    public int MaxDepth { get; init; } = 512;

    /// <summary>
    /// Gives the JSON text of a remote context, by its IRI; null where it is not known. The default knows none: nothing is ever fetched
    /// unless the caller says so.
    /// </summary>
    public Func<string, string?> LoadContext { get; init; } = static _ => null;
}
