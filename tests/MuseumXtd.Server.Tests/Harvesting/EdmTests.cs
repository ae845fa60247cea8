using System.Text.Json;
using System.Xml.Linq;
using MuseumXtd.Server.Harvesting.Edm;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>A server over the repository's own garden.</summary>
public sealed class BundledGardenFixture : IAsyncLifetime
{
    internal MuseumXtdServer Server { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await MuseumXtdServer.StartAsync(new ServerOptions { Gardens = [SharedFolder.Bundled], Port = 0, Watch = false });
        Client = new HttpClient { BaseAddress = new Uri(Server.Url) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>Records of the repository's own garden, held against what aggregators check.</summary>
public sealed class EdmTests(BundledGardenFixture garden) : IClassFixture<BundledGardenFixture>
{
    private static readonly XNamespace Rdf = EdmAssertions.Rdf;

    [Theory]
    [InlineData("oai_dc", "all-oai_dc.xsd")]
    [InlineData("mxtd", "all-oai_dc.xsd")]
    [InlineData("edm", "all-edm.xsd")]
    public async Task Every_record_is_valid(string prefix, string driver)
    {
        if (OaiSchemas.Read(driver, withRdf: prefix == "mxtd") is not { } schemas)
        {
            return;
        }

        foreach (var page in await garden.Client.PagesAsync("ListRecords", "metadataPrefix=" + prefix))
        {
            Assert.Empty(schemas.Errors(page));
        }
    }

    [Theory]
    [InlineData("all-oai_dc.xsd", "oai-bad.xml", false)]
    [InlineData("all-oai_dc.xsd", "oai-getrecord-dc.xml", true)]
    [InlineData("all-edm.xsd", "edm-bad-event.xml", false)]
    [InlineData("all-edm.xsd", "edm-record.xml", true)]
    public void The_schemas_tell_good_from_bad(string driver, string sample, bool isGood)
    {
        if (OaiSchemas.Read(driver) is { } schemas && SharedFolder.Find("harvest/xsd/samples/" + sample) is { } file)
        {
            Assert.Equal(isGood, schemas.Errors(XDocument.Load(file)).Count == 0);
        }
    }

    [Theory]
    [InlineData("edm-bad-language.xml", "a text has a language")]
    [InlineData("edm-bad-provider.xml", null)]
    [InlineData("edm-bad-rights.xml", "a known rights statement")]
    [InlineData("edm-record.xml", "")]
    public void The_assertions_tell_good_from_bad(string sample, string? failing)
    {
        if (SharedFolder.Find("harvest/xsd/samples/" + sample) is { } file)
        {
            var failed = EdmAssertions.Failed(XDocument.Load(file).Root!);
            Assert.True(failing switch { "" => failed.Count == 0, null => failed.Count > 0, _ => failed.Contains(failing) }, string.Join("; ", failed));
        }
    }

    [Fact]
    public async Task Every_record_holds_what_Europeana_asserts()
    {
        var records = await RecordsAsync();
        Assert.NotEmpty(records);
        Assert.All(records, r => Assert.Empty(EdmAssertions.Failed(r)));
    }

    [Fact]
    public async Task No_initiative_is_a_work_and_none_has_a_record()
    {
        Assert.All(await RecordsAsync(), r => Assert.DoesNotContain("/initiative/", r.Element(EdmAssertions.Edm + "ProvidedCHO")!.Attribute(Rdf + "about")!.Value, StringComparison.Ordinal));
        var initiative = garden.Server.Changes.Current!.Latest.First(c => c.Traits.Types.Contains("Initiative")).Resource;
        var id = "oai:museumxtd.org:" + initiative[HarvestedGarden.Base.Length..];
        Assert.Equal("cannotDisseminateFormat", (await garden.Client.OaiAsync("verb=GetRecord&metadataPrefix=edm&identifier=" + id)).Code());
        var formats = await garden.Client.OaiAsync("verb=ListMetadataFormats&identifier=" + id);
        Assert.Equal(["oai_dc", "mxtd"], formats.Descendants(OaiClient.Oai + "metadataPrefix").Select(p => p.Value));
    }

    [Fact]
    public async Task Every_record_reaches_tier_B_and_C_with_a_place_and_a_concept()
    {
        using var quality = JsonDocument.Parse(await garden.Client.GetStringAsync("/quality?format=json"));
        var tiers = quality.RootElement.EnumerateArray().ToDictionary(r => r.GetProperty("record").GetString()!, r => r);
        var records = await RecordsAsync();
        Assert.Equal(records.Count, tiers.Count);
        foreach (var record in records)
        {
            var work = record.Element(EdmAssertions.Edm + "ProvidedCHO")!;
            var hasPlaceAndConcept = work.Elements(EdmAssertions.DcTerms + "spatial").Any() && record.Elements(XName.Get("Concept", "http://www.w3.org/2004/02/skos/core#")).Any();
            var tier = tiers[work.Attribute(Rdf + "about")!.Value];
            Assert.True(tier.GetProperty("tier").GetString() is "C" || (!hasPlaceAndConcept && tier.GetProperty("tier").GetString() == "B"), tier.ToString());
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/quality");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await garden.Client.SendAsync(request);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Following_the_links_of_a_record_in_the_dump_leads_to_no_other_record()
    {
        var text = await garden.Client.GetStringAsync("/dump.edm.rdf");
        var dump = XDocument.Parse(text).Root!;
        Assert.Equal(text, await garden.Client.GetStringAsync("/dump.edm.rdf"));
        Assert.Empty(EdmAssertions.Failed(dump, isSingle: false));
        var nodes = dump.Elements().ToDictionary(e => e.Attribute(Rdf + "about")!.Value);
        var works = dump.Elements(EdmAssertions.Edm + "ProvidedCHO").ToList();
        Assert.Equal((await RecordsAsync()).Count, works.Count);
        foreach (var work in works)
        {
            var reached = new HashSet<XElement> { work };
            var open = new Queue<XElement>(reached);
            while (open.TryDequeue(out var node))
            {
                foreach (var link in node.Elements().Select(e => e.Attribute(Rdf + "resource")?.Value).OfType<string>())
                {
                    if (nodes.TryGetValue(link, out var next) && reached.Add(next))
                    {
                        open.Enqueue(next);
                    }
                }
            }

            Assert.Single(reached, e => e.Name == EdmAssertions.Edm + "ProvidedCHO");
            Assert.True(reached.Count < 100, $"{work.Attribute(Rdf + "about")} has {reached.Count} nodes.");
        }
    }

    [Theory]
    [InlineData("https://creativecommons.org/licenses/by/4.0/deed.fr", "http://creativecommons.org/licenses/by/4.0/")]
    [InlineData("https://creativecommons.org/publicdomain/zero/1.0", "http://creativecommons.org/publicdomain/zero/1.0/")]
    [InlineData("CC BY-NC-SA", "http://creativecommons.org/licenses/by-nc-sa/4.0/")]
    [InlineData("CC-BY-3.0", "http://creativecommons.org/licenses/by/3.0/")]
    [InlineData("CC0", "http://creativecommons.org/publicdomain/zero/1.0/")]
    [InlineData("https://rightsstatements.org/page/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/")]
    [InlineData("https://www.gnu.org/licenses/gpl-3.0.html", null)]
    [InlineData("all rights reserved", null)]
    public void Licences_are_written_as_Europeana_knows_them(string licence, string? statement) => Assert.Equal(statement, EdmRights.Of(licence));

    [Theory]
    [InlineData("2017/2019", "2017", "2019", "2017 to 2019")]
    [InlineData("2020/..", "2020", null, "since 2020")]
    [InlineData("../2020", null, "2020", "until 2020")]
    [InlineData("2022", "2022", "2022", "2022")]
    [InlineData("2017/", "2017", null, "since 2017")]
    [InlineData("2021-10/2023-09-30", "2021-10", "2023-09-30", "2021-10 to 2023-09-30")]
    public void Periods_have_a_beginning_and_an_end_where_these_are_known(string edtf, string? begin, string? end, string label)
    {
        var period = EdmPeriod.Of(edtf, "urn:p")!;
        Assert.Equal((begin, end, label), (period.Begin, period.End, period.Labels[0].Value));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../..")]
    [InlineData("yesterday")]
    [InlineData("")]
    public void What_is_no_period_is_left_out(string edtf) => Assert.Null(EdmPeriod.Of(edtf, "urn:p"));

    [Fact]
    public void The_tier_is_the_lowest_of_three()
    {
        var record = new EdmRecord { Work = "urn:w", ShownAt = "https://example.org/", Rights = EdmRights.NotEvaluated, DataProvider = "d", Provider = "p" };
        record.Add("dc:title", EdmValue.Of("untagged"));
        Assert.Equal(new MetadataTier(Tier.Zero, Tier.Zero, Tier.A), MetadataTier.Of(record));
        record.Add("dc:type", EdmValue.Of(new Server.Harvesting.Descriptions.Text("report", "en")));
        record.Add("dc:publisher", EdmValue.Of("p"));
        record.Add("dc:creator", EdmValue.Of("c"));
        Assert.Equal(new MetadataTier(Tier.B, Tier.B, Tier.A), MetadataTier.Of(record));
        record.Add("dcterms:spatial", new EdmEntity(EdmClass.Place, "urn:l") { Labels = [new("Lieu", "fr")], Latitude = "1", Longitude = "2" });
        Assert.Equal(new MetadataTier(Tier.B, Tier.C, Tier.B), MetadataTier.Of(record));
        Assert.Equal(Tier.B, MetadataTier.Of(record).Overall);
        record.Add("dcterms:temporal", EdmPeriod.Of("2017/2019", "urn:t")!);
        Assert.Equal(Tier.C, MetadataTier.Of(record).Overall);
    }

    private async Task<List<XElement>> RecordsAsync() =>
        [.. (await garden.Client.PagesAsync("ListRecords", "metadataPrefix=edm")).SelectMany(p => p.Descendants(Rdf + "RDF"))];
}
