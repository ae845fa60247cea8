using System.Net;
using System.Text.Json;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>Pages, counts and what becomes of them when the data changes (Protocol, section 11.2.6.7).</summary>
public sealed class PagingTests(ODataFixture server) : IClassFixture<ODataFixture>
{
    [Theory]
    [InlineData("Initiatives")]
    [InlineData("Initiatives?$orderby=startYear desc")]
    [InlineData("Initiatives?$filter=startYear gt 0")]
    [InlineData("Initiatives?$top=3")]
    [InlineData("Initiatives?$skip=1")]
    [InlineData("Initiatives?$skip=1&$top=2&$orderby=name")]
    [InlineData("Initiatives?$expand=ledBy/mxtd.Organisation($expand=leads)")]
    [InlineData("Places('ca')/placeOf")]
    public async Task All_pages_together_are_the_whole(string path)
    {
        var whole = await server.KeysAsync(path);
        foreach (var size in (int[])[1, 2, 3])
        {
            var keys = new List<string>();
            string? next = path;
            for (var pages = 0; next is not null; pages++)
            {
                Assert.InRange(pages, 0, 10);
                var page = await server.GetAsync(next, ("Prefer", $"odata.maxpagesize={size}"));
                var found = page.GetProperty("value").EnumerateArray().Select(e => e.GetProperty("id").GetString()!).ToList();
                Assert.InRange(found.Count, 1, size);
                keys.AddRange(found);
                next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            }

            Assert.Equal(whole, string.Join(' ', keys));
        }
    }

    [Fact]
    public async Task Count_is_of_all_and_stays_on_every_page()
    {
        var first = await server.GetAsync("Initiatives?$count=true&$filter=startYear gt 0", ("Prefer", "maxpagesize=2"));
        Assert.Equal(3, first.GetProperty("@odata.count").GetInt32());
        var second = await server.GetAsync(first.GetProperty("@odata.nextLink").GetString()!);
        Assert.Equal(3, second.GetProperty("@odata.count").GetInt32());
        Assert.Single(second.GetProperty("value").EnumerateArray());
    }

    [Fact]
    public async Task A_preference_that_is_followed_is_told()
    {
        using var response = await server.SendAsync("Initiatives", ("Prefer", "odata.maxpagesize=1, omit-values=nulls"));
        Assert.Equal("odata.maxpagesize=1, omit-values=nulls", response.Headers.GetValues("Preference-Applied").Single());
    }

    [Fact]
    public async Task Pages_stay_of_one_state_while_the_data_changes()
    {
        var whole = await server.KeysAsync("Initiatives?$orderby=name");
        var first = await server.GetAsync("Initiatives?$orderby=name", ("Prefer", "maxpagesize=2"));
        using var update = new FormUrlEncodedContent([new("update",
            "INSERT DATA { <https://w3id.org/museumxtd/initiative/aaa> a <https://w3id.org/museumxtd/ns#Initiative> ; <https://w3id.org/museumxtd/ns#name> \"AAA\"@fr }")]);
        using var written = await server.Client.PostAsync(new Uri(new Uri(server.Root), "/update"), update);
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());
        try
        {
            var second = await server.GetAsync(first.GetProperty("@odata.nextLink").GetString()!);
            Assert.Equal(whole, string.Join(' ', first.GetProperty("value").EnumerateArray().Concat(second.GetProperty("value").EnumerateArray()).Select(e => e.GetProperty("id").GetString())));
            Assert.Contains("aaa", await server.KeysAsync("Initiatives"), StringComparison.Ordinal);
        }
        finally
        {
            using var undo = new FormUrlEncodedContent([new("update", "DELETE WHERE { <https://w3id.org/museumxtd/initiative/aaa> ?p ?o }")]);
            using var undone = await server.Client.PostAsync(new Uri(new Uri(server.Root), "/update"), undo);
        }
    }

    [Theory]
    [InlineData("$skiptoken=abc")]
    [InlineData("$skiptoken=")]
    [InlineData("$skiptoken=AAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_token_that_was_made_up_is_refused(string query)
    {
        using var response = await server.SendAsync("Initiatives?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_token_is_for_its_own_request()
    {
        var first = await server.GetAsync("Initiatives", ("Prefer", "maxpagesize=1"));
        var token = first.GetProperty("@odata.nextLink").GetString()!.Split("$skiptoken=")[1];
        using var response = await server.SendAsync("Initiatives?$filter=startYear gt 0&$skiptoken=" + token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("$skiptoken", document.RootElement.GetProperty("error").GetProperty("target").GetString());
    }
}
