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
        var (isOfPool, done) = (false, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        dataset.Published += () => isOfPool = Thread.CurrentThread.IsThreadPoolThread;

        // A thread that waits for sockets is one that is not of the pool.
        var thread = new Thread(async () =>
        {
            try
            {
                await dataset.WriteAsync(t => Add(t, "a", quads), null, CancellationToken.None);
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
                throw;
            }
        });
        thread.Start();
        await done.Task;

        Assert.Equal(leaves, isOfPool);
        Assert.Equal(quads, dataset.Current.Snapshot.QuadCount);
    }

    [Theory]
    [InlineData("INSERT DATA {{ <urn:s> <urn:p> {0} }}", false, true)]
    [InlineData("INSERT {{ <urn:s> <urn:p> {0} }} WHERE {{}}", false, false)]
    [InlineData("INSERT DATA {{ <urn:s> <urn:p> {0} }}", true, true)]
    [InlineData("INSERT {{ <urn:s> <urn:p> {0} }} WHERE {{}}", true, false)]
    public async Task So_it_is_with_updates_that_are_sent(string update, bool hasJournal, bool stays)
    {
        const int Enough = 10;
        const int Most = 1000;
        await using var server = await MuseumXtdServer.StartAsync(
            new ServerOptions { Port = 0, IsWritable = true, JournalDirectory = hasJournal ? _folder : null });
        var there = 0;
        server.Dataset.Published += () => Interlocked.Add(ref there, Thread.CurrentThread.IsThreadPoolThread ? 0 : 1);
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };

        // Now and then one goes elsewhere to let others have their turn; and where the machine is busy, the next may have come before its thread waits for it, which then goes on.
        var sent = 0;
        for (; sent < (stays ? Most : 2 * Enough) && there < Enough; sent++)
        {
            using var body = new StringContent(string.Format(CultureInfo.InvariantCulture, update, sent), Encoding.UTF8, "application/sparql-update");
            using var response = await client.PostAsync(new Uri("/update", UriKind.Relative), body);
            Assert.Equal(System.Net.HttpStatusCode.NoContent, response.StatusCode);
        }

        Assert.Equal(stays ? Enough : 0, there);
        Assert.Equal(sent, server.Dataset.Current.Snapshot.QuadCount);
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
