namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// A block of solutions in columns of term ids (0 is unbound): what flows between operators. An operator owns the batch it
/// returns and may overwrite it at its next call; its consumer reads it until then. Columns have at least
/// <see cref="Capacity"/> entries, of which the first <see cref="Count"/> are rows.
/// </summary>
internal sealed class Batch
{
    /// <summary>Rows in a batch at most: a few columns of this size stay in the first-level caches.</summary>
    public const int Capacity = 2048;

    /// <summary>A batch on given columns.</summary>
    public Batch(uint[][] columns, int count)
    {
        Columns = columns;
        Count = count;
    }

    /// <summary>One array of ids per variable of the operator's schema.</summary>
    public uint[][] Columns { get; }

    /// <summary>How many rows.</summary>
    public int Count { get; set; }

    /// <summary>
    /// How many equal solutions each row stands for, null for one each. Only <see cref="WeighRows"/> sets this, and the planner puts it only
    /// where it is read: right below what groups or counts.
    /// </summary>
    public long[]? Weights { get; init; }

    /// <summary>The rows of one column.</summary>
    public Span<uint> Column(int slot) => Columns[slot].AsSpan(0, Count);
}
