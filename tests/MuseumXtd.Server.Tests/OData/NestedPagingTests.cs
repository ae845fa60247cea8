using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>An entity that leads to more than one page of others.</summary>
public sealed class NestedPagingTests : IAsyncLifetime, IDisposable
{
    private readonly string _file = Path.GetTempFileName() + ".ttl";
    private MuseumXtdServer? _server;
    private HttpClient _client = new();

    public async Task InitializeAsync()
    {
        var text = new StringBuilder("@prefix : <https://w3id.org/museumxtd/ns#> .\n<https://w3id.org/museumxtd/place/p> a :Place .\n<https://w3id.org/museumxtd/place/q> a :Place ; :isoCode \"Q\" .\n");
        for (var i = 0; i < 260; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<https://w3id.org/museumxtd/place/s{i:000}> a :Place ; :partOfPlace <https://w3id.org/museumxtd/place/p> ; :isoCode \"S{i % 2}\" .\n");
        }

        for (var i = 0; i < 130; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<https://w3id.org/museumxtd/place/t{i:000}> a :Place ; :partOfPlace <https://w3id.org/museumxtd/place/s000> .\n");
        }

        await File.WriteAllTextAsync(_file, text.ToString());
        _server = await MuseumXtdServer.StartAsync(new ServerOptions { Files = [_file], Port = 0 });
        _client = new HttpClient { BaseAddress = new Uri(_server.Url + "/odata/") };
    }

    public void Dispose() => _client.Dispose();

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        File.Delete(_file);
    }

    [Theory]
    [InlineData("Places('p')?$expand=hasSubPlace", 260)]
    [InlineData("Places('p')?$expand=hasSubPlace($orderby=id desc)", 260)]
    [InlineData("Places('p')?$expand=hasSubPlace($filter=isoCode eq 'S1';$select=id)", 130)]
    [InlineData("Places('p')?$expand=hasSubPlace($skip=30;$top=210)", 210)]
    [InlineData("Places('p')?$expand=hasSubPlace($count=true;$filter=isoCode in ('S0','(;,'))", 130)]
    [InlineData("Places('p')?$expand=hasSubPlace/$ref", 260)]
    public async Task The_rest_of_an_expansion_is_behind_its_link(string path, int expected)
    {
        var page = await GetAsync(path);
        var found = page.GetProperty("hasSubPlace").EnumerateArray().ToList();
        Assert.Equal(100, found.Count);
        for (var next = Link(page, "hasSubPlace@odata.nextLink"); next is not null; next = Link(page, "@odata.nextLink"))
        {
            page = await GetAsync(next);
            found.AddRange(page.GetProperty("value").EnumerateArray());
        }

        var names = found.Select(e => e.GetProperty(path.Contains("$ref", StringComparison.Ordinal) ? "@odata.id" : "id").GetString()).ToList();
        Assert.Equal(expected, names.Distinct().Count());
        Assert.Equal(expected, names.Count);
    }

    [Fact]
    public async Task Levels_go_on_in_the_rest()
    {
        var page = await GetAsync("Places('p')?$expand=hasSubPlace($levels=2;$orderby=id desc)");
        page = await GetAsync(Link(page, "hasSubPlace@odata.nextLink")!);
        page = await GetAsync(Link(page, "@odata.nextLink")!);
        var first = page.GetProperty("value").EnumerateArray().Last();
        Assert.Equal("s000", first.GetProperty("id").GetString());
        Assert.Equal(100, first.GetProperty("hasSubPlace").GetArrayLength());
        Assert.Equal("t129", first.GetProperty("hasSubPlace")[0].GetProperty("id").GetString());
        page = await GetAsync(Link(first, "hasSubPlace@odata.nextLink")!);
        Assert.Equal(30, page.GetProperty("value").GetArrayLength());
        Assert.Equal("t000", page.GetProperty("value")[29].GetProperty("id").GetString());
    }

    private static string? Link(JsonElement page, string name) => page.TryGetProperty(name, out var link) ? link.GetString() : null;

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}\n{text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
