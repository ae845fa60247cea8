using System.Text;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden.Tests;

/// <summary>
/// A reader that follows a garden finds what it would find if it looked at everything anew: the same statements, identifiers, redirects and diagnostics, with
/// and without remembered identifiers, whatever notes have in common and however that changes.
/// </summary>
public sealed class FollowingTests
{
    private static readonly string[] Names = ["Alpha", "Beta", "Gamma", "Delta", "Été", "alpha", "Fonds Alpha", "Musée Delta", "Maison Gamma", "★"];
    private static readonly string[] Folders = ["", "Notes/", "Notes/Europe/", "Archives/"];

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    public void Following_gives_what_looking_at_everything_anew_gives(int seed, bool remembers)
    {
        using var garden = new TemporaryGarden();
        using var state = new TemporaryGarden();
        var random = new Random(seed);
        for (var i = 0; i < 8; i++)
        {
            garden.Write(Path.GetRelativePath(garden.Root, Target(garden, random)), Note(random));
        }

        GardenOptions Options(string identities) => new()
        {
            Roots = [garden.Root],
            KeepLastGood = true,
            RemembersIdentities = remembers,
            IdentityFile = remembers ? Path.Combine(state.Root, identities) : null,
            Clock = new StoppedClock(),
        };
        var (follows, forgets) = (new GardenReader(Options("one.csv")), new GardenReader(Options("other.csv")));
        follows.Build();
        forgets.Build();
        for (var step = 0; step < 40; step++)
        {
            var changed = Edit(garden, random);
            forgets.Forget();
            var (one, other) = (follows.Build(changed), forgets.Build(changed));
            Assert.Equal(Quads(other), Quads(one));
            Assert.Equal(other.Diagnostics, one.Diagnostics);
            Assert.Equal(other.Redirects.OrderBy(r => r.Key, StringComparer.Ordinal), one.Redirects.OrderBy(r => r.Key, StringComparer.Ordinal));
            Assert.Equal(other.Gone.OrderBy(g => g.Key, StringComparer.Ordinal), one.Gone.OrderBy(g => g.Key, StringComparer.Ordinal));
            Assert.Equal(other.NoteFiles.OrderBy(n => n.Key, StringComparer.Ordinal), one.NoteFiles.OrderBy(n => n.Key, StringComparer.Ordinal));
            follows.SaveIdentities();
            forgets.SaveIdentities();
            if (remembers)
            {
                Assert.Equal(File.ReadAllText(Path.Combine(state.Root, "other.csv")), File.ReadAllText(Path.Combine(state.Root, "one.csv")));
            }
        }
    }

    private static string[] Edit(TemporaryGarden garden, Random random)
    {
        var files = Directory.EnumerateFiles(garden.Root, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var target = Target(garden, random);
        var some = files.Length > 0 ? Some(random, files) : target;
        switch (random.Next(9))
        {
            case 0 when files.Length > 2:
                File.Delete(some);
                return [some];
            case 1 when files.Length > 0:
                File.Move(some, target, overwrite: true);
                return [some, target];
            case 2 when files.Length > 0:
                File.AppendAllText(some, $"\nVoir [[{Some(random, Names)}]] et [[Nulle part {random.Next(3)}]].\n\n## Liste des initiatives\n- [Mesure {random.Next(5)}](https://m{random.Next(5)}.example.org/) (Suisse, 2020)\n");
                return [some];
            case 3 when files.Length > 0:
                File.WriteAllText(some, File.ReadAllText(some).Replace(Some(random, Names), Some(random, Names), StringComparison.Ordinal));
                return [some];
            case 4 when random.Next(6) == 0:
                var registry = Path.Combine(garden.Root, "identities.csv");
                if (File.Exists(registry))
                {
                    File.Delete(registry);
                }
                else
                {
                    File.WriteAllText(registry, $"type,id,name,path,replaced-by\ninitiative,fix,{Some(random, Names)},,\norganisation,gel,{Some(random, Names)},,\ninitiative,vieux,,,fix\nnote,n1,,Alpha.md,\n");
                }

                return [registry];
            default:
                File.WriteAllText(target, Note(random));
                return [target];
        }
    }

    private static string Note(Random random)
    {
        string Name() => Some(random, Names);
        string Page() => $"https://{random.Next(4)}.example.org/";
        return random.Next(11) switch
        {
            0 => $"---\ntype: organisation\nnom: {Name()}\nsigle: {Name()[..1]}\npays: Suisse\n---\n",
            1 => $"---\ntype: projet\nnom: Projet {Name()}\nid: p{random.Next(3)}\nporteurs: [\"[[{Name()}]]\"]\ndebut: {random.Next(2010, 2014)}\n---\n",
            2 => $"# Liste des initiatives\n- [Projet {Name()}]({Page()}) (Suisse, {random.Next(2010, 2014)})\n  Ce projet est porté par {Name()}.\n"
                + $"- [Projet {Name()}]({Page()}) (France)\n  Le projet a produit une charte, un guide et une plateforme.\n",
            3 => $"---\ntype: projet\nnom: \"{Name()}\npays: [\n---\n# {Name()}\n",
            4 => $"### [{Name()}]({Page()})\nCe guide est réalisé par {Name()}.\n",
            5 => $"---\ntype: projet\nnom: {Name()}\naliases: [{Name()}, {Name()}]\nurl: {Page()}\nfinanceurs: [{Name()}, Horizon 2020]\n"
                + $"partenaires: [\"[[{Name()}]]\", {Name()}]\nfait partie de: \"[[{Name()}]]\"\nstatut: {(random.Next(2) == 0 ? "terminé" : "en cours")}\n---\n{Name()} propose une charte et un outil. [[{Name()}]]\n",
            6 => $"---\ntype: personne\nnom: Anne {Name()}\nmembre de: {Name()}\n---\n",
            7 => $"---\ntype: organisation\nnom: {Name()}\naliases: [{Name()}]\nurl: {Page()}\n---\n",
            8 => $"---\ntype: programme\nnom: {Name()}\n---\nVoir [[{Name()}]].\n",
            9 => $"---\ntitle: {Name()}\ntype: projet\nsuccède à: {Name()}\nporteurs: {Name()}\n---\n",
            _ => $"# {Name()}\n[[{Name()}|ici]]\n",
        };
    }

    private static string Target(TemporaryGarden garden, Random random)
    {
        var target = Path.Combine(garden.Root, Some(random, Folders) + Some(random, Names) + ".md");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        return target;
    }

    private static string Some(Random random, string[] from) => from[random.Next(from.Length)];

    private static List<string> Quads(GardenGraph garden)
    {
        var quads = new List<string>();
        foreach (var graph in garden.Graphs.Where(g => !g.Iri.EndsWith("/vocabulary", StringComparison.Ordinal) && !g.Iri.EndsWith("/places", StringComparison.Ordinal)))
        {
            graph.WriteTo(new Sink(quads));
        }

        return quads;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    private sealed class Sink(List<string> quads) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            quads.Add($"{Encoding.UTF8.GetString(subject)} {Encoding.UTF8.GetString(predicate)} {Encoding.UTF8.GetString(@object)} {Encoding.UTF8.GetString(graph)}");
    }
}
