using System.Runtime.ExceptionServices;
using System.Text;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Store.Loading;

/// <summary>
/// Reads a document of lines in blocks of whole lines, each by whichever thread is free; each thread waits with what it read until the blocks before
/// have been taken.
/// </summary>
internal sealed class LineBlocks(Stream input, RdfFormat format, ReaderOptions options, TermDictionary dictionary, Action<TermBatch> take)
{
    private const int BlockSize = 1 << 20;

    private readonly Lock _reading = new();
    private readonly object _turns = new();
    private byte[] _rest = [];
    private long _read;
    private long _turn;
    private long _lines;
    private volatile bool _isEnded;
    private ExceptionDispatchInfo? _failure;

    public void Read(CancellationToken cancellation)
    {
        var workers = Math.Min(Environment.ProcessorCount, 16);
        Parallel.Invoke([.. Enumerable.Repeat<Action>(() => Work(cancellation), workers)]);
        cancellation.ThrowIfCancellationRequested();
        _failure?.Throw();
    }

    private void Work(CancellationToken cancellation)
    {
        using var batch = new TermBatch(dictionary);
        var block = new byte[BlockSize];
        while (Next(ref block, out var length, out var number) is var failure && (length > 0 || failure is not null))
        {
            batch.Clear();
            failure ??= Parse(block, length, number, batch, cancellation);
            lock (_turns)
            {
                while (_turn != number)
                {
                    Monitor.Wait(_turns);
                }
            }

            // This is the only thread here, until it gives its turn to the next.
            try
            {
                if (_failure is null)
                {
                    Rethrow(failure);
                    take(batch);
                    _lines += block.AsSpan(0, length).Count((byte)'\n');
                }
            }
#pragma warning disable CA1031 // It is thrown again by the thread that waits for all.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure = ExceptionDispatchInfo.Capture(e);
                _isEnded = true;
            }

            lock (_turns)
            {
                _turn++;
                Monitor.PulseAll(_turns);
            }
        }
    }

    /// <summary>An error knows the line in its block only.</summary>
    private void Rethrow(Exception? failure)
    {
        if (failure is RdfSyntaxException e)
        {
            throw new RdfSyntaxException(e.Code, e.Detail, e.Line + _lines, e.Column);
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private Exception? Parse(byte[] block, int length, long number, TermBatch batch, CancellationToken cancellation)
    {
        try
        {
            if (number > 0 && block.AsSpan(0, length).StartsWith(Encoding.UTF8.Preamble))
            {
                // Only at the start of a document it is a mark; readers skip it at the start of what they get.
                return new RdfSyntaxException(format.Name + "-expected-term", "Expected a statement.", 1, 1);
            }

            using var stream = new MemoryStream(block, 0, length, writable: false);
            format.CreateReader().Read(stream, batch, options, cancellation);
            return null;
        }
#pragma warning disable CA1031 // It is thrown again when it is the turn of this block.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    /// <summary>The next block: up to the last end of a line, or the whole of a longer line. No bytes at the end.</summary>
    private Exception? Next(ref byte[] block, out int length, out long number)
    {
        lock (_reading)
        {
            length = 0;
            number = _read;
            if (_isEnded)
            {
                return null;
            }

            _read++;
            try
            {
                length = Fill(ref block);
            }
#pragma warning disable CA1031 // It is thrown again when it is the turn of this block.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _isEnded = true;
                return e;
            }

            if (length == 0)
            {
                _isEnded = true;
                _read--;
            }

            return null;
        }
    }

    private int Fill(ref byte[] block)
    {
        if (_rest.Length >= block.Length)
        {
            block = new byte[_rest.Length * 2];
        }

        _rest.CopyTo(block, 0);
        var filled = _rest.Length;
        _rest = [];
        while (true)
        {
            var count = input.ReadAtLeast(block.AsSpan(filled), block.Length - filled, throwOnEndOfStream: false);
            var searched = filled;
            filled += count;
            if (filled < block.Length)
            {
                return filled;
            }

            var end = block.AsSpan(searched, filled - searched).LastIndexOf((byte)'\n');
            if (end >= 0)
            {
                end += searched + 1;
                _rest = block[end..filled];
                return end;
            }

            if (filled > options.MaxTokenBytes)
            {
                // The reader says what is wrong with so long a line.
                return filled;
            }

            Array.Resize(ref block, block.Length * 2);
        }
    }
}
