using System.Runtime.ExceptionServices;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Gives on the rows of a pipeline, and when that takes long and a core is free, has other threads do parts of it ahead, each on a copy (the
/// exchange of Graefe 1990). The rows come in the order in which one thread alone would give them.
/// </summary>
internal sealed class ExchangeRows : Operator
{
    private const int MorselsAhead = 8;

    // How long the thread that gives out waits for another before it looks whether the query was ended.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Operator _pipeline;
    private readonly MorselRows _source;
    private readonly object _gate = new();
    private readonly Queue<Morsel> _taken = [];
    private ExchangeWorker[] _workers = [];
    private Morsel? _own;
    private KeptBatch? _given;
    private uint _sharedTerms;
    private bool _counts;
    private long _counted;
    private ExceptionDispatchInfo? _countError;
    private bool _isOver;

    /// <summary>An exchange above a pipeline.</summary>
    /// <param name="pipeline">Row by row operators (<see cref="Operator.IsRowwise"/>) down to the source.</param>
    /// <param name="source">Where it can be divided.</param>
    public ExchangeRows(Operator pipeline, MorselRows source)
        : base(pipeline.Context, pipeline.Schema, pipeline.Certain, pipeline)
    {
        _pipeline = pipeline;
        _source = source;
        _source.MayDivide = true;
        Estimate = pipeline.Estimate;
    }

    /// <inheritdoc/>
    public override string Details => $"{_workers.Length + 1} threads";

    /// <inheritdoc/>
    public override double WorkFor(double rows) => Children[0].WorkFor(rows);

    /// <inheritdoc/>
    public override PlanNode Describe() => _workers.Length == 0 ? _pipeline.Describe() : base.Describe();

    /// <summary>Ends the work of other threads: what they do now they give up at their next look, and they take nothing more from the source.</summary>
    public override void End()
    {
        base.End();
        lock (_gate)
        {
            _isOver = true;
            foreach (var worker in _workers)
            {
                worker.Stop();
            }

            foreach (var kept in _taken.SelectMany(m => m.Batches))
            {
                kept.Return(Context, this);
            }

            _taken.Clear();
        }

        ReturnGiven();
        Context.Remove(this);
    }

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (!_source.IsDivided)
        {
            var batch = _pipeline.Next();
            if (batch is not null || !_source.IsDivided)
            {
                return batch;
            }

            Divide();
        }

        ReturnGiven();
        while (!_isOver)
        {
            Context.Check(this);
            ExchangeWorker? late = null;
            var isFirst = false;
            lock (_gate)
            {
                CallWorkers();
                if (FirstKept() is { } kept)
                {
                    _given = kept;
                }
                else if (HasWork())
                {
                    isFirst = ReferenceEquals(_own, _taken.Peek());
                }
                else if (_taken.Count == 0)
                {
                    break;
                }
                else if (!_taken.Peek().Worker!.TryStandIn())
                {
                    Monitor.Wait(_gate, Patience);
                    continue;
                }
                else
                {
                    late = _taken.Peek().Worker;
                }
            }

            if (_given is not null)
            {
                return InOurTerms(_given);
            }

            if (late is not null)
            {
                late.Work(oneBatch: true);
                continue;
            }

            Batch? made = null;
            ExceptionDispatchInfo? error = null;
            try
            {
                made = _pipeline.Next();
            }
            catch (Exception e) when (!isFirst)
            {
                // What comes before is given out first: that may be all that is wanted.
                error = ExceptionDispatchInfo.Capture(e);
            }

            lock (_gate)
            {
                if (made is null)
                {
                    End(_own!, error);
                    _own = null;
                }
                else if (isFirst)
                {
                    return made;
                }
                else
                {
                    _own!.Batches.Enqueue(new KeptBatch(made, null, Context, this));
                }
            }
        }

        End();
        return null;
    }

    /// <inheritdoc/>
    protected override long CountPulled()
    {
        var count = _pipeline.CountRows();
        if (!_source.IsDivided)
        {
            return count;
        }

        _counts = true;
        Divide();
        while (true)
        {
            Context.Check(this);
            lock (_gate)
            {
                CallWorkers();
                if (_countError is not null || !_source.Take())
                {
                    break;
                }
            }

            count = checked(count + _pipeline.CountRows());
        }

        lock (_gate)
        {
            while (Array.Exists(_workers, w => w.IsRunning))
            {
                Monitor.Wait(_gate, Patience);
                Context.Check(this);
            }

            _countError?.Throw();
            count = checked(count + _counted);
        }

        End();
        return count;
    }

    /// <summary>Gives back the batch that was given out last, which nobody reads any more.</summary>
    private void ReturnGiven()
    {
        var given = _given;
        _given = null;
        given?.Return(Context, this);
    }

    private void Divide()
    {
        _pipeline.Prepare();
        _sharedTerms = Context.Terms.LocalCount;
        var workers = new ExchangeWorker[Context.MorselSize is null ? Cores.Count - 1 : 2];
        for (var i = 0; i < workers.Length; i++)
        {
            var copy = new PipelineCopy(Context.ForWorker());
            workers[i] = new ExchangeWorker(this, copy.Of(_pipeline), (MorselRows)copy.Of((Operator)_source));
        }

        lock (_gate)
        {
            _workers = workers;
        }

        Context.Add(this);
    }

    private void CallWorkers()
    {
        foreach (var worker in _workers)
        {
            worker.Call();
        }
    }

    /// <summary>The next batch that is kept for its turn.</summary>
    private KeptBatch? FirstKept()
    {
        while (_taken.TryPeek(out var first))
        {
            if (first.Batches.TryDequeue(out var kept))
            {
                return kept;
            }

            if (!first.IsDone)
            {
                return null;
            }

            first.Error?.Throw();
            _taken.Dequeue();
        }

        return null;
    }

    /// <summary>Whether there is a morsel to go on with or to begin on this thread.</summary>
    private bool HasWork()
    {
        if (_own is null && CanTake)
        {
            try
            {
                _own = _source.Take() ? new Morsel(null) : null;
            }
            catch (Exception e) when (_taken.Count > 0)
            {
                // As where this thread works: what comes before is given out first.
                var failed = new Morsel(null);
                _taken.Enqueue(failed);
                End(failed, ExceptionDispatchInfo.Capture(e));
            }

            if (_own is not null)
            {
                _taken.Enqueue(_own);
            }
        }

        return _own is not null && (!_own.IsFull || ReferenceEquals(_own, _taken.Peek()));
    }

    /// <summary>Ids of terms that a copy made are its own.</summary>
    private Batch InOurTerms(KeptBatch kept)
    {
        if (kept.Terms is { } terms && terms.LocalCount > _sharedTerms)
        {
            foreach (var column in kept.Batch.Columns)
            {
                foreach (ref var id in column.AsSpan(0, kept.Batch.Count))
                {
                    var term = new TermId(id);
                    if (term.Tag == TermTag.Local && term.Payload >= _sharedTerms)
                    {
                        id = Context.Terms.Intern(terms.Encoded(term, Context.Terms.Scratch)).Value;
                    }
                }
            }
        }

        return kept.Batch;
    }

    // What workers use; all but the gate is to be used within it.
    internal object Gate => _gate;

    internal bool IsOver => _isOver;

    internal bool Counts => _counts;

    // Waking a thread for a morsel at a time would cost more than it helps.
    internal bool IsWorthCalling => CanTake && (_counts || _taken.Count <= MorselsAhead / 2);

    internal bool CanTake => (_counts || _taken.Count < MorselsAhead) && !_source.IsAtEnd;

    internal void Begin(Morsel morsel)
    {
        if (!_counts)
        {
            _taken.Enqueue(morsel);
        }
    }

    internal void End(Morsel morsel, ExceptionDispatchInfo? error)
    {
        (morsel.Error, morsel.IsDone) = (error, true);
        _countError ??= _counts ? error : null;
    }

    internal void Count(long rows) => _counted = checked(_counted + rows);
}
