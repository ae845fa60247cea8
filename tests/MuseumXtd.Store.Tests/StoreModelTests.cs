using CsCheck;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store.Tests;

/// <summary>The store against a plain set of quads, under random transactions.</summary>
public sealed class StoreModelTests
{
    private static readonly Iri Outside = new("http://x/g3");

    private static readonly Gen<Term> Subject = Gen.Int[0, 6].Select(i => i < 5 ? (Term)new Iri($"http://x/s{i}") : new BlankNode($"b{i}"));

    private static readonly Gen<Iri> Predicate = Gen.Int[0, 3].Select(i => new Iri($"http://x/p{i}"));

    private static readonly Gen<Term> Object = Gen.Int[0, 7].Select(i => i switch
    {
        < 3 => (Term)new Iri($"http://x/s{i}"),
        3 => new Literal("5", Rdf.Vocabulary.Xsd.Integer),
        4 => new Literal("05", Rdf.Vocabulary.Xsd.Integer),
        5 => new Literal("cinq", "fr"),
        6 => new TripleTerm(new Iri("http://x/s1"), new Iri("http://x/p1"), new Literal("x")),
        _ => new Literal(""),
    });

    private static readonly Gen<Term?> GraphName = Gen.Int[0, 4].Select(i => i == 0 ? (Term?)null : new Iri($"http://x/g{i}"));

    private static readonly Gen<Quad> AnyQuad = Gen.Select(Subject, Predicate, Object, GraphName, (s, p, o, g) => new Quad(s, p, o, g));

    private static readonly Gen<Step> AnyStep = Gen.Select(Gen.Int[0, 9], AnyQuad, (kind, quad) =>
        new Step(kind switch { 0 => Kind.Clear, 1 or 2 => Kind.Remove, _ => Kind.Add }, quad));

    private enum Kind
    {
        Add,
        Remove,
        Clear,
    }

    [Fact]
    public void Every_snapshot_says_what_a_plain_set_of_quads_says() =>
        AnyStep.Array[0, 12].Array[1, 6].Sample(
            transactions =>
            {
                using var store = new QuadStore(new StoreOptions { OutsideUnion = new HashSet<Iri> { Outside } });
                var model = new HashSet<Quad>();
                foreach (var steps in transactions)
                {
                    var before = store.Current;
                    var beforeModel = new HashSet<Quad>(model);
                    using (var transaction = store.Begin())
                    {
                        foreach (var step in steps)
                        {
                            Apply(transaction, model, step);
                        }

                        transaction.Commit();
                    }

                    Check(store.Current, model);
                    Check(before, beforeModel);
                    Assert.Equal(before.Generation + (model.SetEquals(beforeModel) ? 0 : 1), store.Current.Generation);
                }

                using var other = new QuadStore();
                using (var transaction = other.Begin())
                {
                    foreach (var quad in model.Reverse())
                    {
                        Apply(transaction, [], new Step(Kind.Add, quad));
                    }

                    Assert.Equal(store.Current.ContentHash, transaction.Commit().ContentHash);
                }
            },
            iter: 150);

    [Fact]
    public void A_dictionary_without_the_terms_of_earlier_states_says_the_same() =>
        AnyStep.Array[0, 12].Array[1, 6].Sample(
            transactions =>
            {
                using var store = new QuadStore(new StoreOptions { OutsideUnion = new HashSet<Iri> { Outside }, LeastUnusedTerms = 1 });
                var model = new HashSet<Quad>();
                foreach (var steps in transactions)
                {
                    using (var transaction = store.Begin())
                    {
                        foreach (var step in steps)
                        {
                            Apply(transaction, model, step);
                        }

                        transaction.Commit();
                    }

                    var before = store.Current;
                    var swept = store.SweepAsync().AsTask().GetAwaiter().GetResult();
                    Assert.Equal(swept ?? before, store.Current);
                    Assert.Equal(before.ContentHash, store.Current.ContentHash);
                    Assert.Equal(before.Generation + (swept is null ? 0 : 1), store.Current.Generation);
                    Assert.True(swept is null || before.Dictionary.Count - swept.Dictionary.Count >= Math.Max(1, swept.Dictionary.Count / 2));
                    Assert.True(swept is null || !store.TryGetChangedSubjects(before.Generation, swept.Generation, new HashSet<TermId>()));
                    Check(store.Current, model);
                    Check(before, model);
                }
            },
            iter: 150);

    [Fact]
    public async Task Small_transactions_on_a_large_store_are_seen_at_once_and_by_nobody_earlier()
    {
        var random = new Random(11);
        using var store = new QuadStore(new StoreOptions { OutsideUnion = new HashSet<Iri> { Outside }, LeastUnusedTerms = 1 });
        var model = new HashSet<Quad>();
        var sweeps = 0;
        var held = new List<(Snapshot Snapshot, HashSet<Quad> Model)>();
        for (var round = 0; round < 80; round++)
        {
            using var transaction = store.Begin();
            var steps = round == 0
                ? Enumerable.Range(0, 40_000).Select(_ => new Step(Kind.Add, RandomQuad())).ToList()
                : Enumerable.Range(0, random.Next(1, 20)).Select(_ => new Step(random.Next(3) == 0 ? Kind.Remove : Kind.Add, RandomQuad()))
                    .Concat(model.Take(random.Next(3)).Select(q => new Step(Kind.Remove, q)))
                    .Concat(model.Take(3).Select(q => new Step(Kind.Add, q with { Graph = RandomQuad().Graph }))).ToList();
            if (random.Next(8) == 0)
            {
                steps.Insert(0, new Step(Kind.Clear, new Quad(new Iri("http://x/s"), new Iri("http://x/p"), new Iri("http://x/o"), new Iri("http://x/g9"))));
            }

            foreach (var step in steps)
            {
                Apply(transaction, model, step);
            }

            var snapshot = transaction.Commit();
            CheckAbout(snapshot, model, steps.Take(60).Select(s => s.Quad));
            if (round % 20 == 5)
            {
                held.Add((snapshot, [.. model]));
            }

            if (round % 30 == 10)
            {
                // Terms that nothing says any more.
                using (var other = store.Begin())
                {
                    Enumerable.Range(0, 10_000).ToList().ForEach(i => other.Intern(new Iri($"http://x/gone{round}/{i}").Encode()));
                }

                sweeps += await store.SweepAsync() is null ? 0 : 1;
            }
        }

        Assert.Equal(3, sweeps);
        foreach (var (snapshot, then) in held)
        {
            CheckAbout(snapshot, then, then.Take(200).Concat(model.Take(200)));
            CheckIndex(snapshot, snapshot.NamedGraphs, then.Where(q => q.Graph is not null), counts: false);
            CheckIndex(snapshot, snapshot.Union, then.Where(q => q.Graph != Outside), counts: false);
        }

        Quad RandomQuad()
        {
            var graph = random.Next(12);
            return new Quad(
                new Iri($"http://x/s{random.Next(2000)}"),
                new Iri($"http://x/p{random.Next(6)}"),
                new Literal($"{random.Next(40)}"),
                graph == 0 ? null : new Iri($"http://x/g{graph}"));
        }
    }

    [Fact]
    public void A_transaction_that_is_not_committed_leaves_nothing()
    {
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            Apply(transaction, [], new Step(Kind.Add, new Quad(new Iri("http://x/s"), new Iri("http://x/p"), new Literal("o"))));
        }

        Assert.Equal(0, store.Current.QuadCount);
        Assert.Equal(0, store.Current.Generation);
    }

    private static void Apply(StoreTransaction transaction, HashSet<Quad> model, Step step)
    {
        var quad = step.Quad;
        var graph = quad.Graph?.Encode() ?? [];
        switch (step.Kind)
        {
            case Kind.Add:
                transaction.Quad(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), graph);
                model.Add(quad);
                break;
            case Kind.Remove:
                transaction.Remove(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), graph);
                model.Remove(quad);
                break;
            default:
                transaction.Clear(graph);
                model.RemoveWhere(q => q.Graph == quad.Graph);
                break;
        }
    }

    private static void CheckAbout(Snapshot snapshot, HashSet<Quad> model, IEnumerable<Quad> quads)
    {
        Assert.Equal(model.Count, snapshot.QuadCount);
        Assert.Equal(model.Where(q => q.Graph != Outside).DistinctBy(q => q with { Graph = null }).Count(), snapshot.Union.Count);
        Assert.Equal(model.Where(q => q.Graph is not null).DistinctBy(q => q with { Graph = null }).Count(), snapshot.NamedGraphs.Count);
        var graphsOf = model.ToLookup(q => q with { Graph = null }, q => q.Graph);
        foreach (var triple in quads.Select(q => q with { Graph = null }).Distinct())
        {
            var found = snapshot.Dictionary.TryGetId(triple.Subject.Encode(), out var s) & snapshot.Dictionary.TryGetId(triple.Predicate.Encode(), out var p)
                & snapshot.Dictionary.TryGetId(triple.Object.Encode(), out var o);
            if (found)
            {
                var named = graphsOf[triple].Where(g => g is not null).Select(g => Id(snapshot, g!).Value).Order();
                Assert.Equal(named, snapshot.GraphsOf(s, p, o).ToArray());
                Assert.Equal(graphsOf[triple].Any(g => g != Outside), snapshot.Union.Contains(s, p, o));
                Assert.Equal(graphsOf[triple].Any(g => g is not null), snapshot.NamedGraphs.Contains(s, p, o));
                Assert.Equal(graphsOf[triple].Contains(null), snapshot.DefaultGraph.Contains(s, p, o));
            }
        }
    }

    private static void Check(Snapshot snapshot, HashSet<Quad> model)
    {
        Assert.Equal(model.Count, snapshot.QuadCount);
        CheckIndex(snapshot, snapshot.DefaultGraph, model.Where(q => q.Graph is null));
        CheckIndex(snapshot, snapshot.Union, model.Where(q => q.Graph != Outside));
        CheckIndex(snapshot, snapshot.NamedGraphs, model.Where(q => q.Graph is not null));
        var names = model.Where(q => q.Graph is not null).Select(q => q.Graph!).Distinct().ToList();
        Assert.Equal(names.Count, snapshot.GraphNames.Length);
        foreach (var name in names)
        {
            Assert.True(snapshot.Dictionary.TryGetId(name.Encode(), out var id));
            Assert.True(snapshot.TryGetGraph(id, out var graph));
            CheckIndex(snapshot, graph, model.Where(q => q.Graph == name));
        }

        var chosen = names.Take(2).ToList();
        CheckIndex(
            snapshot,
            snapshot.Merge([TermId.Unbound, TermId.Of(TermTag.Iri, TermId.PayloadMask), .. chosen.Select(n => Id(snapshot, n))]),
            model.Where(q => q.Graph is null || chosen.Contains(q.Graph)));

        foreach (var quad in model)
        {
            var graphs = snapshot.GraphsOf(Id(snapshot, quad.Subject), Id(snapshot, quad.Predicate), Id(snapshot, quad.Object)).ToArray();
            var expected = model.Where(q => (q with { Graph = null }) == (quad with { Graph = null }) && q.Graph is not null)
                .Select(q => Id(snapshot, q.Graph!).Value).Order();
            Assert.Equal(expected, graphs);
        }
    }

    private static void CheckIndex(Snapshot snapshot, TripleIndex index, IEnumerable<Quad> quads, bool counts = true)
    {
        var expected = quads.Select(q => (Id(snapshot, q.Subject).Value, Id(snapshot, q.Predicate).Value, Id(snapshot, q.Object).Value)).Distinct().ToList();
        Assert.Equal(expected.Count, index.Count);
        foreach (var order in Enum.GetValues<TripleOrder>())
        {
            var sorted = expected.Select(t => Permute(order, t)).Order().ToList();
            var actual = new List<(uint, uint, uint)>();
            for (var key = 0; key < index.Keys(order).Length; key++)
            {
                for (var row = index.Starts(order)[key]; row < index.Starts(order)[key + 1]; row++)
                {
                    actual.Add((index.Keys(order)[key], index.All(order).Second[row], index.All(order).Third[row]));
                }
            }

            Assert.Equal(sorted, actual);
            foreach (var group in sorted.GroupBy(t => t.Item1))
            {
                Assert.Equal(group.Select(t => t.Item3), index.Range(order, new TermId(group.Key)).Third.ToArray());
                Assert.Equal(group.Select(t => t.Item2).Distinct().Count(), index.CountDistinctSecond(order, new TermId(group.Key)));
            }

            foreach (var group in sorted.GroupBy(t => (t.Item1, t.Item2)))
            {
                var range = index.Range(order, new TermId(group.Key.Item1), new TermId(group.Key.Item2));
                Assert.Equal(group.Select(t => t.Item3), range.Third.ToArray());
                Assert.Equal(group.Select(t => t.Item2), range.Second.ToArray());
            }
        }

        foreach (var (s, p, o) in counts ? expected : [])
        {
            for (var bound = 0; bound < 8; bound++)
            {
                var (ws, wp, wo) = ((bound & 1) == 0 ? 0 : s, (bound & 2) == 0 ? 0 : p, (bound & 4) == 0 ? 0 : o);
                Assert.Equal(
                    expected.Count(t => (ws == 0 || t.Item1 == ws) && (wp == 0 || t.Item2 == wp) && (wo == 0 || t.Item3 == wo)),
                    index.CountMatches(new TermId(ws), new TermId(wp), new TermId(wo)));
            }
        }
    }

    private static (uint, uint, uint) Permute(TripleOrder order, (uint S, uint P, uint O) t) => order switch
    {
        TripleOrder.Spo => (t.S, t.P, t.O),
        TripleOrder.Sop => (t.S, t.O, t.P),
        TripleOrder.Pso => (t.P, t.S, t.O),
        TripleOrder.Pos => (t.P, t.O, t.S),
        TripleOrder.Osp => (t.O, t.S, t.P),
        _ => (t.O, t.P, t.S),
    };

    private static TermId Id(Snapshot snapshot, Term term)
    {
        Assert.True(snapshot.Dictionary.TryGetId(term.Encode(), out var id));
        using var scratch = new ByteBuffer();
        Assert.Equal(term, Term.Decode(snapshot.Dictionary.Encoded(id, scratch)));
        return id;
    }

    private sealed record Step(Kind Kind, Quad Quad);
}
