using System.Globalization;
using System.Text;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http.Threads;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Tests;

/// <summary>Where writers do their work.</summary>
public sealed class DatasetWritingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mxtd-dataset-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1000, false, true)]
    [InlineData(1, true, false)] // The thread that waited for the disk goes on.
    [InlineData(1000, true, true)]
    public async Task A_few_quads_are_written_where_their_request_was_read_and_others_elsewhere(int quads, bool hasJournal, bool leaves)
    {
        Assert.True(SocketThreads.GoOn);
        using var dataset = Load(hasJournal ? _folder : null);
        var place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread that waits for sockets is one that is not of the pool.
        var thread = new Thread(async () =>
        {
            try
            {
                await dataset.WriteAsync(t => Add(t, "a", quads), null, CancellationToken.None);
                place.SetResult(Thread.CurrentThread.IsThreadPoolThread);
            }
            catch (Exception e)
            {
                place.SetException(e);
                throw;
            }
        });
        thread.Start();

        Assert.Equal(leaves, await place.Task);
        Assert.Equal(quads, dataset.Current.Snapshot.QuadCount);
    }

    [Theory]
    [InlineData("INSERT DATA {{ <urn:s> <urn:p> {0} }}", false, true)]
    [InlineData("INSERT {{ <urn:s> <urn:p> {0} }} WHERE {{}}", false, false)]
    [InlineData("INSERT DATA {{ <urn:s> <urn:p> {0} }}", true, true)]
    [InlineData("INSERT {{ <urn:s> <urn:p> {0} }} WHERE {{}}", true, false)]
    public async Task So_it_is_with_updates_that_are_sent(string update, bool hasJournal, bool stays)
    {
        const int Sent = 20;
        await using var server = await MuseumXtdServer.StartAsync(
            new ServerOptions { Port = 0, IsWritable = true, JournalDirectory = hasJournal ? _folder : null });
        var elsewhere = 0;
        server.Dataset.Published += () => Interlocked.Add(ref elsewhere, Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        for (var i = 0; i < Sent; i++)
        {
            using var body = new StringContent(string.Format(CultureInfo.InvariantCulture, update, i), Encoding.UTF8, "application/sparql-update");
            using var response = await client.PostAsync(new Uri("/update", UriKind.Relative), body);
            Assert.Equal(System.Net.HttpStatusCode.NoContent, response.StatusCode);
        }

        // Now and then one goes elsewhere to let others have their turn, on a busy machine more often.
        Assert.InRange(elsewhere, stays ? 0 : Sent, stays ? Sent / 2 : Sent);
        Assert.Equal(Sent, server.Dataset.Current.Snapshot.QuadCount);
    }

    private static LiveDataset Load(string? journal) => LiveDataset.Load(
        new ServerOptions { Gardens = [], JournalDirectory = journal, Timeout = TimeSpan.FromMilliseconds(10) }, CancellationToken.None);

    private static void Add(StoreTransaction transaction, string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            transaction.Quad("<urn:s>"u8, "<urn:p>"u8, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{name}{i}\"")), default);
        }
    }
}
