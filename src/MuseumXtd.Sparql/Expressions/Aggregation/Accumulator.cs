using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>One aggregate over all groups at once: its state is arrays indexed by group number, not an object per group.</summary>
internal abstract class Accumulator
{
    /// <summary>Makes the accumulator of an aggregate over rows of a schema.</summary>
    public static Accumulator Create(Aggregate aggregate, Schema schema, ExpressionContext context)
    {
        if (aggregate.Argument is null)
        {
            return aggregate.Distinct ? new CountSolutions(schema, context.Terms) : new CountRows(context.Terms);
        }

        var argument = ExpressionCompiler.Compile(aggregate.Argument, schema, context);
        return aggregate.Function switch
        {
            AggregateFunction.Count => new CountAccumulator(argument, aggregate.Distinct, context.Terms),
            AggregateFunction.Sum => new SumAccumulator(argument, aggregate.Distinct, false, context.Terms),
            AggregateFunction.Avg => new SumAccumulator(argument, aggregate.Distinct, true, context.Terms),

            // The extremes and a sample of distinct values are those of all values.
            AggregateFunction.Min => new ExtremeAccumulator(argument, -1, context.Terms),
            AggregateFunction.Max => new ExtremeAccumulator(argument, 1, context.Terms),
            AggregateFunction.Sample => new SampleAccumulator(argument),
            AggregateFunction.GroupConcat => new ConcatAccumulator(argument, aggregate.Distinct, aggregate.Separator ?? " ", context.Terms),
            _ => throw new ArgumentOutOfRangeException(nameof(aggregate), aggregate.Function, "Unknown aggregate."),
        };
    }

    /// <summary>Adds the rows of a batch; <paramref name="groups"/> has the group number of each row, below <paramref name="groupCount"/>.</summary>
    public abstract void Add(Batch batch, ReadOnlySpan<int> groups, int groupCount);

    /// <summary>The aggregate of a group, unbound for an error. Also for groups that got no row.</summary>
    public abstract TermId Result(int group);

    /// <summary>The bytes held, for the memory budget.</summary>
    public abstract long Bytes { get; }

    /// <summary>Makes an array long enough for a number of groups.</summary>
    protected static void Reserve<T>(ref T[] array, int groupCount)
    {
        if (array.Length < groupCount)
        {
            Array.Resize(ref array, Math.Max(groupCount, Math.Max(16, array.Length * 2)));
        }
    }

    /// <summary>A count as a term.</summary>
    protected static TermId Integer(long value, QueryTerms terms) =>
        InlineValue.TryInteger(value, out var id) ? id : Value.Of((Int128)value).ToId(terms);
}
