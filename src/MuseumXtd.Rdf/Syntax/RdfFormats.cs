namespace MuseumXtd.Rdf.Syntax;

/// <summary>The registry of RDF syntaxes; a new syntax is one line here.</summary>
public static class RdfFormats
{
    /// <summary>All formats, the preferred one first.</summary>
    public static IReadOnlyList<RdfFormat> All { get; } = [];
}
