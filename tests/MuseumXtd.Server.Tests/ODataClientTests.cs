using System.Text.Json;
using MuseumXtd.Server.Tests.Tools;

namespace MuseumXtd.Server.Tests;

/// <summary>OData as clients that others wrote use it.</summary>
public sealed class ODataClientTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly Task<Tool?> Node = Tool.FindAsync(["node"], "--version");

    [Fact]
    public async Task A_typed_client_is_generated_from_the_model_and_reads_every_entity()
    {
        if (await Node is not { } node || await NpmPackages.FolderAsync() is not { } packages)
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("museumxtd-typed-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(packages, "node_modules"));
            File.Copy(Path.Combine(packages, "typed.ts"), Path.Combine(folder, "typed.ts"));
            await File.WriteAllTextAsync(Path.Combine(folder, "tsconfig.json"), """{"compilerOptions":{"target":"ES2022","module":"CommonJS","moduleResolution":"node","strict":true,"skipLibCheck":true,"outDir":"js"},"files":["typed.ts"]}""");
            await File.WriteAllTextAsync(Path.Combine(folder, "metadata.xml"), await server.Client.GetStringAsync("/odata/$metadata"));
            await node.OutputAsync(folder, Module("@odata2ts/odata2ts/lib/run-cli.js"), "-s", "metadata.xml", "-o", "generated", "-m", "all", "-e", "ts", "--service-name", "MuseumXtd");
            await node.OutputAsync(folder, Module("typescript/bin/tsc"), "-p", ".");
            using var json = JsonDocument.Parse(await node.OutputAsync(folder, "js/typed.js", server.Url + "/odata"));
            var counts = json.RootElement.GetProperty("counts");
            foreach (var set in (await JsonAsync("/odata")).GetProperty("value").EnumerateArray().Select(s => s.GetProperty("name").GetString()!))
            {
                Assert.Equal(await server.Client.GetStringAsync($"/odata/{set}/$count"), counts.GetProperty(set).GetRawText());
            }

            Assert.Equal("""{"id":"atelier-ouvert","name":"Atelier ouvert","startYear":2021,"places":["ca"]}""", json.RootElement.GetProperty("first").GetRawText());
            Assert.Equal("Atelier ouvert", json.RootElement.GetProperty("again").GetString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string Module(string path) => Path.Combine(packages, "node_modules", path);
    }

    [Fact]
    public async Task Requests_that_odata_query_builds_are_answered()
    {
        if (await RunAsync("odata-query.js") is not { } answers)
        {
            return;
        }

        foreach (var answer in answers.EnumerateObject())
        {
            Assert.True(answer.Value.GetProperty("status").GetInt32() == 200, $"{answer.Name}: {answer.Value}");
            var body = answer.Value.GetProperty("body");
            if (answer.Name == "key")
            {
                Assert.Equal("Atelier ouvert", body.GetProperty("name").GetString());
            }
            else if (answer.Name == "transform")
            {
                Assert.Equal((2021, 1), (body.GetProperty("value")[0].GetProperty("startYear").GetInt32(), body.GetProperty("value")[0].GetProperty("n").GetInt32()));
            }
            else
            {
                Assert.Equal("atelier-ouvert", Assert.Single(body.GetProperty("value").EnumerateArray()).GetProperty("id").GetString());
            }
        }
    }

    [Fact]
    public async Task Requests_of_the_client_library_are_answered_also_several_in_one()
    {
        if (await RunAsync("odata-client.js") is not { } answers)
        {
            return;
        }

        Assert.Equal("Atelier ouvert", Assert.Single(answers.GetProperty("found").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("Atelier ouvert", answers.GetProperty("one").GetString());
        Assert.Equal(1, answers.GetProperty("count").GetInt32());
        Assert.Equal([200, 200], answers.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("status").GetInt32()));
    }

    private async Task<JsonElement?> RunAsync(string script)
    {
        if (await Node is not { } node || await NpmPackages.FolderAsync() is not { } packages)
        {
            return null;
        }

        using var json = JsonDocument.Parse(await node.OutputAsync(packages, script, server.Url + "/odata"));
        return json.RootElement.Clone();
    }

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var json = JsonDocument.Parse(await server.Client.GetStringAsync(path));
        return json.RootElement.Clone();
    }
}
