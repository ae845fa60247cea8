using CsCheck;

namespace MuseumXtd.Store.Tests;

/// <summary>Indexes on ids alone: dense and sparse, small and large, built at once and changed step by step.</summary>
public sealed class TripleIndexTests
{
    private static readonly Gen<uint> DenseTerm = Gen.Int[1, 400].Select(i => TermId.Of(TermTag.Iri, (uint)i).Value);

    private static readonly Gen<uint> SparseTerm = Gen.Select(
        Gen.Int[(int)TermTag.BlankNode, (int)TermTag.TripleTerm],
        Gen.UInt[0, TermId.PayloadMask],
        (tag, payload) => TermId.Of((TermTag)tag, payload).Value);

    private static readonly Gen<uint> AnyTerm = Gen.Frequency((9, DenseTerm), (1, SparseTerm));

    private static readonly Gen<Triple> AnyTriple = Gen.Select(AnyTerm, Gen.UInt[1, 9], AnyTerm, (s, p, o) => new Triple(s, (2u << 28) | p, o));

    [Fact]
    public void An_index_holds_each_triple_once_in_every_order() =>
        AnyTriple.Array[0, 600].Sample(triples => Check(Index(triples), triples), iter: 100);

    [Fact]
    public void Changes_give_the_index_that_building_gives() =>
        Gen.Select(AnyTriple.Array[0, 600], AnyTriple.Array[0, 80], Gen.Int[1, 40], Gen.Bool).Sample(
            (before, more, every, makeOrders) =>
            {
                var index = Index(before);
                if (makeOrders)
                {
                    index.MakeAllOrders();
                }

                var removed = before.Distinct().Where((_, i) => i % every == 0).ToHashSet();
                var added = more.Except(before).ToList();

                Check(index.Apply(Index(added), Index(removed)), before.Except(removed).Concat(added));
                Check(index, before);
            },
            iter: 50);

    [Fact]
    public void Sets_of_triples_are_joined_and_subtracted() =>
        Gen.Select(AnyTriple.Array[0, 200], AnyTriple.Array[0, 20], AnyTriple.Array[0, 20]).Sample(
            (a, b, c) =>
            {
                Check(TripleIndex.Gather([Index(a), Index(b), Index(c)]), a.Concat(b).Concat(c));
                Check(Index(a).Except(Index([.. a.Take(30), .. b])), a.Except(a.Take(30)).Except(b));
            },
            iter: 100);

    [Fact]
    public void A_large_index_is_the_same_made_on_several_cores()
    {
        var random = new Random(7);
        var triples = Enumerable.Range(0, 200_000)
            .Select(_ => new Triple(TermId.Of(TermTag.Iri, (uint)random.Next(30_000)).Value, (2u << 28) | (uint)random.Next(20), (uint)random.Next(1, int.MaxValue)))
            .ToArray();
        var index = Index(triples);
        index.MakeAllOrders();
        var added = Index([new Triple(7, 7, 7), new Triple(triples[5].A, 3, 3)]);
        var removed = Index(triples.Take(3));

        CheckColumns(index.Apply(added, removed), [.. triples.Except(triples.Take(3)), new Triple(7, 7, 7), new Triple(triples[5].A, 3, 3)]);
    }

    [Fact]
    public void Distinct_values_of_long_ranges_are_counted_exactly()
    {
        var index = Index(Enumerable.Range(0, 5000).Select(i => new Triple((uint)(i % 700) + 10, 5, (uint)i + 10)));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(700, index.CountDistinctSecond(TripleOrder.Pso, new TermId(5)));
            Assert.Equal(5000, index.CountDistinctSecond(TripleOrder.Pos, new TermId(5)));
            Assert.Equal(0, index.CountDistinctSecond(TripleOrder.Pos, new TermId(6)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Small_changes_of_a_large_index_are_seen_in_every_question(int seed)
    {
        var random = new Random(seed);
        var model = Enumerable.Range(0, 20_000).Select(_ => RandomTriple()).ToHashSet();
        var gone = new List<Triple>();
        var index = Index(model);
        var earlier = new List<(TripleIndex Index, HashSet<Triple> Model)>();
        for (var round = 0; round < 40; round++)
        {
            var removed = model.Where(_ => random.Next(1000) == 0).ToHashSet();
            var added = Enumerable.Range(0, random.Next(60)).Select(_ => RandomTriple())
                .Concat(gone.Where(_ => random.Next(8) == 0)).Where(t => !model.Contains(t)).ToHashSet();
            index = index.Apply(Index(added), Index(removed));
            model.ExceptWith(removed);
            model.UnionWith(added);
            gone.AddRange(removed);

            CheckQuestions(index, model, [.. added.Take(15), .. removed.Take(15), .. model.Take(5)]);
            if (random.Next(4) == 0)
            {
                _ = index.Keys((TripleOrder)random.Next(6));
            }

            if (random.Next(12) == 0)
            {
                earlier.Add((index, [.. model]));
            }
        }

        earlier.Add((index, model));
        foreach (var (old, oldModel) in earlier)
        {
            CheckColumns(old, oldModel);
        }

        Triple RandomTriple() =>
            new(TermId.Of(TermTag.Iri, (uint)random.Next(1, 3000)).Value, (2u << 28) | (uint)random.Next(12), (3u << 28) | (uint)random.Next(4000));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void A_term_whose_rows_are_nearly_all_recent_is_answered_in_full_and_in_part(int seed)
    {
        var random = new Random(seed);
        var model = Enumerable.Range(0, 300_000).Select(i => Triple(i / 3, i % 3, i % 3 == 2 && i < 120 ? i : random.Next(50_000))).ToHashSet();
        model.RemoveWhere(t => t.B == Triple(0, 2, 0).B && t.A > Triple(40, 0, 0).A);
        var index = Index(model);
        var hot = Triple(0, 2, 0).B;
        var rows = model.Where(t => t.B == hot).ToList();
        for (var round = 0; round < 2500; round++)
        {
            var added = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Triple(random.Next(200_000), 2, random.Next(9))).Where(t => !model.Contains(t)).ToHashSet();
            var removed = rows.Count > 0 && random.Next(2) == 0 ? rows.Skip(random.Next(rows.Count)).Take(random.Next(1, 4)).ToHashSet() : [];
            index = index.Apply(Index(added), Index(removed));
            model.ExceptWith(removed);
            model.UnionWith(added);
            rows.RemoveAll(removed.Contains);
            rows.AddRange(added);
            if (round % 100 == 99)
            {
                var expected = rows.Select(t => t.In(TripleOrder.Pso)).Order().ToList();
                Assert.True(index.Range(TripleOrder.Pso, new TermId(hot)).Third.SequenceEqual(expected.ConvertAll(t => t.C).ToArray()));
                foreach (var wanted in (int[])[1, 10, 600, 1000, 5000])
                {
                    var prefix = index.Prefix(TripleOrder.Pso, new TermId(hot), default, wanted);
                    CheckPrefix(prefix.Second, [.. expected.Select(t => t.B)], wanted);
                    CheckPrefix(prefix.Third, [.. expected.Select(t => t.C)], wanted);
                }

                Assert.Equal(expected.Select(t => t.B).Distinct().Count(), index.CountDistinctSecond(TripleOrder.Pso, new TermId(hot)));
            }
        }

        CheckColumns(index, model);

        static Triple Triple(int s, int p, int o) => new((2u << 28) | (uint)s, (2u << 28) | (uint)(900_000 + p), (3u << 28) | (uint)o);
    }

    [Fact]
    public void Changes_that_are_taken_back_for_ever_do_not_make_every_look_up_look_for_them()
    {
        var terms = new ChangedTerms(20_000);
        for (var i = 0; i < 20_000; i++)
        {
            Assert.Equal(i > 8 * 256, terms.IsWornOut(10));
            Assert.False(terms.IsWornOut(i));
            terms.Add(Index([new Triple((2u << 28) | 1, (2u << 28) | 2, (3u << 28) | (uint)i)]));
        }

        // A counter: the base has one triple of it, and what comes and goes is seen right all the time.
        var model = Enumerable.Range(0, 20_000).Select(i => new Triple((2u << 28) | (uint)(i + 1), (2u << 28) | 40_000, (3u << 28) | (uint)i)).ToHashSet();
        var index = Index(model);
        var value = model.First();
        for (uint i = 0; i < 6000; i++)
        {
            var next = value with { C = (3u << 28) | (i + 30_000) };
            index = index.Apply(Index([next]), Index([value]));
            Assert.True(index.Contains(next));
            Assert.False(index.Contains(value));
            Assert.Equal(1, index.CountMatches(new TermId(next.A), new TermId(next.B), default));
            value = next;
        }

        model.RemoveWhere(t => t.A == value.A);
        model.Add(value);
        CheckQuestions(index, model, [value, .. model.Take(5)]);
    }

    [Fact]
    public void Changes_of_one_state_by_several_are_each_seen_by_their_own()
    {
        // As when a transaction is given up, and when a reader joins graphs while a writer goes on.
        var model = Enumerable.Range(0, 20_000).Select(i => Triple(i, i % 3)).ToHashSet();
        var before = Index(model).Apply(Index([Triple(-1, 1)]), Index([Triple(7, 1)]));
        model.Add(Triple(-1, 1));
        model.Remove(Triple(7, 1));
        Parallel.For(1, 200, number =>
        {
            var (index, own) = (before, model.ToHashSet());
            for (var step = 0; step < 5; step++)
            {
                var (added, removed) = (Triple(30_000 + (number * 10) + step, number % 3), Triple((number * 50) + (step * 3), number * 50 % 3));
                Assert.Equal(own.Remove(removed), index.Contains(removed));
                index = index.Apply(Index([added]), Index([removed]));
                own.Add(added);
                Assert.True(index.Contains(added));
                Assert.Equal(own.Count, index.Count);
            }

            CheckColumns(index, own);
        });
        CheckColumns(before, model);

        static Triple Triple(int s, int p) => new((2u << 28) | (uint)(s + 1), (2u << 28) | (uint)(40_000 + p), 3u << 28);
    }

    [Fact]
    public async Task States_that_are_read_at_the_same_time_keep_their_own_ranges()
    {
        // A long range changes in some states and not in others; each state is asked again and again while others are.
        var random = new Random(8);
        var model = Enumerable.Range(0, 20_000).Select(i => Triple(i, i % 3, i % 50)).ToHashSet();
        var index = Index(model);
        index.MakeAllOrders();
        var states = new List<(TripleIndex Index, uint[][] Subjects)>();
        for (var round = 0; round < 24; round++)
        {
            var added = Enumerable.Range(0, random.Next(4)).Select(_ => Triple(random.Next(30_000), random.Next(3), random.Next(50))).Where(t => !model.Contains(t)).ToHashSet();
            var removed = random.Next(2) == 0 ? model.Skip(random.Next(10_000)).Take(2).ToHashSet() : [];
            index = index.Apply(Index(added), Index(removed));
            model.ExceptWith(removed);
            model.UnionWith(added);
            states.Add((index, [.. Enumerable.Range(0, 3).Select(p => model.Where(t => t.B == Triple(0, p, 0).B).Select(t => t.A).Order().ToArray())]));
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), (i, _) =>
        {
            var (state, subjects) = states[i * 7919 % states.Count];
            var predicate = i / states.Count % 2;
            Assert.Equal(subjects[predicate], state.Range(TripleOrder.Pso, new TermId(Triple(0, predicate, 0).B)).Second.ToArray());
            return ValueTask.CompletedTask;
        });

        static Triple Triple(int s, int p, int o) => new((2u << 28) | (uint)s, (2u << 28) | (uint)(40_000 + p), (3u << 28) | (uint)o);
    }

    [Theory]
    [InlineData(4, 40_000, 900, 150)]
    [InlineData(5, 40_000, 900, 150)]
    [InlineData(6, 300_000, 4000, 1999)]
    public void Many_changes_of_a_few_triples_are_seen_in_every_question(int seed, int size, int rounds, int checkEach)
    {
        // So many that the latest are sorted now and then; with the large base, that what is sorted is kept in parts itself.
        var random = new Random(seed);
        var model = Enumerable.Range(0, size).Select(_ => RandomTriple()).ToHashSet();
        var index = Index(model);
        var first = (Index: index, Model: model.ToArray());
        var touched = new List<Triple>();
        for (var round = 0; round < rounds; round++)
        {
            var added = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(3) == 0 && touched.Count > 0 ? touched[random.Next(touched.Count)] : RandomTriple())
                .Where(t => !model.Contains(t)).ToHashSet();
            var removed = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(2) == 0 && touched.Count > 0 ? touched[random.Next(touched.Count)] : first.Model[random.Next(first.Model.Length)])
                .Where(model.Contains).ToHashSet();
            index = index.Apply(Index(added), Index(removed));
            model.ExceptWith(removed);
            model.UnionWith(added);
            touched.AddRange(added.Concat(removed));
            if (round % checkEach == checkEach - 1)
            {
                CheckQuestions(index, model, [.. added, .. removed, .. touched.Take(5), .. model.Take(5)]);
            }
            else
            {
                // What is known of one state goes on to the next.
                _ = index.CountKeys((TripleOrder)random.Next(6));
            }
        }

        CheckColumns(index, model);
        CheckColumns(first.Index, [.. first.Model]);

        Triple RandomTriple() =>
            new(TermId.Of(TermTag.Iri, (uint)random.Next(1, 30_000)).Value, (2u << 28) | (uint)random.Next(12), (3u << 28) | (uint)random.Next(20_000));
    }

    [Fact]
    public void Changes_that_come_while_others_are_merged_are_kept_as_well()
    {
        // Large enough for merges beside the writer.
        var random = new Random(5);
        var model = Enumerable.Range(0, 300_000).Select(i => Triple(i % 9000, i / 9000 % 12, random.Next(50_000))).ToHashSet();
        var index = Index(model);
        index.MakeAllOrders();
        var earlier = (Index: index, Model: model.ToArray());
        for (var round = 0; round < 60; round++)
        {
            var added = Enumerable.Range(0, 200).Select(_ => Triple(random.Next(9500), random.Next(13), random.Next(50_000))).Where(t => !model.Contains(t)).ToHashSet();
            var removed = model.Skip(random.Next(200_000)).Take(100).ToHashSet();
            index = index.Apply(Index(added), Index(removed));
            model.ExceptWith(removed);
            model.UnionWith(added);
            if (round == 30)
            {
                earlier = (index, [.. model]);
            }

            if (round % 8 == 7)
            {
                // Sometimes the merge is done before the next change, sometimes not.
                Thread.Sleep(random.Next(200));
            }

            Assert.Equal(model.Count, index.Count);
        }

        CheckColumns(earlier.Index, earlier.Model);
        CheckColumns(index, model);

        static Triple Triple(int s, int p, int o) => new((2u << 28) | (uint)s, (2u << 28) | (uint)(20_000 + p), (3u << 28) | (uint)o);
    }

    private static void CheckQuestions(TripleIndex index, HashSet<Triple> model, Triple[] about)
    {
        Assert.Equal(model.Count, index.Count);
        foreach (var triple in about)
        {
            Assert.Equal(model.Contains(triple), index.Contains(triple));
        }

        foreach (var order in Enum.GetValues<TripleOrder>())
        {
            var sorted = model.Select(t => t.In(order)).Order().ToLookup(t => t.A);
            Assert.Equal(sorted.Count, index.CountKeys(order));
            var keys = sorted.Select(g => g.Key).ToArray();
            foreach (var key in about.Select(t => t.In(order).A).Distinct())
            {
                var place = Array.BinarySearch(keys, key);
                Assert.Equal(keys.ElementAtOrDefault(place < 0 ? ~place : place), index.NextKey(order, new TermId(key)).Value);
                Assert.Equal(keys.ElementAtOrDefault(place < 0 ? ~place : place + 1), index.NextKey(order, new TermId(key + 1)).Value);
            }

            foreach (var (first, second, _) in about.Select(t => t.In(order)))
            {
                var expected = sorted[first].ToList();
                var range = index.Range(order, new TermId(first));
                Assert.True(range.Second.SequenceEqual(expected.ConvertAll(t => t.B).ToArray()));
                Assert.True(range.Third.SequenceEqual(expected.ConvertAll(t => t.C).ToArray()));
                Assert.Equal(expected.Select(t => t.B).Distinct().Count(), index.CountDistinctSecond(order, new TermId(first)));
                var both = expected.Where(t => t.B == second).Select(t => t.C).ToArray();
                Assert.True(index.Range(order, new TermId(first), new TermId(second)).Third.SequenceEqual(both));
                foreach (var rows in (int[])[1, 3, 20, 100_000])
                {
                    CheckPrefix(index.Prefix(order, new TermId(first), default, rows).Third, [.. expected.Select(t => t.C)], rows);
                    CheckPrefix(index.Prefix(order, new TermId(first), new TermId(second), rows).Third, both, rows);
                }
            }
        }

        foreach (var (s, p, o) in about.Where((_, i) => i % 5 == 0))
        {
            for (var bound = 0; bound < 8; bound++)
            {
                var (ws, wp, wo) = ((bound & 1) == 0 ? 0 : s, (bound & 2) == 0 ? 0 : p, (bound & 4) == 0 ? 0 : o);
                Assert.Equal(
                    model.Count(t => (ws == 0 || t.A == ws) && (wp == 0 || t.B == wp) && (wo == 0 || t.C == wo)),
                    index.CountMatches(new TermId(ws), new TermId(wp), new TermId(wo)));
            }
        }
    }

    private static void CheckPrefix(ReadOnlySpan<uint> actual, uint[] expected, int rows)
    {
        Assert.True(actual.Length >= Math.Min(rows, expected.Length));
        Assert.True(actual.SequenceEqual(expected.AsSpan(0, actual.Length)));
    }

    private static TripleIndex Index(IEnumerable<Triple> triples)
    {
        var buffer = new TripleBuffer();
        foreach (var triple in triples)
        {
            buffer.Add(triple);
        }

        return buffer.ToIndex();
    }

    private static void Check(TripleIndex index, IEnumerable<Triple> expected)
    {
        var triples = expected.Distinct().ToList();
        CheckColumns(index, triples);
        foreach (var order in Enum.GetValues<TripleOrder>())
        {
            foreach (var group in triples.Select(t => t.In(order)).GroupBy(t => t.A))
            {
                Assert.Equal(group.Order().Select(t => t.C), index.Range(order, new TermId(group.Key)).Third.ToArray());
                var second = group.First().B;
                Assert.Equal(
                    group.Where(t => t.B == second).Select(t => t.C).Order(), index.Range(order, new TermId(group.Key), new TermId(second)).Third.ToArray());
                Assert.True(index.Range(order, new TermId(group.Key), new TermId(second ^ 0x0A00_0000)).IsEmpty);
            }
        }

        foreach (var absent in (uint[])[1, TermId.Of(TermTag.Iri, 0).Value, TermId.Of(TermTag.Iri, 401).Value, uint.MaxValue - 1])
        {
            Assert.True(index.Range(TripleOrder.Spo, new TermId(absent)).IsEmpty || triples.Exists(t => t.A == absent));
        }
    }

    private static void CheckColumns(TripleIndex index, IEnumerable<Triple> expected)
    {
        var triples = expected.Distinct().ToArray();
        Assert.Equal(triples.Length, index.Count);
        foreach (var order in Enum.GetValues<TripleOrder>())
        {
            var sorted = Array.ConvertAll(triples, t => t.In(order));
            Array.Sort(sorted);
            Assert.True(index.All(order).Second.SequenceEqual(Array.ConvertAll(sorted, t => t.B)));
            Assert.True(index.All(order).Third.SequenceEqual(Array.ConvertAll(sorted, t => t.C)));
            Assert.Equal(sorted.Select(t => t.A).Distinct(), index.Keys(order).ToArray());
            Assert.Equal(sorted.Length, index.Starts(order)[^1]);
        }
    }
}
