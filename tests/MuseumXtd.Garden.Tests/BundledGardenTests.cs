namespace MuseumXtd.Garden.Tests;

/// <summary>The repository's own garden says what its notes say, and nothing beside it.</summary>
public sealed class BundledGardenTests
{
    private static readonly GraphView View = GraphView.Of(TestFolders.Bundled);

    [Fact]
    public void It_has_no_problems() => Assert.Empty(View.Garden.Diagnostics);

    [Theory]
    [InlineData("building-digital-capacity", "", "", "unknown", "operator europeana")]
    [InlineData("culture-numerique-flandre", "be-vlg", "2017/", "unknown", "lead departement-cultuur-jeugd-media")]
    [InlineData("digital-culture-compass", "gb", "2020/", "unknown", "creator arts-council-england, creator national-lottery-heritage-fund")]
    [InlineData("digital-culture-network", "gb", "2019/", "unknown", "developer arts-council-england")]
    [InlineData("digital-heritage-lab", "gb", "2020/2021", "ended", "lead arts-marketing-association")]
    [InlineData("digital-pathways", "gb", "", "unknown", "developer culture24")]
    [InlineData("digital-skills-for-heritage", "gb", "", "unknown", "lead national-lottery-heritage-fund")]
    [InlineData("digitale-kultur", "de", "", "unknown", "creator mfg-baden-wurttemberg")]
    [InlineData("doors", "at be", "2021-10/2023-09", "ended", "lead ars-electronica, lead ecsite, lead museum-booster")]
    [InlineData("gift", "europe", "2017-01-01/2019-12-31", "ended", "coordinator it-university-of-copenhagen")]
    [InlineData("indices", "europe", "2020-01-01/2023", "unknown", "coordinator iccu")]
    [InlineData("musees-numeriques-canada", "ca", "2020/..", "active", "lead musee-canadien-de-l-histoire")]
    [InlineData("musees-virtuels-du-canada", "ca", "../2020", "closed", "")]
    [InlineData("one-by-one", "gb", "2017/2022", "unknown", "lead university-of-leicester")]
    [InlineData("the-gift-box", "europe", "2017/2019", "unknown", "")]
    [InlineData("virage-numericq", "ca-qc", "", "unknown", "lead quebec-numerique")]
    public void An_initiative_has_the_facts_of_its_note_in_all_graphs(string id, string places, string edtf, string status, string agents)
    {
        var subject = "initiative/" + id;
        Assert.Equal(places, Everywhere(subject, View.Slugs, "place"));
        Assert.Equal(edtf, string.Join(' ', NoteGraphs.SelectMany(g => View.Periods(g, subject)).Distinct()));
        Assert.Equal(status, string.Join(' ', View.Slugs("derived", subject, "status").Concat(NoteGraphs.SelectMany(g => View.Slugs(g, subject, "status"))).Distinct()));
        Assert.Equal(agents, string.Join(", ", NoteGraphs.SelectMany(g => View.Agents(g, subject)).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void It_has_sixteen_initiatives()
    {
        var initiatives = View.NoteStatements.Where(s => s.P == Rdf.Vocabulary.RdfNames.Type && s.O == new Rdf.Iri(GraphView.Ns + "Initiative")).Select(s => s.S).Distinct();
        Assert.Equal(16, initiatives.Count());
    }

    private static IEnumerable<string> NoteGraphs =>
        View.Garden.Graphs.Select(g => g.Iri).Where(g => g.StartsWith(GraphView.Base + "graph/note/", StringComparison.Ordinal))
            .Select(g => g[(GraphView.Base.Length + "graph/".Length)..]);

    private static string Everywhere(string subject, Func<string, string, string, string[]> values, string property) =>
        string.Join(' ', NoteGraphs.SelectMany(g => values(g, subject, property)).Distinct().Order(StringComparer.Ordinal));
}
