using System.Buffers.Binary;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store.Files;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store.Tests.Files;

public sealed class SnapshotFileTests
{
    private static readonly Iri Outside = new("urn:outside");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(40, 1)]
    [InlineData(3_000, 1)]
    [InlineData(3_000, 5)]
    [InlineData(100_000, 1)]
    public void A_store_that_starts_from_a_file_holds_what_was_written(int quads, int graphs)
    {
        using var store = Filled(quads, graphs);
        store.Current.MakeAllOrders();

        using var mapped = StartFrom(Write(store.Current));

        AssertSame(store.Current, mapped.Current);
    }

    [Fact]
    public void Changes_on_top_of_a_file_are_those_on_top_of_what_was_written()
    {
        using var store = Filled(20_000, 4);
        using var mapped = StartFrom(Write(store.Current));
        for (var round = 0; round < 3; round++)
        {
            foreach (var target in (QuadStore[])[store, mapped])
            {
                using var transaction = target.Begin();
                for (var i = 0; i < 50; i++)
                {
                    Add(transaction, $"new{round}", $"p{i % 3}", i * round, i % 4);
                    transaction.Remove(Name($"s{i * 7}"), Name("p" + (i * 7 % 11)), Value(i * 7), i * 7 % 4 == 0 ? default : Name("g" + (i * 7 % 4)));
                }

                transaction.Clear(Name("g2"));
                transaction.Commit();
            }

            AssertSame(store.Current, mapped.Current);
        }
    }

    [Fact]
    public void The_same_data_gives_the_same_bytes()
    {
        using var store = Filled(5_000, 3);
        using var again = Filled(5_000, 3);

        Assert.Equal(Write(store.Current), Write(again.Current));
    }

    [Fact]
    public void Terms_that_nothing_uses_are_left_out()
    {
        using var store = Filled(1_000, 2);
        using (var transaction = store.Begin())
        {
            transaction.Clear(Name("g1"));
            Add(transaction, "last", "p", 12.5, 0);
            transaction.Commit();
        }

        using var mapped = StartFrom(Write(store.Current));

        Assert.False(mapped.Current.Dictionary.TryGetId(Name("s1"), out _));
        Assert.True(mapped.Current.Dictionary.TryGetId(Value(12.5), out var number) && mapped.Current.Dictionary.TryGetDouble(number, out var value) && value == 12.5);
        AssertSame(store.Current, mapped.Current);
    }

    [Fact]
    public void Graphs_outside_the_union_stay_outside()
    {
        using var store = new QuadStore(new StoreOptions { OutsideUnion = new HashSet<Iri> { Outside } });
        using (var transaction = store.Begin())
        {
            transaction.Quad(Name("a"), Name("p"), Value(1), Name("g"));
            transaction.Quad(Name("b"), Name("p"), Value(1), Outside.Encode());
            transaction.Commit();
        }

        var file = Write(store.Current);
        using var mapped = StartFrom(file);
        Assert.Equal(1, mapped.Current.Union.Count);

        using var others = new QuadStore(new StoreOptions { OutsideUnion = new HashSet<Iri> { new("urn:g") } });
        Assert.Equal(0, others.StartFrom(SnapshotFile.Open(MappedFile.Copy(file), "x.mxs")).Union.Count);
    }

    [Fact]
    public void A_file_that_is_cut_short_is_refused_wherever_it_ends()
    {
        using var store = Filled(200, 2);
        var bytes = Write(store.Current);
        for (var length = 0; length < bytes.Length; length += 61)
        {
            var e = Assert.Throws<SnapshotFileException>(() => SnapshotFile.Open(MappedFile.Copy(bytes.AsSpan(0, length)), "x.mxs"));
            Assert.StartsWith("x.mxs: ", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void A_file_with_something_behind_its_end_is_told_apart_from_one_that_was_cut_short(int more)
    {
        using var store = Filled(200, 2);
        byte[] bytes = [.. Write(store.Current), .. new byte[more]];
        var e = Assert.Throws<SnapshotFileException>(() => SnapshotFile.Open(MappedFile.Copy(bytes), "x.mxs"));
        Assert.Contains($"goes on for {more} bytes after its end", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_byte_is_changed_is_found()
    {
        using var store = Filled(200, 2);
        var bytes = Write(store.Current);
        foreach (var at in Enumerable.Range(0, 80).Concat(Enumerable.Range(0, bytes.Length / 131).Select(i => i * 131)).Concat(Enumerable.Range(bytes.Length - 200, 200)))
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x10;
            try
            {
                SnapshotFile.Open(MappedFile.Copy(damaged), "x.mxs").Verify();
                Assert.Fail($"byte {at}");
            }
            catch (SnapshotFileException)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void Other_files_versions_and_byte_orders_are_told_apart()
    {
        using var store = Filled(10, 1);
        var bytes = Write(store.Current);

        Assert.Contains("is no snapshot file", MessageFor("@prefix : <urn:x> . :a :b :c ."u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("version 99", MessageFor(With(8, 99)), StringComparison.Ordinal);
        Assert.Contains("byte order", MessageFor(With(12, 0x04030201)), StringComparison.Ordinal);

        byte[] With(int at, int value)
        {
            var changed = bytes.ToArray();
            BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(at), value);
            return changed;
        }

        static string MessageFor(byte[] bytes) =>
            Assert.Throws<SnapshotFileException>(() => SnapshotFile.Open(MappedFile.Copy(bytes), "x.mxs")).Message;
    }

    [Fact]
    public void Only_an_empty_store_starts_from_a_file()
    {
        using var store = Filled(10, 1);
        var file = SnapshotFile.Open(MappedFile.Copy(Write(store.Current)), "x.mxs");

        Assert.Throws<InvalidOperationException>(() => store.StartFrom(file));
    }

    private static QuadStore Filled(int quads, int graphs)
    {
        var store = new QuadStore();
        using var transaction = store.Begin();
        for (var i = 0; i < quads; i++)
        {
            Add(transaction, $"s{i}", "p" + (i % 11), i, i % graphs);
            transaction.Quad(Name($"s{i}"), Name("next"), Name($"s{i * 31 % quads}"), i % graphs == 0 ? default : Name("g" + (i % graphs)));
        }

        transaction.Commit();
        return store;
    }

    private static void Add(StoreTransaction transaction, string subject, string predicate, double value, int graph) =>
        transaction.Quad(Name(subject), Name(predicate), Value(value), graph == 0 ? default : Name("g" + graph));

    private static byte[] Name(string name) => new Iri("urn:" + name).Encode();

    private static byte[] Value(double value) => value switch
    {
        _ when value % 3 == 0 => new Literal(value.ToString(System.Globalization.CultureInfo.InvariantCulture)).Encode(),
        _ when value % 3 == 1 => new Literal(value.ToString(System.Globalization.CultureInfo.InvariantCulture), Rdf.Vocabulary.Xsd.Integer).Encode(),
        _ => new Literal(value.ToString(System.Globalization.CultureInfo.InvariantCulture), Rdf.Vocabulary.Xsd.Decimal).Encode(),
    };

    private static byte[] Write(Snapshot snapshot)
    {
        using var stream = new MemoryStream();
        SnapshotFile.Write(snapshot, stream);
        return stream.ToArray();
    }

    private static QuadStore StartFrom(byte[] bytes)
    {
        var file = SnapshotFile.Open(MappedFile.Copy(bytes), "x.mxs");
        file.Verify();
        var store = new QuadStore();
        store.StartFrom(file);
        return store;
    }

    private static void AssertSame(Snapshot expected, Snapshot actual)
    {
        Assert.Equal(expected.ContentHash, actual.ContentHash);
        Assert.Equal(expected.QuadCount, actual.QuadCount);
        Assert.Equal(TriplesOf(expected, expected.Union, TripleOrder.Spo), TriplesOf(actual, actual.Union, TripleOrder.Spo));
        foreach (var order in Enum.GetValues<TripleOrder>())
        {
            // Within a file ids keep their order, so rows do.
            Assert.Equal(TriplesOf(expected, expected.Union, order).Order(StringComparer.Ordinal), TriplesOf(actual, actual.Union, order).Order(StringComparer.Ordinal));
        }

        Assert.Equal(NamesOf(expected), NamesOf(actual));
        foreach (var name in expected.GraphNames)
        {
            expected.TryGetGraph(new TermId(name), out var graph);
            Assert.True(actual.Dictionary.TryGetId(TextOf(expected, name), out var id) && actual.TryGetGraph(id, out var other) && other.Count == graph.Count);
        }

        Assert.Equal(GraphsOf(expected), GraphsOf(actual));
    }

    private static List<string> TriplesOf(Snapshot snapshot, TripleIndex index, TripleOrder order)
    {
        var rows = new List<string>();
        var (keys, starts) = (index.Keys(order).ToArray(), index.Starts(order).ToArray());
        var all = index.All(order);
        for (var key = 0; key < keys.Length; key++)
        {
            Assert.Equal(starts[key + 1] - starts[key], index.Range(order, new TermId(keys[key])).Count);
            for (var row = starts[key]; row < starts[key + 1]; row++)
            {
                rows.Add(string.Join(' ', ((uint[])[keys[key], all.Second[row], all.Third[row]]).Select(t => Convert.ToHexString(TextOf(snapshot, t)))));
            }
        }

        return rows;
    }

    private static List<string> NamesOf(Snapshot snapshot) => [.. snapshot.GraphNames.ToArray().Select(n => Convert.ToHexString(TextOf(snapshot, n))).Order(StringComparer.Ordinal)];

    private static List<string> GraphsOf(Snapshot snapshot)
    {
        var rows = new List<string>();
        foreach (var triple in snapshot.Union.Triples)
        {
            foreach (var graph in snapshot.GraphsOf(new TermId(triple.A), new TermId(triple.B), new TermId(triple.C)))
            {
                rows.Add(string.Join(' ', ((uint[])[triple.A, triple.B, triple.C, graph]).Select(t => Convert.ToHexString(TextOf(snapshot, t)))));
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static byte[] TextOf(Snapshot snapshot, uint id)
    {
        using var scratch = new ByteBuffer();
        return snapshot.Dictionary.Encoded(new TermId(id), scratch).ToArray();
    }
}
