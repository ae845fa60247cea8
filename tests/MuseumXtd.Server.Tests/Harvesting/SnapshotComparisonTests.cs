using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>Looking only where something changed finds what looking everywhere finds.</summary>
public sealed class SnapshotComparisonTests
{
    private const string Base = "https://example.org/";
    private const string Ns = "https://w3id.org/museumxtd/ns#";

    private static readonly string[] Resources =
    [
        "initiative/a", "initiative/b", "initiative/a/p/x", "initiative/a/period/1", "output/o", "output/p", "note/n", "note/m", "organisation/q",
        "organisation/r", "place/ca", "place/ca-qc", "kinds/toolkit", "initiative/a/output/o",
    ];

    private static readonly string[] Classes = ["Initiative", "Output", "Organisation", "Note", "Place", "Participation"];

    private static readonly string[] Links =
        ["hasOutput", "outputOf", "describes", "mentions", "hasParticipation", "agent", "period", "place", "partOfPlace", "ledBy", "kind"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_changes_are_found_by_what_they_touch(int seed)
    {
        var random = new Random(seed);
        using var store = new QuadStore();
        var log = ChangeLogView.Of(store.Current, []);
        for (var round = 0; round < 200; round++)
        {
            var before = store.Current;
            using (var transaction = store.Begin())
            {
                for (var n = random.Next(1, 4); n > 0; n--)
                {
                    var (s, p, o) = Statement(random);
                    var graph = random.Next(3) == 0 ? default : new Iri(Base + "graph/note/" + random.Next(3)).Encode();
                    if (random.Next(3) == 0)
                    {
                        foreach (var g in (byte[][])[[], .. Enumerable.Range(0, 3).Select(i => new Iri(Base + "graph/note/" + i).Encode())])
                        {
                            transaction.Remove(s.Encode(), p.Encode(), o.Encode(), g);
                        }
                    }
                    else
                    {
                        transaction.Quad(s.Encode(), p.Encode(), o.Encode(), graph);
                    }
                }

                transaction.Commit();
            }

            var now = store.Current;
            var changed = new HashSet<TermId>();
            Assert.True(store.TryGetChangedSubjects(before.Generation, now.Generation, changed));
            var comparison = new SnapshotComparison(now, Base, log);
            var all = comparison.CompareAll(default);
            Assert.Equal(all, comparison.Compare(before, changed, default));
            log = log.Then(now, [.. all.Select((d, i) => new ResourceChange(log.History.Count + i + 1, DateTime.UnixEpoch, d.Kind, d.Resource, d.Traits, d.Hash))]);
        }

        Assert.True(log.History.Count > 100);
    }

    [Fact]
    public void Labels_of_blank_nodes_mean_nothing()
    {
        Assert.Equal(Hash("_:a", "_:b"), Hash("_:x1", "_:x0"));
        Assert.NotEqual(Hash("_:a", "_:b"), Hash("_:a", "_:b", "2024"));

        static UInt128 Hash(string first, string second, string year = "2023")
        {
            using var store = new QuadStore();
            using (var transaction = store.Begin())
            {
                Add(transaction, $"<{Base}initiative/a>", RdfNames.Type.Value, $"<{Ns}Initiative>");
                Add(transaction, $"<{Base}initiative/a>", Ns + "period", first);
                Add(transaction, first, Ns + "startYear", $"\"{year}\"");
                Add(transaction, first, Ns + "note", second);
                Add(transaction, second, Ns + "sourceText", "\"depuis\"");
                transaction.Commit();
            }

            return new SnapshotComparison(store.Current, Base, ChangeLogView.Of(store.Current, [])).CompareAll(default).Single().Hash;
        }

        static void Add(StoreTransaction transaction, string s, string p, string o) =>
            transaction.Quad(Term(s).Encode(), new Iri(p).Encode(), Term(o).Encode(), default);

        static Term Term(string text) => text[0] switch
        {
            '<' => new Iri(text[1..^1]),
            '_' => new BlankNode(text[2..]),
            _ => new Literal(text[1..^1]),
        };
    }

    private static (Term S, Iri P, Term O) Statement(Random random)
    {
        Term subject = random.Next(8) == 0 ? new BlankNode("b" + random.Next(2)) : Resource(random);
        return random.Next(4) switch
        {
            0 => (subject, RdfNames.Type, new Iri(Ns + Classes[random.Next(Classes.Length)])),
            1 => (subject, new Iri(Ns + (random.Next(2) == 0 ? "name" : "startYear")), new Literal("v" + random.Next(3))),
            2 => (subject, new Iri(Ns + Links[random.Next(Links.Length)]), new BlankNode("b" + random.Next(2))),
            _ => (subject, new Iri(Ns + Links[random.Next(Links.Length)]), Resource(random)),
        };
    }

    private static Iri Resource(Random random) => new(Base + Resources[random.Next(Resources.Length)]);
}
