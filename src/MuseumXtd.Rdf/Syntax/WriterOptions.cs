namespace MuseumXtd.Rdf.Syntax;

/// <summary>How a writer writes.</summary>
public sealed record WriterOptions
{
    /// <summary>The defaults: no prefixes.</summary>
    public static WriterOptions Default { get; } = new();

    /// <summary>Prefixes to declare and use, by prefix without colon; syntaxes without prefixes ignore them.</summary>
    public IReadOnlyDictionary<string, string> Prefixes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether N-Triples and N-Quads write language tags in small letters, which makes each line the canonical form of its statement (RDF
    /// 1.2 N-Triples, section 4). Otherwise tags are kept as they are.
    /// </summary>
    public bool IsCanonical { get; init; }
}
