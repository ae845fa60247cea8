namespace MuseumXtd.Server.OData;

/// <summary>How much one request may ask for.</summary>
internal sealed record ODataLimits
{
    public static ODataLimits Default { get; } = new();

    /// <summary>How many entities a page has when the client does not say.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>How many entities a page has at most.</summary>
    public int MaxPageSize { get; init; } = 5000;

    /// <summary>How many entities a page has, when it expands and the client does not say.</summary>
    public int ExpandedPageSize { get; init; } = 250;

    /// <summary>How many entities one expansion of one entity has; the rest is linked to.</summary>
    public int NestedPageSize { get; init; } = 100;

    /// <summary>How many entities an answer has, all expansions together.</summary>
    public int MaxEntities { get; init; } = 100_000;

    /// <summary>How deep expansions may be nested, levels included.</summary>
    public int MaxExpandDepth { get; init; } = 6;

    /// <summary>How many expansions a request may have.</summary>
    public int MaxExpansions { get; init; } = 32;

    /// <summary>How many nodes all expressions of a request may have together.</summary>
    public int MaxNodes { get; init; } = 400;

    /// <summary>How deep <c>any</c> and <c>all</c> may be nested.</summary>
    public int MaxLambdaDepth { get; init; } = 4;

    /// <summary>How many values a list of <c>in</c> may have.</summary>
    public int MaxListItems { get; init; } = 1000;

    /// <summary>How many expressions <c>$orderby</c> may have.</summary>
    public int MaxOrderBy { get; init; } = 8;

    /// <summary>How many characters the options of a request may have: more than a URL that the server takes, because a body may carry them.</summary>
    public int MaxQueryLength { get; init; } = 16_384;

    /// <summary>How many requests a batch may have.</summary>
    public int MaxBatchRequests { get; init; } = 100;

    /// <summary>How many bytes a batch may have.</summary>
    public int MaxBatchBytes { get; init; } = 1 << 20;
}
