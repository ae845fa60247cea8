namespace MuseumXtd.Garden.Tests;

/// <summary>Identifiers of authorities: read as each authority writes them, and never made out of something else.</summary>
public sealed class IdentifierTests
{
    [Theory]
    [InlineData("wikidata: Q42", "http://www.wikidata.org/entity/Q42")]
    [InlineData("Wikidata: https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42")]
    [InlineData("wikidata: http://www.wikidata.org/entity/Q42", "http://www.wikidata.org/entity/Q42")]
    [InlineData("wikidata: 'https://www.wikidata.org/wiki/Q42?uselang=fr#P31'", "http://www.wikidata.org/entity/Q42")]
    [InlineData("cordis: 12345", "https://cordis.europa.eu/project/id/12345")]
    [InlineData("cordis: https://cordis.europa.eu/project/id/12345/fr", "https://cordis.europa.eu/project/id/12345")]
    [InlineData("cordis: https://cordis.europa.eu/project/rcn/12345/en", "https://cordis.europa.eu/project/rcn/12345/en")]
    [InlineData("geonames: 2660646", "https://sws.geonames.org/2660646/")]
    [InlineData("geonames: https://www.geonames.org/2660646/geneve.html", "https://sws.geonames.org/2660646/")]
    [InlineData("geonames: https://sws.geonames.org/2660646/", "https://sws.geonames.org/2660646/")]
    [InlineData("ror: 05gzmn429", "https://ror.org/05gzmn429")]
    [InlineData("ROR: https://ror.org/05gzmn429", "https://ror.org/05gzmn429")]
    [InlineData("viaf: 102333412", "http://viaf.org/viaf/102333412")]
    [InlineData("viaf: https://viaf.org/viaf/102333412/#Austen", "http://viaf.org/viaf/102333412")]
    [InlineData("doi: 10.1000/182", "https://doi.org/10.1000/182")]
    [InlineData("doi: doi:10.1000/182", "https://doi.org/10.1000/182")]
    [InlineData("doi: http://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182")]
    [InlineData("doi: 10.1000/(a)1:2<3::b>4.0.c;2-d", "https://doi.org/10.1000/(a)1:2%3C3::b%3E4.0.c;2-d")]
    [InlineData("isni: 000000012150090X", "https://isni.org/isni/000000012150090X")]
    [InlineData("isni: 0000 0001 2150 090X", "https://isni.org/isni/000000012150090X")]
    [InlineData("isni: https://www.isni.org/isni/000000012150090X", "https://isni.org/isni/000000012150090X")]
    [InlineData("identifiant: https://d-nb.info/gnd/4020517-4", "https://d-nb.info/gnd/4020517-4")]
    [InlineData("identifier: https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42")]
    public void Identifiers_of_authorities_are_read_bare_or_as_their_addresses(string line, string iri)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\ntype: organisation\nnom: Vague\n{line}\n---\n");
        var graph = garden.Build();
        Assert.Empty(graph.Diagnostics);
        Assert.Equal([iri], new GraphView(graph).Values("note/a", "organisation/vague", "identifiedBy"));
    }

    public static TheoryData<string, string> NoIdentifiers => new()
    {
        { "wikidata", "Q1 2\"<>" }, { "wikidata", "q42" }, { "wikidata", "Vague" }, { "wikidata", "https://www.wikidata.org/wiki/Vague" }, { "wikidata", "https://vague.example.org/Q42" },
        { "wikidata", "Q42\u0662" }, { "cordis", "VAGUE" }, { "geonames", "Genève" }, { "geonames", "https://www.geonames.org/" }, { "ror", "x y" }, { "ror", "https://ror.org/x" },
        { "isni", "0000" }, { "isni", "x y" }, { "viaf", "12 34" }, { "doi", "182" }, { "doi", "10.1000/a \"b" }, { "identifiant", "Q42" }, { "identifiant", "https://d-nb.info/a b" }, { "identifier", "x y" },
    };

    [Theory]
    [MemberData(nameof(NoIdentifiers))]
    public void What_is_no_identifier_of_the_authority_is_told_and_states_nothing(string key, string value)
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", $"---\ntype: organisation\nnom: Vague\n{key}: '{value}'\n---\n")
            .Write("b.md", $"# Liste des initiatives\n- [Houle](https://h.example.org/) <!-- mxtd {key}: {value} -->\n")
            .Write("c.csv", $"Nom,Nature,{key}\nSel,PME,\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
        var graph = garden.Build();
        Assert.Equal(
            [("a.md", "MXG0206", 4, key.Length + 4), ("b.md", "MXG0206", 2, key.Length + 47), ("c.csv", "MXG0206", 2, 10)],
            graph.Diagnostics.Select(d => (d.File, d.Code, d.Line, d.Column)));
        Assert.All(graph.Diagnostics, d => Assert.Contains(key, d.MessageFr, StringComparison.Ordinal));
        Assert.DoesNotContain(new GraphView(graph).NoteStatements, s => s.P.Value.EndsWith("identifiedBy", StringComparison.Ordinal));
    }
}
