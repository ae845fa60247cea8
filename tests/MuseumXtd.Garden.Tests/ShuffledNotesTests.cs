using System.Text;

namespace MuseumXtd.Garden.Tests;

/// <summary>Notes made of what notes are made of, in any order: no recogniser fails, and what one note does ends none of the others.</summary>
public sealed class ShuffledNotesTests
{
    private static readonly string[] Odd =
    [
        "<br>![](a.png)", "![[x.png]]", "**", "*", "_", "[[", "]]", "[", "](", "(", ")", "<!--", "-->", "<!-- mxtd statut: terminé -->", "`", "|", "\t", "\u00A0", "’", "« ", " »",
        "# ", "## À retenir\n", "- ", "  - ", "1. ", "> ", "---\n", "\n", "\n\n", "  \n", " (", ", ", ". ", " : ", "&nbsp;", "&#0;", "<br>", "\\", "![](", "[](http://a.example.org/)",
        "e\u0301", "\u0301", "\U0001F600", "2019-2021", "depuis 2020", "porté par ", "led by ", "financé par ", "dans le cadre du programme ", "Le projet ", "(Suisse, 2020)",
    ];

    [Theory]
    [InlineData(1, 12)]
    [InlineData(2, 40)]
    [InlineData(3, 200)]
    public void No_note_makes_the_reader_fail(int seed, int longest)
    {
        var pieces = Pieces(TestFolders.Bundled).Concat(Pieces(TestFolders.Small)).ToList();
        var random = new Random(seed);
        using var garden = new TemporaryGarden();
        for (var i = 0; i < 400; i++)
        {
            garden.Write($"n{i}.md", Shuffled(pieces, random, random.Next(1, longest)));
        }

        var graph = garden.Build();
        Assert.Equal(400, graph.NoteCount);
        Assert.DoesNotContain(graph.Diagnostics, d => d.Code == "MXG0113");
    }

    [Theory]
    [InlineData("La plateforme **Vague** est un outil pour les musées.\n\nTexte<br>![](a.png)\n")]
    [InlineData("# Liste des initiatives\n- [Vague](https://v.example.org/) (Suisse) <br>![](a.png)\n")]
    [InlineData("---\ntype: projet\nnom: Vague\n---\nTexte<br>**<br>**<br>*![](a.png)*\n")]
    public void Image_behind_the_last_word_of_a_text_is_no_word_of_it(string note)
    {
        using var garden = new TemporaryGarden().Write("a.md", note);
        var graph = garden.Build();
        Assert.Empty(graph.Diagnostics);
        Assert.Equal(["Vague"], new GraphView(graph).Values("note/a", "initiative/vague", "name"));
    }

    [Fact]
    public void Note_on_which_a_recogniser_fails_is_told_and_all_others_are_read()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Vague\n---\n[[b]] [[c]]\n").Write("b.md", "---\ntype: projet\nnom: Houle\n---\n");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true });
        reader.Build();
        Action<string> fails = path =>
        {
            if (path == "a.md")
            {
                throw new InvalidOperationException();
            }
        };
        reader.Recognising = fails;
        garden.Write("a.md", "---\ntype: projet\nnom: Vagues\n---\n[[b]] [[c]]\n").Write("b.md", "---\ntype: projet\nnom: Sel\n---\n");
        var served = reader.Build();
        Assert.Equal(["MXG0108", "MXG0113", "MXG0301"], served.Diagnostics.Select(d => d.Code).Order(StringComparer.Ordinal));
        Assert.Equal(["Vague"], new GraphView(served).Values("note/a", "initiative/vague", "name"));
        Assert.Equal(["Sel"], new GraphView(served).Values("note/b", "initiative/sel", "name"));

        var single = new GardenReader(new GardenOptions { Roots = [garden.Root] }) { Recognising = fails }.Build();
        Assert.Equal([("MXG0113", Severity.Error), ("MXG0301", Severity.Warning)], single.Diagnostics.Select(d => (d.Code, d.Severity)));
        Assert.Equal(2, single.NoteCount);
        Assert.Equal(["Sel"], new GraphView(single).Values("note/b", "initiative/sel", "name"));
    }

    [Fact]
    public void Table_on_which_a_recogniser_fails_is_told_and_served_as_it_was()
    {
        using var garden = new TemporaryGarden().Write("acteurs.csv", "Nom,Pays\nPhare,Suisse\n").Write("b.md", "---\ntype: projet\nnom: Houle\n---\n");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true });
        reader.Build();
        reader.Recognising = path => _ = path == "acteurs.csv" ? throw new KeyNotFoundException() : path;
        garden.Write("acteurs.csv", "Nom,Pays\nFanal,Suisse\n").Write("b.md", "---\ntype: projet\nnom: Sel\n---\n");
        var served = reader.Build();
        Assert.Equal([("acteurs.csv", "MXG0113"), ("acteurs.csv", "MXG0108")], served.Diagnostics.Select(d => (d.File, d.Code)).OrderByDescending(d => d.Code));
        Assert.Contains(new GraphView(served).NoteStatements, s => s.S.ToString()!.Contains("organisation/phare", StringComparison.Ordinal));
        Assert.Equal(["Sel"], new GraphView(served).Values("note/b", "initiative/sel", "name"));
    }

    private static IEnumerable<string> Pieces(string root)
    {
        foreach (var file in Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            foreach (var paragraph in text.Split("\n\n"))
            {
                yield return paragraph + "\n\n";
                foreach (var line in paragraph.Split('\n'))
                {
                    yield return line + "\n";
                }
            }
        }
    }

    private static string Shuffled(List<string> pieces, Random random, int count)
    {
        var text = new StringBuilder(random.Next(4) == 0 ? "---\ntype: projet\nnom: Vague\n---\n" : "");
        for (var i = 0; i < count; i++)
        {
            var piece = pieces[random.Next(pieces.Count)];
            text.Append(random.Next(4) switch
            {
                0 => Odd[random.Next(Odd.Length)],
                1 when piece.Length > 2 => piece[random.Next(piece.Length / 2)..random.Next(piece.Length / 2, piece.Length)],
                _ => piece,
            });
        }

        return text.ToString();
    }
}
