using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>One running query: its snapshot, terms and budget. Operators check in here in all their loops.</summary>
internal sealed class QueryContext : IExistenceFactory
{
    // What there is for a column, besides what is in it.
    private const int ArrayBytes = 80;

    private readonly QueryOptions _options;
    private long _deadline;
    private readonly List<uint[]> _columns = [];
    private List<IReadOnlyList<uint[]>>? _lent;
    private readonly QueryContext? _main;
    private List<ExchangeRows>? _exchanges;
    private volatile bool _isStopped;
    private long _bytes;
    private long _texts;
    private long _work;
    private int _made;
    private int _askedDepth;

    public QueryContext(Snapshot snapshot, ActiveDataset dataset, QueryOptions options, string? baseIri, CancellationToken cancellation)
    {
        Snapshot = snapshot;
        Dataset = dataset;
        Cancellation = cancellation;
        _options = options;
        _deadline = After(options.Timeout);
        Terms = new QueryTerms(snapshot.Dictionary);
        Expressions = new ExpressionContext(Terms, options.Now ?? default, baseIri, this, cancellation);
    }

    private QueryContext(QueryContext main)
    {
        (_main, _options, _deadline, BatchRows) = (main, main._options, main._deadline, main.BatchRows);
        (Snapshot, Dataset, Cancellation) = (main.Snapshot, main.Dataset, main.Cancellation);
        Terms = new QueryTerms(main.Terms);
        Expressions = main.Expressions.ForWorker(Terms, this);
    }

    public Snapshot Snapshot { get; }

    public ActiveDataset Dataset { get; }

    public QueryTerms Terms { get; }

    public ExpressionContext Expressions { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Where the patterns of EXISTS are matched in the expression that is being compiled.</summary>
    public PatternSource? CompiledIn { get; set; }

    /// <summary>Asks other endpoints, or null where that is not allowed.</summary>
    public Federation.IServiceClient? Services => _options.Services;

    /// <summary>The time that the query still has; null for no limit.</summary>
    public TimeSpan? TimeLeft => _deadline == long.MaxValue
        ? null
        : TimeSpan.FromSeconds(Math.Max(0, (_deadline - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency));

    public bool Explain => _options.Explain;

    /// <summary>How many rows a batch of this query has at most; set before the first is made.</summary>
    public int BatchRows { get; private set; } = Batch.Capacity;

    public long MaxRows => _options.MaxRows;

    public int? DistortEstimates => _options.DistortEstimates;

    /// <summary>How many rows each part of a divided pipeline has; null to see how it goes.</summary>
    public int? MorselSize => _options.MorselSize;

    /// <summary>Whether pipelines may be divided among threads.</summary>
    public bool MayDivide => MorselSize is not null || Cores.Count > 1;

    /// <summary>Whether the query has only the time of those that expect to be over at once. It stays on the thread that it is on.</summary>
    public bool IsBrief { get; private set; }

    /// <summary>Begins to run a plan: one that expects to do next to nothing has a short time for it, if the options say so.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="rows">How many of its rows are asked for.</param>
    public void Begin(Operator plan, double rows)
    {
        // Less than what is done in that time even when estimates are a few times too low.
        const double MostWork = 1000;
        if (_options.BriefTimeout is { } brief && plan.WorkFor(rows) <= MostWork)
        {
            IsBrief = true;
            _deadline = Math.Min(_deadline, After(brief));
        }
    }

    /// <summary>
    /// Lets batches have fewer rows where there are many steps with many columns: each step has a batch of its own, which together would take much more memory than
    /// whatever the query finds.
    /// </summary>
    /// <param name="breadth">How often the query mentions variables.</param>
    public void Fit(long breadth)
    {
        const long Enough = 1 << 24;
        const int Fewest = 16;

        // About half of the mentions make a step, and a step has about half of the columns that the last one has.
        for (var columns = breadth * breadth / 8; BatchRows > Fewest && columns * BatchRows > Enough; BatchRows /= 2)
        {
        }
    }

    /// <summary>The context of another thread that helps with this query: terms known by now have the same ids, budgets are shared.</summary>
    public QueryContext ForWorker() => new(this);

    /// <summary>Notes an exchange that has called other threads.</summary>
    public void Add(ExchangeRows exchange) => (_exchanges ??= []).Add(exchange);

    /// <summary>Forgets an exchange that has ended.</summary>
    public void Remove(ExchangeRows exchange) => _exchanges?.Remove(exchange);

    /// <summary>Ends, at its next look, what a thread does here.</summary>
    public void Stop() => _isStopped = true;

    private long ColumnBytes => (BatchRows * sizeof(uint)) + ArrayBytes;

    private static long After(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan ? long.MaxValue : Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);

    /// <summary>Ends the query when it was cancelled or its time is up.</summary>
    public void Check(Operator by) => CheckAll(by);

    /// <summary>The same, while the query is planned.</summary>
    public void CheckPlanning() => CheckAll("planning");

    private void CheckAll(object by)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (_isStopped)
        {
            throw new OperationCanceledException("The query is over.");
        }

        if (Stopwatch.GetTimestamp() > _deadline)
        {
            throw OutOfTime(by);
        }

        CheckMemory(by);
    }

    /// <summary>The error of a query whose time is up.</summary>
    public QueryBudgetException OutOfTime(object by) => new(
        "time", string.Create(CultureInfo.InvariantCulture, $"The query ran longer than {_options.Timeout.TotalSeconds:0.###} s (in {by}). Ask for less."), by.ToString());

    /// <summary>The same, once in a while: for inner loops, which tell how much they are about to do.</summary>
    public void Check(Operator by, int work)
    {
        const int While = 1 << 16;
        _work += work;
        if (_work >= While)
        {
            _work = 0;
            Check(by);
        }
    }

    /// <summary>Charges memory that an operator holds; negative to give it back.</summary>
    public void Charge(long bytes, Operator by)
    {
        Interlocked.Add(ref (_main ?? this)._bytes, bytes);
        if (bytes > 0)
        {
            CheckMemory(by);
        }
    }

    /// <summary>Operators charge what they hold; the texts that expressions make are the query's own, those of other threads are charged as they become more.</summary>
    private void CheckMemory(object by)
    {
        var texts = Terms.LocalBytes;
        if (_main is not null)
        {
            Interlocked.Add(ref _main._bytes, texts - _texts);
            _texts = texts;
        }

        if ((_main is null ? _bytes + texts : _main._bytes) > _options.MaxMemoryBytes)
        {
            throw new QueryBudgetException(
                "memory",
                string.Create(CultureInfo.InvariantCulture, $"The query needs more than {_options.MaxMemoryBytes / (double)(1 << 20):0.#} MB (in {by}). Ask for less, or add a LIMIT within."),
                by.ToString());
        }
    }

    /// <summary>A variable that no other part of the query has: patterns of EXISTS are planned apart, and see the variables outside.</summary>
    public Algebra.Variable NewVariable(string name) => new(string.Create(CultureInfo.InvariantCulture, $".{name}{_made++}"));

    /// <summary>A column of zeros for a batch, the query's until <see cref="Release"/>.</summary>
    public uint[] NewColumn()
    {
        var column = NewBatch(1).Columns[0];
        Array.Clear(column);
        return column;
    }

    /// <summary>A batch on columns that hold anything: who fills a row writes all of it.</summary>
    public Batch NewBatch(int width, long[]? weights = null)
    {
        Interlocked.Add(ref (_main ?? this)._bytes, width * ColumnBytes);
        var columns = new uint[width][];
        for (var i = 0; i < width; i++)
        {
            columns[i] = ArrayPool<uint>.Shared.Rent(BatchRows);
            _columns.Add(columns[i]);
        }

        return new Batch(columns, 0) { Weights = weights };
    }

    /// <summary>Makes a plan whose columns go back before the query is over, by <see cref="Return"/>.</summary>
    public (Operator Plan, IReadOnlyList<uint[]> Columns) Track(Func<Operator> plan)
    {
        var before = _columns.Count;
        var made = plan();
        var columns = _columns.GetRange(before, _columns.Count - before);
        _columns.RemoveRange(before, columns.Count);
        (_lent ??= []).Add(columns);
        return (made, columns);
    }

    /// <summary>The depth of an operator on others, and on the plans that its expressions ask: they call each other on a stack that is not endless.</summary>
    /// <exception cref="QueryBudgetException">It is too deep.</exception>
    public int DepthAbove(ReadOnlySpan<Operator> children)
    {
        const int MaxDepth = 1000;
        var depth = ExchangeAskedDepth(0);
        foreach (var child in children)
        {
            depth = Math.Max(depth, child.Depth);
        }

        return ++depth <= MaxDepth ? depth : throw new QueryBudgetException("steps", $"The query takes more than {MaxDepth} steps one after the other. Ask in several queries.", "planning");
    }

    /// <summary>The depth of the deepest plan that is asked by an expression whose operator is not made yet; and another in its place.</summary>
    public int ExchangeAskedDepth(int depth)
    {
        (var before, _askedDepth) = (_askedDepth, depth);
        return before;
    }

    /// <summary>Ends the query if it has no room for some bytes.</summary>
    public void CheckRoom(long bytes, Operator by)
    {
        Charge(bytes, by);
        Charge(-bytes, by);
    }

    /// <summary>Gives back the columns of a plan that was tracked.</summary>
    public void Return(IReadOnlyList<uint[]> columns)
    {
        if (_lent?.Remove(columns) == true)
        {
            GiveBack(columns);
        }
    }

    /// <summary>Gives all columns back when the query is over: light queries follow each other fast, and what they hold should not be garbage.</summary>
    public void Release()
    {
        // Another thread may be at the scan, which works in this context.
        Stop();
        var exchanges = _exchanges;
        _exchanges = null;
        exchanges?.ForEach(e => e.End());
        GiveBack(_columns);
        _columns.Clear();
        _lent?.ForEach(GiveBack);
        _lent = null;
        if (_main is not null)
        {
            Interlocked.Add(ref _main._bytes, -_texts);
            _texts = 0;
        }
    }

    private void GiveBack(IReadOnlyList<uint[]> columns)
    {
        Interlocked.Add(ref (_main ?? this)._bytes, -columns.Count * ColumnBytes);
        foreach (var column in columns)
        {
            ArrayPool<uint>.Shared.Return(column);
        }
    }

    /// <inheritdoc/>
    public IExistenceProbe Create(Algebra.GraphPattern pattern, Schema outer) => new ExistenceProbe(pattern, outer, this);
}
