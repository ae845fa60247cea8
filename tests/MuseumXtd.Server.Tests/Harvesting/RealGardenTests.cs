using System.Xml.Linq;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>A server over the larger garden beside the repository; none where there is none.</summary>
public sealed class RealGardenFixture : IAsyncLifetime
{
    private MuseumXtdServer? _server;

    internal MuseumXtdServer Server => _server!;

    internal HttpClient? Client { get; private set; }

    public async Task InitializeAsync()
    {
        if (SharedFolder.Find("garden") is { } garden)
        {
            _server = await MuseumXtdServer.StartAsync(new ServerOptions { Gardens = [garden], Port = 0, Watch = false });
            Client = new HttpClient { BaseAddress = new Uri(_server.Url) };
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            Client!.Dispose();
            await _server.DisposeAsync();
        }
    }
}

/// <summary>All records of a garden that authors wrote, with all their irregularities.</summary>
public sealed class RealGardenTests(RealGardenFixture garden) : IClassFixture<RealGardenFixture>
{
    private static readonly XNamespace Dc = EdmAssertions.Dc;
    private static readonly XNamespace Oai = OaiClient.Oai;
    private static readonly XNamespace Rdf = EdmAssertions.Rdf;

    [Theory]
    [InlineData("oai_dc", "all-oai_dc.xsd")]
    [InlineData("mxtd", "all-oai_dc.xsd")]
    [InlineData("edm", "all-edm.xsd")]
    public async Task Every_list_and_every_single_record_is_valid(string prefix, string driver)
    {
        if (garden.Client is not { } client || OaiSchemas.Read(driver, withRdf: prefix == "mxtd") is not { } schemas)
        {
            return;
        }

        // The driver of EDM has no schema of the protocol: there the records are validated.
        var pages = await client.PagesAsync("ListRecords", "metadataPrefix=" + prefix);
        var count = 0;
        foreach (var page in pages)
        {
            Assert.Empty(schemas.Errors(page));
            foreach (var record in page.Descendants(Oai + "record"))
            {
                count++;
                var header = record.Element(Oai + "header")!;
                var metadata = record.Element(Oai + "metadata")!.Elements().Single();
                var alone = new XDocument(metadata);
                Assert.Empty(schemas.Errors(alone));
                var one = await client.OaiAsync($"verb=GetRecord&metadataPrefix={prefix}&identifier={Uri.EscapeDataString(header.Identifier())}");
                Assert.Empty(schemas.Errors(one));
                Assert.True(XNode.DeepEquals(record, one.Descendants(Oai + "record").Single()), header.Identifier());
            }
        }

        Assert.Equal(garden.Server.Changes.Current!.Latest.Count(c => prefix != "edm" || c.Traits.Sets.Contains("edm")), count);
    }

    [Fact]
    public async Task Every_other_answer_is_valid()
    {
        if (garden.Client is not { } client || OaiSchemas.Read("all-oai_dc.xsd") is not { } schemas)
        {
            return;
        }

        foreach (var verb in (string[])["Identify", "ListSets", "ListMetadataFormats", "", "ListSets&resumptionToken=x"])
        {
            Assert.Empty(schemas.Errors(await client.OaiAsync("verb=" + verb)));
        }

        foreach (var set in (await client.OaiAsync("verb=ListSets")).Descendants(Oai + "setSpec").Select(s => s.Value))
        {
            foreach (var page in await client.PagesAsync("ListIdentifiers", "metadataPrefix=mxtd&set=" + set))
            {
                Assert.Empty(schemas.Errors(page));
                foreach (var header in page.Headers())
                {
                    Assert.Empty(schemas.Errors(await client.OaiAsync("verb=ListMetadataFormats&identifier=" + Uri.EscapeDataString(header.Identifier()))));
                }
            }
        }
    }

    [Fact]
    public async Task Every_EDM_record_holds_what_Europeana_asserts_and_reaches_tier_B_where_people_place_or_time_are_known()
    {
        if (garden.Client is not { } client)
        {
            return;
        }

        var records = await RecordsAsync(client, "edm");
        Assert.True(records.Count > 100);
        Assert.All(records, r => Assert.Empty(EdmAssertions.Failed(r)));
        var tiers = Tiers(await client.GetStringAsync("/quality?format=json"));
        Assert.Equal(records.Count, tiers.Count);
        foreach (var record in records)
        {
            var work = record.Element(EdmAssertions.Edm + "ProvidedCHO")!;
            var isPlaced = work.Elements().Any(e => e.Name.LocalName is "creator" or "contributor" or "publisher" or "spatial" or "temporal");
            var tier = tiers[work.Attribute(Rdf + "about")!.Value];
            Assert.True(isPlaced ? tier is "B" or "C" : tier is "A", $"{work.Attribute(Rdf + "about")!.Value} is {tier}");
        }

        Assert.Contains("C", tiers.Values);
    }

    [Fact]
    public async Task The_text_of_notes_stands_under_its_own_licence_and_in_no_record_that_is_CC0()
    {
        if (garden.Client is not { } client)
        {
            return;
        }

        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in await RecordsAsync(client, "oai_dc"))
        {
            var descriptions = record.Elements(Dc + "description").Select(d => d.Value).ToList();
            texts.UnionWith(descriptions);
            Assert.Equal(
                descriptions.Count > 0 ? "http://creativecommons.org/licenses/by/4.0/" : "http://creativecommons.org/publicdomain/zero/1.0/",
                record.Element(Dc + "rights")!.Value);
        }

        Assert.True(texts.Count > 50);
        Assert.All(await RecordsAsync(client, "edm"), r => Assert.DoesNotContain(r.Descendants(), e => !e.HasElements && texts.Contains(e.Value)));
        var dump = XDocument.Parse(await client.GetStringAsync("/dump.edm.rdf"));
        Assert.DoesNotContain(dump.Descendants(), e => !e.HasElements && texts.Contains(e.Value));
    }

    [Fact]
    public async Task The_requests_of_the_official_validator_get_what_it_found_good()
    {
        if (garden.Client is not { } client || SharedFolder.Find("harvest/oai-requests.txt") is not { } file)
        {
            return;
        }

        // Its requests name an item and a time of another repository.
        var header = (await client.OaiAsync("verb=ListIdentifiers&metadataPrefix=oai_dc&set=kind")).Headers().First();
        var (id, time) = (header.Identifier(), header.Element(Oai + "datestamp")!.Value);
        var token = "";
        var (requests, errors) = (0, 0);
        XDocument? answer = null;
        foreach (var line in await File.ReadAllLinesAsync(file))
        {
            if (line.StartsWith("REQUEST: BASE", StringComparison.Ordinal))
            {
                requests++;
                var text = line["REQUEST: BASE".Length..].Trim()
                    .Replace("oai%3Amuseumxtd%2Eorg%3Ar0", Uri.EscapeDataString(id), StringComparison.Ordinal).Replace("oai:museumxtd.org:r0", id, StringComparison.Ordinal)
                    .Replace("2026-11-01T10:00:00Z", time, StringComparison.Ordinal).Replace("3%7C%7C", token, StringComparison.Ordinal);
                if (text.StartsWith("POST ", StringComparison.Ordinal))
                {
                    using var form = new FormUrlEncodedContent(text["POST ".Length..].Split(' ').Select(p => KeyValuePair.Create(p[..p.IndexOf(':', StringComparison.Ordinal)], p[(p.IndexOf(':', StringComparison.Ordinal) + 1)..])));
                    using var response = await client.PostAsync("/oai", form);
                    answer = XDocument.Parse(await response.Content.ReadAsStringAsync());
                }
                else if (text.Contains("resumptionToken=&", StringComparison.Ordinal) || text.EndsWith("resumptionToken= GET", StringComparison.Ordinal))
                {
                    // The list fits in one answer.
                    continue;
                }
                else
                {
                    answer = await client.OaiAsync(text[..text.LastIndexOf(' ')].TrimStart('?'));
                }

                token = Uri.EscapeDataString(answer.Token()?.Value ?? "");
            }
            else if (line.Contains("correctly includes error code", StringComparison.Ordinal))
            {
                errors++;
                Assert.Equal(line.Split('\'')[1], answer!.Code());
            }
            else if (line.StartsWith("PASS", StringComparison.Ordinal) && line.Contains("Good ", StringComparison.Ordinal))
            {
                Assert.Null(answer!.Code());
            }
            else if (line.Contains("correctly included record", StringComparison.Ordinal))
            {
                Assert.Contains(id, answer!.Headers().Select(h => h.Identifier()));
            }
            else if (line.Contains("was successful", StringComparison.Ordinal))
            {
                Assert.Null(answer!.Code());
            }
        }

        Assert.True(requests > 20 && errors > 12);
    }

    private static async Task<List<XElement>> RecordsAsync(HttpClient client, string prefix) =>
        [.. (await client.PagesAsync("ListRecords", "metadataPrefix=" + prefix)).SelectMany(p => p.Descendants(Oai + "metadata")).Select(m => m.Elements().Single())];

    private static Dictionary<string, string> Tiers(string json)
    {
        using var quality = System.Text.Json.JsonDocument.Parse(json);
        return quality.RootElement.EnumerateArray().ToDictionary(r => r.GetProperty("record").GetString()!, r => r.GetProperty("tier").GetString()!);
    }
}
