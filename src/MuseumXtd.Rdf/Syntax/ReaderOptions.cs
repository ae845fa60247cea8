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

    /// <summary>How many bytes one token (an IRI, a literal) may have, and in N-Triples and N-Quads one line.</summary>
    public int MaxTokenBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many bytes a whole document may have, after decompression.</summary>
    public long MaxDocumentBytes { get; init; } = long.MaxValue;

    /// <summary>
    /// Told of each syntax error by readers that can go on behind it: at the next line in N-Triples and N-Quads, behind the next <c>.</c> that
    /// ends a statement in Turtle and TriG. It answers whether to go on; otherwise the reader returns. What a statement said before its
    /// error is in the sink. Null: the first error is thrown. Readers of other syntaxes throw in any case.
    /// </summary>
    public Func<RdfSyntaxException, bool>? OnError { get; init; }
}
