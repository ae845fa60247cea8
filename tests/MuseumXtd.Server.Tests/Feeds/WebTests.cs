using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MuseumXtd.Server.Tests.Harvesting;

namespace MuseumXtd.Server.Tests.Feeds;

public sealed partial class WebTests
{
    private static readonly XNamespace Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [Fact]
    public async Task The_sitemap_names_every_page_with_the_time_of_its_last_change()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        garden.Write("Fonds clair.md", "---\ntype: fonds\nnom: Fonds très clair\nid: fonds-clair\n---\n# Fonds\n");
        await garden.SaveAsync();
        var index = XDocument.Parse(await garden.Client.GetStringAsync("/sitemap.xml"));
        var part = Assert.Single(index.Root!.Elements(Sitemaps + "sitemap"));
        var pages = XDocument.Parse(await garden.Client.GetStringAsync(part.Element(Sitemaps + "loc")!.Value)).Root!.Elements(Sitemaps + "url")
            .ToDictionary(u => u.Element(Sitemaps + "loc")!.Value, u => u.Element(Sitemaps + "lastmod")?.Value);
        foreach (var page in pages.Keys)
        {
            using var response = await garden.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, page));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var changed = garden.Server.Changes.Current!.Find(HarvestedGarden.Base + "initiative/fonds-clair")!.Time;
        Assert.Equal(changed.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), pages[garden.Server.Url + "/doc/initiative/fonds-clair"]);
        Assert.NotEqual(pages[garden.Server.Url + "/doc/initiative/fonds-clair"], pages[garden.Server.Url + "/doc/organisation/maison"]);
        Assert.Contains("Sitemap: " + garden.Server.Url + "/sitemap.xml", await garden.Client.GetStringAsync("/robots.txt"), StringComparison.Ordinal);
        foreach (var bad in (string[])["/sitemap/0.xml", "/sitemap/2.xml", "/sitemap/x.xml", "/sitemap/01.xml"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await garden.Client.GetAsync(bad)).StatusCode);
        }
    }

    [Fact]
    public async Task A_sitemap_of_many_pages_comes_in_parts_that_the_protocol_allows()
    {
        var file = Path.GetTempFileName() + ".nt";
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 50_010).Select(i => $"<https://w3id.org/museumxtd/output/{i}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/museumxtd/ns#Output> ."));
        await using var server = await MuseumXtdServer.StartAsync(new ServerOptions { Port = 0, Files = [file] });
        File.Delete(file);
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        var parts = XDocument.Parse(await client.GetStringAsync("/sitemap.xml")).Root!.Elements().Select(e => e.Element(Sitemaps + "loc")!.Value).ToList();
        var counts = new List<int>();
        foreach (var part in parts)
        {
            counts.Add(XDocument.Parse(await client.GetStringAsync(part)).Root!.Elements().Count());
        }

        Assert.Equal([50_000, 12], counts);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_leaves_a_tombstone()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await garden.Client.GetAsync("/doc/initiative/fonds-clair")).StatusCode);
        garden.Delete("Fonds clair.md");
        await garden.SaveAsync();
        foreach (var path in (string[])["/initiative/fonds-clair", "/doc/initiative/fonds-clair", "/doc/initiative/fonds-clair.ttl", "/doc/initiative/fonds-clair?format=ttl"])
        {
            foreach (var accept in (string?[])["text/html", "text/turtle", "application/ld+json", "application/json", "image/png", null])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation("Accept", accept);
                using var response = await garden.Client.SendAsync(request);
                Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
                Assert.NotEmpty(await response.Content.ReadAsStringAsync());
            }
        }

        using var never = await garden.Client.GetAsync("/doc/initiative/never-was");
        Assert.Equal(HttpStatusCode.NotFound, never.StatusCode);

        // Back again, it is itself.
        garden.Write("Fonds clair.md", "---\ntype: fonds\nnom: Fonds clair\nid: fonds-clair\n---\n# Fonds\n");
        await garden.SaveAsync();
        Assert.Equal(HttpStatusCode.OK, (await garden.Client.GetAsync("/doc/initiative/fonds-clair")).StatusCode);
    }

    [Fact]
    public async Task Pages_name_themselves_their_other_forms_their_type_licence_and_dataset()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        using var page = await garden.Client.GetAsync("/doc/initiative/atelier-ouvert.html");
        var links = string.Join(", ", page.Headers.GetValues("Link"));
        foreach (var relation in (string[])["cite-as", "describedby", "collection", "license", "type", "alternate", "canonical", "describes"])
        {
            Assert.Contains($"rel=\"{relation}\"", links, StringComparison.Ordinal);
        }

        foreach (Match link in Link().Matches(links))
        {
            var target = link.Groups[1].Value;
            if (target.StartsWith('/'))
            {
                using var response = await garden.Client.GetAsync(target);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.Equal(link.Groups[2].Value, response.Content.Headers.ContentType!.MediaType);
            }
        }

        using var dataset = await garden.Client.GetAsync("/dataset.html");
        var items = Link().Matches(string.Join(", ", dataset.Headers.GetValues("Link"))).Where(m => m.Value.Contains("rel=\"item\"", StringComparison.Ordinal)).ToList();
        Assert.True(items.Count >= 24);
    }

    [Fact]
    public async Task Search_engines_read_a_page_in_their_own_words()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        garden.Write("Piège.md", "---\ntype: programme\nnom: \"Piège </script><script>alert(1)</script>\"\nid: piege\n---\n# Piège\n");
        await garden.SaveAsync();
        using var json = await JsonLdAsync(garden.Client, "/doc/initiative/atelier-ouvert.html?lang=fr");
        Assert.Equal("Project", json.RootElement.GetProperty("@type").GetString());
        Assert.Equal("Atelier ouvert", json.RootElement.GetProperty("name").GetString());
        Assert.Equal("2021", json.RootElement.GetProperty("foundingDate").GetString());
        Assert.Equal("OrganizationRole", json.RootElement.GetProperty("member").GetProperty("@type").GetString());
        Assert.Equal("Maison du numérique", json.RootElement.GetProperty("member").GetProperty("member").GetProperty("name").GetString());
        Assert.Equal("Place", json.RootElement.GetProperty("location").GetProperty("@type").GetString());
        Assert.Equal("Dataset", json.RootElement.GetProperty("subjectOf").GetProperty("@type").GetString());
        using var trap = await JsonLdAsync(garden.Client, "/doc/initiative/piege.html");
        Assert.Contains("</script>", trap.RootElement.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", await garden.Client.GetStringAsync("/doc/initiative/piege.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_with_any_name_have_headers_that_can_be_sent()
    {
        var file = Path.GetTempFileName() + ".nt";
        await File.WriteAllTextAsync(file, "<https://w3id.org/museumxtd/output/\u00e9t\u00e9'x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/museumxtd/ns#Output> .");
        await using var server = await MuseumXtdServer.StartAsync(new ServerOptions { Port = 0, Files = [file] });
        File.Delete(file);
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var response = await client.GetAsync("/output/\u00e9t\u00e9'x");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("%C3%A9t%C3%A9", string.Join(",", response.Headers.GetValues("Link")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_count_requests_and_tell_of_the_state()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        await garden.Client.GetStringAsync("/sparql?query=ASK%7B%7D");
        using var bad = await garden.Client.GetAsync("/sparql?query=nonsense");
        using var response = await garden.Client.GetAsync("/metrics");
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("http_request_duration_seconds_count{route=\"/sparql\",method=\"GET\",status=\"200\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("http_request_duration_seconds_count{route=\"/sparql\",method=\"GET\",status=\"400\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"museumxtd_quads {garden.Server.Dataset.Current.Snapshot.QuadCount}\n", text, StringComparison.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Matches(MetricLine(), line);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dataset")]
    [InlineData("/dataset.jsonld")]
    [InlineData("/changes")]
    [InlineData("/changes/page/1")]
    [InlineData("/sitemap.xml")]
    [InlineData("/sitemap/1.xml")]
    [InlineData("/robots.txt")]
    [InlineData("/metrics")]
    [InlineData("/healthz")]
    [InlineData("/dump.core.ttl.gz")]
    [InlineData("/doc/initiative/atelier-ouvert")]
    [InlineData("/doc/initiative/atelier-ouvert.rdf")]
    public async Task A_head_is_what_a_get_would_have_and_open_to_all(string path)
    {
        await using var garden = await HarvestedGarden.StartAsync();
        using var get = await garden.Client.GetAsync(path);
        using var head = await garden.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal("*", head.Headers.GetValues("Access-Control-Allow-Origin").Single());
        if (get.Headers.ETag is { } tag)
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(tag);
            using var unchanged = await garden.Client.SendAsync(again);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        }
    }

    private static async Task<JsonDocument> JsonLdAsync(HttpClient client, string path) =>
        JsonDocument.Parse(Script().Match(await client.GetStringAsync(path)).Groups[1].Value);

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>")]
    private static partial Regex Script();

    [GeneratedRegex("<([^>]*)>; rel=\"(?:[a-z-]*)\"(?:; type=\"([^\"]*)\")?")]
    private static partial Regex Link();

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[^"]*",?)+\})? -?[0-9.E+-]+)$""")]
    private static partial Regex MetricLine();
}
