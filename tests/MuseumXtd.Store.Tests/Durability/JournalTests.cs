using MuseumXtd.Rdf;
using MuseumXtd.Store.Durability;

namespace MuseumXtd.Store.Tests.Durability;

public sealed class JournalTests
{
    private static readonly Func<TermId, bool> All = _ => true;

    [Fact]
    public async Task What_was_confirmed_is_there_after_a_new_start()
    {
        var files = new FaultyFiles(new Random(1));
        UInt128 hash;
        using (var store = new QuadStore())
        using (var journal = Open(files, store))
        {
            Assert.True(journal.WasEmpty);
            await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
            await WriteAsync(store, journal, t =>
            {
                Add(t, "s", "p", "2", "g");
                t.Create(new Iri("urn:empty").Encode());
            });
            await WriteAsync(store, journal, t => t.Remove(new Iri("urn:s").Encode(), new Iri("urn:p").Encode(), new Literal("1").Encode(), default));
            hash = store.Current.ContentHash;
        }

        files.Crash();
        using var again = new QuadStore();
        using var reopened = Open(files, again);

        Assert.Equal(hash, again.Current.ContentHash);
        Assert.Equal(2, again.Current.GraphNames.Length);
        Assert.Equal(3, again.Current.Generation);
        Assert.False(reopened.WasEmpty);
    }

    [Fact]
    public async Task A_snapshot_takes_the_place_of_the_journal_before_it()
    {
        var files = new FaultyFiles(new Random(2));
        UInt128 hash;
        using (var store = new QuadStore())
        using (var journal = Open(files, store))
        {
            for (var i = 0; i < 10; i++)
            {
                await WriteAsync(store, journal, t => Add(t, "s" + i, "p", "o", i % 2 == 0 ? "g" : null));
            }

            journal.WriteSnapshot(await journal.BeginSnapshotAsync(), store.Current, All);
            await WriteAsync(store, journal, t => t.Clear(new Iri("urn:g").Encode()));
            hash = store.Current.ContentHash;
        }

        Assert.Equal(["journal-000000000001", "snapshot-000000000001"], files.List().Order(StringComparer.Ordinal));
        files.Crash();
        using var again = new QuadStore();
        using var reopened = Open(files, again);
        Assert.Equal(hash, again.Current.ContentHash);
    }

    [Theory]
    [InlineData("MXJ2", true, "another version")]
    [InlineData("MXJ2", false, "another version")]
    [InlineData("MXJ", true, null)]
    [InlineData("# Notes on journals", false, "no journal")]
    [InlineData("MX", false, null)]
    [InlineData("\0\0\0\0rest", false, null)]
    public async Task What_another_version_or_program_wrote_is_never_cut_off(string content, bool isBehindOurs, string? reason)
    {
        var files = new FaultyFiles(new Random(3));
        if (isBehindOurs)
        {
            using var store = new QuadStore();
            using var journal = Open(files, store);
            await WriteAsync(store, journal, t => Add(t, "s", "p", "kept"));
        }

        long length;
        using (var file = files.Open("journal-000000000000"))
        {
            file.Append(System.Text.Encoding.UTF8.GetBytes(content + (content.Length > 3 ? new string('x', 100) : "")));
            length = file.Length;
        }

        using var again = new QuadStore();
        if (reason is null)
        {
            using var reopened = Open(files, again);
            Assert.Equal(isBehindOurs ? 1 : 0, again.Current.Union.Count);
            return;
        }

        var e = Assert.Throws<JournalException>(() => Open(files, again));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        using var kept = files.Open("journal-000000000000");
        Assert.Equal(length, kept.Length);
    }

    [Fact]
    public async Task A_torn_tail_is_dropped_with_a_message()
    {
        var files = new FaultyFiles(new Random(3));
        using (var store = new QuadStore())
        using (var journal = Open(files, store))
        {
            await WriteAsync(store, journal, t => Add(t, "s", "p", "kept"));
        }

        using (var file = files.Open("journal-000000000000"))
        {
            file.Append("MXJ1 and then nothing"u8);
        }

        var messages = new List<string>();
        using var again = new QuadStore();
        using var reopened = Open(files, again, messages.Add);

        Assert.Equal(1, again.Current.QuadCount);
        Assert.Contains("dropped 21 bytes", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Room_that_was_kept_free_is_no_torn_tail()
    {
        var files = new FaultyFiles(new Random(5));
        var store = new QuadStore();
        var journal = Open(files, store);
        await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        journal.WriteSnapshot(await journal.BeginSnapshotAsync(), store.Current, All);
        await WriteAsync(store, journal, t => Add(t, "s", "p", "2"));

        // The process is killed: it cuts nothing off.
        var left = files.BytesOf("journal-000000000001");
        var messages = new List<string>();
        using var again = new QuadStore();
        using (var reopened = Open(files, again, messages.Add))
        {
            Assert.Equal(store.Current.ContentHash, again.Current.ContentHash);
            await WriteAsync(again, reopened, t => Add(t, "s", "p", "3"));
        }

        Assert.Equal((byte)0, left[^1]);
        Assert.Empty(messages);
        using var third = new QuadStore();
        using var last = Open(files, third, messages.Add);
        Assert.Equal(again.Current.ContentHash, third.Current.ContentHash);
        Assert.Empty(messages);
    }

    [Fact]
    public async Task Damage_before_room_that_was_kept_free_is_an_error_as_well()
    {
        var files = new FaultyFiles(new Random(6));
        var store = new QuadStore();
        var journal = Open(files, store);
        await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        await WriteAsync(store, journal, t => Add(t, "s", "p", "2"));
        files.Damage("journal-000000000000", 60);

        using var again = new QuadStore();
        Assert.Throws<JournalException>(() => Open(files, again));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_begun_leaves_the_one_before_as_the_last()
    {
        var files = new FaultyFiles(new Random(7));
        var store = new QuadStore();
        var journal = Open(files, store);
        await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        files.NamesFail = true;
        await Assert.ThrowsAsync<IOException>(journal.BeginSnapshotAsync);
        files.NamesFail = false;
        await WriteAsync(store, journal, t => Add(t, "s", "p", "2"));

        // What breaks off in it is still a torn tail.
        using (var file = files.Open("journal-000000000000"))
        {
            file.Append("MXJ1"u8);
        }

        using var again = new QuadStore();
        using var reopened = Open(files, again, _ => { });
        Assert.Equal(store.Current.ContentHash, again.Current.ContentHash);
    }

    [Fact]
    public async Task Damage_in_what_was_confirmed_is_an_error_and_not_a_torn_tail()
    {
        var files = new FaultyFiles(new Random(4));
        using (var store = new QuadStore())
        using (var journal = Open(files, store))
        {
            await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
            await WriteAsync(store, journal, t => Add(t, "s", "p", "2"));
        }

        files.Damage("journal-000000000000", 50);
        using var again = new QuadStore();
        var e = Assert.Throws<JournalException>(() => Open(files, again));
        Assert.Contains("damaged at byte 0", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Damage_in_the_very_last_change_is_an_error_once_that_is_said_to_last(bool isEnded)
    {
        var files = new FaultyFiles(new Random(8));
        using var store = new QuadStore();
        using var journal = Journal.Open(files, store);
        if (isEnded)
        {
            journal.Moment = Timeout.InfiniteTimeSpan;
        }

        await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        var start = files.LengthOf("journal-000000000000");
        await WriteAsync(store, journal, t => Add(t, "s", "p", "2"));
        var end = files.LengthOf("journal-000000000000");
        if (isEnded)
        {
            journal.Dispose();
        }

        Assert.True(SpinWait.SpinUntil(() => files.LengthOf("journal-000000000000") > end, TimeSpan.FromMinutes(5)));
        journal.Dispose();

        // Another start, and another end, have nothing to add to it.
        var said = files.LengthOf("journal-000000000000");
        Assert.Equal(end + JournalRecord.HeaderLength, said);
        files.Damage("journal-000000000000", end - 3);
        using var again = new QuadStore();
        var e = Assert.Throws<JournalException>(() => Open(files, again));
        Assert.Contains($"damaged at byte {start}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_of_the_last_change_may_be_lost_and_changes_nothing()
    {
        var files = new FaultyFiles(new Random(9));
        using var store = new QuadStore();
        using (var journal = Open(files, store))
        {
            await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        }

        using (var again = new QuadStore())
        using (var reopened = Open(files, again))
        {
            Assert.Equal((store.Current.ContentHash, 1L), (again.Current.ContentHash, reopened.LastSequence));
        }

        using (var file = files.Open("journal-000000000000"))
        {
            file.Truncate(file.Length - 5);
        }

        using var third = new QuadStore();
        using var last = Open(files, third);
        Assert.Equal(store.Current.ContentHash, third.Current.ContentHash);
    }

    [Fact]
    public async Task Where_there_is_no_room_to_say_it_nothing_else_fails()
    {
        var files = new FaultyFiles(new Random(10)) { Room = 0 };
        using var store = new QuadStore();
        var journal = Open(files, store);
        await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        var end = files.LengthOf("journal-000000000000");
        files.Space = 10;

        journal.Dispose();

        Assert.Equal(end, files.LengthOf("journal-000000000000"));
        files.Space = long.MaxValue;
        using var again = new QuadStore();
        using var reopened = Open(files, again, message => Assert.Fail(message));
        Assert.Equal(store.Current.ContentHash, again.Current.ContentHash);
    }

    [Fact]
    public async Task Nobody_waits_for_a_journal_that_has_ended()
    {
        var files = new FaultyFiles(new Random(11));
        using var store = new QuadStore();
        var journal = Open(files, store);
        await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        long place;
        using (var transaction = store.Begin())
        {
            Add(transaction, "s", "p", "2");
            place = journal.Append(transaction);
        }

        journal.Dispose();
        journal.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.FlushAsync(place).WaitAsync(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task What_comes_during_a_flush_waits_for_the_next_one()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var files = new FaultyFiles(new Random(seed));
            using (var store = new QuadStore())
            using (var journal = Open(files, store))
            {
                long place = 0;
                files.DuringFlush = () =>
                {
                    using var transaction = store.Begin();
                    Add(transaction, "s", "p", "2");
                    place = journal.Append(transaction);
                    transaction.Commit();
                };
                await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
                await journal.FlushAsync(place);
            }

            files.Crash();
            using var again = new QuadStore();
            using var opened = Open(files, again);
            Assert.Equal(2, again.Current.QuadCount);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_has_little_left_to_do_does_it_on_the_thread_that_waited_for_the_disk(bool isBrief)
    {
        var files = new FaultyFiles(new Random(1));
        using var store = new QuadStore();
        var journal = Open(files, store);
        using var transaction = store.Begin();
        Add(transaction, "s", "p", "1");
        var place = journal.Append(transaction);
        using var mayFlush = new ManualResetEventSlim();
        files.DuringFlush = mayFlush.Wait;
        var after = GoOnAsync();
        mayFlush.Set();

        Assert.Equal(isBrief, await after == "journal");

        async Task<string?> GoOnAsync()
        {
            await journal.FlushAsync(place, isBrief).ConfigureAwait(false);
            var name = Thread.CurrentThread.Name;

            // Even the end of the journal, which waits for that thread when it is another.
            journal.Dispose();
            return name;
        }
    }

    [Fact]
    public void What_a_start_has_found_lasts_from_then_on()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var files = new FaultyFiles(new Random(seed));
            using (var store = new QuadStore())
            using (var journal = Open(files, store))
            using (var transaction = store.Begin())
            {
                Add(transaction, "s", "p", "1");
                journal.Append(transaction);
                transaction.Commit();
            }

            files.Kill();
            using (var found = new QuadStore())
            using (Open(files, found))
            {
                Assert.Equal(1, found.Current.QuadCount);
            }

            files.Crash();
            using var again = new QuadStore();
            using var opened = Open(files, again);
            Assert.Equal(1, again.Current.QuadCount);
        }
    }

    [Fact]
    public async Task A_snapshot_that_failed_is_due_again()
    {
        var files = new FaultyFiles(new Random(8));
        using var store = new QuadStore();
        using var journal = Open(files, store);
        journal.LeastToReplace = 10;
        await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        Assert.True(journal.IsSnapshotDue);
        var number = await journal.BeginSnapshotAsync();
        Assert.False(journal.IsSnapshotDue);
        files.Space = 0;
        Assert.Throws<IOException>(() => journal.WriteSnapshot(number, store.Current, All));
        files.Space = long.MaxValue;
        await WriteAsync(store, journal, t => Add(t, "s", "p", "2"));
        Assert.True(journal.IsSnapshotDue);
    }

    [Fact]
    public async Task Only_the_newest_journal_may_break_off()
    {
        var files = new FaultyFiles(new Random(6));
        using (var store = new QuadStore())
        using (var journal = Open(files, store))
        {
            await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
            await journal.BeginSnapshotAsync();
            await WriteAsync(store, journal, t => Add(t, "s", "p", "2"));
        }

        files.Damage("journal-000000000000", 50);
        using var again = new QuadStore();
        var e = Assert.Throws<JournalException>(() => Open(files, again));
        Assert.Contains("journal-000000000000 is damaged at byte 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_snapshot_is_an_error_that_says_where()
    {
        var files = new FaultyFiles(new Random(7));
        using (var store = new QuadStore())
        using (var journal = Open(files, store))
        {
            await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
            journal.WriteSnapshot(await journal.BeginSnapshotAsync(), store.Current, All);
        }

        files.Damage("snapshot-000000000001", 70);
        using var again = new QuadStore();
        var e = Assert.Throws<JournalException>(() => Open(files, again));
        Assert.Contains("snapshot-000000000001: the file is damaged: its section TermText", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(9_000)]
    public async Task A_snapshot_that_does_not_fit_on_the_disk_leaves_the_journal_as_it_is(int space)
    {
        var files = new FaultyFiles(new Random(8));
        using var store = new QuadStore();
        using (var journal = Open(files, store))
        {
            for (var i = 0; i < 20; i++)
            {
                await WriteAsync(store, journal, t => Add(t, "s" + i, "p", "1", "g" + (i % 3)));
            }

            var number = await journal.BeginSnapshotAsync();
            files.Space = space;
            Assert.Throws<IOException>(() => journal.WriteSnapshot(number, store.Current, All));
            files.Space = long.MaxValue;
            await WriteAsync(store, journal, t => Add(t, "later", "p", "1"));
        }

        files.Crash();
        using var again = new QuadStore();
        using (Open(files, again))
        {
            Assert.Equal(store.Current.ContentHash, again.Current.ContentHash);
        }

        Assert.DoesNotContain(files.List(), n => n.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_disk_refuses_the_change_and_takes_the_next_one_when_there_is_space()
    {
        var files = new FaultyFiles(new Random(5)) { Room = 0 };
        using var store = new QuadStore();
        using var journal = Open(files, store);
        await WriteAsync(store, journal, t => Add(t, "s", "p", "1"));
        files.Space = 20;
        var e = await Assert.ThrowsAsync<JournalException>(() => WriteAsync(store, journal, t => Add(t, "s", "p", "2")));
        Assert.True(e.IsPassing);
        Assert.Equal(1, store.Current.QuadCount);
        files.Space = long.MaxValue;
        await WriteAsync(store, journal, t => Add(t, "s", "p", "3"));

        files.Crash();
        using var again = new QuadStore();
        using var reopened = Open(files, again);
        Assert.Equal(store.Current.ContentHash, again.Current.ContentHash);
    }

    [Fact]
    public async Task After_a_flush_that_failed_nothing_is_confirmed_any_more()
    {
        var files = new FaultyFiles(new Random(6));
        using var store = new QuadStore();
        using var journal = Open(files, store);
        files.FlushFails = true;
        var e = await Assert.ThrowsAsync<JournalException>(() => WriteAsync(store, journal, t => Add(t, "s", "p", "1")));
        Assert.False(e.IsPassing);
        files.FlushFails = false;
        await Assert.ThrowsAsync<JournalException>(() => WriteAsync(store, journal, t => Add(t, "s", "p", "2")));
    }

    /// <summary>The power goes at every step in turn; the state afterwards is that after some change, none before the last confirmed one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whenever_the_power_goes_confirmed_changes_are_there_and_no_change_is_there_in_part(int seed)
    {
        for (var step = 0; step < 150; step++)
        {
            var random = new Random((seed * 1000) + step);
            var files = new FaultyFiles(random) { StepsToCrash = 3 + step };
            var states = new List<UInt128> { UInt128.Zero };
            var confirmed = 0;
            for (var start = 0; start < 3; start++)
            {
                using var store = new QuadStore();
                try
                {
                    using var journal = Open(files, store);
                    Assert.Contains(store.Current.ContentHash, states.Skip(confirmed));

                    // Of most transactions there are several records then.
                    journal.RecordContent = step % 2 == 0 ? 8 : journal.RecordContent;

                    // What was not confirmed may be there or not; from here on it is what it is.
                    states = [.. states.Take(states.LastIndexOf(store.Current.ContentHash) + 1)];
                    confirmed = states.Count - 1;
                    for (var i = 0; i < 12; i++)
                    {
                        var place = Change(store, journal, random, states);
                        if (random.Next(3) > 0)
                        {
                            var count = states.Count - 1;
                            await journal.FlushAsync(place);
                            confirmed = count;
                        }

                        if (random.Next(8) == 0)
                        {
                            var state = store.Current;
                            var number = await journal.BeginSnapshotAsync();
                            confirmed = states.Count - 1;
                            if (random.Next(2) == 0)
                            {
                                // Writers go on while the snapshot is written.
                                var meanwhile = Change(store, journal, random, states);
                                await journal.FlushAsync(meanwhile);
                                confirmed = states.Count - 1;
                            }

                            journal.WriteSnapshot(number, state, All);
                        }
                    }
                }
                catch (FaultyFiles.PowerException)
                {
                    // Off.
                }

                if (random.Next(3) == 0)
                {
                    files.Kill();
                }
                else
                {
                    files.Crash();
                }

                files.StepsToCrash = start == 0 ? random.Next(4, 60) : -1;
            }

            using var last = new QuadStore();
            using var opened = Open(files, last);
            Assert.Contains(last.Current.ContentHash, states.Skip(confirmed));
        }
    }

    private static long Change(QuadStore store, Journal journal, Random random, List<UInt128> states)
    {
        using var transaction = store.Begin();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var graph = random.Next(3) == 0 ? null : "g" + random.Next(3);
            var quad = ("s" + random.Next(6), "p", random.Next(4).ToString(System.Globalization.CultureInfo.InvariantCulture));
            switch (random.Next(8))
            {
                case 0:
                    transaction.Clear(graph is null ? default : new Iri("urn:" + graph).Encode());
                    break;
                case 1 when graph is not null:
                    transaction.Create(new Iri("urn:" + graph).Encode());
                    break;
                case 2 or 3:
                    transaction.Remove(
                        new Iri("urn:" + quad.Item1).Encode(), new Iri("urn:p").Encode(), new Literal(quad.Item3).Encode(), graph is null ? default : new Iri("urn:" + graph).Encode());
                    break;
                default:
                    Add(transaction, quad.Item1, quad.Item2, quad.Item3, graph);
                    break;
            }

            if (random.Next(3) == 0)
            {
                transaction.Preview();
            }
        }

        // The state counts as attempted before the record is written: it may reach the disk even if the power goes meanwhile.
        states.Add(transaction.Preview().ContentHash);
        var place = journal.Append(transaction);
        transaction.Commit();
        return place;
    }

    /// <summary>A journal that writes nothing of its own accord before it is disposed of: tests that leave it open mean that its process was killed.</summary>
    private static Journal Open(IJournalFiles files, QuadStore store, Action<string>? message = null)
    {
        var journal = Journal.Open(files, store, message);
        journal.Moment = Timeout.InfiniteTimeSpan;
        return journal;
    }

    private static async Task WriteAsync(QuadStore store, Journal journal, Action<StoreTransaction> change)
    {
        long place;
        using (var transaction = await store.BeginAsync())
        {
            change(transaction);
            place = journal.Append(transaction);
            transaction.Commit();
        }

        await journal.FlushAsync(place);
    }

    private static void Add(StoreTransaction transaction, string subject, string predicate, string value, string? graph = null) =>
        transaction.Quad(
            new Iri("urn:" + subject).Encode(), new Iri("urn:" + predicate).Encode(), new Literal(value).Encode(), graph is null ? default : new Iri("urn:" + graph).Encode());
}
