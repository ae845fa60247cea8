namespace MuseumXtd.Garden.Tests;

/// <summary>A template that was not filled in names nothing, and is told of.</summary>
public sealed class UnfilledTemplateTests
{
    [Theory]
    [InlineData("Initiative.md", 3)]
    [InlineData("Initiative (English).md", 3)]
    [InlineData("Organisation.md", 3)]
    public void Shipped_template_saved_as_it_is_describes_nothing_and_is_told(string template, int line)
    {
        using var garden = new TemporaryGarden()
            .Write("Sans titre.md", File.ReadAllText(Path.Combine(TestFolders.Bundled, "Template", template)));
        var graph = garden.Build();
        var view = new GraphView(graph);
        Assert.Contains(graph.Diagnostics, d => d.Code == "MXG0215" && d.Line == line && d.Column > 0 && d.MessageEn.Contains("{{title}}", StringComparison.Ordinal));
        Assert.DoesNotContain(view.NoteStatements, s => s.Graph.EndsWith("/sans-titre", StringComparison.Ordinal));
        Assert.Equal(["Sans titre"], view.Values("meta", "note/sans-titre", "name"));
    }

    [Theory]
    [InlineData("Initiative.md", "initiative/vague")]
    [InlineData("Initiative (English).md", "initiative/vague")]
    [InlineData("Organisation.md", "organisation/vague")]
    public void Shipped_template_with_a_name_and_no_more_has_no_description(string template, string iri)
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", File.ReadAllText(Path.Combine(TestFolders.Bundled, "Template", template)).Replace("{{title}}", "Vague", StringComparison.Ordinal));
        var view = new GraphView(garden.Build());
        Assert.Empty(view.Garden.Diagnostics);
        Assert.Equal(["Vague"], view.Values("note/a", iri, "name"));
        Assert.Empty(view.Values("note/a", iri, "description"));
    }

    [Theory]
    [InlineData("En une phrase : ce que c'est, pour qui, par qui.")]
    [InlineData("En une phrase\u00A0: ce que c’est, pour qui, par qui.")]
    [InlineData("One sentence: what it is, for whom, by whom.")]
    public void Sentence_of_a_template_is_passed_over_and_told(string sentence)
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", $"---\ntype: projet\nnom: Vague\n---\n# Vague\n{sentence}\n\n## Et puis\nUn projet de la mer.\n")
            .Write("b.md", $"---\ntype: projet\nnom: Houle\n---\n# Houle\n{sentence} Mais plus longue.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["Un projet de la mer."], view.Values("note/a", "initiative/vague", "description"));
        Assert.Equal([sentence + " Mais plus longue."], view.Values("note/b", "initiative/houle", "description"));
        Assert.Equal(("a.md", 6, "MXG0215"), Assert.Single(view.Garden.Diagnostics) is var d ? (d.File, d.Line, d.Code) : default);
    }

    [Theory]
    [InlineData("\"{{title}}\"")]
    [InlineData("{{title}}")]
    [InlineData("{{ title }}")]
    [InlineData("<% tp.file.title %>")]
    [InlineData("\"<%* tR += 'x' %>\"")]
    [InlineData("Projet {{title}}")]
    [InlineData("\n  - \"{{title}}\"")]
    public void Placeholder_is_no_name(string name)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\nnom: {name}\n---\nUn texte.\n");
        var graph = garden.Build();
        Assert.Single(graph.Diagnostics, d => d is { Code: "MXG0215", Line: 3 or 4 });
        Assert.DoesNotContain(graph.Diagnostics, d => d.Code != "MXG0215");
        Assert.Empty(new GraphView(graph).NoteStatements);
    }

    [Fact]
    public void Heading_names_what_a_placeholder_does_not()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: \"{{title}}\"\n---\n# Houle\nUn texte.\n");
        var graph = garden.Build();
        Assert.Equal(["Houle"], new GraphView(graph).Values("note/a", "initiative/houle", "name"));
        Assert.Single(graph.Diagnostics, d => d is { Code: "MXG0215", Line: 3 });
    }

    [Fact]
    public void Heading_that_is_a_placeholder_is_no_name_and_told_where_the_note_states_data()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\n---\n# {{title}}\nUn texte.\n")
            .Write("b.md", "# {{ title }}\nUn texte que le site remplit.\n");
        var graph = garden.Build();
        Assert.Equal(("a.md", 4, "MXG0215"), Assert.Single(graph.Diagnostics) is var d ? (d.File, d.Line, d.Code) : default);
        Assert.Empty(new GraphView(graph).NoteStatements);
        Assert.Equal(["b"], new GraphView(graph).Values("meta", "note/b", "name"));
    }

    [Theory]
    [InlineData("debut: {{date}}")]
    [InlineData("debut: {{date:YYYY}}")]
    [InlineData("debut: \"<% tp.date.now('YYYY') %>\"")]
    [InlineData("debut: <% tp.date.now() %>")]
    [InlineData("pays: [\"{{pays}}\"]")]
    [InlineData("porteurs: [{{qui}}]")]
    [InlineData("financeurs: [\"[[{{qui}}]]\"]")]
    [InlineData("created: {{date}} {{time}}")]
    [InlineData("langue: {{lang}}")]
    public void Placeholder_under_another_key_is_told_and_states_nothing(string field)
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", $"---\ntype: projet\nnom: Houle\n{field}\nstatut: terminé\n---\n").Write("b.md", "---\ntype: projet\nnom: Houle\nstatut: terminé\n---\n");
        var graph = garden.Build();
        var view = new GraphView(graph);
        Assert.Equal(("a.md", 4, "MXG0215"), Assert.Single(graph.Diagnostics) is var d ? (d.File, d.Line, d.Code) : default);
        Assert.Equal(["ended"], view.Slugs("note/a", "initiative/houle", "status"));
        Assert.Equal(view.Graph("note/b").Count, view.Graph("note/a").Count);
    }

    [Fact]
    public void Text_that_the_site_fills_in_is_left_alone()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "---\ntype: projet\nnom: Houle\npermalink: \"/x/{{ page.fileSlug }}/\"\neleventyComputed:\n  title: \"{{ nom }}\"\n---\n# Houle\nDe {{ nom }}, <% rien %>.\n");
        Assert.Empty(garden.Build().Diagnostics);
    }

    [Fact]
    public void Placeholder_in_a_list_a_comment_or_a_table_names_nothing()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "# Liste des initiatives\n- [{{nom}}](https://v.example.org/) (Suisse)\n- [Houle](https://h.example.org/) (Suisse) <!-- mxtd financeurs: {{qui}}; statut: terminé -->\n")
            .Write("acteurs.csv", "Nom,Pays\n{{nom}},Suisse\nPhare,{{pays}}\n");
        var graph = garden.Build();
        var view = new GraphView(graph);
        Assert.Equal(["initiative/houle"], view.Values("note/a", "note/a", "mentions"));
        Assert.Equal(["ended"], view.Slugs("note/a", "initiative/houle", "status"));
        Assert.Equal(["a.md:3", "acteurs.csv:2", "acteurs.csv:3"], graph.Diagnostics.Where(d => d.Code == "MXG0215").Select(d => $"{d.File}:{d.Line}"));
        Assert.DoesNotContain(view.NoteStatements, s => s.ToString().Contains("{{", StringComparison.Ordinal));
    }
}
