namespace MuseumXtd.Sparql.Algebra;

/// <summary>The aggregates of SPARQL 1.1 (section 18.5.1).</summary>
public enum AggregateFunction : byte
{
    /// <summary>How many values are no errors.</summary>
    Count,

    /// <summary>The sum of numbers.</summary>
    Sum,

    /// <summary>The smallest value by the order of ORDER BY.</summary>
    Min,

    /// <summary>The largest value by the order of ORDER BY.</summary>
    Max,

    /// <summary>The mean of numbers.</summary>
    Avg,

    /// <summary>The strings joined.</summary>
    GroupConcat,

    /// <summary>Any one value.</summary>
    Sample,
}
