using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>One aggregate over all groups at once: its state is arrays indexed by group number, not an object per group.</summary>
internal abstract class Accumulator
{
    /// <summary>Makes the accumulator of an aggregate over rows of a schema.</summary>
    public static Accumulator Create(Aggregate aggregate, Schema schema, ExpressionContext context) =>
        throw new NotImplementedException();

    /// <summary>Adds the rows of a batch; <paramref name="groups"/> has the group number of each row, below <paramref name="groupCount"/>.</summary>
    public abstract void Add(Batch batch, ReadOnlySpan<int> groups, int groupCount);

    /// <summary>The aggregate of a group, unbound for an error. Also for groups that got no row.</summary>
    public abstract TermId Result(int group);

    /// <summary>The bytes held, for the memory budget.</summary>
    public abstract long Bytes { get; }
}
