namespace MuseumXtd.Garden.Tests;

/// <summary>What hostile and careless authors leave behind: one clear diagnostic each, nothing lost, no wait without end.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void Comment_or_code_without_end_is_told_where_it_begins()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "# A\nDu texte.\n\n<!-- une remarque\nLe reste.\n")
            .Write("b.md", "# B\n\n- Un point\n\n```\nLe reste.\n")
            .Write("c.md", "# C\n\n<!-- une remarque -->\n\n```\ncode\n```\nLe reste.\n");
        var problems = garden.Build().Diagnostics;
        Assert.Equal([("a.md", 4, 1), ("b.md", 5, 1)], problems.Where(p => p.Code == "MXG0112").Select(p => (p.File, p.Line, p.Column)));
        Assert.DoesNotContain(problems, p => p.File == "c.md");
    }

    [Fact]
    public void Row_with_more_cells_than_the_header_is_told_once_a_table()
    {
        using var garden = new TemporaryGarden().Write("acteurs.csv", "Nom,Nature\nVague,PME,trop\nHoule\nSel,PME,,\nSable,PME,trop,encore\n");
        var graph = garden.Build();
        var problem = Assert.Single(graph.Diagnostics);
        Assert.Equal(("MXG0502", 2, 11), (problem.Code, problem.Line, problem.Column));
        Assert.Equal(4, new GraphView(graph).Values("note/acteurs", "note/acteurs", "mentions").Concat(new GraphView(graph).Values("note/acteurs", "note/acteurs", "describes")).Count(i => i.StartsWith("organisation/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a.md", "partie-de: \"[[b]]\"", "partie-de: \"[[a]]\"", 2)]
    [InlineData("a.md", "partie-de: \"[[a]]\"", "", 1)]
    [InlineData("a.md", "succede-a: \"[[b]]\"", "succede-a: \"[[a]]\"", 2)]
    [InlineData("a.md", "partie-de: \"[[b]]\"", "succede-a: \"[[a]]\"", 0)]
    [InlineData("a.md", "partie-de: \"[[b]]\"", "partie-de: \"[[c]]\"", 0)]
    public void Circle_of_parts_or_of_successors_is_told_for_each_link(string file, string one, string other, int told)
    {
        using var garden = new TemporaryGarden()
            .Write(file, $"---\ntype: projet\nnom: Alpha\n{one}\n---\n# A\n")
            .Write("b.md", $"---\ntype: projet\nnom: Bêta\n{other}\n---\n# B\n")
            .Write("c.md", "---\ntype: projet\nnom: Gamma\n---\n# C\n");
        var problems = garden.Build().Diagnostics.Where(p => p.Code == "MXG0406").ToList();
        Assert.Equal(told, problems.Count);
        Assert.All(problems, p => Assert.Equal(4, p.Line));
    }

    [Theory]
    [InlineData("`", "`")]
    [InlineData("<!-- ", "-->")]
    [InlineData("```\n", "\n```")]
    public void Links_that_are_none_take_no_time_on_a_line_of_megabytes(string before, string after)
    {
        using var garden = new TemporaryGarden().Write("a.md", "# A\n" + before + string.Concat(Enumerable.Repeat("[[a]] ", 600_000)) + after + "\n[[ouvert\n");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(3 + before.Count('\n') + after.Count('\n'), Assert.Single(garden.Build().Diagnostics, d => d.Code == "MXG0302").Line);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }

    [Theory]
    [InlineData("a [[b [[c]] d", 3)]
    [InlineData("[[a]] [[b", 7)]
    [InlineData("`[[a [[b]]`", 2)]
    [InlineData("[[a\nb]] [[c]]", 1)]
    public void Wikilink_that_is_not_closed_is_told_where_it_opens(string text, int column)
    {
        using var garden = new TemporaryGarden().Write("x.md", "# X\n" + text + "\n");
        var problem = Assert.Single(garden.Build().Diagnostics, d => d.Code == "MXG0302");
        Assert.Equal((2, column), (problem.Line, problem.Column));
    }

    [Theory]
    [InlineData("a.md")]
    [InlineData("nowhere.md")]
    public void Link_in_place_of_a_note_that_leads_nowhere_or_round_leaves_it_as_it_was_while_serving(string target)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Vague\n---\n");
        var path = Path.Combine(garden.Root, "a.md");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true });
        reader.Build();
        File.Delete(path);
        File.CreateSymbolicLink(path, target);
        var graph = reader.Build();
        Assert.Equal(["Vague"], new GraphView(graph).Values("note/a", "initiative/vague", "name"));
        Assert.Contains(graph.Diagnostics, d => d is { File: "a.md", Code: "MXG0108" });
    }

    [Fact]
    public async Task Pipe_in_place_of_the_table_of_identifiers_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var garden = new TemporaryGarden().Write("a.md", "# A\n");
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(garden.Root, "identities.csv")]))
        {
            pipe.WaitForExit();
        }

        await Task.Run(garden.Build).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(new SourceExcerpts([garden.Root]).Line("identities.csv", 1) ?? "");
    }

    [Fact]
    public void Key_given_twice_is_told_and_both_values_are_read()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: X\nporteurs: Houle\nporteurs: Vague\n---\n");
        var graph = garden.Build();
        Assert.Equal(("MXG0212", 5), Assert.Single(graph.Diagnostics) is var d ? (d.Code, d.Line) : default);
        Assert.Equal(["lead houle", "lead vague"], new GraphView(graph).Agents("note/a", "initiative/x").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("partenaires: [", "]", 20_000)]
    [InlineData("", "", 20_000)]
    public void More_values_than_anybody_writes_are_cut_and_told(string before, string after, int count)
    {
        var values = before.Length > 0 ? string.Join(", ", Enumerable.Range(0, count).Select(i => "P" + i)) : string.Concat(Enumerable.Range(0, count).Select(i => $"k{i}: v\n"));
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\nnom: X\n{before}{values}{after}\n---\n");
        var graph = garden.Build();
        Assert.Single(graph.Diagnostics, d => d.Code == "MXG0213");
        Assert.Equal(["X"], new GraphView(graph).Values("note/a", "initiative/x", "name"));
    }

    [Fact]
    public void Override_names_the_item_that_it_stands_in_and_a_misspelt_key_in_it_is_told()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Liste des initiatives\n- [Vague](https://v.example.org/) <!-- mxtd statut: terminé -->\n- [Houle](https://h.example.org/)\n  <!-- mxtd statut: terminé; finnanceurs: Sel -->\n");
        var graph = garden.Build();
        Assert.Equal(("MXG0210", 4), Assert.Single(graph.Diagnostics) is var d ? (d.Code, d.Line) : default);
        Assert.Equal(["ended"], new GraphView(graph).Slugs("note/a", "initiative/houle", "status"));
        var origin = Assert.Single(graph.Origins.Of(new MuseumXtd.Rdf.Iri(GraphView.Base + "initiative/houle"), new MuseumXtd.Rdf.Iri(GraphView.Ns + "status"), new MuseumXtd.Rdf.Iri(GraphView.Base + "statuses/ended")));
        Assert.Equal(4, origin.Line);
    }

    [Theory]
    [InlineData("bidon: x", 41)]
    [InlineData("statut: terminé; bidon: x; pays: France", 58)]
    [InlineData("statut: terminé; Pays France", 58)]
    public void Any_unknown_key_in_an_override_is_told(string statements, int column)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"# Liste des initiatives\n- [Vague](https://v.example/) <!-- mxtd {statements} -->\n");
        Assert.Equal([("MXG0210", 2, column)], garden.Build().Diagnostics.Select(d => (d.Code, d.Line, d.Column)));
    }

    [Fact]
    public void Entities_that_only_an_overridden_phrase_named_are_not_there()
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Liste des initiatives\n- [Vague](https://v.example.org/) (Suisse) <!-- mxtd financeurs: Fonds Sel -->\n  Financé par Houle.\n");
        Assert.Equal(["organisation/fonds-sel"], new GraphView(garden.Build()).Values("note/a", "note/a", "mentions").Where(i => i.StartsWith("organisation/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Belgique - Flandre & Suisse, 2019-2021", "be-vlg, ch")]
    [InlineData("Belgique & Suisse", "be, ch")]
    [InlineData("Canada - Québec et France, 2019", "ca-qc, fr")]
    [InlineData("Suisse/France", "ch, fr")]
    public void Places_of_a_bracket_are_all_read(string bracket, string places)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"# Liste des initiatives\n- [Vague](https://v.example.org/) ({bracket})\n");
        Assert.Equal(places, string.Join(", ", new GraphView(garden.Build()).Slugs("note/a", "initiative/vague", "place").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Links_in_a_circle_pipes_and_names_that_are_no_text_are_told_and_end_nothing()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var garden = new TemporaryGarden().Write("Bonne.md", "---\ntype: projet\nnom: Bonne\n---\n");
        File.CreateSymbolicLink(Path.Combine(garden.Root, "a.md"), "b.md");
        File.CreateSymbolicLink(Path.Combine(garden.Root, "b.md"), "a.md");
        File.CreateSymbolicLink(Path.Combine(garden.Root, "zero.md"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(garden.Root, "boucle"), ".");
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(garden.Root, "tube.md")]))
        {
            pipe.WaitForExit();
        }

        using (var shell = System.Diagnostics.Process.Start("sh", ["-c", $"printf x > '{garden.Root}'/\"$(printf 'n\\377m')\".md"]))
        {
            shell.WaitForExit();
        }

        var graph = garden.Build();
        Empty(garden.Root);
        Assert.Equal(["Bonne"], new GraphView(graph).Values("note/bonne", "initiative/bonne", "name"));
        Assert.Equal(["a.md", "b.md", "n\uFFFDm.md"], graph.Diagnostics.Where(d => d.Code == "MXG0105").Select(d => d.File));
        Assert.Equal(["tube.md", "zero.md"], graph.Diagnostics.Where(d => d.Code == "MXG0104").Select(d => d.File));
    }

    [Fact]
    public void Folders_deeper_than_paths_may_be_are_told()
    {
        using var garden = new TemporaryGarden().Write("Bonne.md", "---\ntype: projet\nnom: Bonne\n---\n");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var shell = System.Diagnostics.Process.Start("sh", ["-c", $"cd '{garden.Root}' && d=$(printf 'd%.0s' $(seq 200)) && for i in $(seq 25); do mkdir $d && cd $d || exit; done"]))
        {
            shell.WaitForExit();
        }

        try
        {
            var graph = garden.Build();
            Assert.Equal(["Bonne"], new GraphView(graph).Values("note/bonne", "initiative/bonne", "name"));
            Assert.Equal("MXG0105", Assert.Single(graph.Diagnostics).Code);
        }
        finally
        {
            Empty(garden.Root);
        }
    }

    [Fact]
    public void Very_deep_lists_and_brackets_in_yaml_are_refused_quickly()
    {
        var lists = string.Concat(Enumerable.Range(0, 1500).Select(i => new string(' ', 2 * i) + "- a\n"));
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\nnom: Listes\n---\n" + lists)
            .Write("b.md", "---\ntype: projet\nnom: Accolades\nx: " + string.Concat(Enumerable.Repeat("{a: ", 20_000)) + new string('}', 20_000) + "\n---\n");
        var graph = garden.Build();
        Assert.Equal([("a.md", "MXG0106"), ("b.md", "MXG0201")], graph.Diagnostics.Select(d => (d.File, d.Code)));
        Assert.Equal(["Listes"], new GraphView(graph).Values("note/a", "initiative/listes", "name"));
        Assert.Equal(["Accolades"], new GraphView(graph).Values("note/b", "initiative/accolades", "name"));
    }

    [Theory]
    [InlineData("[a](", 300, "")]
    [InlineData("[a]: b\n", 3000, "")]
    [InlineData("[a](", 300, ")))")]
    [InlineData("- ", 1_000_000, "a")]
    [InlineData("*\t", 1_000_000, "a")]
    public void Paragraph_that_the_parser_of_Markdown_would_take_long_for_is_refused(string unit, int count, string end)
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\nnom: Vague\n---\n" + string.Concat(Enumerable.Repeat(unit, count)) + end + "\n")
            .Write("b.md", "---\ntype: projet\nnom: Houle\n---\n" + string.Concat(Enumerable.Repeat(unit.TrimEnd('\n') + "\n\n", 300)) + "[a](b) " + string.Concat(Enumerable.Repeat("[a](b)", 2000)));
        var graph = garden.Build();
        Assert.Equal([("a.md", "MXG0106")], graph.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => (d.File, d.Code)));
        Assert.Equal(["Vague"], new GraphView(graph).Values("note/a", "initiative/vague", "name"));
        Assert.Equal(["Houle"], new GraphView(graph).Values("note/b", "initiative/houle", "name"));
    }

    [Fact]
    public void Long_chains_of_parts_are_no_circles_and_a_circle_behind_one_is()
    {
        var notes = new System.Text.StringBuilder("# Liste des initiatives\n");
        for (var i = 0; i < 3000; i++)
        {
            notes.Append(System.Globalization.CultureInfo.InvariantCulture, $"- [Vague {i}](https://v{i}.example.org/) <!-- mxtd partie-de: Vague {(i == 2999 ? 2998 : i + 1)} -->\n");
        }

        using var garden = new TemporaryGarden().Write("a.md", notes.ToString());
        Assert.Equal([3000, 3001], garden.Build().Diagnostics.Where(d => d.Code == "MXG0406").Select(d => d.Line));
    }

    [Fact]
    public void Thousands_of_things_with_one_name_get_numbers_in_their_order()
    {
        string List(int count) => "# Liste des initiatives\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"- [★](https://v{i}.example.org/) (Suisse)\n"));
        using var garden = new TemporaryGarden().Write("a.md", List(3000));
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root] });
        var ids = new GraphView(reader.Build()).Values("note/a", "note/a", "mentions").Where(i => i.StartsWith("initiative/", StringComparison.Ordinal)).ToList();
        Assert.Equal(3000, ids.Count);
        Assert.Equal(3000, ids.Max(i => i.Split('-') is [_, var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 1));
        garden.Write("a.md", List(2990));
        Assert.Equal(ids.Count - 10, new GraphView(reader.Build()).Values("note/a", "note/a", "mentions").Count(ids.Contains));
    }

    [Fact]
    public void Overrides_in_thousands_of_items_name_what_they_say_and_nothing_else()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Liste des initiatives\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"- [Vague {i}](https://v{i}.example.org/) <!-- mxtd financeurs: Fonds {i} -->\n  Financé par Houle {i}.\n")));
        var organisations = new GraphView(garden.Build()).Values("note/a", "note/a", "mentions").Where(i => i.StartsWith("organisation/", StringComparison.Ordinal)).ToList();
        Assert.Equal(3000, organisations.Count);
        Assert.All(organisations, o => Assert.StartsWith("organisation/fonds-", o, StringComparison.Ordinal));
    }

    [Fact]
    public void Tables_beyond_the_limits_are_cut_and_told()
    {
        using var garden = new TemporaryGarden()
            .Write("rows.csv", "Nom\n" + string.Concat(Enumerable.Repeat("Houle\n", 100_001)))
            .Write("cells.csv", "Nom\nHoule\n" + new string(',', 1_000_000) + "\n")
            .Write("blank.csv", "Nom\nHoule\n" + new string('\n', 200_000) + "Vague\n")
            .Write("bars.md", "---\ntype: projet\nnom: Vague\n---\n" + string.Concat(Enumerable.Repeat("|a|b|\n", 140_000)));
        var graph = garden.Build();
        Assert.Equal(
            [("bars.md", "MXG0106", 0), ("cells.csv", "MXG0503", 3), ("rows.csv", "MXG0503", 100_002)],
            graph.Diagnostics.Select(d => (d.File, d.Code, d.Line)));
        var view = new GraphView(graph);
        Assert.Equal(["Vague"], view.Values("note/bars", "initiative/vague", "name"));
        Assert.Equal(["Vague"], view.Values("note/blank", "organisation/vague", "name"));
        Assert.All((string[])["note/rows", "note/cells", "note/blank"], n => Assert.Equal(["Houle"], view.Values(n, "organisation/houle", "name")));
    }

    [Fact]
    public void File_that_the_system_does_not_give_is_told_and_stays_as_it_was_while_serving()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Vague\n---\n").Write("b.md", "---\ntype: projet\nnom: Houle\n---\n");
        var path = Path.Combine(garden.Root, "a.md");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true });
        reader.Build();
        File.AppendAllText(path, "Autre chose.\n");

        // Held by another program, it is not to be had for anybody, whatever rights they have.
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            garden.Write("b.md", "---\ntype: projet\nnom: Sel\n---\n");
            foreach (var graph in (GardenGraph[])[reader.Build([path, Path.Combine(garden.Root, "b.md")]), reader.Build()])
            {
                Assert.Equal([("a.md", "MXG0105"), ("a.md", "MXG0108")], graph.Diagnostics.Select(d => (d.File, d.Code)));
                Assert.Equal(["Vague"], new GraphView(graph).Values("note/a", "initiative/vague", "name"));
                Assert.Equal(["Sel"], new GraphView(graph).Values("note/b", "initiative/sel", "name"));
            }

            var single = garden.Build();
            Assert.Equal([("a.md", "MXG0105", Severity.Error)], single.Diagnostics.Select(d => (d.File, d.Code, d.Severity)));
            Assert.Equal(1, single.NoteCount);
        }

        Assert.Empty(reader.Build().Diagnostics);
    }

    [Theory]
    [InlineData("de la ")]
    [InlineData("par le Musée du Large, ")]
    [InlineData("financé par A, B et C, ")]
    public void Label_that_is_a_long_paragraph_is_kept_and_named_by_nothing_else(string words)
    {
        var label = string.Concat(Enumerable.Repeat(words, 20_000 / words.Length)).Trim();
        using var garden = new TemporaryGarden().Write("a.md", $"# Liste des initiatives\n- [{label}](https://v.example.org/) (Suisse)\n- [Houle](https://h.example.org/) (Suisse)\n");
        var view = new GraphView(garden.Build());
        Assert.DoesNotContain(view.Values("note/a", "note/a", "mentions"), i => i.StartsWith("organisation/", StringComparison.Ordinal));
        Assert.Equal(2, view.Values("note/a", "note/a", "mentions").Count(i => i.StartsWith("initiative/", StringComparison.Ordinal)));
    }

    /// <summary>Removes what the runtime cannot name.</summary>
    private static void Empty(string folder)
    {
        using var removal = System.Diagnostics.Process.Start("rm", ["-rf", folder]);
        removal.WaitForExit();
        Directory.CreateDirectory(folder);
    }
}
