using System.Net;
using System.Text;
using MuseumXtd.Store.Durability;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Server.Tests;

/// <summary>What a client sees when the disk under the journal fails, and what is there afterwards.</summary>
public sealed class JournalFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;
    private readonly Faults _faults = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_full_disk_answers_507_and_changes_nothing()
    {
        await using (var server = await StartAsync())
        using (var client = new HttpClient { BaseAddress = new Uri(server.Url) })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await UpdateAsync(client, 1)).Status);
            _faults.IsFull = true;
            var refused = await UpdateAsync(client, 2);
            using var put = new HttpRequestMessage(HttpMethod.Put, "/graphs?graph=urn:g") { Content = new StringContent("<urn:s> <urn:p> 7 .", Encoding.UTF8, "text/turtle") };
            using var putRefused = await client.SendAsync(put);

            Assert.Equal(HttpStatusCode.InsufficientStorage, refused.Status);
            Assert.Contains("No space left", refused.Body, StringComparison.Ordinal);
            Assert.Contains("Nothing was changed", refused.Body, StringComparison.Ordinal);
            Assert.True(refused.HasRetryAfter);
            Assert.Equal(HttpStatusCode.InsufficientStorage, putRefused.StatusCode);
            Assert.Equal("1", await ValuesAsync(client));

            _faults.IsFull = false;
            Assert.Equal(HttpStatusCode.NoContent, (await UpdateAsync(client, 3)).Status);
            Assert.Equal("1 3", await ValuesAsync(client));
        }

        await using var again = await StartAsync();
        using var reader = new HttpClient { BaseAddress = new Uri(again.Url) };
        Assert.Equal("1 3", await ValuesAsync(reader));
    }

    [Fact]
    public async Task After_a_flush_that_failed_nothing_is_confirmed_until_a_new_start()
    {
        await using (var server = await StartAsync())
        using (var client = new HttpClient { BaseAddress = new Uri(server.Url) })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await UpdateAsync(client, 1)).Status);
            _faults.FlushFails = true;
            var unsure = await UpdateAsync(client, 2);
            _faults.FlushFails = false;
            var fenced = await UpdateAsync(client, 3);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, unsure.Status);
            Assert.Contains("until a new start", unsure.Body, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, fenced.Status);
            Assert.Contains("until a new start", fenced.Body, StringComparison.Ordinal);
            Assert.Equal("1", await ValuesAsync(client));
        }

        // Of what was not confirmed all may be there, or nothing.
        await using var again = await StartAsync();
        using var writer = new HttpClient { BaseAddress = new Uri(again.Url) };
        Assert.Contains(await ValuesAsync(writer), (string[])["1", "1 2"]);
        Assert.Equal(HttpStatusCode.NoContent, (await UpdateAsync(writer, 4)).Status);
        Assert.EndsWith(" 4", await ValuesAsync(writer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_journal_ends_the_start_and_stays_as_it_is()
    {
        await using (var server = await StartAsync())
        using (var client = new HttpClient { BaseAddress = new Uri(server.Url) })
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(HttpStatusCode.NoContent, (await UpdateAsync(client, i)).Status);
            }
        }

        var path = Path.Combine(_folder, "journal-000000000000");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        var e = await Assert.ThrowsAsync<JournalException>(StartAsync);
        Assert.Contains("journal-000000000000 is damaged at byte", e.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
    }

    private Task<MuseumXtdServer> StartAsync() => MuseumXtdServer.StartAsync(new ServerOptions
    {
        Port = 0,
        IsWritable = true,
        JournalDirectory = _folder,
        DefaultGraph = Sparql.DefaultGraphMode.Own,
        JournalFiles = folder => new FailingFiles(folder, _faults),
    });

    private static async Task<(HttpStatusCode Status, string Body, bool HasRetryAfter)> UpdateAsync(HttpClient client, int value)
    {
        using var content = new StringContent($"INSERT DATA {{ <urn:s> <urn:p> {value} }}", Encoding.UTF8, "application/sparql-update");
        using var response = await client.PostAsync("/update", content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter is not null);
    }

    private static async Task<string> ValuesAsync(HttpClient client)
    {
        var csv = await client.GetStringAsync("/sparql?format=csv&query=" + Uri.EscapeDataString("SELECT ?o { <urn:s> <urn:p> ?o } ORDER BY ?o"));
        return string.Join(' ', csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1));
    }

    private sealed class Faults
    {
        public bool IsFull { get; set; }

        public bool FlushFails { get; set; }
    }

    /// <summary>The files of a folder, over a disk that fails as it is told.</summary>
    private sealed class FailingFiles(JournalFolder folder, Faults faults) : IJournalFiles
    {
        public IReadOnlyList<string> List() => folder.List();

        public IJournalFile Open(string name) => new FailingFile(folder.Open(name), faults);

        public MappedFile Map(string name) => folder.Map(name);

        public void Rename(string from, string to) => folder.Rename(from, to);

        public void Delete(string name) => folder.Delete(name);

        public void FlushNames() => folder.FlushNames();
    }

    private sealed class FailingFile(IJournalFile file, Faults faults) : IJournalFile
    {
        public long Length => file.Length;

        public int Read(long position, Span<byte> output) => file.Read(position, output);

        public void KeepAhead(int bytes) => file.KeepAhead(bytes);

        public void Append(ReadOnlySpan<byte> bytes)
        {
            file.Append(faults.IsFull ? bytes[..(bytes.Length / 2)] : bytes);
            if (faults.IsFull)
            {
                throw new IOException("No space left on device.");
            }
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Flush()
        {
            if (faults.FlushFails)
            {
                throw new IOException("Input/output error.");
            }

            file.Flush();
        }

        public void Dispose() => file.Dispose();
    }
}
