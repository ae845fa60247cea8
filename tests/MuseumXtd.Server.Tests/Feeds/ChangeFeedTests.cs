using System.Net;
using System.Text.Json;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Feeds;
using MuseumXtd.Server.Harvesting;
using MuseumXtd.Server.Tests.Harvesting;

namespace MuseumXtd.Server.Tests.Feeds;

public sealed class ChangeFeedTests
{
    private const string As = "https://www.w3.org/ns/activitystreams#";

    [Fact]
    public async Task A_replay_of_the_feed_is_what_the_store_holds_after_any_edits()
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            await using var garden = await HarvestedGarden.StartAsync();
            var random = new Random(seed);
            var replica = new Dictionary<string, string>(StringComparer.Ordinal);
            var seen = 0;
            for (var round = 0; round < 8; round++)
            {
                for (var edit = random.Next(1, 5); edit > 0; edit--)
                {
                    Edit(garden, random);
                }

                await garden.SaveAsync();
                if (random.Next(2) == 0)
                {
                    seen = await ReplayAsync(garden, replica, seen);
                    await CheckAsync(garden, replica);
                }
            }

            await ReplayAsync(garden, replica, seen);
            await CheckAsync(garden, replica);
            var whole = new Dictionary<string, string>(StringComparer.Ordinal);
            await ReplayAsync(garden, whole, 0);
            Assert.Equal(replica.OrderBy(r => r.Key, StringComparer.Ordinal), whole.OrderBy(r => r.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Full_pages_never_change_and_may_be_kept_and_the_last_is_asked_for_again()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        await MakeChangesAsync(garden, 260);
        var before = new List<(string Text, string? CacheControl)>();
        for (var page = 1; page <= 3; page++)
        {
            using var response = await garden.Client.GetAsync($"/changes/page/{page}");
            before.Add((await response.Content.ReadAsStringAsync(), response.Headers.CacheControl?.ToString()));
        }

        Assert.Contains("immutable", before[0].CacheControl, StringComparison.Ordinal);
        Assert.Contains("immutable", before[1].CacheControl, StringComparison.Ordinal);
        Assert.Equal("no-cache", before[2].CacheControl);
        garden.Write("Encore.md", "---\ntype: programme\nnom: Encore\nid: encore\n---\n# Encore\n");
        await garden.SaveAsync();
        Assert.Equal(before[0].Text, await garden.Client.GetStringAsync("/changes/page/1"));
        Assert.Equal(before[1].Text, await garden.Client.GetStringAsync("/changes/page/2"));
        Assert.NotEqual(before[2].Text, await garden.Client.GetStringAsync("/changes/page/3"));

        // Also across a restart on another port: the public address is what it says.
        Func<ServerOptions, ServerOptions> atHome = o => o with { Harvest = new HarvestOptions { PublicUrl = "https://data.example.org" } };
        await garden.RestartAsync(atHome);
        var first = await garden.Client.GetStringAsync("/changes/page/1");
        await garden.RestartAsync(atHome);
        Assert.Equal(first, await garden.Client.GetStringAsync("/changes/page/1"));
    }

    [Fact]
    public async Task What_is_merged_is_moved_and_what_is_deleted_is_deleted_also_after_a_restart()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        garden.Write("Autre.md", "---\ntype: programme\nnom: Autre atelier\nid: autre\n---\n# Autre atelier\n");
        await garden.SaveAsync();
        var before = garden.Server.Changes.Current!.History.Count;
        garden.Delete("Autre.md");
        garden.Delete("Fonds clair.md");
        garden.Write("identities.csv", "type,id,name,path,replaced-by\ninitiative,autre,,,encore\ninitiative,encore,,,atelier-ouvert\n");
        await garden.SaveAsync();
        for (var round = 0; round < 2; round++)
        {
            var page = await garden.Client.GetStringAsync("/changes/page/1");
            using var json = JsonDocument.Parse(page);
            var items = json.RootElement.GetProperty("orderedItems").EnumerateArray().Skip(before).ToList();
            var move = items.Single(i => i.GetProperty("object").GetProperty("id").GetString() == HarvestedGarden.Base + "initiative/autre");
            Assert.Equal("Move", move.GetProperty("type").GetString());
            Assert.Equal("Initiative", move.GetProperty("object").GetProperty("type").GetString());
            Assert.Equal(HarvestedGarden.Base + "initiative/atelier-ouvert", move.GetProperty("target").GetProperty("id").GetString());
            Assert.Equal("Initiative", move.GetProperty("target").GetProperty("type").GetString());
            Assert.EndsWith("/doc/initiative/atelier-ouvert.ttl", move.GetProperty("target").GetProperty("seeAlso").GetProperty("id").GetString(), StringComparison.Ordinal);
            var deletion = items.Single(i => i.GetProperty("object").GetProperty("id").GetString() == HarvestedGarden.Base + "initiative/fonds-clair");
            Assert.Equal("Delete", deletion.GetProperty("type").GetString());
            Assert.False(deletion.TryGetProperty("target", out _));
            var graph = await ReadAsync(garden.Client, "/changes/page/1", RdfFormats.Turtle);
            Assert.Contains(graph, q => q.Predicate.Value == As + "target" && q.Object is Iri { Value: HarvestedGarden.Base + "initiative/atelier-ouvert" });
            using var answer = await garden.Client.GetAsync("/initiative/autre");
            Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
            await garden.RestartAsync();
        }

        Assert.True((await garden.Client.OaiAsync("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:museumxtd.org:initiative/autre")).Headers().Single().IsDeleted());
    }

    [Fact]
    public async Task A_page_has_the_shape_of_IIIF_change_discovery()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        await MakeChangesAsync(garden, 120);
        garden.Delete("Fonds clair.md");
        await garden.SaveAsync();
        using var collection = JsonDocument.Parse(await garden.Client.GetStringAsync("/changes"));
        var total = garden.Server.Changes.Current!.History.Count;
        Assert.Equal("OrderedCollection", collection.RootElement.GetProperty("type").GetString());
        Assert.Equal(total, collection.RootElement.GetProperty("totalItems").GetInt32());
        var last = collection.RootElement.GetProperty("last").GetProperty("id").GetString()!;
        Assert.EndsWith("/changes/page/" + ((total + ChangeFeed.PageSize - 1) / ChangeFeed.PageSize), last, StringComparison.Ordinal);

        // A client of change discovery walks backwards from the last page.
        var items = new List<JsonElement>();
        for (var page = last; page is not null;)
        {
            using var json = JsonDocument.Parse(await garden.Client.GetStringAsync(page));
            Assert.Equal("OrderedCollectionPage", json.RootElement.GetProperty("type").GetString());
            Assert.Equal(page, json.RootElement.GetProperty("id").GetString());
            items.InsertRange(0, json.RootElement.GetProperty("orderedItems").Clone().EnumerateArray());
            page = json.RootElement.TryGetProperty("prev", out var prev) ? prev.GetProperty("id").GetString() : null;
        }

        Assert.Equal(total, items.Count);
        Assert.Equal(total, items.Select(i => i.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(items, i => Assert.Contains(i.GetProperty("type").GetString(), (string[])["Create", "Update", "Delete"]));
        Assert.Equal(items.Select(i => i.GetProperty("endTime").GetDateTime()).Order(), items.Select(i => i.GetProperty("endTime").GetDateTime()));
        Assert.Contains(items, i => i.GetProperty("type").GetString() == "Delete" && i.GetProperty("object").GetProperty("id").GetString() == HarvestedGarden.Base + "initiative/fonds-clair");
        Assert.Contains(items, i => i.GetProperty("object").GetProperty("type").GetString() == "Initiative");
    }

    [Fact]
    public async Task All_forms_of_a_page_say_the_same_and_form_an_event_stream()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        await MakeChangesAsync(garden, 120);
        foreach (var path in (string[])["/changes", "/changes/page/1", "/changes/page/2"])
        {
            var json = await ReadAsync(garden.Client, path, RdfFormats.JsonLd);
            Assert.True(Isomorphism.AreIsomorphic(json, await ReadAsync(garden.Client, path, RdfFormats.Turtle)));
            Assert.True(Isomorphism.AreIsomorphic(json, await ReadAsync(garden.Client, path, RdfFormats.NTriples)));
        }

        // A client of event streams begins at the view and follows relations.
        var url = garden.Server.Url;
        var root = await ReadAsync(garden.Client, "/changes", RdfFormats.Turtle);
        Assert.Contains(new Quad(new Iri(url + "/changes"), Rdf.Vocabulary.RdfNames.Type, new Iri("https://w3id.org/ldes#EventStream")), root);
        Assert.Contains(new Quad(new Iri(url + "/changes"), new Iri("https://w3id.org/tree#view"), new Iri(url + "/changes")), root);
        Assert.Contains(new Quad(new Iri(url + "/changes"), new Iri("https://w3id.org/ldes#timestampPath"), new Iri(As + "published")), root);
        var members = new HashSet<string>(StringComparer.Ordinal);
        for (var node = Node(root); node is not null;)
        {
            var page = await ReadAsync(garden.Client, node, RdfFormats.Turtle);
            foreach (var member in page.Where(q => q.Predicate.Value == "https://w3id.org/tree#member"))
            {
                Assert.Equal(url + "/changes", ((Iri)member.Subject).Value);
                Assert.True(members.Add(((Iri)member.Object).Value));
                Assert.Single(page, q => q.Subject == member.Object && q.Predicate.Value == As + "published");
                Assert.Single(page, q => q.Subject == member.Object && q.Predicate.Value == As + "object");
            }

            node = Node(page);
        }

        Assert.Equal(garden.Server.Changes.Current!.History.Count, members.Count);

        static string? Node(Rdf.Model.Dataset graph) => (graph.SingleOrDefault(q => q.Predicate.Value == "https://w3id.org/tree#node").Object as Iri)?.Value;
    }

    [Theory]
    [InlineData("/changes/page/0", null, 404)]
    [InlineData("/changes/page/2", null, 404)]
    [InlineData("/changes/page/01", null, 404)]
    [InlineData("/changes/page/-1", null, 404)]
    [InlineData("/changes/page/99999999999999999999", null, 404)]
    [InlineData("/changes/page/%22%3E", null, 404)]
    [InlineData("/changes/page/x", null, 404)]
    [InlineData("/changes/page/1", "image/png", 406)]
    [InlineData("/changes?format=png", null, 406)]
    [InlineData("/changes", "application/activity+json", 200)]
    [InlineData("/changes", "text/html", 200)]
    public async Task What_is_asked_for_wrongly_is_a_problem(string path, string? accept, int status)
    {
        await using var garden = await HarvestedGarden.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await garden.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        if (status != 200)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task A_server_without_anything_has_one_empty_page()
    {
        await using var server = await MuseumXtdServer.StartAsync(new ServerOptions { Port = 0 });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var json = JsonDocument.Parse(await client.GetStringAsync("/changes/page/1"));
        Assert.Equal(0, json.RootElement.GetProperty("orderedItems").GetArrayLength());
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/changes"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("application/ld+json", head.Content.Headers.ContentType!.MediaType);
    }

    private static void Edit(HarvestedGarden garden, Random random)
    {
        var name = $"Note {random.Next(12)}";
        if (random.Next(4) == 0)
        {
            garden.Delete(name + ".md");
            return;
        }

        garden.Write(name + ".md", $"---\ntype: programme\nnom: {name} {random.Next(3)}\nid: note-{random.Next(6)}-{name[^1]}\ndebut: {2000 + random.Next(3)}\n---\n# {name}\n");
    }

    private static async Task MakeChangesAsync(HarvestedGarden garden, int atLeast)
    {
        for (var i = 0; garden.Server.Changes.Current!.History.Count < atLeast; i++)
        {
            for (var n = 0; n < 20; n++)
            {
                garden.Write($"N {n}.md", $"---\ntype: programme\nnom: N {n} {i}\nid: n-{n}\n---\n# N {n}\n");
            }

            await garden.SaveAsync();
        }
    }

    /// <summary>Applies what the feed has behind a place to a replica; where it ends.</summary>
    private static async Task<int> ReplayAsync(HarvestedGarden garden, Dictionary<string, string> replica, int from)
    {
        var at = from;
        var moves = new List<string>();
        for (var page = (from / ChangeFeed.PageSize) + 1; ; page++)
        {
            using var json = JsonDocument.Parse(await garden.Client.GetStringAsync($"/changes/page/{page}"));
            foreach (var activity in json.RootElement.GetProperty("orderedItems").EnumerateArray().Skip(Math.Max(0, from - json.RootElement.GetProperty("startIndex").GetInt32())))
            {
                at++;
                var thing = activity.GetProperty("object");
                var iri = thing.GetProperty("id").GetString()!;
                switch (activity.GetProperty("type").GetString())
                {
                    case "Delete":
                        Assert.True(replica.Remove(iri));
                        break;
                    case "Move":
                        Assert.True(replica.Remove(iri));
                        var target = activity.GetProperty("target");
                        replica[target.GetProperty("id").GetString()!] = target.GetProperty("seeAlso").GetProperty("id").GetString()!;
                        moves.Add(iri);
                        break;
                    case "Create":
                        Assert.True(!replica.ContainsKey(iri) || moves.Count > 0);
                        goto default;
                    default:
                        replica[iri] = thing.GetProperty("seeAlso").GetProperty("id").GetString()!;
                        break;
                }
            }

            if (!json.RootElement.TryGetProperty("next", out _))
            {
                return at;
            }
        }
    }

    /// <summary>The replica has exactly the resources of the store, and each can be had where the feed says.</summary>
    private static async Task CheckAsync(HarvestedGarden garden, Dictionary<string, string> replica)
    {
        var query = "SELECT DISTINCT ?s { ?s a ?c FILTER(?c IN (mxtd:Initiative, mxtd:Organisation, mxtd:Output, mxtd:Note, mxtd:Person, mxtd:FundingScheme)) }";
        var csv = await garden.Client.GetStringAsync("/sparql?format=csv&query=" + Uri.EscapeDataString("PREFIX mxtd: <https://w3id.org/museumxtd/ns#> " + query));
        Assert.Equal(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Order(StringComparer.Ordinal), replica.Keys.Order(StringComparer.Ordinal));
        foreach (var (iri, address) in replica)
        {
            Assert.Contains(iri, await garden.Client.GetStringAsync(address.Replace(".ttl", ".nt", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    private static async Task<Rdf.Model.Dataset> ReadAsync(HttpClient client, string path, RdfFormat format)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", format.MediaTypes[0]);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var graph = new Rdf.Model.Dataset();
        format.CreateReader().Read(await response.Content.ReadAsStreamAsync(), graph, ReaderOptions.Default);
        return graph;
    }
}
