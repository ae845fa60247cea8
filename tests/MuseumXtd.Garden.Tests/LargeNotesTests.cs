using System.Globalization;

namespace MuseumXtd.Garden.Tests;

/// <summary>Notes that are far too long: what is read of them is bounded and told, and the rest of the garden does not wait.</summary>
public sealed class LargeNotesTests
{
    private static string Repeated(string unit, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => unit.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));

    [Theory]
    [InlineData("Le projet Aa# est porté par le Musée Bb# en Suisse. ")]
    [InlineData("Le projet Aa# est porté par le Musée Bb# en Suisse.\n\n")]
    [InlineData("## Le projet Aa#\nIl est porté par le Musée Bb#.\n\n")]
    public void Note_that_names_more_things_than_anybody_would_is_read_up_to_there(string unit)
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Titre\n\n" + Repeated(unit, 20_000) + "\n\n[[ailleurs]]\n").Write("b.md", "---\ntype: projet\nnom: Houle\n---\n");
        var graph = garden.Build();
        var told = Assert.Single(graph.Diagnostics, d => d.Code == "MXG0116");
        Assert.True(told is { File: "a.md", Line: > 0, Column: > 0, Severity: Severity.Error });
        var things = new GraphView(graph).Values("note/a", "note/a", "mentions").Length;
        Assert.InRange(things, 9_990, 10_100);
        Assert.Single(graph.Diagnostics, d => d.Code == "MXG0301");
        Assert.Equal(["Houle"], new GraphView(graph).Values("note/b", "initiative/houle", "name"));
    }

    [Fact]
    public void Long_paragraph_is_read_in_parts_with_all_that_it_says_at_its_place()
    {
        // One project in a hundred sentences; every sentence has a link and emphasis.
        var sentences = Enumerable.Range(0, 2_000).Select(i =>
            i % 100 == 50 ? $"Le projet Aa{i} est porté par le Musée Bb{i}. " : $"Une *visite* du [musée {i}](https://m{i}.example.org/) de l’été [[n{i}]]. ");
        var text = "# Titre\n\n" + string.Concat(sentences) + "\n";
        using var garden = new TemporaryGarden().Write("a.md", text);
        var graph = garden.Build();
        var view = new GraphView(graph);
        Assert.Equal(("a.md", 3, 1), Assert.Single(graph.Diagnostics, d => d.Code == "MXG0115") is var d ? (d.File, d.Line, d.Column) : default);
        Assert.Equal(20, view.Values("note/a", "note/a", "mentions").Count(m => m.StartsWith("initiative/", StringComparison.Ordinal)));
        Assert.Equal(1_980, graph.Diagnostics.Count(p => p.Code == "MXG0301"));
        foreach (var (graphIri, s, p, o) in view.NoteStatements)
        {
            foreach (var origin in graph.Origins.Of(s, p, o))
            {
                Assert.Equal(origin.Words, text.Split('\n', origin.Line)[^1].Substring(origin.Column - 1, origin.Length));
            }
        }
    }

    [Fact]
    public void Long_item_is_one_item_and_a_long_word_is_cut_where_it_must()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Liste des initiatives\n- [Vague](https://v.example.org/) (Suisse) <!-- mxtd statut: terminé -->\n  " + Repeated("Porté par le Musée Bb. ", 3_000) + "\n- [Houle](https://h.example.org/) (Suisse)\n\n" + new string('x', 100_000) + "\n");
        var graph = garden.Build();
        var view = new GraphView(graph);
        Assert.Equal(["initiative/houle", "initiative/vague", "organisation/musee-bb"], view.Values("note/a", "note/a", "mentions"));
        Assert.Equal(["ended"], view.Slugs("note/a", "initiative/vague", "status"));
        Assert.Single(graph.Diagnostics, d => d.Code == "MXG0115");
    }

    [Fact]
    public void Acronyms_among_thousands_of_names_mean_the_thing_that_has_them()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "---\ntype: projet\nnom: Vague\n---\nPorté par Media Engineering Institute (MEI) et Bb.\n\n# Liste des initiatives\n" + Repeated("- [Aa#](https://a#.example.org/) (Suisse)\n  Porté par Cc Dd Ee#.\n", 3_000) + "- [Houle](https://h.example.org/) (Suisse)\n  Porté par Media Engineering Institute.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(view.Agents("note/a", "initiative/houle"), view.Agents("note/a", "initiative/vague").Where(a => !a.EndsWith(" bb", StringComparison.Ordinal)));
    }
}
