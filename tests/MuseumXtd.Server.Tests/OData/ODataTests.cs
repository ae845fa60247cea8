using System.Net;
using System.Text.Json;

namespace MuseumXtd.Server.Tests;

/// <summary>What an OData client sees.</summary>
public sealed class ODataTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Initiatives_are_filtered_expanded_sorted_and_counted()
    {
        using var json = await GetAsync("/odata/Initiatives?$filter=startYear ge 2019&$expand=places,ledBy($select=name)&$orderby=name&$count=true");
        Assert.Equal(1, json.RootElement.GetProperty("@odata.count").GetInt32());
        var initiative = json.RootElement.GetProperty("value").EnumerateArray().Single();
        Assert.Equal("atelier-ouvert", initiative.GetProperty("id").GetString());
        Assert.Equal(2021, initiative.GetProperty("startYear").GetInt64());
        Assert.Equal("ca", initiative.GetProperty("places").EnumerateArray().Single().GetProperty("id").GetString());
        Assert.Equal("Maison du numérique", initiative.GetProperty("ledBy").EnumerateArray().Single().GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("startYear gt 2021", 0)]
    [InlineData("startYear eq 2021 and contains(tolower(name), 'ATELIER')", 0)]
    [InlineData("startYear eq 2021 and contains(toupper(name), 'ATELIER')", 1)]
    [InlineData("endYear eq null", 1)]
    [InlineData("endYear ne 2030", 1)]
    [InlineData("not (startYear lt 2000)", 1)]
    [InlineData("id in ('x', 'atelier-ouvert')", 1)]
    [InlineData("places/any(p: p/isoCode eq 'CA')", 1)]
    [InlineData("places/all(p: p/isoCode eq 'FR')", 0)]
    [InlineData("ledBy/any(o: startswith(o/name, 'Maison'))", 1)]
    public async Task A_filter_keeps_what_it_says(string filter, int expected)
    {
        using var json = await GetAsync("/odata/Initiatives?$select=id&$filter=" + Uri.EscapeDataString(filter));
        Assert.Equal(expected, json.RootElement.GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task Links_that_the_graph_states_from_the_other_end_can_be_followed()
    {
        using var json = await GetAsync("/odata/Organisations('maison')?$select=name&$expand=leads($select=id)");
        Assert.Equal("atelier-ouvert", json.RootElement.GetProperty("leads").EnumerateArray().Single().GetProperty("id").GetString());
        using var linked = await GetAsync("/odata/Organisations('maison')/leads");
        Assert.Equal(1, linked.RootElement.GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task Pages_follow_each_other_and_count_is_of_all()
    {
        using var all = await GetAsync("/odata/Places?$select=id&$top=4");
        using var second = await GetAsync("/odata/Places?$select=id&$top=2&$skip=2&$count=true");
        Assert.Equal(
            all.RootElement.GetProperty("value").EnumerateArray().Skip(2).Select(p => p.GetProperty("id").GetString()),
            second.RootElement.GetProperty("value").EnumerateArray().Select(p => p.GetProperty("id").GetString()));
        using var count = await server.SendAsync("/odata/Places/$count");
        Assert.Equal(second.RootElement.GetProperty("@odata.count").GetRawText(), await count.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/odata/Initiatives?$filter=nothing eq 1", HttpStatusCode.BadRequest)]
    [InlineData("/odata/Initiatives?$filter=startYear ge", HttpStatusCode.BadRequest)]
    [InlineData("/odata/Initiatives?$top=-1", HttpStatusCode.BadRequest)]
    [InlineData("/odata/Nothing", HttpStatusCode.NotFound)]
    [InlineData("/odata/Initiatives('nothing')", HttpStatusCode.NotFound)]
    public async Task A_bad_request_is_told_as_an_OData_error(string path, HttpStatusCode expected)
    {
        using var response = await server.SendAsync(path);
        Assert.Equal(expected, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.NotEmpty(json.RootElement.GetProperty("error").GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Metadata_has_the_entity_sets_of_the_ontology()
    {
        using var response = await server.SendAsync("/odata/$metadata");
        Assert.Equal("4.01", response.Headers.GetValues("OData-Version").Single());
        var xml = await response.Content.ReadAsStringAsync();
        foreach (var set in (string[])["Initiatives", "Organisations", "Places", "Notes"])
        {
            Assert.Contains($"<EntitySet Name=\"{set}\"", xml, StringComparison.Ordinal);
        }
    }

    private async Task<JsonDocument> GetAsync(string path)
    {
        using var response = await server.SendAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
    }
}
