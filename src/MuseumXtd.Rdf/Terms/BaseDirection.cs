namespace MuseumXtd.Rdf;

/// <summary>The base direction of a directional language-tagged string (RDF 1.2 Concepts, section 3.3).</summary>
public enum BaseDirection : byte
{
    /// <summary>No base direction.</summary>
    None,

    /// <summary>Left to right, written <c>ltr</c>.</summary>
    LeftToRight,

    /// <summary>Right to left, written <c>rtl</c>.</summary>
    RightToLeft,
}
