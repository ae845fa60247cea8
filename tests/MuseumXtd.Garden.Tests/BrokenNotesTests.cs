using System.Text;

namespace MuseumXtd.Garden.Tests;

/// <summary>Whatever is wrong with a note is said with its place, and the rest is served.</summary>
public sealed class BrokenNotesTests
{
    [Fact]
    public void Unknown_place_is_told_with_what_may_be_meant()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Phare\npays: Suise\n---\n");
        Assert.Contains(garden.Build().Diagnostics, d => d.Code == "MXG0204" && d.HintFr!.Contains("Suisse", StringComparison.Ordinal) && d.HintEn!.Contains("Switzerland", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pays: Suise", "ch", "Suisse")]
    [InlineData("pays: [Frnace]", "fr", "France")]
    [InlineData("country: Untied Kingdom", "gb", "Royaume-Uni")]
    [InlineData("Pays: Allmagne", "de", "Allemagne")]
    [InlineData("region: Baden Wüttemberg", "de-bw", "Bade-Wurtemberg")]
    public void Misspelt_place_is_taken_for_the_one_it_resembles_and_told(string field, string slug, string name)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\nnom: Phare\n{field}\n---\n");
        var view = new GraphView(garden.Build());
        Assert.Equal([slug], view.Slugs("note/a", "initiative/phare", "place"));
        Assert.Empty(view.Values("note/a", "initiative/phare", "locality"));
        var problem = Assert.Single(view.Garden.Diagnostics);
        Assert.Equal(("MXG0204", 4, $"Vouliez-vous dire « {name} » ?"), (problem.Code, problem.Line, problem.HintFr));
        Assert.Contains($"« {name} »", problem.MessageFr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pays: Syldavie")]
    [InlineData("pays: Panama")]
    [InlineData("pays: Somalia")]
    [InlineData("pays: Ghana")]
    [InlineData("region: Sussex")]
    [InlineData("lieu: Bologne")]
    [InlineData("lieu: Suresnes")]
    public void Place_that_only_resembles_one_stays_as_it_is_written(string field)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\nnom: Phare\n{field}\n---\n");
        var view = new GraphView(garden.Build());
        Assert.Empty(view.Slugs("note/a", "initiative/phare", "place"));
        Assert.Equal([field[(field.IndexOf(' ', StringComparison.Ordinal) + 1)..]], view.Values("note/a", "initiative/phare", "locality"));
        Assert.Equal("MXG0204", Assert.Single(view.Garden.Diagnostics).Code);
    }

    [Fact]
    public void Misspelt_country_of_a_table_is_taken_too_and_an_unknown_one_stays()
    {
        using var garden = new TemporaryGarden().Write("acteurs.csv", "Nom,Pays\nHoule,Frnace\nMarée,Panama\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["fr"], view.Slugs("note/acteurs", "organisation/houle", "basedIn").Concat(view.Slugs("note/acteurs", "organisation/houle", "place")));
        Assert.Equal(["Panama"], view.Values("note/acteurs", "organisation/maree", "locality"));
    }

    [Fact]
    public void Very_long_name_in_an_item_of_a_list_is_told_and_kept()
    {
        var name = "Musée " + new string('N', 10_000);
        using var garden = new TemporaryGarden().Write("a.md", $"# Initiatives\n\n- [Le Fil](https://example.com/)\n- [{name}](https://example.org/) (Suisse)\n");
        var graph = garden.Build();
        Assert.Equal(4, Assert.Single(graph.Diagnostics, d => d.Code == "MXG0109").Line);
        Assert.Contains(new GraphView(graph).Graph("note/a"), s => s.O is MuseumXtd.Rdf.Literal literal && literal.LexicalForm == name);
    }

    [Fact]
    public void Very_long_name_in_front_matter_is_told_and_kept()
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\nnom: {new string('N', 10_000)}\n---\n");
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d is { Code: "MXG0109", Line: 3 });
        Assert.Contains(new GraphView(graph).Graph("note/a"), s => s.O is MuseumXtd.Rdf.Literal { LexicalForm.Length: 10_000 });
    }

    [Fact]
    public void Bad_yaml_is_reported_with_its_place_and_read_line_by_line()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: \"Ouvert\npays: [Suisse]\n---\n# Titre\nTexte.\n");
        var graph = garden.Build();
        var problem = Assert.Single(graph.Diagnostics, d => d.Code == "MXG0201");
        Assert.True(problem is { File: "a.md", Line: >= 2 and <= 5, Column: > 0 });
        var view = new GraphView(graph);
        Assert.Equal(["ch"], view.Slugs("note/a", view.Values("note/a", "note/a", "describes").Single(), "place"));
        Assert.Equal(["Titre"], view.Values("meta", "note/a", "name"));
    }

    [Fact]
    public void Question_mark_in_a_flow_sequence_is_a_value()
    {
        using var garden = new TemporaryGarden()
            .Write("Outils.md", "---\nalias: [Quels sont les outils à utiliser?]\n---\n# Outils\n")
            .Write("b.md", "[[Quels sont les outils à utiliser?]]\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["note/outils"], view.Values("meta", "note/b", "linksTo"));
    }

    [Fact]
    public void Unquoted_wikilink_in_front_matter_is_understood_and_reported()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: A\nporteurs: [[Nordlys]]\n---\n");
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d is { Code: "MXG0207", Line: 4 });
        Assert.Equal(["lead nordlys"], new GraphView(graph).Agents("note/a", "initiative/a"));
    }

    [Fact]
    public void Unclosed_wikilink_is_reported_and_the_text_kept()
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Titre\nVoir [[une note\net [[Virage[[Autre]]s la suite.\n").Write("Autre.md", "x");
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d is { Code: "MXG0302", Line: 2, Column: 6 });
        Assert.Contains(graph.Diagnostics, d => d is { Code: "MXG0302", Line: 3, Column: 4 });
        Assert.Equal(["note/autre"], new GraphView(graph).Values("meta", "note/a", "linksTo"));
    }

    [Fact]
    public void Binary_file_and_invalid_utf8_are_reported_and_the_others_served()
    {
        using var garden = new TemporaryGarden()
            .Write("bin.md", [0x23, 0x20, 0x00, 0x01, 0xFF])
            .Write("latin.md", [.. "# Titre\nUn mus"u8, 0xE9, .. "e.\n"u8])
            .Write("bon.md", "# Bon\n");
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d is { File: "bin.md", Code: "MXG0102" });
        Assert.Contains(graph.Diagnostics, d => d is { File: "latin.md", Code: "MXG0103", Line: 2, Column: 7 });
        Assert.Equal(3, graph.NoteCount);
    }

    [Fact]
    public void Empty_and_too_large_files_are_reported()
    {
        using var garden = new TemporaryGarden().Write("vide.md", "").Write("grand.md", new string('x', 1000));
        var graph = new GardenReader(new GardenOptions { Roots = [garden.Root], MaxFileBytes = 100 }).Build();
        Assert.Contains(graph.Diagnostics, d => d is { File: "vide.md", Code: "MXG0104" });
        Assert.Contains(graph.Diagnostics, d => d is { File: "grand.md", Code: "MXG0101" });
    }

    [Fact]
    public void Front_matter_without_end_is_reported()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\n\n# Titre\n");
        Assert.Contains(garden.Build().Diagnostics, d => d is { Code: "MXG0202", Line: 1 });
    }

    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("[")]
    [InlineData("*")]
    public void Deep_nesting_ends_in_bounded_time(string opening)
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Titre\n" + string.Concat(Enumerable.Repeat(opening, 5000)) + "x\n").Write("b.md", "# B\n");
        Assert.Equal(2, garden.Build().NoteCount);
    }

    [Fact]
    public void Yaml_aliases_are_not_expanded()
    {
        var bomb = new StringBuilder("---\na: &a [x, x]\n");
        for (var c = 'b'; c < 'z'; c++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"{c}: &{c} [*{(char)(c - 1)}, *{(char)(c - 1)}, *{(char)(c - 1)}]\n");
        }

        using var garden = new TemporaryGarden().Write("a.md", bomb.Append("type: projet\nnom: Bombe\n---\n").ToString());
        var graph = garden.Build();
        Assert.Equal(["Bombe"], new GraphView(graph).Values("note/a", "initiative/bombe", "name"));
        var problem = Assert.Single(graph.Diagnostics, d => d.Code == "MXG0211");
        Assert.Equal(("a.md", 3, 8), (problem.File, problem.Line, problem.Column));
    }

    [Theory]
    [InlineData("Institut du patrimone", true)]
    [InlineData("Institut du patrimoine", false)]
    [InlineData("Institut de physique", false)]
    public void Organisation_that_is_almost_a_known_one_is_told_and_not_changed(string partner, bool told)
    {
        using var garden = new TemporaryGarden()
            .Write("o.md", "---\ntype: organisation\nnom: Institut du patrimoine\n---\n")
            .Write("p.md", $"---\ntype: projet\nnom: Phare\npartenaires: [{partner}]\n---\n");
        var graph = garden.Build();
        var problems = graph.Diagnostics.Where(d => d.Code == "MXG0405").ToList();
        Assert.Equal(told ? 1 : 0, problems.Count);
        Assert.All(problems, p => Assert.Equal(("p.md", 4), (p.File, p.Line)));
        Assert.Equal([partner], new GraphView(graph).Values("note/p", "organisation/" + partner.ToLowerInvariant().Replace(' ', '-'), "name"));
    }

    [Fact]
    public void Byte_order_mark_crlf_nbsp_and_decomposed_letters_change_nothing()
    {
        const string Page = "# Liste des initiatives\n- [Échelle](https://echelle.example.org/) (Québec, depuis 2019)\n  Ce programme est porté par Nordlys.\n";
        using var plain = new TemporaryGarden().Write("page.md", Page);
        using var odd = new TemporaryGarden().Write(
            "page.md", "\uFEFF" + Page.Replace("É", "E\u0301", StringComparison.Ordinal).Replace("é", "e\u0301", StringComparison.Ordinal)
                .Replace("porté par", "porté\u00A0par", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
        var expected = new GraphView(plain.Build());
        var actual = new GraphView(odd.Build());
        foreach (var property in (string[])["name", "place", "kind", "period", "status"])
        {
            Assert.Equal(expected.Values("note/page", "initiative/echelle", property), actual.Values("note/page", "initiative/echelle", property));
            Assert.NotEmpty(actual.Values("note/page", "initiative/echelle", property));
        }

        Assert.Equal(["lead nordlys"], actual.Agents("note/page", "initiative/echelle"));
    }

    [Theory]
    [InlineData("porteurs: \"[[Musée du Larg]]\"", "MXG0301", "Musée du Large")]
    [InlineData("partie-de: \"[[Grande maré]]\"", "MXG0301", "Grande marée")]
    [InlineData("porteurs: \"[[Fondation des ecumes]]\"", "MXG0405", "Fondation des Écumes")]
    [InlineData("porteurs: \"[[Tout autre chose]]\"", null, "")]
    [InlineData("porteurs: \"[[Musée du Large]]\"", null, "")]
    public void Dangling_link_in_front_matter_is_told_with_what_may_be_meant(string line, string? code, string meant)
    {
        using var garden = new TemporaryGarden()
            .Write("Musée du Large.md", "---\ntype: organisation\n---\n# Musée du Large\n")
            .Write("Grande marée.md", "---\ntype: projet\nfinanceurs: Fondation des Écume\n---\n# Grande marée\n")
            .Write("b.md", "---\ntype: projet\nporteurs: Fondation des Écumes\n---\n# Un projet\n")
            .Write("c.md", "---\ntype: projet\nporteurs: Fondation des Écumes\n---\n# Un autre\n")
            .Write("d.md", "---\ntype: projet\n" + line.Replace("ecumes", "Écumez", StringComparison.Ordinal) + "\n---\n# Encore un\n");
        var problems = garden.Build().Diagnostics.Where(d => d.File == "d.md").ToList();
        if (code is null)
        {
            Assert.Empty(problems);
            return;
        }

        var problem = Assert.Single(problems);
        Assert.Equal((code, 3), (problem.Code, problem.Line));
        Assert.Contains($"« {meant} »", problem.Hint("fr"), StringComparison.Ordinal);
        Assert.Contains($"'{meant}'", problem.Hint("en"), StringComparison.Ordinal);
    }

    [Fact]
    public void Same_identifier_for_two_things_is_an_error_and_both_stay()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\nnom: Alpha\nid: un\n---\n")
            .Write("b.md", "---\ntype: projet\nnom: Beta\nid: un\n---\n");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root] });
        foreach (var graph in (GardenGraph[])[reader.Build(), reader.Build()])
        {
            Assert.Contains(graph.Diagnostics, d => d is { File: "b.md", Code: "MXG0401", Severity: Severity.Error });
            var view = new GraphView(graph);
            Assert.Equal(["initiative/un"], view.Values("note/a", "note/a", "describes"));
            Assert.Equal(["initiative/beta"], view.Values("note/b", "note/b", "describes"));
        }
    }

    [Fact]
    public void Contradiction_between_notes_is_reported_and_kept()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\nnom: Alpha\ndebut: 2017\nfin: 2019\n---\n")
            .Write("b.md", "# Liste des initiatives\n- [[a|Alpha]] (Suisse, 2018-2021)\n  Ce projet.\n");
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d is { File: "b.md", Line: 2, Code: "MXG0403" });
        var view = new GraphView(graph);
        Assert.Equal(["2018/2021"], view.Periods("note/b", "initiative/alpha"));
        Assert.Equal(["2017"], view.Values("derived", "initiative/alpha", "startYear"));
    }

    [Fact]
    public void Missing_root_and_ontology_are_errors_not_exceptions()
    {
        var graph = new GardenReader(new GardenOptions { Roots = ["/nowhere/at/all"], OntologyDirectory = "/nowhere/else" }).Build();
        Assert.Contains(graph.Diagnostics, d => d.Code == "MXG0107");
        Assert.Contains(graph.Diagnostics, d => d.Code == "MXG0901");
    }

    [Fact]
    public void Quoted_cell_without_end_is_reported()
    {
        using var garden = new TemporaryGarden().Write("t.csv", "Nom,Lieu\nUn,Lausanne\n\"Deux,Vevey\n");
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d is { File: "t.csv", Line: 3, Code: "MXG0501" });
        Assert.Equal(["Un"], new GraphView(graph).Values("note/t", "organisation/un", "name"));
    }

    [Fact]
    public void Cancelled_build_stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new GardenReader(new GardenOptions { Roots = [TestFolders.Small] }).Build(cancelled.Token));
    }

    [Fact]
    public void Gigabyte_file_is_refused_without_being_read()
    {
        using var garden = new TemporaryGarden().Write("b.md", "# B\n");
        using (var file = File.Create(Path.Combine(garden.Root, "a.md")))
        {
            file.SetLength(1L << 30);
        }

        var before = GC.GetTotalAllocatedBytes();
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d is { File: "a.md", Code: "MXG0101", Severity: Severity.Error });
        Assert.Equal(1, graph.NoteCount);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1L << 29);
    }

    [Theory]
    [InlineData("title:Documentation\nlang: fr\n", 1)]
    [InlineData("lang: fr\ntitle:Documentation\n", 2)]
    [InlineData("title:Documentation\n", 1)]
    public void Missing_space_after_a_key_is_reported_and_the_value_read(string yaml, int line)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype:projet\n{yaml}---\n# Alpha\n");
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d.Code == "MXG0209" && d.Line == line + 2 && d.Column == 7 && d.HintEn!.Contains("title: Documentation", StringComparison.Ordinal));
        Assert.Equal(["initiative/alpha"], new GraphView(graph).Values("note/a", "note/a", "describes"));
    }

    [Fact]
    public void Addresses_and_times_are_no_keys_without_space()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Alpha\nurl: https://a.example.org/x:y\nnature: \"12:30\"\n---\n");
        Assert.DoesNotContain(garden.Build().Diagnostics, d => d.Code == "MXG0209");
    }

    [Fact]
    public void Second_front_matter_is_reported_and_a_thematic_break_is_not()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\nnom: Alpha\n---\n\n---\npays: Suisse\n---\n# Alpha\n")
            .Write("b.md", "---\ntype: projet\nnom: Beta\n---\n\n---\nDu texte.\n\n---\n");
        Assert.Equal(("a.md", 6), Assert.Single(garden.Build().Diagnostics.Where(d => d.Code == "MXG0208").Select(d => (d.File, d.Line))));
    }

    [Theory]
    [InlineData("partenairs", "'partenaires'")]
    [InlineData("fundres", "'funders'")]
    [InlineData("finnanceur", "'financeur'")]
    [InlineData("finnanceurs", "'financeurs'")]
    [InlineData("Organisateuurs", "'organisateurs'")]
    [InlineData("faitt-partie-de", "'fait-partie-de'")]
    [InlineData("dispositifs_de_financment", "'dispositifs_de_financement'")]
    public void Misspelt_key_gets_a_suggestion(string key, string meant)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\nnom: Alpha\n{key}: Beta\nlayout: x.njk\n---\n");
        Assert.Contains(meant, Assert.Single(garden.Build().Diagnostics, d => d is { Code: "MXG0210", Line: 4 }).HintEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Hints_are_in_the_language_of_the_message()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Alpha\npays: Suise\n---\n");
        var problem = Assert.Single(garden.Build().Diagnostics, d => d.Code == "MXG0204");
        Assert.Equal(("Vouliez-vous dire « Suisse » ?", "Did you mean 'Switzerland'?"), (problem.Hint("fr-CH"), problem.Hint("de")));
    }

    [Fact]
    public void Circular_parents_are_reported_for_each_note_in_the_circle()
    {
        static string Page(string key, string parent) => $"---\neleventyNavigation:\n  key: {key}\n  parent: {parent}\n---\n# {key}\n";
        using var garden = new TemporaryGarden()
            .Write("a.md", Page("a", "b")).Write("b.md", Page("b", "c")).Write("c.md", Page("c", "a"))
            .Write("d.md", Page("d", "a")).Write("e.md", Page("e", "e")).Write("f.md", Page("f", "nulle part"));
        var circular = garden.Build().Diagnostics.Where(d => d.Code == "MXG0306").ToList();
        Assert.Equal(["a.md", "b.md", "c.md", "e.md"], circular.Select(d => d.File));
        Assert.All(circular, d => Assert.Equal(4, d.Line));
    }

    [Fact]
    public void Name_of_ten_thousand_characters_is_kept_reported_and_given_a_short_identifier()
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\n---\n# {string.Join(' ', Enumerable.Repeat("longueur", 1250))}\n");
        var graph = garden.Build();
        Assert.Contains(graph.Diagnostics, d => d is { Code: "MXG0109", Line: 4 });
        var initiative = Assert.Single(new GraphView(graph).Values("note/a", "note/a", "describes"));
        Assert.True(initiative.Length <= 100);
    }

    [Fact]
    public void Decomposed_file_name_is_the_same_note()
    {
        using var garden = new TemporaryGarden().Write("Mus\u0065\u0301e.md", "# Musée\n").Write("b.md", "[[Mus\u00E9e]]\n");
        var graph = garden.Build();
        Assert.Equal(["note/musee"], new GraphView(graph).Values("meta", "note/b", "linksTo"));
        Assert.Contains("Mus\u00E9e.md", graph.NoteFiles.Values);
    }

    [Fact]
    public void Linked_folders_are_read_once_and_circles_end()
    {
        using var outside = new TemporaryGarden().Write("x.md", "# X\n");
        using var garden = new TemporaryGarden().Write("Notes/a.md", "# A\n");
        Directory.CreateSymbolicLink(Path.Combine(garden.Root, "Notes/haut"), garden.Root);
        Directory.CreateSymbolicLink(Path.Combine(garden.Root, "ailleurs"), outside.Root);
        Directory.CreateSymbolicLink(Path.Combine(outside.Root, "boucle"), outside.Root);
        File.CreateSymbolicLink(Path.Combine(garden.Root, "perdu.md"), Path.Combine(garden.Root, "absent.md"));
        var graph = garden.Build();
        Assert.Equal(["Notes/a.md", "ailleurs/x.md"], graph.NoteFiles.Values.Order(StringComparer.Ordinal));
        Assert.Equal(["Notes/haut", "ailleurs/boucle"], graph.Diagnostics.Where(d => d.Code == "MXG0110").Select(d => d.File));
        Assert.Contains(graph.Diagnostics, d => d is { File: "perdu.md", Code: "MXG0105" });
    }

    [Fact]
    public void Line_of_openings_is_told_once()
    {
        using var garden = new TemporaryGarden().Write("a.md", "# A\n" + string.Concat(Enumerable.Repeat("[[", 20_000)) + "\n\nVoir [[b et\n").Write("b.md", "# B\n");
        Assert.Equal([2, 4], garden.Build().Diagnostics.Where(d => d.Code == "MXG0302").Select(d => d.Line));
    }

    [Fact]
    public void Names_that_read_the_same_are_told_and_end_nothing()
    {
        using var garden = new TemporaryGarden().Write("Été.md", "# Un\n").Write("E\u0301te\u0301.md", "# Deux\n").Write("b.md", "# B\n");
        if (Directory.GetFiles(garden.Root).Length < 3)
        {
            // This file system takes both for one name.
            return;
        }

        var graph = garden.Build();
        Assert.Equal(2, graph.NoteCount);
        Assert.Contains(graph.Diagnostics, d => d is { File: "Été.md", Code: "MXG0111", Severity: Severity.Error });
    }

    [Fact]
    public void Nesting_in_front_matter_ends_in_bounded_time()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\na: " + new string('[', 20000) + "\n---\n# A\n")
            .Write("b.md", "---\n" + string.Concat(Enumerable.Range(0, 500).Select(i => new string(' ', i) + "k:\n")) + "---\n# B\n");
        Assert.Equal(2, garden.Build().NoteCount);
    }

    [Fact]
    public void Every_code_has_an_article_and_every_article_a_code()
    {
        var source = Path.GetFullPath(Path.Combine(TestFolders.Bundled, "..", "src"));
        var codes = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(f), "\"(MX[GS][0-9]{4})\"").Select(m => m.Groups[1].Value))
            .Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(codes, DiagnosticCatalogue.All.Select(a => a.Code));
        foreach (var article in DiagnosticCatalogue.All)
        {
            string[] keys = article.Example.Count > 0 ? ["title", "text", "fix"] : ["title", "text", "fix", "case"];
            Assert.Equal(
                keys.SelectMany(k => (string[])[k + ".fr", k + ".en"]).Concat(article.Shape is null ? [] : ["shape"]).Order(StringComparer.Ordinal), article.Texts.Keys.Order(StringComparer.Ordinal));
            Assert.All(article.Texts.Values, t => Assert.NotEmpty(t));
        }
    }
}
