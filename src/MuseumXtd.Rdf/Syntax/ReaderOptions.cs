namespace MuseumXtd.Rdf.Syntax;

/// <summary>What a reader of RDF needs to know beside the bytes, and the limits it keeps.</summary>
public sealed record ReaderOptions
{
    /// <summary>The defaults: no base IRI, no blank node scope.</summary>
    public static ReaderOptions Default { get; } = new();

    /// <summary>The IRI that relative IRIs are resolved against, until the document sets its own; null: relative IRIs are errors.</summary>
    public string? BaseIri { get; init; }

    /// <summary>
    /// Put before the label of every blank node, so that nodes of different documents differ in one store; empty: labels
    /// as written.
    /// </summary>
    public string BlankNodeScope { get; init; } = "";

    /// <summary>How deep collections, property lists and triple terms may nest.</summary>
    public int MaxDepth { get; init; } = 512;

    /// <summary>How many bytes one token (an IRI, a literal) may have.</summary>
    public int MaxTokenBytes { get; init; } = 64 * 1024 * 1024;
}
