using System.Net;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Store;
using MuseumXtd.Store.Files;

namespace MuseumXtd.Server.Tests;

/// <summary>Servers that start from a snapshot file.</summary>
public sealed class SnapshotServingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-snapshot-").FullName;
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_served_and_changed_on_top()
    {
        await using var server = await StartAsync(Write(), null);

        Assert.True(await AskAsync(server, "ASK { <urn:s7> <urn:p> 7 }"));
        await UpdateAsync(server, "DELETE DATA { <urn:s7> <urn:p> 7 } ; INSERT DATA { <urn:new> <urn:p> 7 . GRAPH <urn:g> { <urn:new> <urn:p> 8 } }");
        Assert.False(await AskAsync(server, "ASK { <urn:s7> <urn:p> 7 }"));
        Assert.True(await AskAsync(server, "ASK { <urn:new> <urn:p> 7 GRAPH <urn:g> { <urn:new> <urn:p> 8 . <urn:s9> <urn:p> 9 } }"));
        await server.Dataset.Verified;
    }

    [Fact]
    public async Task A_journal_goes_on_from_the_file_that_it_began_with()
    {
        var file = Write();
        var journal = Path.Combine(_folder, "journal");
        await using (var server = await StartAsync(file, journal))
        {
            await UpdateAsync(server, "INSERT DATA { <urn:new> <urn:p> 7 }");
        }

        File.Delete(file);
        await using var again = await StartAsync(null, journal);

        Assert.True(await AskAsync(again, "ASK { <urn:s7> <urn:p> 7 . <urn:new> <urn:p> 7 GRAPH <urn:g> { <urn:s9> <urn:p> 9 } }"));
    }

    [Fact]
    public async Task A_file_that_turns_out_to_be_damaged_is_not_served_any_longer()
    {
        var file = Write();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[70] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await using var server = await StartAsync(file, null);

        var e = await Assert.ThrowsAsync<SnapshotFileException>(() => server.WaitAsync());
        Assert.Contains("is damaged", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_are_one_too_many()
    {
        var e = await Assert.ThrowsAsync<InvalidDataException>(
            () => MuseumXtdServer.StartAsync(new ServerOptions { Port = 0, Files = [Write(), Write()] }));
        Assert.Contains("only one snapshot file", e.Message, StringComparison.Ordinal);
    }

    private string Write()
    {
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            for (var i = 0; i < 20; i++)
            {
                transaction.Quad(
                    new Iri($"urn:s{i}").Encode(),
                    new Iri("urn:p").Encode(),
                    new Literal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), Rdf.Vocabulary.Xsd.Integer).Encode(),
                    i % 3 == 0 ? new Iri("urn:g").Encode() : default);
            }

            transaction.Commit();
        }

        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + SnapshotFile.Suffix);
        using var file = File.Create(path);
        SnapshotFile.Write(store.Current, file);
        return path;
    }

    private static Task<MuseumXtdServer> StartAsync(string? file, string? journal) => MuseumXtdServer.StartAsync(
        new ServerOptions { Port = 0, IsWritable = true, Files = file is null ? [] : [file], JournalDirectory = journal, DefaultGraph = Sparql.DefaultGraphMode.Own });

    private async Task UpdateAsync(MuseumXtdServer server, string update)
    {
        using var content = new StringContent(update, Encoding.UTF8, "application/sparql-update");
        using var response = await _client.PostAsync(server.Url + "/update", content);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task<bool> AskAsync(MuseumXtdServer server, string query) =>
        (await _client.GetStringAsync(server.Url + "/sparql?format=json&query=" + Uri.EscapeDataString(query))).Contains("\"boolean\":true", StringComparison.Ordinal);
}
