using System.Text;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden.Tests;

/// <summary>Whatever is edited, renamed, deleted, moved or broken: building again says what building anew says, and so do the changes alone.</summary>
public sealed class RandomEditTests
{
    private static readonly string[] Names = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Été", "E\u0301te\u0301", "alpha"];
    private static readonly string[] Folders = ["", "Notes/", "Notes/Europe/", "Archives/"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_edits_give_what_a_new_reader_gives(int seed)
    {
        using var garden = new TemporaryGarden();
        using var elsewhere = new TemporaryGarden().Write("Ailleurs.md", Note(new Random(seed))).Write("Dossier/Dedans.md", Note(new Random(seed + 1)));
        var random = new Random(seed);
        for (var i = 0; i < 6; i++)
        {
            garden.Write(Some(random, Folders) + Some(random, Names) + ".md", Note(random));
        }

        var options = new GardenOptions { Roots = [garden.Root] };
        var reader = new GardenReader(options);
        var told = new GardenReader(options);
        told.Build();
        var mirror = new HashSet<string>(StringComparer.Ordinal);
        var graphs = new Dictionary<string, NamedGraph>(StringComparer.Ordinal);
        for (var step = 0; step < 30; step++)
        {
            // As a watcher tells it: of a folder that is moved, its old path and its new one, and nothing of what is in it.
            var changed = Edit(garden, elsewhere.Root, random);
            var again = reader.Build();
            var anew = new GardenReader(options).Build();
            Assert.Equal(Quads(anew), Quads(again));
            Assert.Equal(anew.Diagnostics, again.Diagnostics);
            var byPaths = told.Build(changed);
            Assert.Equal(Quads(anew), Quads(byPaths));
            Assert.Equal(anew.Diagnostics, byPaths.Diagnostics);
            Assert.Same(byPaths, told.Build([Path.Combine(garden.Root, ".obsidian.tmp"), Path.Combine(garden.Root, "image.png")]));
            Assert.Same(byPaths, told.Build());
            Assert.Equal(anew.Graphs.Select(g => g.ContentHash), again.Graphs.Select(g => g.ContentHash));
            Follow(again, graphs, mirror);
            Assert.Equal(Quads(anew), mirror.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Statements_are_counted_once_in_graphs_made_of_parts()
    {
        var graph = GraphView.Of(TestFolders.Small).Garden;
        Assert.Equal(graph.Count, Quads(graph).Count);
    }

    [Fact]
    public void Note_that_breaks_stays_as_it_was_while_serving_and_is_called_stale()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Alpha\npays: Suisse\n---\n");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true });
        var good = Quads(reader.Build());
        foreach (var broken in (byte[][])["---\ntype: projet\nnom: \"Alpha\npays: [\n---\n"u8.ToArray(), [1, 0, 2], "---\ntype: projet\nnom: Alpha\n"u8.ToArray()])
        {
            garden.Write("a.md", broken);
            var graph = reader.Build();
            Assert.Equal(good, Quads(graph));
            Assert.Contains(graph.Diagnostics, d => d is { File: "a.md", Code: "MXG0108" });
            Assert.Contains(graph.Diagnostics, d => d.File == "a.md" && d.Code != "MXG0108");
        }

        garden.Write("a.md", "---\ntype: projet\nnom: Alpha\npays: Norvège\n---\n");
        var whole = reader.Build();
        Assert.Empty(whole.Diagnostics);
        Assert.NotEqual(good, Quads(whole));
    }

    [Theory]
    [InlineData("---\ntype: projet\nnom: \"Alpha\npays: [\n---\n", true)]
    [InlineData("---\ntype: projet\nnom: Bêta\n---\n", false)]
    public void File_that_is_empty_for_a_moment_is_being_saved(string next, bool isBroken)
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Alpha\npays: Suisse\n---\n");
        var path = Path.Combine(garden.Root, "a.md");
        var clock = new ManualClock();
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true, RemembersIdentities = true, Clock = clock });
        var good = reader.Build();
        foreach (var blank in (string[])["", "\uFEFF\r\n \n"])
        {
            garden.Write("a.md", blank);
            Assert.Same(good, reader.Build([path]));
            Assert.InRange(reader.Awaits!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
            clock.Now += TimeSpan.FromSeconds(0.9);
            Assert.Same(good, reader.Build());
        }

        garden.Write("a.md", next);
        var saved = reader.Build([path]);
        Assert.Null(reader.Awaits);
        Assert.Equal(isBroken, saved.Diagnostics.Any(d => d.Code == "MXG0108"));
        Assert.Equal(isBroken, Quads(good).SequenceEqual(Quads(saved)));
        Assert.Equal([isBroken ? "Alpha" : "Bêta"], new GraphView(saved).Values("note/a", "initiative/alpha", "name"));
    }

    [Fact]
    public void Note_that_stays_empty_is_empty_and_one_that_breaks_then_is_as_it_was_with_content()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Alpha\npays: Suisse\n---\n").Write("t.csv", "Nom,Lieu\nHoule,Vevey\n");
        var clock = new ManualClock();
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true, RemembersIdentities = true, Clock = clock });
        var good = reader.Build();
        garden.Write("a.md", "").Write("t.csv", "");
        Assert.Same(good, reader.Build());
        clock.Now += reader.Awaits!.Value;
        var empty = reader.Build([]);
        Assert.Null(reader.Awaits);
        Assert.Empty(new GraphView(empty).Values("note/a", "note/a", "describes"));
        Assert.Equal(["a.md", "t.csv"], empty.Diagnostics.Where(d => d.Code == "MXG0104").Select(d => d.File));
        Assert.Contains(GraphView.Base + "initiative/alpha", empty.Gone.Keys);
        Assert.Contains(GraphView.Base + "organisation/houle", empty.Gone.Keys);

        garden.Write("a.md", "---\ntype: projet\nnom: \"Alpha\npays: [\n---\n");
        var broken = reader.Build();
        Assert.Equal(["initiative/alpha"], new GraphView(broken).Values("note/a", "note/a", "describes"));
        Assert.Equal(["a.md"], broken.Diagnostics.Where(d => d.Code == "MXG0108").Select(d => d.File));

        // What was broken and is emptied is empty in the end as well.
        garden.Write("a.md", "\n");
        Assert.Same(broken, reader.Build());
        clock.Now += reader.Awaits!.Value;
        Assert.Empty(new GraphView(reader.Build()).Values("note/a", "note/a", "describes"));
    }

    [Fact]
    public void Single_build_tells_that_a_file_is_empty()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Alpha\n---\n");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root] });
        reader.Build();
        garden.Write("a.md", "");
        Assert.Equal(["MXG0104"], reader.Build().Diagnostics.Select(d => d.Code));
        Assert.Null(reader.Awaits);
    }

    [Fact]
    public void Notes_of_a_folder_that_is_away_stay_stale_and_those_of_a_deleted_one_do_not()
    {
        const string Here = "---\ntype: projet\nnom: Phare\n---\n";
        using var top = new TemporaryGarden().Write("garden/a.md", Here).Write("garden/Notes/b.md", "# Quai\n").Write("elsewhere/c.md", "# Digue\n");
        var (garden, elsewhere, away) = (Path.Combine(top.Root, "garden"), Path.Combine(top.Root, "elsewhere"), Path.Combine(top.Root, "away"));
        var link = Path.Combine(garden, "Lié");
        Directory.CreateSymbolicLink(link, elsewhere);
        var reader = new GardenReader(new GardenOptions { Roots = [garden], KeepLastGood = true, RemembersIdentities = true });
        string[] Stale(GardenGraph graph) => [.. graph.Diagnostics.Where(d => d.Code == "MXG0108").Select(d => d.File)];
        var whole = reader.Build();
        Assert.Empty(Stale(whole));

        // The disk with the garden is away, and comes back.
        Directory.Move(garden, away);
        var kept = reader.Build();
        Assert.Equal(Quads(whole), Quads(kept));
        Assert.Equal(["Lié/c.md", "Notes/b.md", "a.md"], Stale(kept).Order(StringComparer.Ordinal));
        Assert.Contains(kept.Diagnostics, d => d.Code == "MXG0107");
        Assert.Same(kept, reader.Build());
        Directory.Move(away, garden);
        var back = reader.Build();
        Assert.Equal(Quads(whole), Quads(back));
        Assert.Empty(Stale(back));

        // What a link leads to is away; other notes are saved meanwhile.
        Directory.Move(elsewhere, away);
        Assert.Equal(["Lié/c.md"], Stale(reader.Build()));
        top.Write("garden/a.md", Here.Replace("Phare", "Fanal", StringComparison.Ordinal));
        var saved = reader.Build([Path.Combine(garden, "a.md")]);
        Assert.Equal(["Lié/c.md"], Stale(saved));
        Assert.Contains(Quads(saved), q => q.Contains("\"Fanal\"", StringComparison.Ordinal));
        Assert.Empty(saved.Gone);

        // What is deleted is gone.
        File.Delete(link);
        Directory.Delete(Path.Combine(garden, "Notes"), recursive: true);
        var gone = reader.Build([link, Path.Combine(garden, "Notes")]);
        Assert.Empty(Stale(gone));
        Assert.Equal(["note/b", "note/c"], gone.Gone.Keys.Select(k => k[GraphView.Base.Length..]).Where(k => k.StartsWith("note/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Notes_of_a_folder_that_must_not_be_read_stay_stale()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Console.WriteLine("not tested: who runs the tests may read everything.");
            return;
        }

        using var garden = new TemporaryGarden().Write("a.md", "# Phare\n").Write("Notes/b.md", "# Quai\n");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true });
        var whole = Quads(reader.Build());
        var folder = Path.Combine(garden.Root, "Notes");
        var mode = File.GetUnixFileMode(folder);
        try
        {
            File.SetUnixFileMode(folder, UnixFileMode.None);
            var kept = reader.Build();
            Assert.Equal(whole, Quads(kept));
            Assert.Contains(kept.Diagnostics, d => d is { Code: "MXG0108", File: "Notes/b.md" });
        }
        finally
        {
            File.SetUnixFileMode(folder, mode);
        }

        Assert.Empty(reader.Build().Diagnostics);
    }

    private static string[] Edit(TemporaryGarden garden, string elsewhere, Random random)
    {
        var own = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = Directory.EnumerateFiles(garden.Root, "*.md", own).Order(StringComparer.Ordinal).ToList();
        var target = Path.Combine(garden.Root, Some(random, Folders) + Some(random, Names) + ".md");
        var notes = Path.Combine(garden.Root, "Notes");
        var archived = Path.Combine(garden.Root, "Archives/Notes");
        var link = Path.Combine(garden.Root, "Lien" + random.Next(2));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        switch (random.Next(12))
        {
            case 0 when files.Count > 2:
                var gone = Some(random, [.. files]);
                File.Delete(gone);
                return [gone];
            case 1 when files.Count > 0:
                var moved = Some(random, [.. files]);
                File.Move(moved, target, overwrite: true);
                return [moved, target];
            case 2 when Directory.Exists(notes) && !Directory.Exists(archived):
                Directory.CreateDirectory(Path.Combine(garden.Root, "Archives"));
                Directory.Move(notes, archived);
                return [notes, archived];
            case 3 when files.Count > 0:
                var longer = Some(random, [.. files]);
                File.AppendAllText(longer, $"\nVoir [[{Some(random, Names)}]] et [[Nulle part {random.Next(3)}]].\n");
                return [new FileInfo(longer).LinkTarget ?? longer];
            case 4 when Directory.Exists(archived) && !Directory.Exists(notes):
                Directory.Move(archived, notes);
                return [archived, notes];
            case 5 when new FileInfo(target).LinkTarget is null:
                // An editor that writes another file and gives it the name of the note.
                var beside = target + "~";
                File.WriteAllText(beside, Note(random));
                File.Move(beside, target, overwrite: true);
                return [beside, beside, target];
            case 6 when !File.Exists(target):
                File.CreateSymbolicLink(target, Path.Combine(elsewhere, "Ailleurs.md"));
                return [target];
            case 7 when !Path.Exists(link) && new DirectoryInfo(link).LinkTarget is null:
                Directory.CreateSymbolicLink(link, random.Next(3) switch { 0 => garden.Root, 1 => Path.Combine(elsewhere, "Dossier"), _ => Path.Combine(elsewhere, "Rien") });
                return [link];
            case 8 when new DirectoryInfo(link).LinkTarget is not null:
                File.Delete(link);
                return [link];
            case 9:
                var outside = Path.Combine(elsewhere, random.Next(2) == 0 ? "Ailleurs.md" : "Dossier/Dedans.md");
                File.WriteAllText(outside, Note(random));
                return [outside];
            case 10 when files.Find(f => Path.GetFileName(f) is "Alpha.md" or "alpha.md") is { } cased:
                var other = Path.Combine(Path.GetDirectoryName(cased)!, Path.GetFileName(cased) == "Alpha.md" ? "alpha.md" : "Alpha.md");
                File.Move(cased, other, overwrite: true);
                return [cased, other];
            default:
                File.WriteAllText(target, Note(random));
                return [new FileInfo(target).LinkTarget ?? target];
        }
    }

    private static string Note(Random random) => random.Next(6) switch
    {
        0 => $"---\ntype: organisation\nnom: {Some(random, Names)}\nsigle: {Some(random, Names)[..2]}\npays: Suisse\n---\n",
        1 => $"---\ntype: projet\nnom: Projet {Some(random, Names)}\nid: p{random.Next(3)}\nporteurs: [\"[[{Some(random, Names)}]]\"]\ndebut: {random.Next(2010, 2014)}\n---\n",
        2 => $"# Liste des initiatives\n- [Projet {Some(random, Names)}](https://{random.Next(3)}.example.org/) (Suisse, {random.Next(2010, 2014)})\n  Ce projet est porté par {Some(random, Names)}.\n",
        3 => $"---\ntype: projet\nnom: \"{Some(random, Names)}\npays: [\n---\n# {Some(random, Names)}\n",
        4 => $"### [{Some(random, Names)}](https://{random.Next(3)}.example.org/)\nCe guide est réalisé par {Some(random, Names)}.\n",
        _ => $"# {Some(random, Names)}\n[[{Some(random, Names)}|ici]]\n",
    };

    private static string Some(Random random, string[] from) => from[random.Next(from.Length)];

    private static void Follow(GardenGraph garden, Dictionary<string, NamedGraph> graphs, HashSet<string> mirror)
    {
        foreach (var gone in graphs.Keys.Except(garden.Graphs.Select(g => g.Iri)).ToList())
        {
            graphs[gone].WriteTo(new Sink(q => mirror.Remove(q)));
            graphs.Remove(gone);
        }

        foreach (var graph in garden.Graphs)
        {
            graph.WriteChangesTo(graphs.GetValueOrDefault(graph.Iri), new Sink(q => mirror.Remove(q)), new Sink(q => mirror.Add(q)));
            graphs[graph.Iri] = graph;
        }
    }

    private static SortedSet<string> Quads(GardenGraph garden)
    {
        var quads = new SortedSet<string>(StringComparer.Ordinal);
        garden.WriteTo(new Sink(q => quads.Add(q)));
        return quads;
    }

    private sealed class Sink(Action<string> take) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            take($"{Encoding.UTF8.GetString(subject)} {Encoding.UTF8.GetString(predicate)} {Encoding.UTF8.GetString(@object)} {Encoding.UTF8.GetString(graph)}");
    }

    private sealed class ManualClock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + Now;

        public override long GetTimestamp() => Now.Ticks;
    }
}
