namespace MuseumXtd.Garden.Tests;

/// <summary>A small garden with the shapes of real notes, in other words: the rules know no names.</summary>
public sealed class SmallGardenTests
{
    private const string Page = "note/initiatives-d-ici-et-d-ailleurs";

    private static readonly GraphView View = GraphView.Of(TestFolders.Small);

    [Theory]
    [InlineData("aurore", "programme project", "no se", "2021", "", "lead fjordlab, lead musea-nord, lead nordlys", "small-medium-museums")]
    [InlineData("harbour-lab", "programme", "gb", "2019/2020", "ended", "", "small-medium-museums")]
    [InlineData("skills-ahoy", "", "", "", "", "", "heritage-organisations")]
    [InlineData("virage-doux", "service", "ca-qc", "", "", "lead quebec-tranquille", "businesses")]
    [InlineData("fonds-boreal", "fund", "ca", "2018/..", "active", "", "museums")]
    [InlineData("the-kit", "toolkit", "europe", "2016/2018", "", "", "museums")]
    [InlineData("lumen", "project", "", "", "", "", "")]
    [InlineData("boussole", "charter programme self-assessment toolkit", "gb", "2020", "", "", "cultural-institutions heritage-organisations")]
    [InlineData("kultur-sud", "programme", "de", "", "", "creator buro-sud", "archives museums theatres")]
    [InlineData("culture-ouverte-du-departement-kunst-erfgoed", "programme", "be-vlg", "2017", "", "lead departement-kunst-erfgoed", "")]
    [InlineData("portail-austral", "portal", "ca", "../2018", "closed", "", "")]
    [InlineData("equipe-de-nuit", "report", "", "", "", "operator nocturne", "")]
    public void Item_of_a_list_is_an_initiative(
        string id, string kinds, string places, string edtf, string status, string agents, string audiences)
    {
        var subject = "initiative/" + id;
        Assert.Single(View.Values(Page, subject, "name"));
        Assert.Equal(Words(kinds), View.Slugs(Page, subject, "kind"));
        Assert.Equal(Words(places), View.Slugs(Page, subject, "place"));
        Assert.Equal(Words(edtf), View.Periods(Page, subject));
        Assert.Equal(Words(status), View.Slugs(Page, subject, "status"));
        Assert.Equal(agents.Length == 0 ? [] : agents.Split(", "), View.Agents(Page, subject));
        Assert.Equal(Words(audiences), View.Slugs(Page, subject, "audience"));
    }

    [Fact]
    public void Items_under_another_heading_are_no_initiatives() =>
        Assert.DoesNotContain(View.Graph(Page), s => s.O is Rdf.Literal { LexicalForm: "Rien" });

    [Fact]
    public void Tracking_parameters_are_removed_and_others_kept()
    {
        Assert.Equal(["https://harbourlab.example.org/?page=2"], View.Values(Page, "initiative/harbour-lab", "homepage"));
        Assert.Contains(View.Garden.Diagnostics, d => d is { Code: "MXG0303", Line: 16 });
    }

    [Fact]
    public void Misspelt_region_is_found_where_the_words_say_that_it_is_covered() =>
        Assert.Equal(["de-bw"], View.Slugs(Page, "initiative/kultur-sud", "coversArea"));

    [Fact]
    public void Note_about_an_initiative_and_the_list_speak_of_one_resource()
    {
        Assert.Equal(["https://aurore.example.org/"], View.Values("note/le-projet-aurore", "initiative/aurore", "homepage"));
        Assert.Equal(["developer fjordlab", "developer nordlys"], View.Agents("note/le-projet-aurore", "initiative/aurore"));
        var funding = Assert.Single(View.Values("note/le-projet-aurore", "initiative/aurore", "hasFunding"));
        Assert.Equal(["scheme/horizon-2020"], View.Values("note/le-projet-aurore", funding, "scheme"));
    }

    [Fact]
    public void Front_matter_states_facts_whatever_the_spelling_of_keys()
    {
        const string Note = "note/phare";
        const string Phare = "initiative/phare";
        Assert.Equal(["Phare : une lumière"], View.Values(Note, Phare, "name"));
        Assert.Equal(["Phare"], View.Values(Note, Phare, "altName"));
        Assert.Equal(["platform", "project"], View.Slugs(Note, Phare, "kind"));
        Assert.Equal(["2020-03/2022"], View.Periods(Note, Phare));
        Assert.Equal(["ended"], View.Slugs(Note, Phare, "status"));
        Assert.Equal(["lead nordlys", "partner fjordlab"], View.Agents(Note, Phare));
        Assert.Equal(["museums"], View.Slugs(Note, Phare, "audience"));
        Assert.Equal(["digitisation"], View.Slugs(Note, Phare, "theme"));
        Assert.Equal(["initiative/aurore"], View.Values(Note, Phare, "partOf"));
        Assert.Equal(["https://cordis.europa.eu/project/id/12345"], View.Values(Note, Phare, "identifiedBy"));
        var output = Assert.Single(View.Values(Note, Phare, "hasOutput"));
        Assert.Equal(["guide"], View.Slugs(Note, output, "kind"));
        Assert.Equal(["https://fjordlab.example.org/"], View.Values(Note, "organisation/fjordlab", "homepage"));
    }

    [Fact]
    public void Funder_and_scheme_are_one_funding()
    {
        var funding = Assert.Single(View.Values("note/phare", "initiative/phare", "hasFunding"));
        Assert.Equal(["organisation/commission-europeenne"], View.Values("note/phare", funding, "funder"));
        Assert.Equal(["scheme/horizon-2020"], View.Values("note/phare", funding, "scheme"));
        Assert.Equal(["12345"], View.Values("note/phare", funding, "grantNumber"));
        Assert.Equal(["organisation/commission-europeenne"], View.Values("derived", "initiative/phare", "fundedBy"));
    }

    [Fact]
    public void Explicit_front_matter_wins_over_prose() =>
        Assert.DoesNotContain(View.Graph("note/phare"), s => s.O is Rdf.Literal { LexicalForm: "Personne" });

    [Fact]
    public void Unknown_values_of_front_matter_are_reported_and_kept_where_they_can_be()
    {
        Assert.Contains(View.Garden.Diagnostics, d => d is { File: "Notes/Phare.md", Code: "MXG0204", Line: 6 });
        Assert.Contains(View.Garden.Diagnostics, d => d is { File: "Notes/Phare.md", Code: "MXG0203", Line: 15 });
        Assert.Equal(["Atlantide"], View.Values("note/phare", "initiative/phare", "locality"));
    }

    [Fact]
    public void Organisation_note_is_an_organisation()
    {
        Assert.Equal(["place/se"], View.Values("note/nordlys", "organisation/nordlys", "place"));
        Assert.Equal(["http://www.wikidata.org/entity/Q1"], View.Values("note/nordlys", "organisation/nordlys", "identifiedBy"));
        Assert.Equal(["organisation/musea-nord"], View.Values("note/nordlys", "organisation/nordlys", "memberOf"));
    }

    [Fact]
    public void Rows_of_a_table_are_organisations_and_rows_without_name_are_none()
    {
        Assert.Equal(["ch-ge", "ch-lausanne"], View.Slugs("note/acteurs", "organisation/atelier-nord", "place"));
        Assert.Equal(["Agence"], View.Values("note/acteurs", "organisation/atelier-nord", "nature"));
        Assert.Equal(["Animation (2D, 3D)", "Son"], View.Values("note/acteurs", "organisation/atelier-nord", "expertise"));
        Assert.Equal(["Nulleville"], View.Values("note/acteurs", "organisation/fjordlab", "locality"));
        Assert.DoesNotContain(View.Graph("note/acteurs"), s => s.O is Rdf.Literal { LexicalForm: "Orphelin" });
    }

    [Fact]
    public void Links_resolve_whatever_the_apostrophe_and_case_and_dangling_ones_get_a_hint()
    {
        Assert.Equal(["note/initiatives-d-ici-et-d-ailleurs"], View.Values("meta", "note/le-projet-aurore", "linksTo"));
        Assert.Equal(["Initiative d'ici et d'ailleur"], View.Values("meta", "note/le-projet-aurore", "danglingLink"));
        var dangling = Assert.Single(View.Garden.Diagnostics, d => d.Code == "MXG0301");
        Assert.Equal("Did you mean 'Initiatives d'ici et d'ailleurs'?", dangling.HintEn);
        Assert.Equal(10, dangling.Line);
    }

    [Fact]
    public void Drafts_are_not_read_unless_asked()
    {
        Assert.DoesNotContain("Brouillon/Secret.md", View.Garden.NoteFiles.Values);
        var all = new GardenReader(new GardenOptions { Roots = [TestFolders.Small], IncludeDrafts = true }).Build();
        Assert.Contains("Brouillon/Secret.md", all.NoteFiles.Values);
    }

    [Fact]
    public void Title_of_a_note_is_its_heading() =>
        Assert.Equal(["Exemples d'initiatives pour les musées"], View.Values("meta", Page, "name"));

    [Fact]
    public void Mentions_are_in_a_graph_outside_the_union()
    {
        Assert.False(View.Garden.Graph(GraphView.Base + "graph/origin")!.InUnion);
        Assert.Equal(["16"], View.Values("origin", $"{Page}/mention/initiative-harbour-lab", "line"));
        Assert.Equal(["Harbour Lab"], View.Values("origin", $"{Page}/mention/initiative-harbour-lab", "words"));
        Assert.Equal(["7"], View.Values("origin", $"{Page}/mention/initiative-harbour-lab", "column"));
    }

    [Fact]
    public void Participation_carries_the_line_and_the_words()
    {
        Assert.Equal(["19"], View.Values(Page, "initiative/virage-doux/p/quebec-tranquille-lead", "sourceLine"));
        Assert.Equal(["porté par l’association Québec tranquille"], View.Values(Page, "initiative/virage-doux/p/quebec-tranquille-lead", "sourceText"));
    }

    [Fact]
    public void No_graph_holds_a_blank_node() =>
        Assert.DoesNotContain(View.Garden.Graphs, g => View.Graph(g.Iri[(GraphView.Base + "graph/").Length..]).Exists(s => s.S is Rdf.BlankNode || s.O is Rdf.BlankNode));

    private static string[] Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
