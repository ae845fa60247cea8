using System.Runtime.ExceptionServices;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// A copy of a pipeline and the thread, if any, that works with it. It never blocks one: when there is nothing to do, or no room for what
/// comes, it gives its thread back and is called again. All its state is guarded by the exchange's gate.
/// </summary>
internal sealed class ExchangeWorker(ExchangeRows exchange, Operator pipeline, MorselRows source) : IThreadPoolWorkItem
{
    private Morsel? _morsel;
    private State _state;
    private bool _hasCore;

    private enum State : byte
    {
        Idle,
        Called,
        Running,
        Stopped,
    }

    /// <summary>Whether a thread is at work here.</summary>
    public bool IsRunning => _state == State.Running;

    /// <summary>Asks for a thread when there is something to do and a core is free.</summary>
    public void Call()
    {
        if (_state == State.Idle && (_morsel is null ? exchange.IsWorthCalling : !_morsel.IsFull)
            && (pipeline.Context.MorselSize is not null || (_hasCore = Cores.TryHelp())))
        {
            _state = State.Called;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Whether the calling thread may do what no other has begun to do or goes on with; to be followed by <see cref="Work"/>.</summary>
    public bool TryStandIn()
    {
        if (_state is not (State.Idle or State.Called))
        {
            return false;
        }

        _state = State.Running;
        return true;
    }

    /// <summary>Ends the work.</summary>
    public void Stop()
    {
        pipeline.Context.Stop();
        if (_state != State.Running)
        {
            Leave(State.Stopped);
        }
    }

    /// <inheritdoc/>
    public void Execute()
    {
        lock (exchange.Gate)
        {
            if (_state != State.Called)
            {
                return;
            }

            _state = State.Running;
        }

        Work(oneBatch: false);
    }

    /// <summary>Works on one morsel after another, or until there is a batch.</summary>
    public void Work(bool oneBatch)
    {
        while (true)
        {
            lock (exchange.Gate)
            {
                if (!MayGoOn(oneBatch))
                {
                    Leave(exchange.IsOver ? State.Stopped : State.Idle);
                    Monitor.PulseAll(exchange.Gate);
                    return;
                }
            }

            Batch? batch = null;
            long count = 0;
            ExceptionDispatchInfo? error = null;
            try
            {
                if (exchange.Counts)
                {
                    count = pipeline.CountRows();
                }
                else
                {
                    batch = pipeline.Next();
                }
            }
#pragma warning disable CA1031 // Whatever it is, the thread that gives out the rows throws it when it comes to this morsel.
            catch (Exception e)
#pragma warning restore CA1031
            {
                error = ExceptionDispatchInfo.Capture(e);
            }

            lock (exchange.Gate)
            {
                Note(batch, count, error);
                Monitor.PulseAll(exchange.Gate);
            }
        }
    }

    private bool MayGoOn(bool oneBatch)
    {
        if (exchange.IsOver)
        {
            return false;
        }

        if (_morsel is not null)
        {
            return oneBatch ? _morsel.Batches.Count == 0 : !_morsel.IsFull;
        }

        if (oneBatch || !exchange.CanTake || (_hasCore && Cores.AreOverrun))
        {
            return false;
        }

        var morsel = new Morsel(this);
        try
        {
            if (!source.Take())
            {
                return false;
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            exchange.Begin(morsel);
            exchange.End(morsel, ExceptionDispatchInfo.Capture(e));
            return false;
        }

        _morsel = morsel;
        exchange.Begin(morsel);
        return true;
    }

    private void Note(Batch? batch, long count, ExceptionDispatchInfo? error)
    {
        if (exchange.IsOver)
        {
            return;
        }

        try
        {
            if (batch is not null)
            {
                _morsel!.Batches.Enqueue(new KeptBatch(batch, pipeline.Context.Terms, pipeline.Context, pipeline));
                return;
            }

            exchange.Count(count);
        }
#pragma warning disable CA1031 // As above: nothing may end the thread's process.
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = ExceptionDispatchInfo.Capture(e);
        }

        exchange.End(_morsel!, error);
        _morsel = null;
    }

    private void Leave(State state)
    {
        _state = state;
        if (_hasCore)
        {
            _hasCore = false;
            Cores.Leave();
        }

        if (state == State.Stopped)
        {
            pipeline.Context.Release();
        }
    }
}
