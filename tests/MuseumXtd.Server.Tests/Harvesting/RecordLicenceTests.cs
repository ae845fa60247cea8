using System.Xml.Linq;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>Records state the licence of what stands in them.</summary>
public sealed class RecordLicenceTests
{
    private const string Prose = "Un programme pour les musées, autour des compétences numériques.";
    private const string By = "http://creativecommons.org/licenses/by/4.0/";
    private const string Cc0 = "http://creativecommons.org/publicdomain/zero/1.0/";

    private static readonly XNamespace Dc = EdmAssertions.Dc;

    [Theory]
    [InlineData(null, By, false)]
    [InlineData("https://creativecommons.org/licenses/by-sa/4.0", "http://creativecommons.org/licenses/by-sa/4.0/", false)]
    [InlineData("https://creativecommons.org/publicdomain/zero/1.0/deed.fr", Cc0, true)]
    [InlineData("https://example.org/our-own-terms", "https://example.org/our-own-terms", false)]
    public async Task The_text_of_a_note_stands_under_the_licence_of_the_notes(string? licence, string stated, bool isFree)
    {
        await using var garden = await HarvestedGarden.StartAsync(o => o with { NotesLicense = licence });
        var records = (await garden.Client.OaiAsync("verb=ListRecords&metadataPrefix=oai_dc")).Descendants(XName.Get("dc", "http://www.openarchives.org/OAI/2.0/oai_dc/")).ToList();
        Assert.Contains(records, r => r.Elements(Dc + "description").Any(d => d.Value == Prose));
        Assert.Contains(records, r => r.Element(Dc + "description") is null);
        Assert.All(records, r => Assert.Equal(r.Element(Dc + "description") is null ? Cc0 : stated, r.Elements(Dc + "rights").Single().Value));

        var whole = (await garden.Client.OaiAsync("verb=ListRecords&metadataPrefix=mxtd")).Descendants(EdmAssertions.Rdf + "RDF").ToList();
        Assert.Contains(whole, r => !HasNoteText(r));
        Assert.All(whole, r => Assert.Equal(HasNoteText(r) ? stated : Cc0, r.Descendants(EdmAssertions.DcTerms + "license").Single().Attribute(EdmAssertions.Rdf + "resource")!.Value));
        Assert.All(whole, r => Assert.Contains("/doc/", r.Descendants(EdmAssertions.DcTerms + "license").Single().Parent!.Attribute(EdmAssertions.Rdf + "about")!.Value, StringComparison.Ordinal));

        // Metadata in EDM are CC0 whatever the notes are under.
        var edm = await garden.Client.OaiAsync("verb=ListRecords&metadataPrefix=edm");
        Assert.Equal(isFree, edm.ToString().Contains(Prose, StringComparison.Ordinal));
        Assert.Equal(isFree, (await garden.Client.GetStringAsync("/dump.edm.rdf")).Contains(Prose, StringComparison.Ordinal));
        using var dump = await garden.Client.GetAsync("/dump.edm.rdf");
        Assert.Contains(dump.Headers.GetValues("Link"), l => l.Contains($"<{Cc0}>; rel=\"license\"", StringComparison.Ordinal));
        Assert.All(edm.Descendants(EdmAssertions.Rdf + "RDF"), r => Assert.Empty(EdmAssertions.Failed(r)));
    }

    private static bool HasNoteText(XElement record) => record.Descendants().Any(e => e.Name.LocalName is "description" or "sourceText");

    [Fact]
    public async Task Where_the_text_of_notes_may_not_stand_the_facts_are_told()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        garden.Write("Atelier ouvert.md", """
            ---
            type: programme
            nom: Atelier ouvert
            id: atelier-ouvert
            region: [Québec]
            debut: 2021
            porteurs: ["[[Maison du numérique]]"]
            resultat: ["Guide de l'atelier"]
            ---
            # Atelier ouvert
            Un programme pour les musées, autour des compétences numériques.
            """);
        await garden.SaveAsync();
        var output = garden.Server.Changes.Current!.Latest.Single(c => c.Traits.Types.Contains("Output")).Resource[HarvestedGarden.Base.Length..];
        var record = await garden.Client.OaiAsync("verb=GetRecord&metadataPrefix=edm&identifier=oai:museumxtd.org:" + output);
        Assert.Equal(
            ["en: Kind: guide. Output of: Atelier ouvert.", "fr: Nature\u00A0: guide. Réalisation de\u00A0: Atelier ouvert."],
            record.Descendants(Dc + "description").Select(d => $"{d.Attribute(XNamespace.Xml + "lang")!.Value}: {d.Value}"));
        Assert.Contains(
            "Kind: programme. Led by: Maison du numérique. Place: Quebec. Period: since 2021.",
            record.Descendants(XName.Get("note", "http://www.w3.org/2004/02/skos/core#")).Select(n => n.Value));
    }

    [Fact]
    public async Task Another_licence_is_a_change_of_all_records()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        var count = garden.Server.Changes.Current!.History.Count;
        await garden.RestartAsync();
        Assert.Empty(garden.Since(count));
        await garden.RestartAsync(o => o with { NotesLicense = Cc0 });
        Assert.Equal(count, garden.Since(count).Count);
        Assert.All(garden.Since(count), c => Assert.StartsWith("Updated ", c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Aggregators_on_the_way_are_named_in_their_order()
    {
        await using var garden = await HarvestedGarden.StartAsync(o => o with { Harvest = o.Harvest with { Provider = "National", IntermediateProvider = "Regional" } });
        var records = (await garden.Client.OaiAsync("verb=ListRecords&metadataPrefix=edm")).Descendants(EdmAssertions.Rdf + "RDF").ToList();
        var schemas = OaiSchemas.Read("all-edm.xsd");
        foreach (var aggregation in records.Select(r => r.Element(EdmAssertions.Ore + "Aggregation")!))
        {
            Assert.Equal(
                ("MuseumXtd", "National", "Regional"),
                (aggregation.Element(EdmAssertions.Edm + "dataProvider")!.Value, aggregation.Element(EdmAssertions.Edm + "provider")!.Value, aggregation.Element(EdmAssertions.Edm + "intermediateProvider")!.Value));
            Assert.Empty(schemas?.Errors(new XDocument(aggregation.Parent)) ?? []);
        }
    }
}
