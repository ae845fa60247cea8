using System.Collections.Immutable;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql;

/// <summary>The answer of a running query. Disposing it ends the query.</summary>
public abstract class QueryResults : IDisposable
{
    private protected QueryResults(QueryTerms terms, Operator? plan)
    {
        Terms = terms;
        Root = plan;
    }

    /// <summary>Where the ids of the results come from.</summary>
    public QueryTerms Terms { get; }

    /// <summary>The plan with what it did so far; with <see cref="QueryOptions.Explain"/> also how long that took; null where there is none.</summary>
    public PlanNode? Plan => Root?.Describe();

    /// <summary>Whether the query expects to be over at once, and has only <see cref="QueryOptions.BriefTimeout"/> for it.</summary>
    public virtual bool IsBrief => false;

    /// <summary>The operator that gives the solutions.</summary>
    internal Operator? Root { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    private protected static Batch? NextOf(Operator plan)
    {
        Cores.Enter();
        try
        {
            return plan.Next();
        }
        finally
        {
            Cores.Leave();
        }
    }

    /// <summary>Ends the query.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>The solutions of a SELECT, in batches of columns of ids. The query runs as batches are asked for.</summary>
public abstract class SolutionResults : QueryResults
{
    private protected SolutionResults(QueryTerms terms, ImmutableArray<Variable> variables, Operator? plan = null)
        : base(terms, plan) => Variables = variables;

    /// <summary>The variables, in the order of the columns.</summary>
    public ImmutableArray<Variable> Variables { get; }

    /// <summary>How many rows the current batch has.</summary>
    public abstract int RowCount { get; }

    /// <summary>Goes to the next batch, which has at least one row; false at the end.</summary>
    /// <exception cref="QueryBudgetException">Time, memory or rows are used up.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract bool NextBatch();

    /// <summary>A column of the current batch: values of <see cref="Store.TermId"/>, 0 for unbound. Valid until the next batch.</summary>
    public abstract ReadOnlySpan<uint> Column(int index);
}

/// <summary>The answer of an ASK. The query runs when the answer is first asked for.</summary>
public sealed class BooleanResults : QueryResults
{
    private readonly QueryContext? _context;
    private bool? _value;

    internal BooleanResults(QueryContext context, Operator plan)
        : base(context.Terms, plan) => _context = context;

    internal BooleanResults(QueryTerms terms, bool value)
        : base(terms, plan: null) => _value = value;

    /// <summary>Whether there is a solution.</summary>
    /// <exception cref="QueryBudgetException">Time or memory are used up.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool Value => _value ??= NextOf(Root!) is not null;

    /// <inheritdoc/>
    public override bool IsBrief => _context?.IsBrief == true;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _context?.Release();
}

/// <summary>The triples of a CONSTRUCT or DESCRIBE, each once.</summary>
public abstract class GraphResults : QueryResults
{
    private protected GraphResults(QueryTerms terms, Operator plan)
        : base(terms, plan)
    {
    }

    /// <summary>Writes the triples to a sink; to be called once.</summary>
    /// <exception cref="QueryBudgetException">Time, memory or rows are used up.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract void WriteTo(IQuadSink sink);
}
