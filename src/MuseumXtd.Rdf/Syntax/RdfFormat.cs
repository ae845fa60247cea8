namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// One RDF syntax: its names in the world and how to read and write it. <see cref="RdfFormats"/> is the registry that content
/// negotiation, file loading and dumps share.
/// </summary>
public sealed record RdfFormat
{
    /// <summary>The name on command lines: <c>turtle</c>, <c>ntriples</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people: <c>Turtle</c>, <c>N-Triples</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Media types, the registered one first.</summary>
    public required IReadOnlyList<string> MediaTypes { get; init; }

    /// <summary>File suffixes without the dot, the usual one first.</summary>
    public required IReadOnlyList<string> Suffixes { get; init; }

    /// <summary>Whether named graphs can be written; otherwise graph names are dropped by the writer.</summary>
    public required bool SupportsDatasets { get; init; }

    /// <summary>Whether triple terms and base directions (RDF 1.2) can be written; otherwise they are an <see cref="RdfWriteException"/>.</summary>
    public bool SupportsTripleTerms { get; init; }

    /// <summary>Whether documents of any length are read and written in bounded memory.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Whether each statement is a line of its own, so that a document can be cut between any two lines and read in parts.</summary>
    public bool IsLineBased { get; init; }

    /// <summary>Makes a reader.</summary>
    public required Func<IRdfReader> CreateReader { get; init; }

    /// <summary>Makes a streaming writer to a stream; null for formats that are only read.</summary>
    public required Func<Stream, WriterOptions, IRdfWriter>? CreateWriter { get; init; }

    /// <summary>Writes a whole dataset in the form for people; null: in order, by the streaming writer.</summary>
    internal Action<OrderedQuads, Stream, WriterOptions>? WriteSorted { get; init; }
}
