using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Results;

/// <summary>
/// Writes solutions and booleans in one format, a batch at a time, from the bytes of the dictionary. For one result; not for several
/// threads at once. A subclass writes to <see cref="Output"/>, which is passed on after each batch.
/// </summary>
public abstract class ResultWriter : IDisposable
{
    // A batch of wide rows can be long; what is written so far is passed on at this size.
    private const int FlushSize = 1 << 16;

    // What another thread writes ahead is kept whole.
    private const int MostAhead = 1 << 20;

    private readonly ByteBuffer _scratch = new();
    private ResultWriter? _other;
    private RowsAhead? _ahead;
    private bool _isAhead;

    /// <summary>What is written and not yet passed on.</summary>
    protected ByteBuffer Output { get; } = new(FlushSize);

    /// <summary>Writes a result to a stream, running the query as it goes.</summary>
    /// <exception cref="QueryBudgetException">Time, memory or rows are used up; what was written is no complete document.</exception>
    public void Write(QueryResults results, Stream output)
    {
        if (results is BooleanResults boolean)
        {
            WriteBoolean(boolean.Value);
        }
        else
        {
            var solutions = Solutions(results);
            WriteStart(solutions.Variables);
            while (solutions.NextBatch())
            {
                var (row, half) = (0, BeginAhead(solutions));
                try
                {
                    while (row < solutions.RowCount)
                    {
                        row = WriteSome(solutions, row, half, FlushSize);
                        if (Output.Length >= FlushSize)
                        {
                            output.Write(Output.Written);
                            Output.Clear();
                        }
                    }
                }
                finally
                {
                    EndAhead();
                }
            }

            WriteEnd();
        }

        output.Write(Output.Written);
        Output.Clear();
    }

    /// <summary>
    /// Writes a result to a pipe, running the query as it goes. The first batch is computed before anything is written, so that a query
    /// that fails early can still be answered with an error. A small result is left in the pipe in one piece, not flushed, so that whoever
    /// completes the pipe can send it together with what belongs to it.
    /// </summary>
    /// <param name="results">What is written.</param>
    /// <param name="output">Where to.</param>
    /// <param name="whole">Called with the length in bytes before a small result is written.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="QueryBudgetException">Time, memory or rows are used up; what was written is no complete document.</exception>
    public async Task WriteAsync(QueryResults results, PipeWriter output, Action<int>? whole = null, CancellationToken cancellation = default)
    {
        var isWhole = true;
        if (results is BooleanResults boolean)
        {
            WriteBoolean(boolean.Value);
        }
        else
        {
            var solutions = Solutions(results);
            var hasRows = solutions.NextBatch();
            WriteStart(solutions.Variables);
            while (hasRows)
            {
                var (row, half) = (0, BeginAhead(solutions));
                try
                {
                    while (row < solutions.RowCount)
                    {
                        row = WriteSome(solutions, row, half, FlushSize);
                        if (Output.Length >= FlushSize)
                        {
                            isWhole = false;
                            output.Write(Output.Written);
                            Output.Clear();
                            await output.FlushAsync(cancellation).ConfigureAwait(false);
                        }
                    }
                }
                finally
                {
                    EndAhead();
                }

                hasRows = solutions.NextBatch();
            }

            WriteEnd();
        }

        if (isWhole)
        {
            whole?.Invoke(Output.Length);
        }

        output.Write(Output.Written);
        Output.Clear();
        if (!isWhole)
        {
            await output.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Writes a result if it is short and the query is over within its time; else nothing, and the query is to be run anew with another writer.
    /// </summary>
    /// <param name="results">What is written.</param>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="whole">Called with the length in bytes before anything is written.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="QueryBudgetException">Memory or rows are used up.</exception>
    public bool TryWriteShort(QueryResults results, IBufferWriter<byte> output, Action<int> whole)
    {
        try
        {
            if (results is BooleanResults boolean)
            {
                WriteBoolean(boolean.Value);
            }
            else
            {
                var solutions = Solutions(results);
                var hasRows = solutions.NextBatch();
                WriteStart(solutions.Variables);
                for (; hasRows; hasRows = solutions.NextBatch())
                {
                    if (WriteRows(solutions, 0, solutions.RowCount, FlushSize) < solutions.RowCount)
                    {
                        return false;
                    }
                }

                WriteEnd();
            }
        }
        catch (QueryBudgetException e) when (e.Budget == "time")
        {
            return false;
        }

        whole(Output.Length);
        output.Write(Output.Written);
        Output.Clear();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the buffers back.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _other?.Dispose();
        Output.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Writes what comes before the rows.</summary>
    protected abstract void WriteStart(ImmutableArray<Variable> variables);

    /// <summary>Writes a row of the current batch.</summary>
    protected abstract void WriteRow(SolutionResults solutions, int row);

    /// <summary>A writer for later rows of the same result, which begins none of its own; null where rows cannot be written on their own.</summary>
    protected virtual ResultWriter? ForLaterRows() => null;

    /// <summary>Writes what comes after the rows.</summary>
    protected abstract void WriteEnd();

    /// <summary>Writes the answer of an ASK.</summary>
    protected abstract void WriteBoolean(bool value);

    /// <summary>The encoded form of a bound id; valid until the next call.</summary>
    protected ReadOnlySpan<byte> Encoded(SolutionResults solutions, uint id) => solutions.Terms.Encoded(new TermId(id), _scratch);

    /// <summary>Adds text.</summary>
    protected void Append(string text)
    {
        var room = Output.GetSpan(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
        Output.Advance(System.Text.Encoding.UTF8.GetBytes(text, room));
    }

    /// <summary>What is written.</summary>
    internal ReadOnlyMemory<byte> Text => Output.WrittenMemory;

    /// <summary>Writes the later rows of a batch, but not too much; gives the first row not written.</summary>
    internal int WriteAhead(SolutionResults solutions, int from)
    {
        Output.Clear();
        return WriteRows(solutions, from, solutions.RowCount, MostAhead);
    }

    /// <summary>Has another thread write the second half of a batch, if a core is free; gives the row where that begins, or how many there are.</summary>
    private int BeginAhead(SolutionResults solutions)
    {
        const int Worthwhile = 256;
        var rows = solutions.RowCount;
        _other ??= rows < Worthwhile ? null : ForLaterRows();
        if (rows < Worthwhile || _other is null || !Cores.TryHelp())
        {
            return rows;
        }

        _ahead ??= new RowsAhead(_other);
        _ahead.Begin(solutions, rows / 2);
        _isAhead = true;
        return rows / 2;
    }

    private void EndAhead()
    {
        if (_isAhead)
        {
            _isAhead = false;
            _ahead!.Wait();
        }
    }

    private int WriteSome(SolutionResults solutions, int from, int half, int size)
    {
        from = WriteRows(solutions, from, from < half ? half : solutions.RowCount, size);
        if (from == half && _isAhead)
        {
            EndAhead();
            var (text, next) = _ahead!.Written;
            Output.Append(text.Span);
            from = next;
        }

        return from;
    }

    private int WriteRows(SolutionResults solutions, int from, int to, int size)
    {
        while (from < to && Output.Length < size)
        {
            WriteRow(solutions, from++);
        }

        return from;
    }

    private static SolutionResults Solutions(QueryResults results) => results as SolutionResults
        ?? throw new ArgumentException("A graph is written by an RDF writer, not as a table of results.", nameof(results));
}
