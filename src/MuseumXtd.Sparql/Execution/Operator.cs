using System.Diagnostics;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// A step of a plan: it knows its columns, which of them are always bound, how many rows it expects, and how to make its next batch. A
/// null batch is the end; an operator whose source is a <see cref="Seed"/> goes on when the seed is filled anew.
/// </summary>
internal abstract class Operator(QueryContext context, Schema schema, VariableSet certain, params Operator[] children)
{
    /// <summary>So many values may be kept on the stack while other operators work.</summary>
    protected const int Few = 256;

    private long _ticks;
    private List<Operator>? _copies;

    /// <summary>The query.</summary>
    public QueryContext Context { get; } = context;

    /// <summary>The columns.</summary>
    public Schema Schema { get; } = schema;

    /// <summary>The variables that are bound in every row.</summary>
    public VariableSet Certain { get; } = certain;

    /// <summary>The operators it takes rows from.</summary>
    public IReadOnlyList<Operator> Children { get; } = children;

    /// <summary>How many operators call each other from here down.</summary>
    public int Depth { get; } = context.DepthAbove(children);

    /// <summary>How many rows the planner expected.</summary>
    public double Estimate { get; set; }

    /// <summary>
    /// How many rows the planner expects here and below until so many have come out of this; infinite where the time depends on others than this process. A step
    /// that takes all of its input first, or may let nothing through, expects the whole of it.
    /// </summary>
    public virtual double WorkFor(double rows)
    {
        var work = Estimate;
        foreach (var child in Children)
        {
            work += child.WorkFor(double.PositiveInfinity);
        }

        return work;
    }

    /// <summary>How many rows came out so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The time spent here and below, when the query is explained; of all threads that did this step together.</summary>
    public TimeSpan Time => Stopwatch.GetElapsedTime(0, _ticks);

    /// <summary>
    /// Whether what comes out for some rows of the first input depends on those rows alone and makes nothing that is unique in the query, so that copies
    /// of this can work on parts of the rows side by side. Such an operator goes on when its input does.
    /// </summary>
    public virtual bool IsRowwise => false;

    /// <summary>This and what is below, as it is now.</summary>
    public virtual PlanNode Describe()
    {
        foreach (var copy in _copies ?? [])
        {
            (Rows, copy.Rows) = (Rows + copy.Rows, 0);
            (_ticks, copy._ticks) = (_ticks + copy._ticks, 0);
        }

        return new PlanNode(Name, Details, Estimate, Rows, Time, [.. Children.Select(c => c.Describe())]);
    }

    /// <summary>Makes what this and the copies of it read together, before there are copies.</summary>
    public virtual void Prepare()
    {
        foreach (var child in Children)
        {
            child.Prepare();
        }
    }

    /// <summary>Tells that nobody asks for more rows: other threads end what they do for them.</summary>
    public virtual void End()
    {
        foreach (var child in Children)
        {
            child.End();
        }
    }

    /// <summary>The same step in another context, on copies of what it takes rows from: to be called by <see cref="PipelineCopy"/>.</summary>
    public Operator Copy(PipelineCopy to)
    {
        var copy = MakeCopy(to);
        copy.Estimate = Estimate;
        (_copies ??= []).Add(copy);
        return copy;
    }

    /// <summary>The name of the operator.</summary>
    public string Name => GetType().Name;

    /// <summary>What it does in particular, for people.</summary>
    public virtual string Details => "";

    /// <summary>Name and details, for messages.</summary>
    public sealed override string ToString()
    {
        const int Longest = 200;
        var text = $"{Name} {Details}".TrimEnd();
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "...");
    }

    /// <summary>The next batch with at least one row, or null.</summary>
    public Batch? Next()
    {
        Context.Check(this);
        var start = Context.Explain ? Stopwatch.GetTimestamp() : 0;
        Batch? batch;
        try
        {
            batch = Pull();
        }
        catch (OverflowException)
        {
            throw new QueryBudgetException("rows", $"The query counts more solutions than 64 bits hold (in {this}).", ToString());
        }

        if (Context.Explain)
        {
            _ticks += Stopwatch.GetTimestamp() - start;
        }

        Rows += batch?.Count ?? 0;
        return batch;
    }

    /// <summary>Runs to the end and tells how many rows there were; in place of <see cref="Next"/>.</summary>
    public long CountRows()
    {
        var start = Context.Explain ? Stopwatch.GetTimestamp() : 0;
        var count = CountPulled();
        if (Context.Explain)
        {
            _ticks += Stopwatch.GetTimestamp() - start;
        }

        Rows += count;
        return count;
    }

    /// <summary><see cref="WorkFor"/> of a step that makes its rows one after the other from those of its first input: what is not asked for is not made.</summary>
    protected double WorkInProportion(double rows)
    {
        // Batches are small at first, but not smaller.
        const double Fewest = 64;
        var share = Estimate > 0 ? Math.Min(1, Math.Max(rows, Fewest) / Estimate) : 1;
        var work = share * Estimate;
        for (var i = 0; i < Children.Count; i++)
        {
            work += Children[i].WorkFor(i > 0 || share >= 1 ? double.PositiveInfinity : share * Children[i].Estimate);
        }

        return work;
    }

    /// <summary>Makes the next batch with at least one row, or null.</summary>
    protected abstract Batch? Pull();

    /// <summary>The copy of an operator that is <see cref="IsRowwise"/>, or that stands where such ones begin.</summary>
    protected virtual Operator MakeCopy(PipelineCopy to) => throw new NotSupportedException($"{Name} works on all rows.");

    /// <summary>Whether a pipeline is row by row down to the seed that fills it.</summary>
    protected static bool IsRowwiseFromSeed(Operator pipeline)
    {
        while (pipeline.IsRowwise)
        {
            pipeline = pipeline.Children[0];
        }

        return pipeline is Seed;
    }

    /// <summary>Counts the rows to the end; to be overridden where they need not be made for that.</summary>
    protected virtual long CountPulled()
    {
        long count = 0;
        while (true)
        {
            Context.Check(this);
            if (Pull() is not { } batch)
            {
                return count;
            }

            count += batch.Count;
        }
    }
}
