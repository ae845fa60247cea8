using System.Net;
using System.Text.Unicode;

namespace MuseumXtd.Server.Tests;

/// <summary>What is written counts while it is read, sorted and kept.</summary>
[Collection(WholeProcess.Name)]
public sealed class MemoryCeilingTests
{
    [Fact]
    public async Task A_document_that_does_not_fit_is_refused_and_leaves_room_for_others()
    {
        const long Room = 64L << 20;
        await using var server = await MuseumXtdServer.StartAsync(
            new ServerOptions { Port = 0, IsWritable = true, MaxProcessBytes = GC.GetTotalMemory(forceFullCollection: true) + Room });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        Assert.Equal(HttpStatusCode.Created, await PutAsync(client, "urn:small", 10_000));
        var (tag, terms) = (server.Dataset.Current.ETag, server.Dataset.Current.Snapshot.Dictionary.Count);

        // More than could be there by chance, since what other tests left behind may go meanwhile.
        Assert.Equal(HttpStatusCode.InsufficientStorage, await PutAsync(client, "urn:large", 2_500_000));

        // While what came to nothing is given back, the server may say that it has no room for any work.
        await GivenBackAsync(client);
        var again = await PutAsync(client, "urn:large", 2_500_000);
        Assert.True(again is HttpStatusCode.InsufficientStorage or HttpStatusCode.ServiceUnavailable, again.ToString());
        await GivenBackAsync(client);
        Assert.Equal(tag, server.Dataset.Current.ETag);
        Assert.Equal(terms, server.Dataset.Current.Snapshot.Dictionary.Count);
        using var answer = await client.GetAsync("/sparql?query=ASK%7BGRAPH%20%3Curn:small%3E%7B%3Fs%20%3Fp%205%7D%7D");
        Assert.Contains("true", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync(client, "urn:small", 20_000));
        using var deleted = await client.DeleteAsync("/graphs?graph=urn:small");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    private static async Task GivenBackAsync(HttpClient client)
    {
        for (var i = 0; ; i++)
        {
            using var answer = await client.GetAsync("/sparql?query=ASK%7B%7D");
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return;
            }

            Assert.InRange(i, 0, 100);
            await Task.Delay(100);
        }
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient client, string graph, int triples)
    {
        // Row by row into the same room: what is measured is the server's, and not what sending it leaves behind.
        using var content = new PushContent(async stream =>
        {
            var buffer = new byte[1 << 16];
            var length = 0;
            for (var i = 0; i < triples; i++)
            {
                if (buffer.Length - length < 100)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, length));
                    length = 0;
                }

                int written;
                Assert.True(triples > 100_000
                    ? Utf8.TryWrite(buffer.AsSpan(length), $"_:n{i} <urn:p> \"the label with the number {i}\" .\n", out written)
                    : Utf8.TryWrite(buffer.AsSpan(length), $"_:n{i} <urn:p> {i} .\n", out written));
                length += written;
            }

            await stream.WriteAsync(buffer.AsMemory(0, length));
        });
        content.Headers.ContentType = new("text/turtle");
        using var response = await client.PutAsync("/graphs?graph=" + graph, content);
        if (response.StatusCode == HttpStatusCode.InsufficientStorage)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains("--max-memory", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        return response.StatusCode;
    }

    private sealed class PushContent(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
