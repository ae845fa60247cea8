using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace MuseumXtd.Server.Tests;

public sealed class SearchTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("maison du numerique", "Maison du numérique")]
    [InlineData("NUMÉRIQUE", "Maison du numérique")]
    [InlineData("\"atelier ouvert\"", "Atelier ouvert")]
    [InlineData("ateli*", "Atelier ouvert")]
    [InlineData("quebec", "Québec")]
    public async Task A_resource_is_found_by_its_names(string words, string name)
    {
        var answer = await SearchAsync(words);
        Assert.True(answer.GetProperty("total").GetInt32() > 0);
        Assert.Equal(name, answer.GetProperty("hits")[0].GetProperty("name").GetString());
        Assert.Equal("words", answer.GetProperty("matched").GetString());
    }

    [Fact]
    public async Task Words_that_nobody_has_are_taken_for_beginnings_and_then_for_mistakes()
    {
        var beginnings = await SearchAsync("atel");
        Assert.Equal("beginnings", beginnings.GetProperty("matched").GetString());
        Assert.Equal("Atelier ouvert", beginnings.GetProperty("hits")[0].GetProperty("name").GetString());
        var mistake = await SearchAsync("numerqiue");
        Assert.Equal(0, mistake.GetProperty("total").GetInt32());
        Assert.Equal("numerique", mistake.GetProperty("suggestion").GetString());
        Assert.Equal(0, (await SearchAsync("zzzzzzzz")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Hits_are_counted_by_facets_and_narrowed_by_them()
    {
        var all = await SearchAsync("atelier OR maison OR quebec");
        var types = all.GetProperty("facets").GetProperty("type").EnumerateArray().ToList();
        Assert.Contains(types, t => t.GetProperty("value").GetString() == "https://w3id.org/museumxtd/ns#Initiative");
        foreach (var type in types)
        {
            var narrowed = await SearchAsync("atelier OR maison OR quebec", "&type=" + Uri.EscapeDataString(type.GetProperty("value").GetString()!));
            Assert.Equal(type.GetProperty("count").GetInt32(), narrowed.GetProperty("total").GetInt32());
        }

        Assert.Equal(0, (await SearchAsync("atelier", "&type=http%3A%2F%2Fx%2Fnothing")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Pages_of_hits_are_parts_of_one_list()
    {
        var all = Names(await SearchAsync("atelier OR maison OR quebec OR canada OR numerique"));
        Assert.True(all.Count > 3);
        var parts = new List<string>();
        for (var offset = 0; offset < all.Count; offset += 2)
        {
            parts.AddRange(Names(await SearchAsync("atelier OR maison OR quebec OR canada OR numerique", string.Create(CultureInfo.InvariantCulture, $"&limit=2&offset={offset}"))));
        }

        Assert.Equal(all, parts);
    }

    [Fact]
    public async Task Marks_are_the_words_that_were_found()
    {
        foreach (var hit in (await SearchAsync("numerique maison")).GetProperty("hits").EnumerateArray())
        {
            var text = hit.GetProperty("text").GetString()!;
            var marked = hit.GetProperty("marks").EnumerateArray().Select(m => text.Substring(m[0].GetInt32(), m[1].GetInt32())).ToList();
            Assert.NotEmpty(marked);
            Assert.All(marked, m => Assert.Contains(m.ToLowerInvariant(), (string[])["numérique", "maison"]));
        }
    }

    [Theory]
    [InlineData("fr", "résultat", "Préciser")]
    [InlineData("en", "result", "Narrow")]
    public async Task The_page_speaks_both_languages_and_keeps_what_was_asked(string language, string count, string narrow)
    {
        using var response = await server.SendAsync($"/search?q=atelier&lang={language}", "text/html");
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains(count, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains(narrow, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("value=\"atelier\"", html, StringComparison.Ordinal);
        Assert.Contains("<mark>Atelier</mark>", html, StringComparison.Ordinal);
        Assert.Contains($"q=atelier&amp;lang={(language == "fr" ? "en" : "fr")}", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/initiative/atelier-ouvert?lang={language}\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("\"")]
    [InlineData("AND OR NOT - ( ) |")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\u0001\u0007\ufffe")]
    [InlineData("((((((((((a")]
    public async Task Whatever_is_typed_is_answered(string words)
    {
        foreach (var type in (string[])["text/html", "application/json"])
        {
            using var response = await server.SendAsync("/search?q=" + Uri.EscapeDataString(words), type);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
            Assert.DoesNotContain(type == "text/html" ? "<script>" : "\0", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("&limit=0", 400)]
    [InlineData("&limit=101", 400)]
    [InlineData("&offset=-1", 400)]
    [InlineData("&offset=x", 400)]
    [InlineData("&format=xml", 406)]
    [InlineData("&type=not an IRI \" }", 200)]
    public async Task Bad_options_are_refused(string options, int status)
    {
        using var response = await server.SendAsync("/search?q=atelier" + options.Replace(" ", "%20", StringComparison.Ordinal), "application/json");
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_saved_note_is_found_at_once()
    {
        await server.WriteAsync("Nouveauté.md", "---\ntype: programme\nnom: Zénithal tout neuf\nid: zenithal\n---\n# Zénithal tout neuf\n");
        var found = 0;
        for (var i = 0; i < 100 && found == 0; i++)
        {
            await Task.Delay(50);
            found = (await SearchAsync("zenithal")).GetProperty("total").GetInt32();
        }

        Assert.True(found > 0);
    }

    [Fact]
    public async Task Browsers_learn_how_to_search()
    {
        using var response = await server.SendAsync("/opensearch.xml");
        var description = XDocument.Parse(await response.Content.ReadAsStringAsync());
        XNamespace open = "http://a9.com/-/spec/opensearch/1.1/";
        var url = description.Root!.Elements(open + "Url").First(u => (string?)u.Attribute("type") == "application/json");
        var address = ((string)url.Attribute("template")!).Replace("{searchTerms}", "atelier", StringComparison.Ordinal)
            .Replace("{startIndex?}", "0", StringComparison.Ordinal).Replace("{count?}", "5", StringComparison.Ordinal);
        using var found = await server.SendAsync(address);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        using var home = await server.SendAsync("/", "text/html");
        Assert.Contains("href=\"/opensearch.xml\"", await home.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static List<string> Names(JsonElement answer) => [.. answer.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("iri").GetString()!)];

    private async Task<JsonElement> SearchAsync(string words, string more = "")
    {
        using var response = await server.SendAsync("/search?q=" + Uri.EscapeDataString(words) + more, "application/json");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Clone();
    }
}
