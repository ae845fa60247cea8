using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Execution;

/// <summary>How an exchange goes on and ends, with operators that wait for each other.</summary>
public sealed class ExchangeRowsTests : IDisposable
{
    // How long a busy pool may take to begin; nothing waits longer than it has to.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ManualResetEventSlim _hasHelpBegun = new();
    private readonly ManualResetEventSlim _mayHelpGoOn = new();

    public void Dispose()
    {
        _mayHelpGoOn.Set();
        _hasHelpBegun.Dispose();
        _mayHelpGoOn.Dispose();
    }

    [Fact]
    public void Rows_before_an_error_are_given_out_first_whichever_thread_meets_it()
    {
        var context = Context();
        uint failed = 0;
        var exchange = Exchange(context, new Numbers(context), (value, isCopy) =>
        {
            if (isCopy)
            {
                _hasHelpBegun.Set();
                Assert.True(_mayHelpGoOn.Wait(Patience));
            }
            else if (value > 1)
            {
                // It may go on with later parts while it waits for the others: the first error is the one to be told.
                failed = failed == 0 ? value : failed;
                _mayHelpGoOn.Set();
                throw new InvalidDataException("Ours.");
            }
        });

        var given = new List<uint>();
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            while (exchange.Next() is { } batch)
            {
                given.AddRange(batch.Column(0).ToArray());

                // Our thread goes on when another has taken what comes next.
                Assert.True(_hasHelpBegun.Wait(Patience));
            }
        });

        Assert.Equal("Ours.", error.Message);
        Assert.True(failed > 2);
        Assert.Equal(Enumerable.Range(1, (int)failed - 1).Select(i => (uint)i), given);
        context.Release();
    }

    [Fact]
    public void Nothing_is_read_for_a_part_of_a_query_that_has_enough_rows()
    {
        var context = Context();
        var numbers = new Numbers(context);
        var slice = new SliceRows(
            Exchange(context, numbers, (_, isCopy) =>
            {
                if (isCopy)
                {
                    _hasHelpBegun.Set();
                    Assert.True(_mayHelpGoOn.Wait(Patience));
                }
            }),
            0,
            1);

        Assert.Equal(1u, slice.Next()!.Column(0)[0]);
        Assert.Null(slice.Next());
        var read = numbers.Last;
        _mayHelpGoOn.Set();
        Thread.Sleep(50);

        Assert.Equal(read, numbers.Last);
        context.Release();
    }

    private static QueryContext Context()
    {
        using var store = new QuadStore();
        var dataset = ActiveDataset.Of(store.Current, null, DefaultGraphMode.Union);
        return new QueryContext(store.Current, dataset, new QueryOptions { MorselSize = 1 }, null, CancellationToken.None);
    }

    private static ExchangeRows Exchange(QueryContext context, Numbers numbers, Action<uint, bool> onRow)
    {
        var source = new MorselRows(numbers);
        return new ExchangeRows(new Watched(source, onRow, isCopy: false), source);
    }

    /// <summary>The numbers from 1 on, one a batch.</summary>
    private sealed class Numbers(QueryContext context) : Operator(context, new Schema([new Variable("n")]), VariableSet.Empty)
    {
        private readonly Batch _output = context.NewBatch(1);

        public uint Last { get; private set; }

        protected override Batch? Pull()
        {
            _output.Columns[0][0] = ++Last;
            _output.Count = 1;
            return Last <= 1000 ? _output : null;
        }
    }

    /// <summary>Gives rows on, one by one.</summary>
    private sealed class Watched(Operator input, Action<uint, bool> onRow, bool isCopy) : Operator(input.Context, input.Schema, input.Certain, input)
    {
        public override bool IsRowwise => true;

        protected override Operator MakeCopy(PipelineCopy to) => new Watched(to.Of(input), onRow, isCopy: true);

        protected override Batch? Pull()
        {
            var batch = input.Next();
            if (batch is not null)
            {
                onRow(batch.Column(0)[0], isCopy);
            }

            return batch;
        }
    }
}
