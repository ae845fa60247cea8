using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace MuseumXtd.Server.Tests;

/// <summary>The description of all doors, held against the doors.</summary>
public sealed partial class OpenApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_description_is_valid_OpenAPI_3_1()
    {
        using var response = await server.SendAsync("/openapi.json");
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var read = OpenApiDocument.Parse(await response.Content.ReadAsStringAsync(), OpenApiConstants.Json);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_route_of_the_server_is_described_and_nothing_else(bool isWritable)
    {
        await using var other = await MuseumXtdServer.StartAsync(new ServerOptions { Port = 0, IsWritable = isWritable });
        using var client = new HttpClient { BaseAddress = new Uri(other.Url) };
        using var json = JsonDocument.Parse(await client.GetStringAsync("/openapi.json"));
        var described = json.RootElement.GetProperty("paths").EnumerateObject()
            .Select(p => Parameter().Replace(p.Name, "{}"))
            .Where(p => !p.StartsWith("/odata/", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var routes = other.Routes.Select(Described).SelectMany(r => r).ToHashSet(StringComparer.Ordinal);
        Assert.True(routes.IsSubsetOf(described), "Describe these routes in OpenApi/http.json: " + string.Join(", ", routes.Except(described)));
        Assert.True(described.IsSubsetOf(routes), "OpenApi/http.json describes what is no route: " + string.Join(", ", described.Except(routes)));
    }

    [Fact]
    public async Task What_is_described_without_parameters_answers()
    {
        using var json = JsonDocument.Parse(await (await server.SendAsync("/openapi.json")).Content.ReadAsStringAsync());
        foreach (var path in json.RootElement.GetProperty("paths").EnumerateObject().Where(p => !p.Name.Contains('{', StringComparison.Ordinal)))
        {
            if (!path.Value.TryGetProperty("get", out var get) || IsRequired(get))
            {
                continue;
            }

            using var response = await server.SendAsync(path.Name);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.SeeOther, $"{path.Name}: {response.StatusCode}");
        }

        static bool IsRequired(JsonElement get) =>
            get.TryGetProperty("parameters", out var parameters)
            && parameters.EnumerateArray().Any(p => p.TryGetProperty("required", out var required) && required.GetBoolean());
    }

    [Fact]
    public async Task Entity_sets_and_their_properties_come_from_the_model()
    {
        using var json = JsonDocument.Parse(await (await server.SendAsync("/openapi.json")).Content.ReadAsStringAsync());
        Assert.True(json.RootElement.GetProperty("paths").TryGetProperty("/odata/Initiatives('{id}')/places", out _));
        var initiative = json.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("mxtd.Initiative").GetProperty("properties");
        Assert.Equal("int64", initiative.GetProperty("startYear").GetProperty("format").GetString());
        Assert.Equal("array", initiative.GetProperty("places").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("fr", "Interroger en SPARQL")]
    [InlineData("en", "Ask in SPARQL")]
    public async Task People_read_it_as_a_page_in_their_language_without_script(string language, string expected)
    {
        using var response = await server.SendAsync("/api?lang=" + language, "text/html");
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.Contains("GET /odata/Initiatives", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    /// <summary>A route as the description writes it: dumps are one path with a parameter, and what catches the rest is two.</summary>
    private static string[] Described(string route) => route switch
    {
        "/{**path}" => ["/{}", "/{}/{}"],
        "/doc/{**path}" => ["/doc/{}/{}"],
        "/odata/{**path}" => ["/odata"],
        _ when Dump().IsMatch(route) => [Dump().Replace(route, m => "/dump." + m.Groups[1].Value + "{}" + (m.Groups[3].Success ? ".{}" : ""))],
        _ => [Parameter().Replace(route, "{}")],
    };

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^/dump\.((?:core|full)\.)?(\w+)(\.(?:gz|zst))?$")]
    private static partial Regex Dump();
}
