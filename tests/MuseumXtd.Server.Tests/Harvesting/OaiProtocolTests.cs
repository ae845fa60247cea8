using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Xml.Linq;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>A small garden that some tests harvest and none changes.</summary>
public sealed class HarvestedGardenFixture : IAsyncLifetime
{
    internal HarvestedGarden Garden { get; private set; } = null!;

    public async Task InitializeAsync() => Garden = await HarvestedGarden.StartAsync();

    public async Task DisposeAsync() => await Garden.DisposeAsync();
}

/// <summary>What the protocol wants of each verb, and of requests that are wrong.</summary>
public sealed class OaiProtocolTests(HarvestedGardenFixture fixture) : IClassFixture<HarvestedGardenFixture>
{
    private const string Id = "oai:museumxtd.org:initiative/atelier-ouvert";

    private static readonly XNamespace Oai = OaiClient.Oai;

    private HttpClient Client => fixture.Garden.Client;

    [Fact]
    public async Task The_provider_identifies_itself()
    {
        var identify = (await Client.OaiAsync("verb=Identify")).Root!.Element(Oai + "Identify")!;
        Assert.Equal(fixture.Garden.Server.Url + "/oai", identify.Element(Oai + "baseURL")!.Value);
        Assert.Equal("persistent", identify.Element(Oai + "deletedRecord")!.Value);
        Assert.Equal("2026-03-01T12:00:00Z", identify.Element(Oai + "earliestDatestamp")!.Value);
        Assert.DoesNotContain("localhost", identify.Element(Oai + "adminEmail")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("junk", "badVerb")]
    [InlineData("", "badVerb")]
    [InlineData("verb=junk", "badVerb")]
    [InlineData("verb=Identify&verb=Identify", "badVerb")]
    [InlineData("Verb=Identify", "badVerb")]
    [InlineData("verb=GetRecord&metadataPrefix=oai_dc", "badArgument")]
    [InlineData("verb=GetRecord&identifier=oai:museumxtd.org:initiative/atelier-ouvert", "badArgument")]
    [InlineData("verb=GetRecord&identifier=invalid\"id&metadataPrefix=oai_dc", "idDoesNotExist")]
    [InlineData("verb=ListIdentifiers&until=junk", "badArgument")]
    [InlineData("verb=ListIdentifiers&from=junk", "badArgument")]
    [InlineData("verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=junk", "badArgument")]
    [InlineData("verb=ListRecords&resumptionToken=junk", "badResumptionToken")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk&until=1990-01-10", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&until=junk", "badArgument")]
    [InlineData("verb=ListRecords", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-05&until=2002-02-06T05:35:00Z", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&until=2025-03-01T12:00:00Z", "noRecordsMatch")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2027-01-02&until=2027-01-01", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-01T12:00:00", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-01T12:00:00.5Z", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-01T12:00:00%2B01:00", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-01&from=2026-03-01", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&from=٢٠٢٦-٠٣-٠١", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=nope", "cannotDisseminateFormat")]
    [InlineData("verb=ListRecords&metadataPrefix=a%20b", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&set=none", "noRecordsMatch")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&set=a::b", "badArgument")]
    [InlineData("verb=ListRecords&metadataPrefix=oai_dc&unknown=1", "badArgument")]
    [InlineData("verb=Identify&identifier=x", "badArgument")]
    [InlineData("verb=ListSets&resumptionToken=x", "badResumptionToken")]
    [InlineData("verb=ListMetadataFormats&identifier=oai:museumxtd.org:initiative/none", "idDoesNotExist")]
    [InlineData("verb=GetRecord&identifier=oai:museumxtd.org:initiative%252Fatelier-ouvert&metadataPrefix=oai_dc", "idDoesNotExist")]
    [InlineData("verb=GetRecord&identifier=%3Cscript%3E%01%25zz&metadataPrefix=oai_dc", "idDoesNotExist")]
    [InlineData("verb=GetRecord&identifier=%EF%BF%BE%ED%A0%80&metadataPrefix=oai_dc", "idDoesNotExist")]
    [InlineData("verb=%00&%3C=%3E", "badVerb")]
    public async Task A_wrong_request_gets_the_error_of_the_protocol(string query, string code)
    {
        var answer = await Client.OaiAsync(query);
        Assert.Equal(code, answer.Code());
        if (code is "badVerb" or "badArgument")
        {
            Assert.Empty(answer.Root!.Element(Oai + "request")!.Attributes());
        }

        if (OaiSchemas.Read("all-oai_dc.xsd") is { } schemas)
        {
            Assert.Empty(schemas.Errors(answer));
        }
    }

    [Fact]
    public async Task Every_answer_is_valid()
    {
        if (OaiSchemas.Read("all-oai_dc.xsd") is not { } schemas)
        {
            return;
        }

        string[] queries =
        [
            "verb=Identify", "verb=ListSets", "verb=ListMetadataFormats", "verb=ListMetadataFormats&identifier=" + Id, "verb=ListRecords&metadataPrefix=oai_dc",
            "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-03-01&until=2026-03-02&set=type", $"verb=GetRecord&metadataPrefix=oai_dc&identifier={Id}",
        ];
        foreach (var query in queries)
        {
            var answer = await Client.OaiAsync(query);
            Assert.Null(answer.Code());
            Assert.Empty(schemas.Errors(answer));
        }
    }

    [Fact]
    public async Task POST_is_answered_as_GET()
    {
        using var form = new FormUrlEncodedContent([new("verb", "GetRecord"), new("identifier", Id), new("metadataPrefix", "oai_dc")]);
        using var response = await Client.PostAsync("/oai", form);
        var posted = await response.Content.ReadAsStringAsync();
        Assert.Equal(await Client.GetStringAsync($"/oai?verb=GetRecord&identifier={Id}&metadataPrefix=oai_dc"), posted);
        using var other = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        using var wrong = await Client.PostAsync("/oai", other);
        Assert.Equal("badVerb", XDocument.Parse(await wrong.Content.ReadAsStringAsync()).Code());
    }

    [Fact]
    public async Task A_record_is_given_with_names_in_their_languages()
    {
        XNamespace dc = "http://purl.org/dc/elements/1.1/";
        var answer = await Client.OaiAsync($"verb=GetRecord&identifier={Id}&metadataPrefix=oai_dc");
        var values = answer.Descendants().Where(e => e.Name.Namespace == dc).Select(e => $"{e.Name.LocalName}@{e.Attribute(XNamespace.Xml + "lang")?.Value}: {e.Value}").ToList();
        Assert.Contains("title@fr: Atelier ouvert", values);
        Assert.Contains("creator@fr: Maison du numérique", values);
        Assert.Contains("coverage@fr: Québec", values);
        Assert.Contains("identifier@: https://w3id.org/museumxtd/initiative/atelier-ouvert", values);
        Assert.Contains("source@: https://w3id.org/museumxtd/note/atelier-ouvert", values);
        Assert.Contains("rights@: http://creativecommons.org/licenses/by/4.0/", values);
        Assert.Contains("place:CA:CA-QC", answer.Descendants(Oai + "setSpec").Select(s => s.Value));
    }

    [Fact]
    public async Task Sets_hold_what_is_in_the_sets_below_them()
    {
        var sets = (await Client.OaiAsync("verb=ListSets")).Descendants(Oai + "setSpec").Select(s => s.Value).ToList();
        Assert.Superset(new HashSet<string> { "type", "type:initiative", "place", "place:CA", "place:CA:CA-QC", "place:BE", "kind:programme", "status" }, sets.ToHashSet());
        foreach (var set in sets)
        {
            var all = await Client.PagesAsync("ListIdentifiers", "metadataPrefix=oai_dc&set=" + set);
            Assert.NotEmpty(all);
            Assert.All(all.SelectMany(p => p.Headers()), h => Assert.Contains(h.Elements(Oai + "setSpec"), s => s.Value == set || s.Value.StartsWith(set + ":", StringComparison.Ordinal)));
        }

        var described = (await Client.OaiAsync("verb=ListSets")).Descendants(Oai + "set").Where(s => s.Element(Oai + "setDescription") is not null).Select(s => s.Element(Oai + "setSpec")!.Value);
        Assert.Superset(new HashSet<string> { "edm", "type:initiative", "type:note" }, described.ToHashSet());
        Assert.Contains("Canada", (await Client.OaiAsync("verb=ListSets")).Descendants(Oai + "setName").Select(s => s.Value));
        var inCanada = await Client.OaiAsync("verb=ListIdentifiers&metadataPrefix=oai_dc&set=place:CA");
        Assert.Contains(Id, inCanada.Headers().Select(h => h.Identifier()));
        Assert.DoesNotContain(inCanada.Headers(), h => h.Identifier().Contains("fonds-clair", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("from=2026-03-01", true)]
    [InlineData("until=2026-03-01", true)]
    [InlineData("from=2026-03-01T12:00:00Z&until=2026-03-01T12:00:00Z", true)]
    [InlineData("from=2026-03-01T12:00:01Z", false)]
    [InlineData("until=2026-03-01T11:59:59Z", false)]
    [InlineData("from=2026-03-02", false)]
    [InlineData("until=2026-02-28", false)]
    [InlineData("from=9999-12-31", false)]
    [InlineData("until=0001-01-01", false)]
    public async Task Ranges_take_both_ends_in(string range, bool isFound) =>
        Assert.Equal(isFound ? null : "noRecordsMatch", (await Client.OaiAsync($"verb=ListIdentifiers&metadataPrefix=oai_dc&{range}")).Code());

    [Fact]
    public async Task An_answer_is_packed_for_who_takes_that()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/oai?verb=ListRecords&metadataPrefix=mxtd");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var response = await Client.SendAsync(request);
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        using var unpacked = new StreamReader(new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        Assert.Equal(await Client.GetStringAsync("/oai?verb=ListRecords&metadataPrefix=mxtd"), await unpacked.ReadToEndAsync());
    }

    [Fact]
    public async Task Control_characters_and_odd_names_leave_the_answer_well_formed()
    {
        await using var garden = await HarvestedGarden.StartAsync(
            o =>
            {
                var file = Path.Combine(o.Gardens[0], "odd.nt");
                File.WriteAllText(file, """
                    <https://w3id.org/museumxtd/initiative/a%22b<c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/museumxtd/ns#Initiative> .
                    """.Replace("<c>", "%3Cc>", StringComparison.Ordinal) + "\n" + """
                    <https://w3id.org/museumxtd/initiative/a%22b%3Cc> <https://w3id.org/museumxtd/ns#name> "A\u0001\uFFFE\u000B & <b> \U0001F600"@fr .
                    <https://w3id.org/museumxtd/initiative/a%22b%3Cc> <https://example.org/p/1> "no name in XML" .
                    <https://w3id.org/museumxtd/initiative/a%22b%3Cc> <https://w3id.org/museumxtd/ns#kind> <https://example.org/%C3%A9t%C3%A9?x=\u00E9t\u00E9> .
                    <https://elsewhere.org/été#1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/museumxtd/ns#Output> .
                    """.Replace("été#1", "\\u00E9t\\u00E9#1", StringComparison.Ordinal) + "\n");
                return o with { Gardens = [], Files = [file] };
            },
            withNotes: false);
        var schemas = OaiSchemas.Read("all-oai_dc.xsd", withRdf: true);
        foreach (var prefix in (string[])["oai_dc", "mxtd"])
        {
            var records = await garden.Client.OaiAsync("verb=ListRecords&metadataPrefix=" + prefix);
            Assert.Empty(schemas?.Errors(records) ?? []);
            Assert.Equal(2, records.Headers().Count());
            foreach (var header in records.Headers())
            {
                var one = await garden.Client.OaiAsync($"verb=GetRecord&metadataPrefix={prefix}&identifier={Uri.EscapeDataString(header.Identifier())}");
                Assert.Equal(header.Identifier(), one.Headers().Single().Identifier());
                Assert.Empty(schemas?.Errors(one) ?? []);
            }
        }

        Assert.Contains("A\uFFFD\uFFFD\uFFFD & <b> \U0001F600", (await garden.Client.OaiAsync("verb=ListRecords&metadataPrefix=oai_dc")).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_of_answers_are_those_of_the_log()
    {
        var date = (await Client.OaiAsync("verb=Identify")).Root!.Element(Oai + "responseDate")!.Value;
        Assert.Equal(fixture.Garden.Clock.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), date);
    }
}
