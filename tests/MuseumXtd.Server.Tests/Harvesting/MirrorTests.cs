using System.Net;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Harvesting.Mirroring;
using MuseumXtd.Store;
using MuseumXtd.Store.Documents;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>Our own harvester at our own provider: the replica comes to the same as the source.</summary>
public sealed class MirrorTests
{
    [Theory]
    [InlineData("/oai", 1)]
    [InlineData("/oai", 2)]
    [InlineData("/changes", 3)]
    public async Task A_replica_by_increments_equals_the_source(string path, int seed)
    {
        var random = new Random(seed);
        await using var garden = await HarvestedGarden.StartAsync(o => o with { Harvest = o.Harvest with { PageSize = 4 } });
        using var probe = await garden.Client.GetAsync(path + "?verb=Identify");
        if (!probe.IsSuccessStatusCode)
        {
            Console.WriteLine($"skipped: there is no {path}");
            return;
        }

        using var folder = new ReplicaFolder();
        for (var round = 0; round < 12; round++)
        {
            using var mirror = new Mirror(garden.Server.Url + path, folder.Path);
            await mirror.RunAsync(default);
            Assert.Equal(SourceStatements(garden), folder.Statements());
            for (var n = random.Next(0, 4); n > 0; n--)
            {
                Edit(random, garden);
            }

            await garden.SaveAsync();
        }

        using var fresh = new ReplicaFolder();
        using (var whole = new Mirror(garden.Server.Url + path, fresh.Path))
        {
            Assert.Equal(0, (await whole.RunAsync(default)).Deleted);
        }

        using (var last = new Mirror(garden.Server.Url + path, folder.Path))
        {
            await last.RunAsync(default);
        }

        Assert.Equal(fresh.Statements(), folder.Statements());
    }

    [Fact]
    public async Task A_harvest_that_broke_off_goes_on_where_it_was()
    {
        await using var garden = await HarvestedGarden.StartAsync(o => o with { Harvest = o.Harvest with { PageSize = 2 } });
        using var folder = new ReplicaFolder();
        using var stop = new CancellationTokenSource();
        using (var first = new Mirror(garden.Server.Url + "/oai", folder.Path) { Progress = _ => stop.Cancel() })
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.RunAsync(stop.Token));
        }

        var total = garden.Server.Changes.Current!.Latest.Length;
        using (var second = new Mirror(garden.Server.Url + "/oai", folder.Path))
        {
            var result = await second.RunAsync(default);
            Assert.Equal((total - 2, total), (result.Written, result.Total));
            Assert.Equal(0, (await second.RunAsync(default)).Deleted);
        }

        Assert.Equal(SourceStatements(garden), folder.Statements());
    }

    [Fact]
    public async Task Every_metadata_prefix_becomes_RDF()
    {
        await using var garden = await HarvestedGarden.StartAsync();
        foreach (var prefix in (string[])["oai_dc", "edm", "mxtd"])
        {
            using var folder = new ReplicaFolder();
            using var mirror = new Mirror(garden.Server.Url + "/oai", folder.Path) { Prefix = prefix, Set = "type:note" };
            Assert.Equal(3, (await mirror.RunAsync(default)).Total);
            Assert.True(folder.Count() > 10);
            using var other = new Mirror(garden.Server.Url + "/oai", folder.Path);
            await Assert.ThrowsAsync<MirrorException>(() => other.RunAsync(default));
        }
    }

    [Theory]
    [InlineData("<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><responseDate>2026-01-01T00:00:00Z</responseDate><ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix></metadataFormat></ListMetadataFormats><ListRecords><resumptionToken>again</resumptionToken></ListRecords></OAI-PMH>", "twice")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "neither")]
    [InlineData("nothing of the kind", "neither")]
    [InlineData("{\"type\": \"OrderedCollection\", \"last\": \"SELF\", \"prev\": \"SELF\"}", "circle")]
    [InlineData("<x/>", "no OAI-PMH")]
    [InlineData("[1, 2", "neither")]
    public async Task A_provider_that_goes_wrong_is_told_of(string answer, string word)
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var serving = ServeAsync();
        using var folder = new ReplicaFolder();
        using (var mirror = new Mirror($"http://127.0.0.1:{port}/", folder.Path))
        {
            var error = await Assert.ThrowsAsync<MirrorException>(() => mirror.RunAsync(default));
            Assert.Contains(word, error.Message, StringComparison.Ordinal);
        }

        listener.Stop();
        await serving;

        async Task ServeAsync()
        {
            var isFirst = true;
            try
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    if (isFirst)
                    {
                        // Told to wait, the harvester waits.
                        isFirst = false;
                        context.Response.StatusCode = 503;
                        context.Response.Headers["Retry-After"] = "0";
                        context.Response.Close();
                        continue;
                    }

                    var bytes = Encoding.UTF8.GetBytes(answer.Replace("SELF", $"http://127.0.0.1:{port}/page", StringComparison.Ordinal));
                    await context.Response.OutputStream.WriteAsync(bytes);
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The test ends.
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>What the source says of the resources that have records, and of their parts.</summary>
    private static List<string> SourceStatements(HarvestedGarden garden)
    {
        var view = garden.Server.Changes.Current!;
        var sink = new Statements();
        SnapshotQuads.Write(view.Snapshot, view.Snapshot.Union, default, sink);
        return sink.Of(view.Latest.Where(c => !c.IsDeletion).Select(c => c.Resource));
    }

    private static void Edit(Random random, HarvestedGarden garden)
    {
        var file = Path.Combine(garden.Folder, $"Note {random.Next(4)}.md");
        switch (random.Next(8))
        {
            case 0 or 1:
                File.Delete(file);
                return;
            case 2:
                Merge(random, garden, "chose", 4);
                return;
        }

        File.WriteAllText(file, $"---\ntype: projet\nnom: Chose {random.Next(4)}\nid: chose-{random.Next(4)}\npays: {(random.Next(2) == 0 ? "France" : "Canada")}\nporteurs: [\"Porteur {random.Next(3)}\"]\n---\n# Chose\nTexte {random.Next(3)}.\n");
    }

    /// <summary>Says that one initiative is another by now, and takes the notes about it away.</summary>
    internal static void Merge(Random random, HarvestedGarden garden, string name, int count)
    {
        var (from, to) = (random.Next(count), random.Next(count));
        foreach (var note in Directory.EnumerateFiles(garden.Folder, "*.md").Where(n => File.ReadAllText(n).Contains($"id: {name}-{from}\n", StringComparison.Ordinal)).ToList())
        {
            File.Delete(note);
        }

        File.WriteAllText(Path.Combine(garden.Folder, "identities.csv"), $"type,id,name,path,replaced-by\ninitiative,{name}-{from},,,{name}-{to}\n");
    }

    private sealed class ReplicaFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("museumxtd-replica-").FullName;

        public List<string> Statements()
        {
            var sink = new Statements();
            foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(Path, "records")))
            {
                RdfFormats.ReadFile(file, sink, new ReaderOptions(), default);
            }

            return sink.Of(sink.Typed());
        }

        public int Count()
        {
            var sink = new Statements();
            foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(Path, "records")))
            {
                RdfFormats.ReadFile(file, sink, new ReaderOptions(), default);
            }

            return sink.Count;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    private sealed class Statements : IQuadSink
    {
        private readonly HashSet<(string Subject, string Predicate, string Object)> _all = [];

        public int Count => _all.Count;

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            _all.Add((Encoding.UTF8.GetString(subject), Encoding.UTF8.GetString(predicate), Encoding.UTF8.GetString(@object)));

        /// <summary>The resources that are typed and no part of another.</summary>
        public IEnumerable<string> Typed() =>
            _all.Where(s => s.Predicate.EndsWith("#type", StringComparison.Ordinal)).Select(s => s.Subject[1..])
                .Where(s => !s.StartsWith(HarvestedGarden.Base, StringComparison.Ordinal) || s[HarvestedGarden.Base.Length..].Count(c => c == '/') == 1);

        public List<string> Of(IEnumerable<string> resources)
        {
            var names = resources.ToHashSet(StringComparer.Ordinal);
            return [.. _all.Where(s => s.Subject[0] == '<' && IsOf(s.Subject[1..])).Select(s => $"{s.Subject} {s.Predicate} {s.Object}").Order(StringComparer.Ordinal)];

            bool IsOf(string subject)
            {
                for (var cut = subject.Length; cut > 0; cut = subject.LastIndexOf('/', cut - 1))
                {
                    if (names.Contains(subject[..cut]))
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }
}
