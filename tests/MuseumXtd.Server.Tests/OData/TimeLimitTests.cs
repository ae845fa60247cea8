using System.Net;
using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>A server that gives a request less than a second, over initiatives and places each of which is linked with most of the others.</summary>
public sealed class BusyServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;
    private MuseumXtdServer? _server;

    public HttpClient Client { get; private set; } = new();

    public async Task InitializeAsync()
    {
        const string Type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
        var data = new StringBuilder();
        for (var i = 0; i < 60; i++)
        {
            data.AppendLine($"<https://w3id.org/museumxtd/place/p{i}> {Type} <https://w3id.org/museumxtd/ns#Place> .");
        }

        for (var i = 0; i < 1400; i++)
        {
            // Those that come first have no places.
            var isLinked = i >= 1000;
            var subject = $"<https://w3id.org/museumxtd/initiative/{(isLinked ? 'z' : 'a')}{i:0000}>";
            data.AppendLine($"{subject} {Type} <https://w3id.org/museumxtd/ns#Initiative> .");
            data.AppendLine($"{subject} <https://w3id.org/museumxtd/ns#startYear> \"{1900 + (i % 100)}\"^^<http://www.w3.org/2001/XMLSchema#integer> .");
            data.AppendLine($"{subject} <https://w3id.org/museumxtd/ns#description> \"{new string('d', 1000)}\"@fr .");
            for (var place = 0; isLinked && place < 60; place++)
            {
                data.AppendLine($"{subject} <https://w3id.org/museumxtd/ns#place> <https://w3id.org/museumxtd/place/p{place}> .");
            }
        }

        var file = Path.Combine(_folder, "data.nt");
        await File.WriteAllTextAsync(file, data.ToString());
        _server = await MuseumXtdServer.StartAsync(new ServerOptions { Files = [file], Port = 0, Timeout = TimeSpan.FromSeconds(0.8) });
        Client = new HttpClient { BaseAddress = new Uri(_server.Url + "/odata/"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What takes too long ends with an error that says so, and never with half an answer that looks whole.</summary>
public sealed class TimeLimitTests(BusyServer server) : IClassFixture<BusyServer>
{
    /// <summary>Whether a way through links leads to years that add up to what none do: each way is another.</summary>
    private const string Deep = "places/any(a: a/placeOf/mxtd.Initiative/any(b: b/places/any(c: c/placeOf/mxtd.Initiative/any(d: d/startYear add b/startYear add startYear eq -1))))";
    private const string All = "places/all(a: a/placeOf/mxtd.Initiative/all(b: b/places/all(c: c/placeOf/mxtd.Initiative/all(d: d/startYear add b/startYear add startYear ne -1))))";
    private const string Inner = "placeOf/mxtd.Initiative/any(b: b/places/any(c: c/placeOf/mxtd.Initiative/any(d: d/startYear add b/startYear eq -1)))";

    [Theory]
    [InlineData($"Initiatives?$filter=places/any() and {Deep}")]
    [InlineData($"Initiatives?$filter=places/any() and {All}")]
    [InlineData($"Initiatives?$filter=not ({All}) or {Deep}")]
    [InlineData($"Initiatives?$filter=places/any() and {Deep}&$orderby=startYear&$top=1")]
    [InlineData($"Initiatives?$filter=places/any() and {Deep}&$count=true&$top=0")]
    [InlineData($"Initiatives/$count?$filter={Deep}")]
    [InlineData($"Initiatives?$apply=filter({Deep})/aggregate($count as n)")]
    [InlineData($"Initiatives?$orderby=places/$count($filter={Inner}) desc")]
    [InlineData($"Initiatives('z1000')?$expand=places($filter={Inner})")]
    [InlineData($"Places?$expand=placeOf/mxtd.Initiative($expand=places($filter={Inner};$orderby=name))")]
    [InlineData($"Initiatives?$filter=places/any() and {Deep}&$format=text/csv")]
    [InlineData($"Initiatives?$filter=places/any() and {Deep}&$format=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task A_request_that_takes_too_long_ends_with_the_limits_error(string request)
    {
        using var response = await server.Client.GetAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{response.StatusCode} {text}");
        using var json = JsonDocument.Parse(text);
        Assert.Equal("ServiceUnavailable", json.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("longer than", json.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Null(response.Headers.ETag);
        Assert.Null(response.Content.Headers.ContentDisposition);
        Assert.Equal("1400", await server.Client.GetStringAsync("Initiatives/$count"));
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task An_answer_that_is_cut_in_the_middle_does_not_look_whole(string format)
    {
        // The first thousand initiatives have no places, so that much is sent before the limit strikes.
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var response = await server.Client.GetAsync($"Initiatives?$expand=places($filter={Inner})&$format={format}", HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await response.Content.ReadAsByteArrayAsync();
        });
        Assert.Equal("1400", await server.Client.GetStringAsync("Initiatives/$count"));
    }

    [Fact]
    public async Task Requests_of_a_batch_share_the_time()
    {
        var requests = string.Join(',', Enumerable.Range(0, 40).Select(i =>
            JsonSerializer.Serialize(new { id = $"{i}", method = "GET", url = i == 0 ? "Initiatives/$count" : $"Initiatives/$count?$filter={Deep}{(i % 2 == 0 ? "&$format=text/csv" : "")}" })));
        using var content = new StringContent($"{{\"requests\":[{requests}]}}", Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync("$batch", content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var statuses = json.RootElement.GetProperty("responses").EnumerateArray().Select(r => r.GetProperty("status").GetInt32()).ToList();
        Assert.Equal([200, .. Enumerable.Repeat(503, 39)], statuses);
    }
}
