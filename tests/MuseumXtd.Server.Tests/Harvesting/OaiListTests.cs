using System.Xml.Linq;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>Lists in pages, and harvests one after the other, while notes come, change and go.</summary>
public sealed class OaiListTests
{
    private static readonly XNamespace Oai = OaiClient.Oai;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task A_list_is_the_union_of_its_pages(int size)
    {
        await using var garden = await HarvestedGarden.StartAsync(o => o with { Harvest = o.Harvest with { PageSize = size } });
        foreach (var arguments in (string[])["metadataPrefix=oai_dc", "metadataPrefix=mxtd&set=type:initiative", "metadataPrefix=oai_dc&from=2026-03-01&set=place"])
        {
            var pages = await garden.Client.PagesAsync("ListIdentifiers", arguments);
            var ids = pages.SelectMany(p => p.Headers()).Select(h => h.Identifier()).ToList();
            var expected = garden.Server.Changes.Current!.Latest
                .Where(c => arguments.Contains("initiative", StringComparison.Ordinal) ? c.Traits.Sets.Contains("type:initiative")
                    : !arguments.Contains("set=place", StringComparison.Ordinal) || c.Traits.Sets.Any(s => s.StartsWith("place:", StringComparison.Ordinal)))
                .Select(c => "oai:museumxtd.org:" + c.Resource[HarvestedGarden.Base.Length..]);
            Assert.Equal(expected, ids);
            var cursor = 0;
            foreach (var page in pages)
            {
                Assert.Equal(pages.Count == 1, page.Token() is null);
                Assert.Equal(pages.Count == 1 ? null : $"{cursor}", page.Token()?.Attribute("cursor")!.Value);
                Assert.Equal(pages.Count == 1 ? null : $"{ids.Count}", page.Token()?.Attribute("completeListSize")!.Value);
                Assert.Equal(page != pages[^1], page.Token()?.Attribute("expirationDate") is not null);
                cursor += page.Headers().Count();
            }
        }
    }

    [Fact]
    public async Task A_list_stays_the_same_list_while_notes_are_written()
    {
        await using var garden = await HarvestedGarden.StartAsync(o => o with { Harvest = o.Harvest with { PageSize = 2 } });
        var before = garden.Server.Changes.Current!.Latest.Select(c => c.Resource).ToList();
        var ids = new List<string>();
        for (var query = "verb=ListIdentifiers&metadataPrefix=oai_dc"; query is not null;)
        {
            var page = await garden.Client.OaiAsync(query);
            garden.Write("Fonds clair.md", $"---\ntype: fonds\nnom: Fonds clair {ids.Count}\nid: fonds-clair\n---\n# Fonds clair\n");
            garden.Write($"Neuf {ids.Count}.md", $"---\ntype: projet\nnom: Neuf {ids.Count}\n---\n# Neuf\n");
            if (ids.Count > 2)
            {
                garden.Delete("Atelier ouvert.md");
            }

            await garden.SaveAsync();
            var again = await garden.Client.OaiAsync(query.Contains("resumptionToken", StringComparison.Ordinal) ? query : "verb=ListIdentifiers&metadataPrefix=oai_dc&until=2026-03-01T12:00:00Z");
            if (query.Contains("resumptionToken", StringComparison.Ordinal))
            {
                Assert.Equal(page.Headers().Select(h => h.Identifier()), again.Headers().Select(h => h.Identifier()));
            }

            ids.AddRange(page.Headers().Select(h => h.Identifier()));
            query = page.Token() is { Value: { Length: > 0 } token } ? "verb=ListIdentifiers&resumptionToken=" + token : null;
            garden.Write("Atelier ouvert.md", "---\ntype: programme\nnom: Atelier ouvert\nid: atelier-ouvert\n---\n# Atelier ouvert\n");
        }

        Assert.Equal(before.Select(r => "oai:museumxtd.org:" + r[HarvestedGarden.Base.Length..]), ids);
    }

    [Fact]
    public async Task A_token_of_another_list_another_log_or_another_time_is_refused()
    {
        await using var garden = await HarvestedGarden.StartAsync(o => o with { Harvest = o.Harvest with { PageSize = 2 } });
        var token = (await garden.Client.OaiAsync("verb=ListRecords&metadataPrefix=oai_dc")).Token()!.Value;
        Assert.Null((await garden.Client.OaiAsync("verb=ListRecords&resumptionToken=" + token)).Code());
        Assert.Equal("badResumptionToken", (await garden.Client.OaiAsync("verb=ListIdentifiers&resumptionToken=" + token)).Code());
        for (var i = 0; i < token.Length; i += 3)
        {
            var forged = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Equal("badResumptionToken", (await garden.Client.OaiAsync("verb=ListRecords&resumptionToken=" + forged)).Code());
        }

        Assert.Equal("badResumptionToken", (await garden.Client.OaiAsync("verb=ListRecords&resumptionToken=" + token[..^4])).Code());
        Assert.Equal("badResumptionToken", (await garden.Client.OaiAsync("verb=ListRecords&resumptionToken=" + new string('A', 5000))).Code());
        garden.Clock.Now += TimeSpan.FromHours(23);
        Assert.Null((await garden.Client.OaiAsync("verb=ListRecords&resumptionToken=" + token)).Code());
        garden.Clock.Now += TimeSpan.FromHours(2);
        Assert.Equal("badResumptionToken", (await garden.Client.OaiAsync("verb=ListRecords&resumptionToken=" + token)).Code());
        garden.Clock.Now -= TimeSpan.FromHours(25);
        await garden.RestartAsync();
        Assert.Null((await garden.Client.OaiAsync("verb=ListRecords&resumptionToken=" + token)).Code());
        await garden.RestartAsync(o => o with { StateDirectory = null });
        Assert.Equal("badResumptionToken", (await garden.Client.OaiAsync("verb=ListRecords&resumptionToken=" + token)).Code());
    }

    [Fact]
    public async Task The_deleted_are_told_of_without_metadata_for_ever()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        garden.Delete("Fonds clair.md");
        await garden.SaveAsync();
        await garden.RestartAsync();
        var record = (await garden.Client.OaiAsync("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:museumxtd.org:initiative/fonds-clair")).Descendants(Oai + "record").Single();
        Assert.True(record.Element(Oai + "header")!.IsDeleted());
        Assert.Contains("place:BE", record.Descendants(Oai + "setSpec").Select(s => s.Value));
        Assert.Null(record.Element(Oai + "metadata"));
        var since = await garden.Client.OaiAsync("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-03-01T12:00:01Z");
        Assert.All(since.Headers(), h => Assert.True(h.IsDeleted()));
        Assert.Equal(2, since.Headers().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Harvests_of_what_changed_come_to_the_same_as_one_of_everything(int seed)
    {
        var random = new Random(seed);
        await using var garden = await HarvestedGarden.StartAsync(o => o with { Harvest = o.Harvest with { PageSize = 3 } });
        var replica = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var from = "";
        from = await HarvestAsync("", true);
        for (var round = 0; round < 25; round++)
        {
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                Edit(random, garden);
            }

            if (random.Next(3) == 0)
            {
                garden.Clock.Now += TimeSpan.FromMilliseconds(random.Next(1500));
            }

            if (random.Next(8) == 0)
            {
                await garden.RestartAsync(o => o with { Harvest = o.Harvest with { PageSize = 3 } });
            }

            await garden.SaveAsync();
            if (random.Next(2) == 0)
            {
                from = await HarvestAsync("&from=" + from, true);
                Assert.Equal(await AllAsync(), replica);
            }
        }

        async Task<string> HarvestAsync(string range, bool whileWriting)
        {
            var pages = await garden.Client.PagesAsync("ListRecords", "metadataPrefix=mxtd" + range, async page =>
            {
                if (whileWriting && page % 3 == 1)
                {
                    Edit(random, garden);
                    await garden.SaveAsync();
                }
            });
            foreach (var record in pages.SelectMany(p => p.Descendants(Oai + "record")))
            {
                var header = record.Element(Oai + "header")!;
                replica.Remove(header.Identifier());
                if (!header.IsDeleted())
                {
                    replica.Add(header.Identifier(), record.Element(Oai + "metadata")!.ToString());
                }
            }

            // What was written while the list was read comes with the next harvest.
            var next = pages.Count > 0 ? pages[0].Root!.Element(Oai + "responseDate")!.Value : from;
            return whileWriting ? await HarvestAsync("&from=" + next, false) : next;
        }

        async Task<SortedDictionary<string, string>> AllAsync()
        {
            var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var record in (await garden.Client.PagesAsync("ListRecords", "metadataPrefix=mxtd")).SelectMany(p => p.Descendants(Oai + "record")))
            {
                if (!record.Element(Oai + "header")!.IsDeleted())
                {
                    all.Add(record.Element(Oai + "header")!.Identifier(), record.Element(Oai + "metadata")!.ToString());
                }
            }

            return all;
        }
    }

    private static void Edit(Random random, HarvestedGarden garden)
    {
        var number = random.Next(5);
        var file = Path.Combine(garden.Folder, $"Note {number}.md");
        switch (random.Next(6))
        {
            case 0:
                File.Delete(file);
                break;
            case 2 when random.Next(3) == 0:
                MirrorTests.Merge(random, garden, "chose", 4);
                break;
            case 1 when File.Exists(file):
                File.Move(file, Path.Combine(garden.Folder, $"Note {random.Next(5)}.md"), overwrite: true);
                break;
            default:
                var id = random.Next(2) == 0 ? $"id: chose-{random.Next(4)}\n" : "";
                File.WriteAllText(file, $"---\ntype: {(random.Next(3) == 0 ? "organisation" : "projet")}\nnom: Chose {random.Next(4)}\n{id}pays: {(random.Next(2) == 0 ? "France" : "Canada")}\nporteurs: [\"Porteur {random.Next(3)}\"]\n---\n# Chose\nTexte {random.Next(3)}.\n");
                break;
        }
    }
}
