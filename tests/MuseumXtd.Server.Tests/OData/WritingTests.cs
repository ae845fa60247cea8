using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>What is written is JSON, whatever the texts hold and however long the answer is.</summary>
public sealed class WritingTests : IAsyncLifetime
{
    private const int Initiatives = 1500;

    /// <summary>Texts that JSON cannot hold as they are, or that writers like to change.</summary>
    private static readonly string[] Texts =
    [
        "\"quoted\" \\ back", "line\nbreak\r\ttab", "\u0001\u001f\u007f\u0080", "\u2028\u2029\u00a0", "Ünïcødé 漢字 😀", "</script><!-- & '", "", "\\u0041", new string('"', 300), new string('é', 5000),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;
    private MuseumXtdServer? _server;

    private HttpClient Client { get; set; } = new();

    public async Task InitializeAsync()
    {
        var data = new StringBuilder("""
            <https://w3id.org/museumxtd/place/ca> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/museumxtd/ns#Place> .
            <https://w3id.org/museumxtd/place/ca> <https://w3id.org/museumxtd/ns#name> "Cana\"da\""@fr .
            <https://w3id.org/museumxtd/place/qc> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/museumxtd/ns#Place> .
            <https://w3id.org/museumxtd/place/qc> <https://w3id.org/museumxtd/ns#partOfPlace> <https://w3id.org/museumxtd/place/ca> .

            """);
        for (var i = 0; i < Initiatives; i++)
        {
            var subject = $"<https://w3id.org/museumxtd/initiative/i{i:0000}>";
            data.AppendLine($"{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/museumxtd/ns#Initiative> .");
            data.AppendLine($"{subject} <https://w3id.org/museumxtd/ns#place> <https://w3id.org/museumxtd/place/{(i % 3 == 0 ? "ca" : "qc")}> .");
            data.AppendLine($"{subject} <https://w3id.org/museumxtd/ns#description> {Escaped(Texts[i % Texts.Length])}@fr .");
        }

        var file = Path.Combine(_folder, "data.nt");
        await File.WriteAllTextAsync(file, data.ToString());
        _server = await MuseumXtdServer.StartAsync(new ServerOptions { Files = [file], Port = 0 });
        Client = new HttpClient { BaseAddress = new Uri(_server.Url + "/odata/") };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Texts_come_back_as_they_are_stored()
    {
        using var json = JsonDocument.Parse(await Client.GetByteArrayAsync($"Initiatives?$top={Texts.Length}&$select=description,descriptions"));
        var told = json.RootElement.GetProperty("value").EnumerateArray().ToList();
        Assert.Equal(Texts, told.Select(e => e.GetProperty("description")[0].GetString()));
        Assert.Equal(Texts, told.Select(e => e.GetProperty("descriptions")[0].GetProperty("value").GetString()));
        Assert.All(told, e => Assert.Equal("fr", e.GetProperty("descriptions")[0].GetProperty("language").GetString()));
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("full")]
    [InlineData("none")]
    public async Task An_entity_is_told_the_same_wherever_it_is_linked_in_an_answer_of_many_parts(string level)
    {
        var bytes = await Client.GetByteArrayAsync($"Initiatives?$expand=places($expand=partOfPlace)&$format=application/json;odata.metadata={level}");
        Assert.True(bytes.Length > 1 << 18);
        using var json = JsonDocument.Parse(bytes);
        var places = json.RootElement.GetProperty("value").EnumerateArray().Select(e => Assert.Single(e.GetProperty("places").EnumerateArray())).ToList();
        Assert.Equal(250, places.Count);
        Assert.Equal(Enumerable.Range(0, 250).Select(i => i % 3 == 0 ? "ca" : "qc"), places.Select(p => p.GetProperty("id").GetString()));
        Assert.Equal(2, places.Select(p => p.GetRawText()).Distinct().Count());
        using var alone = JsonDocument.Parse(await Client.GetByteArrayAsync($"Places('qc')?$expand=partOfPlace&$format=application/json;odata.metadata={level}"));
        Assert.Equal("Cana\"da\"", places[1].GetProperty("partOfPlace").GetProperty("name").GetString());
        Assert.Equal(alone.RootElement.GetProperty("partOfPlace").GetRawText(), places[1].GetProperty("partOfPlace").GetRawText());
    }

    [Fact]
    public async Task The_length_is_told_of_a_short_answer_and_a_long_one_comes_whole()
    {
        using var brief = await Client.GetAsync("Initiatives?$top=5");
        Assert.Equal((await brief.Content.ReadAsByteArrayAsync()).Length, brief.Content.Headers.ContentLength);
        var pages = 0;
        var seen = new HashSet<string>();
        for (string? next = "Initiatives?$select=id"; next is not null; pages++)
        {
            using var json = JsonDocument.Parse(await Client.GetByteArrayAsync(next));
            Assert.All(json.RootElement.GetProperty("value").EnumerateArray(), e => Assert.True(seen.Add(e.GetProperty("id").GetString()!)));
            next = json.RootElement.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal((2, Initiatives), (pages, seen.Count));
    }

    /// <summary>A literal of N-Triples.</summary>
    private static string Escaped(string text) => "\"" + string.Concat(text.Select(c => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        < ' ' => $"\\u{(int)c:X4}",
        _ => c.ToString(),
    })) + "\"";
}
