using System.Collections.Concurrent;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Store.Loading;

/// <summary>
/// Reads files into a transaction on several threads: while one gives ids to the terms of a <see cref="TermBatch"/>, others read the next ones.
/// Batches are taken in the order of the file, so that ids, and an error, are the same as if one thread had read it all.
/// </summary>
public static class BulkLoad
{
    /// <summary>Reads a file whose name tells its format, compressed or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="transaction">Gets the statements.</param>
    /// <param name="options">Limits and the blank node scope; without a base IRI, the file's place is the base.</param>
    /// <param name="progress">Told from time to time, from any thread, or null.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>How many statements there were.</returns>
    /// <exception cref="InvalidDataException">The file cannot be used; see <see cref="RdfFormats.ReadFile(string, IQuadSink, ReaderOptions, CancellationToken)"/>.</exception>
    public static long ReadFile(
        string path, StoreTransaction transaction, ReaderOptions options, Action<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(options);
        var format = RdfFormats.ByFileName(path) ?? throw new InvalidDataException($"{path}: the name tells no RDF format.");
        using var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 1 << 16 });
        var length = file.Length;
        long statements = 0;
        void Take(TermBatch batch)
        {
            transaction.Add(batch);
            statements += batch.Quads.Length;
            progress?.Invoke(new LoadProgress(path, statements, Math.Min(file.Position, length), length));
        }

        // Some limits and error handlers are about the document as a whole.
        var inParts = format.IsLineBased && options.OnError is null && options.MaxDocumentBytes == long.MaxValue && Environment.ProcessorCount > 1;
        RdfFormats.ReadFile(path, file, options, (input, known) =>
        {
            if (inParts)
            {
                new LineBlocks(input, format, known, transaction.Dictionary, Take).Read(cancellation);
            }
            else
            {
                ReadAhead(input, format, known, transaction.Dictionary, Take, cancellation);
            }
        });
        return statements;
    }

    /// <summary>One thread reads, another takes what was read.</summary>
    private static void ReadAhead(
        Stream input, RdfFormat format, ReaderOptions options, TermDictionary dictionary, Action<TermBatch> take, CancellationToken cancellation)
    {
        const int Ahead = 3;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var free = new BlockingCollection<TermBatch>();
        using var full = new BlockingCollection<TermBatch>();
        List<TermBatch> batches = [.. Enumerable.Range(0, Ahead).Select(_ => new TermBatch(dictionary))];
        batches.ForEach(free.Add);
        var reading = Task.Run(
            () =>
            {
                try
                {
                    var sink = new BatchSink(free, full, ending.Token);
                    format.CreateReader().Read(input, sink, options, ending.Token);
                    sink.Complete();
                }
                finally
                {
                    full.CompleteAdding();
                }
            },
            CancellationToken.None);
        try
        {
            foreach (var batch in full.GetConsumingEnumerable(cancellation))
            {
                take(batch);
                batch.Clear();
                free.Add(batch, CancellationToken.None);
            }
        }
        catch
        {
            ending.Cancel();
            throw;
        }
        finally
        {
            // The reader ends before what it uses goes; its own failure is told below.
            Task.WaitAny([reading], CancellationToken.None);
            batches.ForEach(b => b.Dispose());
        }

        reading.GetAwaiter().GetResult();
    }

    /// <summary>Fills batches one after another.</summary>
    private sealed class BatchSink(BlockingCollection<TermBatch> free, BlockingCollection<TermBatch> full, CancellationToken cancellation) : IQuadSink
    {
        private const int Quads = 1 << 13;
        private const int Text = 1 << 20;

        private TermBatch? _batch;

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
            _batch ??= free.Take(cancellation);
            _batch.Quad(subject, predicate, @object, graph);
            if (_batch.Quads.Length >= Quads || _batch.TextLength >= Text)
            {
                Complete();
            }
        }

        public void Complete()
        {
            if (_batch is not null)
            {
                full.Add(_batch, CancellationToken.None);
                _batch = null;
            }
        }
    }
}
