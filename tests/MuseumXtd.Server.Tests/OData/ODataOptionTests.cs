using System.Net;
using System.Text.Json;

namespace MuseumXtd.Server.Tests;

/// <summary>OData as an analyst's tool meets it.</summary>
public sealed class ODataOptionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Initiatives_come_filtered_expanded_ordered_and_counted()
    {
        using var response = await server.SendAsync("/odata/Initiatives?$filter=startYear ge 2019&$expand=places,ledBy&$orderby=name&$count=true");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(1, json.RootElement.GetProperty("@odata.count").GetInt32());
        var initiative = json.RootElement.GetProperty("value")[0];
        Assert.Equal("atelier-ouvert", initiative.GetProperty("id").GetString());
        Assert.Equal("ca", initiative.GetProperty("places")[0].GetProperty("id").GetString());
        Assert.Equal("maison", initiative.GetProperty("ledBy")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/odata/Initiatives?$frob=1", HttpStatusCode.BadRequest)]
    [InlineData("/odata/Initiatives?$filter=name eq", HttpStatusCode.BadRequest)]
    [InlineData("/odata/Initiatives?$filter=nothing eq 1", HttpStatusCode.BadRequest)]
    [InlineData("/odata/Initiatives('nothing')", HttpStatusCode.NotFound)]
    [InlineData("/odata/Nothing", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_answered_is_refused_in_the_standard_form(string path, HttpStatusCode expected)
    {
        using var response = await server.SendAsync(path);
        Assert.Equal(expected, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.NotEmpty(json.RootElement.GetProperty("error").GetProperty("message").GetString()!);
    }
}
