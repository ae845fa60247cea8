using Xunit.Abstractions;

namespace MuseumXtd.Garden.Tests;

/// <summary>The seed page, read by hand, initiative by initiative.</summary>
public sealed class GoldenTableTests(ITestOutputHelper output)
{
    private const string Page = "note/exemples-d-initiatives-internationales-pour-la-transition-numerique-de-la";

    private static readonly Lazy<GraphView?> Garden = new(() =>
        TestFolders.Shared is { } shared && Directory.Exists(Path.Combine(shared, "garden")) ? GraphView.Of(Path.Combine(shared, "garden")) : null);

    // id, name, kinds, places, EDTF, status, agents, audiences, home page
    public static TheoryData<string, string, string, string, string, string, string, string, string> Rows => new()
    {
        { "doors", "DOORS", "programme project", "at be", "2022", "", "lead ars-electronica, lead ecsite, lead museum-booster", "small-medium-museums", "" },
        { "digital-heritage-lab", "Digital Heritage Lab", "programme", "gb", "2020/2021", "ended", "", "small-medium-museums", "https://www.a-m-a.co.uk/digital-heritage-lab/" },
        { "digital-skills-for-heritage", "Digital Skills for Heritage", "", "", "", "", "", "heritage-organisations", "https://www.heritagefund.org.uk/our-work/digital-skills-heritage" },
        { "virage-numericq", "Virage NumériCQ", "service", "ca-qc", "", "", "lead quebec-numerique", "businesses", "" },
        { "one-by-one", "One-by-One", "project", "gb", "2017/2022", "", "", "museums", "" },
        { "digital-kultur", "Digital Kultur", "programme", "de", "", "", "creator kreativ-mfg", "archives museums theatres", "https://kreativ.mfg.de/digitale-kultur/" },
        { "digital-pathways", "Digital Pathways", "resource-bank", "gb", "", "", "developer culture24", "museum-professionals", "https://digipathways.co.uk/resources/" },
        { "musees-numeriques-canada", "Musées numériques Canada", "fund", "ca", "2020/..", "active", "", "heritage-organisations museums", "https://www.digitalmuseums.ca/funded-projects/" },
        { "the-gift-box", "The Gift Box", "toolkit", "europe", "2017/2019", "", "", "museums", "https://gifting.digital/" },
        { "gift", "GIFT", "project", "", "", "", "", "", "" },
        { "the-digital-culture-network", "The Digital Culture Network", "platform", "gb", "2019", "", "developer arts-council-england", "cultural-institutions", "https://www.artscouncil.org.uk/developing-digital-culture/digital-culture-network" },
        { "digital-culture-compass", "Digital Culture Compass", "charter programme self-assessment toolkit", "gb", "2020", "", "", "cultural-institutions heritage-organisations", "https://digitalculturecompass.org.uk" },
        { "building-digital-capacity", "Building Digital Capacity", "report", "", "", "", "operator europeana", "", "https://pro.europeana.eu/page/building-digital-capacity" },
        { "culture-numerique-du-departement-cultuur-jeugd-media", "Culture numérique, du département Cultuur, Jeugd & media", "programme", "be-vlg", "2017", "", "lead departement-cultuur-jeugd-media", "", "https://www.vlaanderen.be/cjm/nl/cultuur/digitale-cultuur/visie-en-beleid" },
        { "indices", "inDICEs", "project", "europe", "", "", "", "policy-makers", "https://indices-culture.eu/" },
        { "musees-virtuels-du-canada", "Musées virtuels du Canada", "portal", "ca", "../2020", "closed", "", "cultural-institutions", "https://www.museesnumeriques.ca/mvc-fermeture/" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_of_the_golden_table(
        string id, string name, string kinds, string places, string edtf, string status, string agents, string audiences, string homepage)
    {
        if (View() is not { } view)
        {
            return;
        }

        var subject = "initiative/" + id;
        Assert.Equal([name], view.Values(Page, subject, "name"));
        Assert.Equal(Words(kinds), view.Slugs(Page, subject, "kind"));
        Assert.Equal(Words(places), view.Slugs(Page, subject, "place"));
        Assert.Equal(Words(edtf), view.Periods(Page, subject));
        Assert.Equal(Words(status), view.Slugs(Page, subject, "status"));
        Assert.Equal(agents.Length == 0 ? [] : agents.Split(", "), view.Agents(Page, subject));
        Assert.Equal(Words(audiences), view.Slugs(Page, subject, "audience"));
        Assert.Equal(Words(homepage), view.Values(Page, subject, "homepage"));
    }

    [Fact]
    public void Page_has_exactly_sixteen_initiatives()
    {
        if (View() is { } view)
        {
            var found = view.Graph(Page).Where(s => s.P.Value.EndsWith("#type", StringComparison.Ordinal) && s.O == new Rdf.Iri(GraphView.Ns + "Initiative"));
            Assert.Equal(16, found.Count());
        }
    }

    [Fact]
    public void Relations_between_initiatives_of_the_page()
    {
        if (View() is not { } view)
        {
            return;
        }

        Assert.Equal(["digital-skills-for-heritage"], view.Slugs(Page, "initiative/digital-heritage-lab", "partOf"));
        Assert.Equal(["musees-virtuels-du-canada"], view.Slugs(Page, "initiative/musees-numeriques-canada", "succeeds"));
        Assert.Equal(["the-gift-box"], view.Slugs(Page, "initiative/gift", "hasOutput"));
        Assert.Equal(["gift"], view.Slugs("derived", "initiative/the-gift-box", "outputOf"));
        Assert.Equal(["de-bw"], view.Slugs(Page, "initiative/digital-kultur", "coversArea"));
        Assert.Equal(["Le projet DOORS"], view.Values(Page, "initiative/doors", "altName"));
        Assert.Contains("association Québec numérique", view.Values(Page, "organisation/quebec-numerique", "altName"));
    }

    [Fact]
    public void Outputs_of_the_page()
    {
        if (View() is not { } view)
        {
            return;
        }

        string[] Names(string id) => [.. view.Values(Page, "initiative/" + id, "hasOutput").SelectMany(o => view.Values(Page, o, "name")).Order(StringComparer.Ordinal)];
        Assert.Equal(["charte", "outil de suivi"], Names("digital-culture-compass"));
        Assert.Equal(
            ["formation pour développer son leadership numérique", "outil d'auto-évaluation de maturité numérique", "résidences Culture Numérique"],
            Names("culture-numerique-du-departement-cultuur-jeugd-media"));
        Assert.Equal(["ressources"], Names("digital-heritage-lab"));
    }

    [Fact]
    public void Years_are_derived_and_silence_is_unknown()
    {
        if (View() is not { } view)
        {
            return;
        }

        Assert.Equal(["2017"], view.Values("derived", "initiative/one-by-one", "startYear"));
        Assert.Equal(["2022"], view.Values("derived", "initiative/one-by-one", "endYear"));
        Assert.Equal(["unknown"], view.Slugs("derived", "initiative/one-by-one", "status"));
        Assert.Empty(view.Values("derived", "initiative/musees-numeriques-canada", "endYear"));
        Assert.Empty(view.Values("derived", "initiative/musees-virtuels-du-canada", "startYear"));
        Assert.Equal(["2020"], view.Values("derived", "initiative/musees-virtuels-du-canada", "endYear"));
    }

    [Fact]
    public void Every_published_note_of_the_real_garden_has_a_graph()
    {
        if (View() is not { } view)
        {
            return;
        }

        Assert.Equal(view.Garden.NoteCount, view.Garden.NoteFiles.Count);
        var notes = Directory.EnumerateFiles(Path.Combine(TestFolders.Shared!, "garden", "Notes"), "*.md");
        Assert.All(notes, n => Assert.Contains("Notes/" + Path.GetFileName(n), view.Garden.NoteFiles.Values));
        Assert.DoesNotContain(view.Garden.NoteFiles.Values, p => p.StartsWith("Brouillon", StringComparison.Ordinal) || p.StartsWith('.'));
    }

    private static string[] Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private GraphView? View()
    {
        if (Garden.Value is null)
        {
            output.WriteLine("Skipped: the shared garden is not here.");
        }

        return Garden.Value;
    }
}
