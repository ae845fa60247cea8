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

    /// <summary>More states come after the first page than are kept for those who page.</summary>
    [Fact]
    public async Task Pages_go_on_by_key_or_end_with_410_when_their_state_is_gone()
    {
        var first = await server.GetAsync("Initiatives", ("Prefer", "maxpagesize=2"));
        var sorted = await server.GetAsync("Initiatives?$orderby=name", ("Prefer", "maxpagesize=2"));
        var nested = await server.GetAsync("Places('ca')/placeOf", ("Prefer", "maxpagesize=1"));
        try
        {
            for (var i = 0; i < 10; i++)
            {
                // One before what was told already and one after it.
                await UpdateAsync($"INSERT DATA {{ <https://w3id.org/museumxtd/initiative/{(i % 2 == 0 ? "aaa" : "zzz")}{i}> a <https://w3id.org/museumxtd/ns#Initiative> }}");
                await server.GetAsync("Initiatives", ("Prefer", "maxpagesize=1"));
            }

            var keys = new List<string>();
            for (var next = first.GetProperty("@odata.nextLink").GetString(); next is not null;)
            {
                var page = await server.GetAsync(next);
                keys.AddRange(page.GetProperty("value").EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
                next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            }

            Assert.Equal("delta gamma zzz1 zzz3 zzz5 zzz7 zzz9", string.Join(' ', keys));
            foreach (var page in (JsonElement[])[sorted, nested])
            {
                using var gone = await server.SendAsync(page.GetProperty("@odata.nextLink").GetString()!);
                Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
                using var error = JsonDocument.Parse(await gone.Content.ReadAsStringAsync());
                Assert.Equal("$skiptoken", error.RootElement.GetProperty("error").GetProperty("target").GetString());
                Assert.Contains("Begin anew", error.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
            }
        }
        finally
        {
            await UpdateAsync("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(REGEX(STR(?s), \"/initiative/(aaa|zzz)[0-9]$\")) }");
        }
    }

    [Fact]
    public async Task Links_lead_to_the_public_address_where_one_is_named()
    {
        await using var behind = await MuseumXtdServer.StartAsync(new ServerOptions { Files = [], Port = 0, Harvest = new Server.Harvesting.HarvestOptions { PublicUrl = "https://data.example.org/museums" } });
        using var client = new HttpClient { BaseAddress = new Uri(behind.Url + "/odata/") };
        using var json = JsonDocument.Parse(await client.GetStringAsync("Initiatives"));
        Assert.Equal("https://data.example.org/museums/odata/$metadata#Initiatives", json.RootElement.GetProperty("@odata.context").GetString());
        using var content = new StringContent("""{"requests":[{"id":"1","method":"GET","url":"Initiatives/$count"}]}""", System.Text.Encoding.UTF8, "application/json");
        using var batch = await client.PostAsync(new Uri("$batch", UriKind.Relative), content);
        Assert.Contains("\"status\":200", await batch.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task UpdateAsync(string text)
    {
        using var update = new FormUrlEncodedContent([new("update", text)]);
        using var done = await server.Client.PostAsync(new Uri(new Uri(server.Root), "/update"), update);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
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
