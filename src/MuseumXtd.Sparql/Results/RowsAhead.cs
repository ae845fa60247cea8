using System.Runtime.ExceptionServices;
using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Results;

/// <summary>The later rows of a batch, written by another thread while the earlier ones are written; if none comes to it in time, by whoever asks for them.</summary>
internal sealed class RowsAhead(ResultWriter writer) : IThreadPoolWorkItem
{
    private readonly Lock _writing = new();
    private SolutionResults? _solutions;
    private bool _isDone;
    private int _from;
    private ExceptionDispatchInfo? _error;

    /// <summary>
    /// Asks for the rows from a number on, when <see cref="Cores.TryHelp"/> has said yes; the core is left when they are written. The batch has to stay until the
    /// end of <see cref="Wait"/>.
    /// </summary>
    public void Begin(SolutionResults solutions, int from)
    {
        lock (_writing)
        {
            (_solutions, _from, _isDone, _error) = (solutions, from, false, null);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits until the rows are written, and writes them if nobody has begun to.</summary>
    public void Wait() => Work();

    /// <summary>After the wait: what is written, until <see cref="Begin"/> is called again, and the first row that is not.</summary>
    public (ReadOnlyMemory<byte> Text, int Next) Written
    {
        get
        {
            _error?.Throw();
            return (writer.Text, _from);
        }
    }

    /// <inheritdoc/>
    public void Execute() => Work();

    private void Work()
    {
        lock (_writing)
        {
            if (_isDone)
            {
                return;
            }

            _isDone = true;
            try
            {
                _from = writer.WriteAhead(_solutions!, _from);
            }
#pragma warning disable CA1031 // Thrown where the rows are asked for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _error = ExceptionDispatchInfo.Capture(e);
            }
        }

        // Now, and not when the rows are asked for: a client may take what comes before them drop by drop.
        Cores.Leave();
    }
}
