namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>What a term of a context means (JSON-LD 1.1 API, section 4).</summary>
internal sealed record TermDefinition
{
    private static readonly IReadOnlyList<string> Empty = [];

    /// <summary>The IRI, blank node or keyword; null where the term is switched off.</summary>
    public string? Iri { get; init; }

    public bool IsPrefix { get; init; }

    public bool IsProtected { get; init; }

    public bool IsReverse { get; init; }

    public string? BaseUrl { get; init; }

    public bool HasContext { get; init; }

    /// <summary>The context that comes into force with the term.</summary>
    public object? Context { get; init; }

    public IReadOnlyList<string> Container { get; init; } = [];

    public string? Direction { get; init; }

    public bool HasDirection { get; init; }

    public string? Index { get; init; }

    public string? Language { get; init; }

    public bool HasLanguage { get; init; }

    public string? Nest { get; init; }

    public string? Type { get; init; }

    public bool Holds(string container) => Container.Contains(container);

    /// <summary>Whether another definition says the same, protected or not.</summary>
    public bool SaysTheSameAs(TermDefinition other) =>
        this with { IsProtected = false, Container = Empty, Context = null } == other with { IsProtected = false, Container = Empty, Context = null }
        && Container.Order(StringComparer.Ordinal).SequenceEqual(other.Container.Order(StringComparer.Ordinal))
        && JsonTree.AreEqual(Context, other.Context);
}
