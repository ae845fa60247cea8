namespace MuseumXtd.Garden.Tests;

/// <summary>Front matter that nobody meant: one clear diagnostic at its place, and all that can be read is read.</summary>
public sealed class HostileFrontMatterTests
{
    [Theory]
    [InlineData("langue: anglais", "en")]
    [InlineData("Lang: ENGLISH", "en")]
    [InlineData("language: en_GB", "en-GB")]
    [InlineData("langue: Français", "fr")]
    [InlineData("langue: [FR, en]", "fr")]
    [InlineData("langue: klingon", "fr")]
    [InlineData("langue: 'en\"x'", "fr")]
    [InlineData("langue: a b", "fr")]
    public void Names_have_a_language_that_RDF_takes(string line, string tag)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\nnom: Vague\n{line}\n---\n# Vague\n");
        var statements = new GraphView(garden.Build()).NoteStatements;
        Assert.Equal([tag], statements.Select(s => s.O).OfType<Rdf.Literal>().Where(l => l.LexicalForm == "Vague").Select(l => l.Language).Distinct());
    }

    [Theory]
    [InlineData("- a\n- b\n", "MXG0214", 2)]
    [InlineData("type: projet\nnom: Vague\nlangue: klingon\n", "MXG0203", 4)]
    [InlineData("type: projet\nnom: Vague\nlangue: a b\n", "MXG0203", 4)]
    [InlineData("type: projet\nnom: Vague\nlang: 'en\"x'\n", "MXG0203", 4)]
    [InlineData("type: projet\nnom: Vague\nlangue-ressource: [en, volapuque]\n", "MXG0203", 4)]
    [InlineData("Un simple texte\n", "MXG0214", 2)]
    [InlineData("[a, b]\n", "MXG0214", 2)]
    [InlineData("nom: Vague\n...\npays: Suisse\n", "MXG0214", 4)]
    [InlineData("nom: Vague\nporteurs:\n  - nom: Houle\n    role: lead\n  - nom: Sel\n", "MXG0214", 4)]
    [InlineData("nom: Vague\n? [a, b]\n: Suisse\n", "MXG0214", 3)]
    [InlineData("nom: Vague\nporteurs: {a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: {n: {o: {p: {q: {r: {s: t}}}}}}}}}}}}}}}}}}}\n", "MXG0214", 3)]
    [InlineData("nom: Vague\nporteurs: *tous\n", "MXG0211", 3)]
    [InlineData("type: projet\nnom: Vague\nannee: 999999999999\n", "MXG0205", 4)]
    [InlineData("type: projet\nnom: Vague\nperiode: un jour\n", "MXG0205", 4)]
    [InlineData("type: projet\nnom: Vague\ndebut: 2023-13-45\n", "MXG0205", 4)]
    [InlineData("type: projet\nnom: Vague\ndebut: 2023-02-30\n", "MXG0205", 4)]
    [InlineData("type: projet\nnom: Vague\nfin: 31/04/2023\n", "MXG0205", 4)]
    [InlineData("type: projet\nnom: Vague\nperiode: 2020-13..2021\n", "MXG0205", 4)]
    [InlineData("type: projet\nnom: Vague\nperiode: 2019/2020/2021\n", "MXG0205", 4)]
    [InlineData("type: projet\nnom: Vague\nperiode: 2023/2020\n", "MXG0402", 4)]
    [InlineData("type: projet\nnom: Vague\nporteurs: {nom: Houle, lieu: Paris}\n", "MXG0214", 4)]
    [InlineData("nom: Vague\nporteurs: \"Houle\npays: Suisse\n", "MXG0201", 3)]
    [InlineData("nom: Vague\nporteurs:\tHoule\n\tpays: Suisse\n", "MXG0201", 3)]
    [InlineData("nom: Vague\nporteurs: Hou\u0001le\n", "MXG0114", 3)]
    [InlineData("nom: Vague\nporteurs: Hou\0le, {\n", "MXG0114", 3)]
    public void What_is_not_read_is_told_at_its_line(string yaml, string code, int line)
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\n" + yaml + "---\n# Titre\nUn lien [[Ailleurs]].\n" + new string('x', 300) + "\n");
        var graph = garden.Build();
        var problems = graph.Diagnostics.Where(d => d.Code != "MXG0301").ToList();
        Assert.True(problems.Count > 0 && problems[0].Code == code && problems[0].Line == line && problems[0].Column > 0, string.Join('\n', problems));
        Assert.Single(graph.Diagnostics, d => d.Code == "MXG0301");
        Assert.Equal(1, graph.NoteCount);
    }

    [Theory]
    [InlineData("2020-05/2021-06", "2020-05/2021-06")]
    [InlineData("2020-05-17", "2020-05-17")]
    [InlineData("2020-05-17/..", "2020-05-17/..")]
    [InlineData("2020-2022 (phase 1)", "2020/2022")]
    [InlineData("2019, 2021", "2019")]
    public void Periods_are_read_as_exactly_as_they_are_written(string written, string read)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: projet\nnom: Vague\nperiode: {written}\n---\n");
        Assert.Equal([read], new GraphView(garden.Build()).Periods("note/a", "initiative/vague"));
    }

    [Fact]
    public void Names_after_the_first_are_other_names()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: [Vague, Houle]\n---\n");
        var graph = garden.Build();
        Assert.Empty(graph.Diagnostics);
        Assert.Equal(["Houle"], new GraphView(graph).Values("note/a", "initiative/vague", "altName"));
    }

    [Theory]
    [InlineData("\n---\ntype: projet\nnom: Vague\n---\nDu texte.\n", 2)]
    [InlineData(" ---\n type: projet\n nom: Vague\n ---\nDu texte.\n", 1)]
    [InlineData("\n---\nDu texte.\n---\nEncore.\n", 0)]
    [InlineData("\n---\nOui : du texte.\n", 0)]
    public void Front_matter_after_the_beginning_is_told(string text, int line)
    {
        using var garden = new TemporaryGarden().Write("a.md", text);
        Assert.Equal(line > 0 ? [("MXG0216", line)] : [], garden.Build().Diagnostics.Select(d => (d.Code, d.Line)));
    }

    [Theory]
    [InlineData("\r", 1)]
    [InlineData("\r\n", 1)]
    [InlineData("\n", 3)]
    public void Lines_end_as_they_do_everywhere_and_marks_of_byte_order_are_none_of_them(string end, int marks)
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", string.Concat(Enumerable.Repeat("\uFEFF", marks)) + "---\ntype: projet\nnom: Vague\npays: Suise\n---\n# Vague\n".Replace("\n", end, StringComparison.Ordinal))
            .Write("acteurs.csv", "Nom,Nature\nHoule,PME\nSel,PME\n".Replace("\n", end, StringComparison.Ordinal));
        var graph = garden.Build();
        var problem = Assert.Single(graph.Diagnostics);
        Assert.Equal(("MXG0204", 4, 7), (problem.Code, problem.Line, problem.Column));
        Assert.Equal("pays: Suise", new SourceExcerpts([garden.Root]).Line("a.md", 4));
        var view = new GraphView(graph);
        Assert.Equal(["Vague"], view.Values("note/a", "initiative/vague", "name"));
        Assert.Equal(["Sel"], view.Values("note/acteurs", "organisation/sel", "name"));
    }

    [Theory]
    [InlineData("# rien que des remarques\n# encore\n")]
    [InlineData("\n\n")]
    [InlineData("nom:\n")]
    public void Front_matter_that_says_nothing_is_no_problem(string yaml)
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\n" + yaml + "---\n# Titre\n");
        Assert.Empty(garden.Build().Diagnostics);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_front_matter_makes_its_parser_fail(int seed)
    {
        string[] pieces =
        [
            "nom: Vague", "\n", "\n", "  ", "\t", "- ", "? ", ": ", ":", "&a ", "*a ", "!t ", "!!str ", "!<", "|\n", ">-\n", "%YAML 1.2\n", "%TAG ! x\n", "...\n", "[", "]", "{", "}", ",", "\"", "'", "\\", "\\x",
            "\\u12", "#", " # x", "é", "porteurs: [Houle, Sel]\n", "1e999", "2020-99-99", "99999999999999999999", "~", "null", "<<: *a\n", "@", "`", "--- x\n", "--", "\u0085", "\u2028", "\uFEFF", "\u0007", "\uD83D\uDE00", "a: >\n x\n",
        ];
        var random = new Random(seed);
        using var garden = new TemporaryGarden();
        for (var i = 0; i < 500; i++)
        {
            garden.Write($"n{i}.md", "---\nsite: a\n" + string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)])) + "\n---\n# Titre\n");
        }

        var graph = garden.Build();
        Assert.Equal(500, graph.NoteCount);
        Assert.DoesNotContain(graph.Diagnostics, d => d.Code == "MXG0113");
        Assert.All(graph.Diagnostics.Where(d => d.Code.StartsWith("MXG02", StringComparison.Ordinal)), d => Assert.True(d is { Line: > 0, Column: > 0 }, d.ToString()));
    }

    [Fact]
    public void What_is_wrong_a_thousand_times_in_one_way_is_told_once_or_a_few_times()
    {
        string Lines(string line) => string.Concat(Enumerable.Repeat(line + "\n", 2000));
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\nnom: Vague\n" + Lines("porteurs: Houle") + "---\n")
            .Write("b.md", "---\ntype: projet\nnom: Sel\n" + Lines("porteurs:Houle") + "---\n")
            .Write("c.md", "---\ntype: projet\nnom: Sable\nporteurs: " + new string('x', 10_000) + "\npays: " + new string('y', 10_000) + "\n---\n");
        var problems = garden.Build().Diagnostics;
        Assert.Equal(["MXG0212"], problems.Where(d => d.File == "a.md").Select(d => d.Code));
        Assert.Equal(100, problems.Count(d => d.File == "b.md" && d.Code == "MXG0209"));
        Assert.Equal(2, problems.Count(d => d.File == "c.md" && d.Code == "MXG0109"));
        Assert.All(problems, d => Assert.InRange(d.MessageEn.Length, 1, 500));
    }

    [Fact]
    public void Few_zero_bytes_are_replaced_and_many_are_no_text()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\nnom: Vague\n---\n" + new string('x', 300) + "\0\n\0")
            .Write("b.md", "---\ntype: projet\nnom: Houle\n---\n" + new string('\0', 300));
        var graph = garden.Build();
        Assert.Equal([("a.md", "MXG0114", 5, 301), ("b.md", "MXG0102", 0, 0)], graph.Diagnostics.Select(d => (d.File, d.Code, d.Line, d.Column)));
        Assert.Equal(["Vague"], new GraphView(graph).Values("note/a", "initiative/vague", "name"));
    }

    [Fact]
    public void Control_characters_never_reach_the_graph()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "---\ntype: projet\nnom: \"Va\\x01gue\"\nporteurs: Hou\u0002le\n---\nUn texte &#1; avec \u0003 et \f fin &#xD83D; &#xFFFF;.\n")
            .Write("t.csv", "Nom,Nature,Lieu\nSel\u0004le,PME,Suisse\n")
            .Write("c\u0005.md", "# C\n");
        var graph = garden.Build();
        Assert.Equal(
            [("a.md", "MXG0114", 4, 14), ("c\uFFFD.md", "MXG0105", 0, 0), ("t.csv", "MXG0114", 2, 4)],
            graph.Diagnostics.Where(d => d.File != "").Select(d => (d.File, d.Code, d.Line, d.Column)));
        var view = new GraphView(graph);
        Assert.Equal(["Va\uFFFDgue"], view.Values("note/a", "initiative/va-gue", "name"));
        Assert.DoesNotContain(view.NoteStatements, s => s.O is MuseumXtd.Rdf.Literal { LexicalForm: var text } && text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r') || c is '\uFFFF' || char.IsSurrogate(c)));
    }
}
