namespace MuseumXtd.Sparql;

/// <summary>Which graph a query sees as its default graph when it names no dataset.</summary>
public enum DefaultGraphMode : byte
{
    /// <summary>The union of all graphs.</summary>
    Union,

    /// <summary>The dataset's own unnamed graph, as the standard has it.</summary>
    Own,
}

/// <summary>The budget of a query and how it sees the dataset.</summary>
public sealed record QueryOptions
{
    /// <summary>The defaults.</summary>
    public static QueryOptions Default { get; } = new();

    /// <summary>The default graph of a query without FROM.</summary>
    public DefaultGraphMode DefaultGraph { get; init; } = DefaultGraphMode.Union;

    /// <summary>A dataset that replaces the query's own (protocol parameters), or null.</summary>
    public Algebra.DatasetClause? Dataset { get; init; }

    /// <summary>How long a query may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a query may run that expects to be over at once (<see cref="QueryResults.IsBrief"/>), so that it may be done where nothing may take long, and anew with
    /// all its time where it was mistaken. Null: no query is brief.
    /// </summary>
    public TimeSpan? BriefTimeout { get; init; }

    /// <summary>How many bytes the operators of a query may hold together.</summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>How many solutions or triples a query may answer.</summary>
    public long MaxRows { get; init; } = long.MaxValue;

    /// <summary>The time of NOW(); null for the clock's.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Asks other endpoints for SERVICE; null where that is not allowed.</summary>
    public Federation.IServiceClient? Services { get; init; }

    /// <summary>Whether rows and times are kept per operator, for EXPLAIN.</summary>
    public bool Explain { get; init; }

    /// <summary>A seed that makes the planner's estimates wrong at random, for tests: answers may not depend on them. Null for true estimates.</summary>
    internal int? DistortEstimates { get; init; }

    /// <summary>
    /// For tests: pipelines are divided at once, into parts of so many rows, and other threads take part however busy the cores are. Null to divide what takes long.
    /// </summary>
    internal int? MorselSize { get; init; }
}

/// <summary>A query went over its budget and was ended.</summary>
public sealed class QueryBudgetException : Exception
{
    /// <summary>Over budget.</summary>
    /// <param name="budget">Which: <c>time</c>, <c>memory</c> or <c>rows</c>.</param>
    /// <param name="message">What was exceeded, by which operator, and what to do.</param>
    /// <param name="by">The operator, as EXPLAIN names it, or null.</param>
    public QueryBudgetException(string budget, string message, string? by = null)
        : base(message)
    {
        Budget = budget;
        Operator = by;
    }

    /// <summary>The operator that was at work, as EXPLAIN names it; null where it was none in particular.</summary>
    public string? Operator { get; }

    /// <summary>Which budget: <c>time</c>, <c>memory</c> or <c>rows</c>.</summary>
    public string Budget { get; }
}
