using System.Buffers;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Execution;

/// <summary>For tests that count what the whole process holds: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;

/// <summary>
/// Queries that several threads work on are ended at random, in every way that there is, beside updates and merges. What they held is given back, and the
/// others answer right.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class EndingStressTests
{
    // Enough that changes are merged with their base by another thread.
    private const int Things = 70_000;
    private const int Accounts = 50;
    private const int Amount = 1000;
    private const int Readers = 3;
    private const int QueriesEach = 100;

    // On a busy machine the writer may get to less while the readers are at work; it ends no sooner.
    private const int FewestStates = 20;

    // How long other threads may take to notice that their query is over; nothing waits longer than it has to.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // What no update changes, and what holds in every state.
    private static readonly string[] Queries =
    [
        "SELECT ?t ?n WHERE { ?t a :Thing . ?t :name ?n FILTER(CONTAINS(?n, '77')) }",
        "SELECT ?t ?c WHERE { ?t :group 7 . ?t :name ?n BIND(CONCAT('Le ', ?n) AS ?c) }",
        "SELECT ?t ?x ?y WHERE { ?t :group 3 . ?t :near ?x . ?x :near ?y }",
        "SELECT ?t ?x WHERE { ?t a :Thing . ?t :group 9 OPTIONAL { ?t :near ?x . ?x :group 6 } }",
        "SELECT ?t ?x WHERE { ?t a :Thing . { ?t :near ?x . ?x :group 6 } UNION { ?x :near ?t . ?x :group 4 } } LIMIT 900000",
        "SELECT (COUNT(*) AS ?c) WHERE { ?t :near ?x . ?x :near ?y . ?t :group ?g . ?y :group ?g }",
        "SELECT ?g (COUNT(?x) AS ?c) WHERE { ?t a :Thing . ?t :near ?x . ?x :group ?g } GROUP BY ?g",
        "SELECT ?t ?n WHERE { ?t :group 5 . ?t :name ?n } ORDER BY DESC(?n) LIMIT 40",
        "SELECT (COUNT(?b) AS ?n) (SUM(?b) AS ?s) WHERE { ?a :balance ?b }",
        "SELECT ?name ?t WHERE { GRAPH ?name { ?t :in ?x } }",
        "SELECT ?t WHERE { ?t a :Thing . ?t :group 8 FILTER NOT EXISTS { ?t :near ?x . ?x :group 1 } }",
    ];

    [Fact]
    public async Task Queries_that_end_at_any_point_leave_nothing_behind()
    {
        using var store = new QuadStore();
        Load(store);
        var expected = Queries.Select(q => Answer(q, store.Current, new QueryOptions())).ToArray();
        Assert.All(expected, e => Assert.True(e.Rows > 0));
        var busy = Cores.Busy;
        using var pool = new RentedArrays();

        var states = await RunAsync(store, expected);

        // A thread that is in the middle of something gives it up at its next look.
        Assert.True(SpinWait.SpinUntil(() => Cores.Busy == busy && pool.Rented == 0, Patience), $"{Cores.Busy} threads count as busy, {busy} before; {pool.Rented} arrays are not given back.");
        for (var i = 0; i < Queries.Length; i++)
        {
            Assert.Equal(expected[i], Answer(Queries[i], store.Current, new QueryOptions { MorselSize = 11 }));
            Assert.Equal(expected[i], Answer(Queries[i], store.Current, new QueryOptions()));
        }

        Assert.True(SpinWait.SpinUntil(() => Cores.Busy == busy && pool.Rented == 0, Patience));
        Assert.True(states.Count > FewestStates);
        Assert.True(SpinWait.SpinUntil(() => Living(states) == 1, Patience), $"{Living(states)} states are held.");
    }

    [Fact]
    public void A_client_that_takes_its_answer_slowly_keeps_no_core_from_others()
    {
        using var store = new QuadStore();
        Load(store);
        var busy = Cores.Busy;
        using var results = Start("SELECT ?t ?n WHERE { ?t a :Thing . ?t :name ?n }", store.Current, new QueryOptions());
        using var writer = ResultFormats.ByName("json")!.CreateWriter();
        using var client = new Slow(() => Assert.True(SpinWait.SpinUntil(() => Cores.Busy == busy, Patience), $"{Cores.Busy} threads count as busy."));

        writer.Write(results, client);

        Assert.True(client.Writes > 2);
    }

    private static async Task<List<WeakReference>> RunAsync(QuadStore store, (int Rows, long Hash)[] expected)
    {
        var states = new List<WeakReference>();
        using var over = new CancellationTokenSource();
        var writing = Task.Run(() => Write(store, states, over.Token));
        var reading = Enumerable.Range(0, Readers).Select(reader => Task.Run(() =>
        {
            var random = new Random(reader);
            for (var i = 0; i < QueriesEach; i++)
            {
                var query = random.Next(Queries.Length);
                if (Try(Queries[query], store.Current, random) is { } answer)
                {
                    Assert.Equal(expected[query], answer);
                }
            }
        })).ToArray();
        try
        {
            await Task.WhenAll(reading);
        }
        finally
        {
            await over.CancelAsync();
            await writing;
        }

        return states;
    }

    /// <summary>Runs a query to its end, or not; the answer where it was given whole.</summary>
    private static (int Rows, long Hash)? Try(string query, Snapshot state, Random random)
    {
        using var cancellation = new CancellationTokenSource();
        var options = new QueryOptions { MorselSize = random.Next(3) == 0 ? null : random.Next(1, 300) };
        try
        {
            switch (random.Next(6))
            {
                case 0:
                    return Answer(query, state, options);
                case 1:
                    cancellation.CancelAfter(TimeSpan.FromMilliseconds(random.NextDouble() * 10));
                    return Answer(query, state, options, cancellation.Token);
                case 2:
                    using (var results = Start(query, state, options))
                    {
                        for (var batches = random.Next(6); batches > 0 && results.NextBatch(); batches--)
                        {
                            // Some of it is enough.
                        }
                    }

                    return null;
                case 3:
                    return Answer(query, state, options with { Timeout = TimeSpan.FromMilliseconds(random.NextDouble() * 10) });
                case 4:
                    return Answer(query, state, options with { MaxMemoryBytes = random.Next(1 << 21) });
                default:
                    using (var results = Start(query, state, options))
                    using (var writer = ResultFormats.ByName("json")!.CreateWriter())
                    {
                        writer.Write(results, new ClosedAfter(random.Next(1 << 19)));
                    }

                    return null;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or QueryBudgetException or IOException)
        {
            return null;
        }
    }

    /// <summary>Moves amounts, and writes marks until they are merged with the rest, and takes them away.</summary>
    private static void Write(QuadStore store, List<WeakReference> states, CancellationToken over)
    {
        var random = new Random(1);
        var engine = new UpdateEngine();
        for (var round = 0; !over.IsCancellationRequested || states.Count <= FewestStates; round++)
        {
            var (from, to) = (random.Next(Accounts), random.Next(Accounts));
            var text = new StringBuilder($"PREFIX : <http://x/> ");
            if (from != to)
            {
                text.Append(CultureInfo.InvariantCulture, $$"""
                    DELETE { :a{{from}} :balance ?a . :a{{to}} :balance ?b } INSERT { :a{{from}} :balance ?c . :a{{to}} :balance ?d }
                    WHERE { :a{{from}} :balance ?a . :a{{to}} :balance ?b BIND(?a - 5 AS ?c) BIND(?b + 5 AS ?d) } ;

                    """);
            }

            if (round % 12 == 11)
            {
                text.Append("DELETE WHERE { ?t :mark ?m }");
            }
            else
            {
                text.Append("INSERT DATA {");
                for (var i = 0; i < 500; i++)
                {
                    text.Append(CultureInfo.InvariantCulture, $" :t{random.Next(Things)} :mark \"{random.Next()}\" .");
                }

                text.Append('}');
            }

            using var transaction = store.Begin(CancellationToken.None);
            engine.Execute(SparqlParser.ParseUpdate(text.ToString()), transaction, new UpdateOptions(), CancellationToken.None);
            states.Add(new WeakReference(transaction.Commit(CancellationToken.None)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Living(List<WeakReference> states)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return states.Count(s => s.IsAlive);
    }

    private static void Load(QuadStore store)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Things; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                <http://x/t{i}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/Thing> .
                <http://x/t{i}> <http://x/name> "Thing {i}" .
                <http://x/t{i}> <http://x/group> "{i * 7919 % 97}"^^<http://www.w3.org/2001/XMLSchema#integer> .
                <http://x/t{i}> <http://x/near> <http://x/t{(i * 3) % Things}> .

                """);
        }

        for (var i = 0; i < Accounts; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<http://x/a{i}> <http://x/balance> \"{Amount}\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n");
            text.Append(CultureInfo.InvariantCulture, $"<http://x/t{i}> <http://x/in> <http://x/a{i}> <http://x/g{i % 7}> .\n");
        }

        using var transaction = store.Begin();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        RdfFormats.NQuads.CreateReader().Read(input, transaction, new ReaderOptions());
        transaction.Commit().MakeAllOrders();
    }

    private static SolutionResults Start(string query, Snapshot state, QueryOptions options, CancellationToken cancellation = default) =>
        (SolutionResults)new QueryEngine().Execute(SparqlParser.ParseQuery("PREFIX : <http://x/> " + query), state, options, cancellation);

    /// <summary>How many rows, and a hash of them in whatever order: plans are made for the state as it is.</summary>
    private static (int Rows, long Hash) Answer(string query, Snapshot state, QueryOptions options, CancellationToken cancellation = default)
    {
        using var results = Start(query, state, options, cancellation);
        using var writer = ResultFormats.Tsv.CreateWriter();
        using var output = new MemoryStream();
        writer.Write(results, output);
        var rows = Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        return (rows.Count, rows.Sum(r => r.Aggregate(17L, (hash, letter) => unchecked((hash * 31) + letter)) >> 20));
    }

    /// <summary>A client that goes away.</summary>
    private sealed class ClosedAfter(int bytes) : MemoryStream
    {
        private int _written;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _written += buffer.Length;
            if (_written > bytes)
            {
                throw new IOException("Closed.");
            }
        }
    }

    /// <summary>A client that does something else before it takes more.</summary>
    private sealed class Slow(Action before) : MemoryStream
    {
        public int Writes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Writes++;
            before();
        }
    }

    /// <summary>Counts the columns of batches that are taken from the shared pool and not given back.</summary>
    private sealed class RentedArrays : EventListener
    {
        private static readonly int Pool = ArrayPool<uint>.Shared.GetHashCode();
        private int _rented;

        public int Rented => Volatile.Read(ref _rented);

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
            {
                EnableEvents(eventSource, EventLevel.Verbose);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.Payload is [_, _, int pool, ..] && pool == Pool)
            {
                Interlocked.Add(ref _rented, eventData.EventName switch { "BufferRented" => 1, "BufferReturned" => -1, _ => 0 });
            }
        }
    }
}
