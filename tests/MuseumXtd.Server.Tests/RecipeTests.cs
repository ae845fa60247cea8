using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using MuseumXtd.Server.Recipes;
using MuseumXtd.Server.Tests.Tools;

namespace MuseumXtd.Server.Tests;

/// <summary>The examples on the page of recipes, executed as they stand there.</summary>
public sealed class RecipeTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-recipe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_page_shows_every_recipe_with_the_servers_own_address()
    {
        var html = WebUtility.HtmlDecode(await server.Client.GetStringAsync("/recipes?lang=en"));
        Assert.All(Recipe.All, recipe => Assert.Contains(recipe.TextFor(server.Url), html, StringComparison.Ordinal));
        Assert.DoesNotContain("127.0.0.1:8080", html, StringComparison.Ordinal);
        using var missing = await server.SendAsync("/recipes/none");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task The_command_line_gets_JSON_tables_groups_and_a_spreadsheet()
    {
        if (await Tool.FindAsync(["bash"], "-c", "curl --version") is not { } bash)
        {
            return;
        }

        var output = await bash.OutputAsync(_folder, "-e", await DownloadAsync("initiatives.sh"));
        Assert.Contains("\"id\":\"atelier-ouvert\"", output, StringComparison.Ordinal);
        Assert.Contains("id,name,startYear,places/id,places/name\r\natelier-ouvert,Atelier ouvert,2021,ca,Canada\r\n", output, StringComparison.Ordinal);
        Assert.Contains("\"startYear\":2021,\"initiatives\":1", output, StringComparison.Ordinal);
        Assert.Contains("2021,1", output, StringComparison.Ordinal);
        var sheet = await File.ReadAllBytesAsync(Path.Combine(_folder, "initiatives.xlsx"));
        Assert.Equal("PK"u8.ToArray(), sheet[..2]);
    }

    [Fact]
    public async Task Python_reads_a_table_and_counts_by_place()
    {
        if (await Tool.FindAsync(["/usr/bin/python3", "python3"], "-c", "import pandas") is not { } python)
        {
            return;
        }

        var output = await python.OutputAsync(_folder, await DownloadAsync("initiatives.py"));
        Assert.Contains("atelier-ouvert  Atelier ouvert       2021", output, StringComparison.Ordinal);
        Assert.Contains("Canada    1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R_reads_a_table_and_counts_by_place()
    {
        if (await Tool.FindAsync(["Rscript"], "-e", "library(jsonlite)") is not { } r)
        {
            return;
        }

        var output = await r.OutputAsync(_folder, "--vanilla", await DownloadAsync("initiatives.R"));
        Assert.Contains("atelier-ouvert Atelier ouvert      2021", output, StringComparison.Ordinal);
        Assert.Contains("Canada", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connection_of_Power_BI_leads_to_the_service_document()
    {
        using var file = JsonDocument.Parse(await server.Client.GetStringAsync("/recipes/museumxtd.pbids"));
        var url = file.RootElement.GetProperty("connections")[0].GetProperty("details").GetProperty("address").GetProperty("url").GetString()!;
        using var service = JsonDocument.Parse(await server.Client.GetStringAsync(url));
        Assert.Contains("Initiatives", service.RootElement.GetProperty("value").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
    }

    /// <summary>Excel itself cannot run here: its text is parsed, and the requests that it makes of it are made.</summary>
    [Fact]
    public async Task The_query_of_Excel_is_well_formed_and_what_it_asks_is_answered()
    {
        if (await Tool.FindAsync(["node"], "--version") is { } node && await NpmPackages.FolderAsync() is { } packages)
        {
            await node.OutputAsync(packages, "power-query.js", await DownloadAsync("initiatives.pq"));
        }

        var text = await server.Client.GetStringAsync("/recipes/initiatives.pq");
        var root = text.Split("OData.Feed(\"")[1].Split('"')[0];
        var metadata = XDocument.Parse(await server.Client.GetStringAsync(root + "$metadata"));
        XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        Assert.Contains("Initiatives", metadata.Descendants(edm + "EntitySet").Select(s => (string?)s.Attribute("Name")));
        using var answer = JsonDocument.Parse(await server.Client.GetStringAsync(
            root + "Initiatives?$filter=startYear ge 2020&$select=id,name,startYear&$expand=places($select=name)&$orderby=startYear,name"));
        Assert.Equal("Canada", answer.RootElement.GetProperty("value")[0].GetProperty("places")[0].GetProperty("name").GetString());
    }

    private async Task<string> DownloadAsync(string name)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, await server.Client.GetStringAsync("/recipes/" + name));
        return path;
    }
}
