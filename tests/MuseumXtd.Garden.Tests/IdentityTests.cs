using System.Text;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Tests;

/// <summary>An identifier stays with its thing, whatever happens to notes and names, and is never given to another.</summary>
public sealed class IdentityTests : IDisposable
{
    private readonly TemporaryGarden _garden = new();
    private readonly string _state = Path.Combine(Directory.CreateTempSubdirectory("museumxtd-state-").FullName, "kept", "identities.csv");

    public void Dispose()
    {
        _garden.Dispose();
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(_state))!, recursive: true);
    }

    [Fact]
    public void Title_is_renamed()
    {
        var reader = Reader();
        _garden.Write("a.md", "---\ntype: projet\nnom: Phare\n---\n");
        reader.Build();
        _garden.Write("a.md", "---\ntype: projet\nnom: Fanal bleu\n---\n");
        var graph = reader.Build();
        Assert.Equal(["initiative/phare"], About(graph, "a"));
        Assert.Equal(Full("initiative/phare"), graph.Redirects[Full("initiative/fanal-bleu")]);
        Assert.Empty(graph.Gone);
        Assert.Equal(["Phare"], new GraphView(graph).Values("meta", "initiative/phare", "altName"));
    }

    [Fact]
    public void Name_that_was_saved_while_it_was_typed_is_no_other_name()
    {
        var reader = Reader();
        foreach (var name in (string[])["Fan", "Fanal", "Fanal bleu"])
        {
            _garden.Write("a.md", $"---\nid: fanal\ntype: projet\nnom: {name}\n---\n");
            reader.Build();
        }

        Assert.Empty(new GraphView(reader.Build()).Values("meta", "initiative/fanal", "altName"));
    }

    [Fact]
    public void Note_is_renamed_and_says_the_same()
    {
        var reader = Reader();
        _garden.Write("Phare.md", "---\ntype: projet\npays: Suisse\n---\n");
        Assert.Equal(["initiative/phare"], About(reader.Build(), "phare"));
        File.Move(Path.Combine(_garden.Root, "Phare.md"), Path.Combine(_garden.Root, "Fanal.md"));
        var graph = reader.Build();
        Assert.Equal(["initiative/phare"], About(graph, "phare"));
        Assert.Empty(graph.Gone);
    }

    [Fact]
    public void Note_is_renamed_and_edited_and_known_by_its_home_page()
    {
        var reader = Reader();
        _garden.Write("Phare.md", "---\ntype: projet\nurl: https://phare.example.org/\n---\n");
        reader.Build();
        File.Delete(Path.Combine(_garden.Root, "Phare.md"));
        _garden.Write("Fanal.md", "---\ntype: projet\nurl: http://www.phare.example.org\n---\nAutrement.\n");
        var graph = reader.Build();
        Assert.Equal(["initiative/phare"], About(graph, "fanal"));
        Assert.Contains(Full("note/phare"), graph.Gone.Keys);
    }

    [Fact]
    public void Item_of_a_list_gets_another_name()
    {
        var reader = Reader();
        _garden.Write("l.md", "# Liste des initiatives\n- [Phare](https://phare.example.org/) (Suisse)\n- [Môle](https://mole.example.org/) (Suisse)\n");
        reader.Build();
        _garden.Write("l.md", "# Liste des initiatives\n- [Fanal](https://phare.example.org/) (Suisse)\n- [Môle](https://mole.example.org/) (Suisse)\n");
        Assert.Equal(["Fanal"], new GraphView(reader.Build()).Values("note/l", "initiative/phare", "name"));
    }

    [Fact]
    public void Two_that_turn_out_to_be_one_keep_one_identifier_and_the_other_redirects()
    {
        var reader = Reader();
        _garden.Write("a.md", "---\ntype: organisation\nnom: Maison du numérique\n---\n").Write("b.md", "---\ntype: organisation\nnom: Digital House\n---\n");
        reader.Build();
        _garden.Write("b.md", "---\ntype: organisation\nnom: Digital House\naliases: [Maison du numérique]\n---\n");
        foreach (var graph in new[] { reader.Build(), reader.Build() })
        {
            Assert.Equal(Full("organisation/maison-du-numerique"), graph.Redirects[Full("organisation/digital-house")]);
            Assert.Equal(["organisation/maison-du-numerique"], About(graph, "b"));
            var said = new GraphView(graph).Graph("meta").Where(s => s.S == new Iri(Full("organisation/digital-house"))).Select(s => $"{s.P} {s.O}").Order(StringComparer.Ordinal);
            Assert.Equal(
                [
                    $"<http://purl.org/dc/terms/isReplacedBy> <{Full("organisation/maison-du-numerique")}>",
                    "<http://www.w3.org/2002/07/owl#deprecated> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>",
                ],
                said);
        }

        // Told apart again, each has its own again.
        _garden.Write("b.md", "---\ntype: organisation\nnom: Digital House\n---\n");
        var apart = reader.Build();
        Assert.Equal(["organisation/digital-house"], About(apart, "b"));
        Assert.Equal(["organisation/maison-du-numerique"], About(apart, "a"));
        Assert.Empty(apart.Redirects);
    }

    [Fact]
    public void Note_that_was_empty_for_a_moment_is_about_the_same_also_when_it_comes_back_merged()
    {
        var reader = Reader();
        _garden.Write("a.md", "---\ntype: projet\nnom: Phare\n---\n").Write("b.md", "---\ntype: projet\nnom: Quai\n---\n");
        reader.Build();
        _garden.Write("a.md", "");
        reader.Build();
        _garden.Write("a.md", "---\ntype: projet\nnom: Phare\naliases: [Quai]\n---\n");
        Assert.Equal(["initiative/phare"], About(reader.Build(), "a"));
    }

    [Fact]
    public void Deleted_thing_leaves_its_identifier_behind_and_takes_it_up_again()
    {
        var reader = Reader();
        _garden.Write("a.md", "---\ntype: projet\nnom: Phare\nurl: https://phare.example.org/\n---\n");
        reader.Build();
        File.Delete(Path.Combine(_garden.Root, "a.md"));
        var gone = reader.Build().Gone[Full("initiative/phare")];
        Assert.Equal("Phare", gone.Name);
        Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", gone.Since);

        _garden.Write("b.md", "---\ntype: projet\nnom: Phare\n---\n");
        var back = reader.Build();
        Assert.Equal(["initiative/phare"], About(back, "b"));
        Assert.DoesNotContain(Full("initiative/phare"), back.Gone.Keys);
    }

    [Fact]
    public void Identifier_of_something_deleted_is_not_given_to_what_has_the_same_slug()
    {
        var reader = Reader();
        _garden.Write("a.md", "---\ntype: projet\nnom: C\n---\n");
        reader.Build();
        File.Delete(Path.Combine(_garden.Root, "a.md"));
        _garden.Write("b.md", "---\ntype: projet\nnom: C#\nurl: https://c.example.org/\n---\n");
        var key = About(reader.Build(), "b").Single();
        Assert.True(key is "initiative/c" or "initiative/c-2");
        _garden.Write("c.md", "---\ntype: organisation\nnom: Môle\n---\n");
        reader.Build();
        File.Delete(Path.Combine(_garden.Root, "c.md"));
        _garden.Write("d.md", "---\ntype: organisation\nnom: Mole!\nid: mole\n---\n");
        Assert.Equal(["organisation/mole"], About(reader.Build(), "d"));
    }

    [Fact]
    public void Identifiers_last_from_one_process_to_the_next()
    {
        _garden.Write("a.md", "---\ntype: projet\nnom: \"Phare, le; \\\"grand\\\"\"\n---\n").Write("b.md", "---\ntype: projet\nnom: Môle\n---\n");
        var first = Reader();
        first.Build();
        first.SaveIdentities();
        _garden.Write("a.md", "---\ntype: projet\nnom: Fanal\n---\n");
        File.Delete(Path.Combine(_garden.Root, "b.md"));
        var second = Reader();
        var graph = second.Build();
        Assert.Equal(["initiative/phare-le-grand"], About(graph, "a"));
        Assert.Equal("Môle", graph.Gone[Full("initiative/mole")].Name);
        second.SaveIdentities();
        var kept = File.ReadAllBytes(_state);
        var third = Reader();
        Assert.Equal(Quads(graph), Quads(third.Build()));
        third.SaveIdentities();
        Assert.Equal(kept, File.ReadAllBytes(_state));
    }

    [Fact]
    public void Table_of_the_authors_wins()
    {
        var reader = Reader();
        _garden.Write("a.md", "---\ntype: projet\nnom: Phare\n---\n");
        reader.Build();
        _garden.Write("identities.csv", "type,id,name,path,replaced-by\ninitiative,fanal,Phare,,\ninitiative,phare,,,fanal\n");
        foreach (var graph in new[] { reader.Build(), reader.Build() })
        {
            Assert.Equal(["initiative/fanal"], About(graph, "a"));
            Assert.Equal(Full("initiative/fanal"), graph.Redirects[Full("initiative/phare")]);
        }
    }

    [Theory]
    [InlineData("nom: Phare", "initiative,phare,,,fanal", "phare-2", 3)]
    [InlineData("nom: Phare\nid: phare", "initiative,phare,,,fanal", "phare", 3)]
    [InlineData("nom: Phare", "note,b,,,a", null, 1)]
    [InlineData("nom: Phare", "organisation,phare,,,fanal", null, 0)]
    [InlineData("nom: Fanal\naliases: [Phare]", "initiative,phare,,,fanal", null, 0)]
    public void Replaced_identifier_that_a_note_still_wants_is_told(string front, string row, string? given, int line)
    {
        _garden.Write("a.md", "---\ntype: projet\nnom: Fanal\n---\n").Write("b.md", $"---\ntype: projet\n{front}\n---\n");
        foreach (var remembers in (bool[])[false, true])
        {
            var reader = new GardenReader(new GardenOptions { Roots = [_garden.Root], RemembersIdentities = remembers });
            _garden.Write("identities.csv", "type,id,name,path,replaced-by\n");
            Assert.DoesNotContain(reader.Build().Diagnostics, d => d.Code == "MXG0407");
            _garden.Write("identities.csv", $"type,id,name,path,replaced-by\n{row}\n");
            var graph = reader.Build();
            Assert.Equal(line == 0 ? [] : [("b.md", line)], graph.Diagnostics.Where(d => d.Code == "MXG0407").Select(d => (d.File, d.Line)));
            Assert.Equal(given is null ? About(graph, "b") : ["initiative/" + given], About(graph, "b"));
            if (given is not null)
            {
                Assert.Contains($"'{given}'", graph.Diagnostics.Single(d => d.Code == "MXG0407").MessageEn, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("initiative,,Phare,,", 2, 12)]
    [InlineData("initiatif,p,Phare,,", 2, 1)]
    [InlineData(",p,Phare,,", 2, 1)]
    [InlineData("initiative", 2, 1)]
    [InlineData("initiative,p,Phare,,\ninitiative,q,Phare,,", 3, 12)]
    [InlineData("initiative,p,,a.md,\ninitiative,q,,a.md,", 3, 12)]
    [InlineData("initiative,p,,,q\ninitiative,p,,,r", 3, 16)]
    [InlineData("initiative,p,,,p", 2, 16)]
    [InlineData("initiative,p,,,q\ninitiative,q,,,r\ninitiative,r,,,q", 2, 16, 3)]
    public void Row_of_identifiers_that_does_nothing_is_told(string rows, int line, int column, int count = 1)
    {
        _garden.Write("a.md", "---\ntype: projet\nnom: Fanal\n---\n").Write("identities.csv", $"type,id,name,path,replaced-by\n{rows}\n");
        var graph = _garden.Build();
        Assert.Equal(count, graph.Diagnostics.Count(d => d.Code == "MXG0408"));
        var first = graph.Diagnostics.OrderBy(d => d.Line).First();
        Assert.Equal(("identities.csv", "MXG0408", line, column), (first.File, first.Code, first.Line, first.Column));
        Assert.Equal(rows.Contains("q\ninitiative,p,,,r", StringComparison.Ordinal) ? 1 : 0, graph.Redirects.Count);
    }

    [Fact]
    public void Identifiers_of_the_authors_table_are_written_as_identifiers_are()
    {
        _garden.Write("a.md", "---\ntype: projet\nnom: Fanal\n---\n").Write("identities.csv", "type,id,name,path,replaced-by\ninitiative,Vieux Phare,,,a> <b\n");
        var graph = _garden.Build();
        Assert.Equal([("MXG0404", 12), ("MXG0404", 26)], graph.Diagnostics.Select(d => (d.Code, d.Column)).Order());
        Assert.Equal(Full("initiative/a-b"), graph.Redirects[Full("initiative/vieux-phare")]);
    }

    [Theory]
    [InlineData("identities.csv", "nom,identifiant\nFanal,f\n", "MXG0501")]
    [InlineData("notes/identities.csv", "type,id,name,path,replaced-by\ninitiative,f,Fanal,,\n", "MXG0408")]
    [InlineData("identities.csv", "type,id,name,path,replaced-by\n", null)]
    [InlineData("identities.csv", "", null)]
    public void Table_of_identifiers_that_is_none_is_told(string path, string text, string? code)
    {
        _garden.Write("a.md", "---\ntype: projet\nnom: Fanal\n---\n").Write(path, text);
        Assert.Equal(code is null ? [] : [(path, code)], _garden.Build().Diagnostics.Select(d => (d.File, d.Code)));
        var reader = Reader();
        Assert.Same(reader.Build(), reader.Build());
    }

    [Fact]
    public void Long_chains_of_replacements_lead_to_their_end()
    {
        const int Count = 50_000;
        _garden.Write("a.md", "---\ntype: projet\nnom: Fanal\n---\n")
            .Write("identities.csv", "type,id,name,path,replaced-by\n" + string.Concat(Enumerable.Range(0, Count).Select(i => $"initiative,x{i},,,{(i + 1 == Count ? "fanal" : $"x{i + 1}")}\n")));
        var graph = _garden.Build();
        Assert.Empty(graph.Diagnostics);
        Assert.Equal(Count, graph.Redirects.Count);
        Assert.All(graph.Redirects.Values, now => Assert.Equal(Full("initiative/fanal"), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("type,id\n")]
    [InlineData("\0\u0001 no table, \"not closed")]
    [InlineData("type,id,name,path,replaced-by\ninitiative,a,,,initiative/b\ninitiative,b,,,initiative/a\n")]
    public void Broken_file_of_identifiers_is_no_reason_to_read_nothing(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_state)!);
        File.WriteAllText(_state, content);
        _garden.Write("a.md", "---\ntype: projet\nnom: Phare\n---\n");
        Assert.Equal(["initiative/phare"], About(Reader().Build(), "a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_is_edited_a_new_process_gives_the_same_identifiers(int seed)
    {
        var random = new Random(seed);
        var reader = Reader();
        string[] names = ["Phare", "Môle", "Fanal", "Digue"];
        for (var step = 0; step < 25; step++)
        {
            var file = random.Next(4) + ".md";
            if (random.Next(4) == 0)
            {
                File.Delete(Path.Combine(_garden.Root, file));
            }
            else
            {
                _garden.Write(file, $"---\ntype: {(random.Next(2) == 0 ? "projet" : "organisation")}\nnom: {names[random.Next(4)]}\nurl: https://{random.Next(6)}.example.org/\naliases: [{names[random.Next(4)]}]\n---\n");
            }

            var graph = reader.Build();
            reader.SaveIdentities();
            var other = Reader();
            Assert.Equal(Quads(graph), Quads(other.Build()));

            // What is there is neither gone nor replaced.
            var there = graph.Graphs.SelectMany(g => Subjects(g)).ToHashSet(StringComparer.Ordinal);
            Assert.DoesNotContain(graph.Redirects.Keys.Concat(graph.Gone.Keys), old => there.Contains(old));
            Assert.All(graph.Redirects.Values, now => Assert.Contains(now, there));
        }
    }

    private static string Full(string path) => GraphView.Base + path;

    private static string[] About(GardenGraph graph, string note) => new GraphView(graph).Values("note/" + note, "note/" + note, "describes");

    private static SortedSet<string> Quads(GardenGraph garden)
    {
        var quads = new SortedSet<string>(StringComparer.Ordinal);
        garden.WriteTo(new Sink((s, p, o) => quads.Add($"{s} {p} {o}")));
        return quads;
    }

    private static List<string> Subjects(NamedGraph graph)
    {
        var subjects = new List<string>();
        if (!graph.Iri.EndsWith("/meta", StringComparison.Ordinal))
        {
            graph.WriteTo(new Sink((s, _, _) => subjects.Add(s.TrimStart('<').TrimEnd('>'))));
        }

        return subjects;
    }

    private GardenReader Reader() => new(new GardenOptions { Roots = [_garden.Root], RemembersIdentities = true, IdentityFile = _state });

    private sealed class Sink(Action<string, string, string> take) : MuseumXtd.Rdf.Syntax.IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            take(Encoding.UTF8.GetString(subject), Encoding.UTF8.GetString(predicate), Encoding.UTF8.GetString(@object));
    }
}
