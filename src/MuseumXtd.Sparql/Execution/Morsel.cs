using System.Buffers;
using System.Runtime.ExceptionServices;

namespace MuseumXtd.Sparql.Execution;

/// <summary>A part of the rows of a source that one thread works on, and what came out of it that is not given on yet.</summary>
internal sealed class Morsel(ExchangeWorker? worker)
{
    private const int Full = 64;

    /// <summary>Who works on it; null for the thread that gives the rows out.</summary>
    public ExchangeWorker? Worker { get; } = worker;

    /// <summary>Results in their order.</summary>
    public Queue<KeptBatch> Batches { get; } = [];

    /// <summary>Whether so much is kept that the work has to wait until it is this morsel's turn.</summary>
    public bool IsFull => Batches.Count >= Full;

    /// <summary>Whether nothing is to come.</summary>
    public bool IsDone { get; set; }

    /// <summary>What ended the work.</summary>
    public ExceptionDispatchInfo? Error { get; set; }
}

/// <summary>A copy of a batch, kept until it is given on.</summary>
internal sealed class KeptBatch
{
    private readonly long _bytes;

    /// <summary>Copies a batch, and charges the query for it.</summary>
    public KeptBatch(Batch batch, QueryTerms? terms, QueryContext context, Operator by)
    {
        var columns = new uint[batch.Columns.Length][];
        Batch = new Batch(columns, batch.Count) { Weights = batch.Weights?.AsSpan(0, batch.Count).ToArray() };
        Terms = terms;
        _bytes = columns.Length * context.BatchRows * (long)sizeof(uint);

        // Where that is too much, nothing was taken that nobody gives back.
        context.Charge(_bytes, by);
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = ArrayPool<uint>.Shared.Rent(context.BatchRows);
            batch.Column(i).CopyTo(columns[i]);
        }
    }

    /// <summary>The copy.</summary>
    public Batch Batch { get; }

    /// <summary>Where its ids come from; null for the query's own terms.</summary>
    public QueryTerms? Terms { get; }

    /// <summary>Gives the memory back.</summary>
    public void Return(QueryContext context, Operator by)
    {
        foreach (var column in Batch.Columns)
        {
            ArrayPool<uint>.Shared.Return(column);
        }

        context.Charge(-_bytes, by);
    }
}
