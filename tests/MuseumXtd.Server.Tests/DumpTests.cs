using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dumps;
using MuseumXtd.Store.Documents;

namespace MuseumXtd.Server.Tests;

public sealed class DumpTests : IAsyncLifetime, IDisposable
{
    private const string Data = """
        PREFIX : <https://example.org/>
        PREFIX mxtd: <https://w3id.org/museumxtd/ns#>
        :b a mxtd:Initiative, :Other ; mxtd:name "Été"@fr, "Summer"@en ; mxtd:description "Long prose."@fr ; :n 10, 9, 8.5, true, "2020-01-02"^^<http://www.w3.org/2001/XMLSchema#date> .
        :a :knows [ :n 1 ; :list ( 1 "two" [ :x :y ] ) ], _:twice ; :again _:twice ; mxtd:words "les mots" .
        :z :text "quote \" backslash \\ line\nend\ttab \u0001" ; mxtd:sourceText "only here" .
        :g { :b mxtd:name "Été"@fr ; :n 11 . _:twice :n 3 . :only mxtd:description "hidden" }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;
    private MuseumXtdServer? _server;
    private HttpClient _client = new();

    public static TheoryData<string> Names => [.. DumpFile.All.Keys.Order(StringComparer.Ordinal)];

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "data.trig"), Data.Replace("\\u0001", "", StringComparison.Ordinal));
        _server = await StartAsync("data.trig");
        _client = new HttpClient { BaseAddress = new Uri(_server.Url) };
    }

    public void Dispose() => _client.Dispose();

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_dump_is_the_sorted_document_of_the_dataset(string name)
    {
        var file = DumpFile.All[name];
        using var response = await _client.GetAsync("/" + name);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(file.MediaType.Split(';')[0], response.Content.Headers.ContentType!.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync();

        using var again = await _client.GetAsync("/" + name);
        Assert.Equal(bytes, await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(response.Headers.ETag, again.Headers.ETag);
        Assert.False(again.Headers.ETag!.IsWeak);
        Assert.Equal(bytes.Length, again.Content.Headers.ContentLength);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:", again.Headers.GetValues("Repr-Digest").Single());
        Assert.Equal(Sorted(file), Unpack(bytes));
    }

    [Theory]
    [InlineData("dump.core.ttl")]
    [InlineData("dump.core.nq")]
    public async Task Facts_alone_hold_no_prose(string name)
    {
        var core = await _client.GetStringAsync("/" + name);
        Assert.Contains("Summer", core, StringComparison.Ordinal);
        Assert.DoesNotContain("Long prose", core, StringComparison.Ordinal);
        Assert.DoesNotContain("les mots", core, StringComparison.Ordinal);
        Assert.DoesNotContain("only", core, StringComparison.Ordinal);
        Assert.Contains("Long prose", await _client.GetStringAsync("/" + name.Replace("core.", "", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_is_chosen_by_name_or_by_parameter()
    {
        using var named = await _client.GetAsync("/dump.core.nt");
        using var asked = await _client.GetAsync("/dump.nt?profile=core");
        Assert.Equal(named.Headers.ETag, asked.Headers.ETag);
        Assert.Contains("publicdomain/zero", string.Join(",", asked.Headers.GetValues("Link")), StringComparison.Ordinal);
        using var full = await _client.GetAsync("/dump.nt?profile=full");
        Assert.Contains("licenses/by/4.0", string.Join(",", full.Headers.GetValues("Link")), StringComparison.Ordinal);
        using var unknown = await _client.GetAsync("/dump.nt?profile=none");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Theory]
    [InlineData("bytes=0-9", 0, 10)]
    [InlineData("bytes=5-", 5, null)]
    [InlineData("bytes=-7", -7, null)]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=3-99999999", 3, null)]
    public async Task A_part_is_that_part_of_the_whole(string range, int start, int? length)
    {
        foreach (var name in (string[])["dump.ttl", "dump.nt.gz", "dump.rdf"])
        {
            var whole = await _client.GetByteArrayAsync("/" + name);
            using var response = await SendAsync(name, ("Range", range));
            var from = start < 0 ? whole.Length + start : start;
            var expected = length is null ? whole[from..] : whole[from..(from + length.Value)];
            Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
            Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(new ContentRangeHeaderValue(from, from + expected.Length - 1, whole.Length), response.Content.Headers.ContentRange);
        }
    }

    [Fact]
    public async Task Parts_put_together_are_the_whole_while_nothing_changes()
    {
        using var head = await SendAsync("dump.nt", method: HttpMethod.Head);
        var length = (int)head.Content.Headers.ContentLength!;
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var got = new MemoryStream();
        for (var offset = 0; offset < length; offset += 100)
        {
            using var part = await SendAsync("dump.nt", ("Range", $"bytes={offset}-{offset + 99}"), ("If-Range", head.Headers.ETag!.ToString()));
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            await part.Content.CopyToAsync(got);
        }

        Assert.Equal(await _client.GetByteArrayAsync("/dump.nt"), got.ToArray());
    }

    [Theory]
    [InlineData("bytes=99999999-", null, 416)]
    [InlineData("bytes=-0", null, 416)]
    [InlineData("bytes=0-3,5-8", null, 200)]
    [InlineData("lines=0-3", null, 200)]
    [InlineData("bytes=9-3", null, 200)]
    [InlineData("bytes=x-y", null, 200)]
    [InlineData("bytes=0-3", "\"another\"", 200)]
    [InlineData("bytes=0-3", "W/\"another\"", 200)]
    [InlineData("bytes=0-3", "Mon, 01 Jan 2001 00:00:00 GMT", 200)]
    public async Task Ranges_that_cannot_be_had_or_mean_another_state_are_refused_or_ignored(string range, string? condition, int status)
    {
        using var response = await SendAsync("dump.ttl", ("Range", range), ("If-Range", condition));
        Assert.Equal(status, (int)response.StatusCode);
        var length = (await _client.GetByteArrayAsync("/dump.ttl")).Length;
        Assert.Equal(status == 416 ? 0 : length, (await response.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal(status == 416 ? length : null, response.Content.Headers.ContentRange?.Length);
    }

    [Fact]
    public async Task Conditions_are_answered_without_a_body()
    {
        using var first = await _client.GetAsync("/dump.jsonld");
        var etag = first.Headers.ETag!.ToString();
        var modified = first.Content.Headers.LastModified!.Value.ToString("R");
        foreach (var (header, value, status) in ((string, string, int)[])
        [
            ("If-None-Match", etag, 304), ("If-None-Match", "\"x\", W/" + etag, 304), ("If-None-Match", "*", 304), ("If-None-Match", "\"x\"", 200),
            ("If-Modified-Since", modified, 304), ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 200), ("If-Modified-Since", "nonsense", 200),
            ("If-Match", etag, 200), ("If-Match", "\"x\"", 412), ("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 412),
        ])
        {
            using var response = await SendAsync("dump.jsonld", (header, value));
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(status != 200, (await response.Content.ReadAsByteArrayAsync()).Length == 0);
        }
    }

    [Fact]
    public async Task Those_who_ask_at_the_same_time_get_the_same()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => _client.GetByteArrayAsync("/dump.trig.zst")));
        Assert.All(all, bytes => Assert.Equal(all[0], bytes));
    }

    [Fact]
    public async Task The_order_in_which_statements_came_changes_no_byte()
    {
        var lines = (await _client.GetStringAsync("/dump.nq")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var shuffled = (string[])lines.Clone();
        new Random(3).Shuffle(shuffled);
        await File.WriteAllLinesAsync(Path.Combine(_folder, "shuffled.nq"), shuffled);
        await File.WriteAllLinesAsync(Path.Combine(_folder, "ordered.nq"), lines);
        foreach (var name in (string[])["dump.nq.gz", "dump.trig", "dump.core.rdf", "dump.jsonld", "dump.nt"])
        {
            var bytes = new List<byte[]>();
            foreach (var input in (string[])["ordered.nq", "shuffled.nq"])
            {
                await using var server = await StartAsync(input);
                using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
                bytes.Add(await client.GetByteArrayAsync("/" + name));
            }

            Assert.Equal(bytes[0], bytes[1]);
        }
    }

    [Fact]
    public async Task A_syntax_that_cannot_say_it_says_so_and_not_half_of_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "triple-terms.ttl"), "<urn:s> <urn:p> <<( _:b <urn:p> 1 )>> .");
        await using var server = await StartAsync("triple-terms.ttl");
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var response = await client.GetAsync("/dump.jsonld");
        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<<( _:", await client.GetStringAsync("/dump.ttl"), StringComparison.Ordinal);
        using var packed = await client.GetAsync("/dump.jsonld.gz");
        Assert.Equal(HttpStatusCode.NotAcceptable, packed.StatusCode);
    }

    [Fact]
    public async Task A_dump_never_shows_half_of_an_update()
    {
        await using var server = await MuseumXtdServer.StartAsync(new ServerOptions { Port = 0, IsWritable = true });
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var ending = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !ending.IsCancellationRequested; i++)
            {
                using var update = new StringContent(
                    $"DELETE WHERE {{ ?s ?p ?o }} ; INSERT DATA {{ <urn:left> <urn:is> {i} . <urn:right> <urn:is> {i} }}", Encoding.UTF8, "application/sparql-update");
                using var done = await client.PostAsync("/update", update);
                Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
            }
        });
        for (var i = 0; i < 60; i++)
        {
            var lines = (await client.GetStringAsync("/dump.nt")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(lines.Length is 0 or 2);
            Assert.Equal(lines.FirstOrDefault()?.Split(' ')[2], lines.LastOrDefault()?.Split(' ')[2]);
        }

        await ending.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Dumps_leave_no_file_and_keep_within_their_space()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "dumps")).FullName;
        await using (var server = await MuseumXtdServer.StartAsync(new ServerOptions
        {
            Port = 0,
            Files = [Path.Combine(_folder, "data.trig")],
            DumpDirectory = folder,
            MaxDumpBytes = 100,
        }))
        {
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            foreach (var name in DumpFile.All.Keys)
            {
                Assert.Equal(await client.GetByteArrayAsync("/" + name), await client.GetByteArrayAsync("/" + name));
            }
        }

        Assert.Empty(Directory.GetFiles(folder));
    }

    private Task<MuseumXtdServer> StartAsync(string file) =>
        MuseumXtdServer.StartAsync(new ServerOptions { Port = 0, Files = [Path.Combine(_folder, file)] });

    private async Task<HttpResponseMessage> SendAsync(string name, (string Name, string? Value) header = default, (string Name, string? Value) other = default, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, "/" + name);
        foreach (var (key, value) in new[] { header, other }.Where(h => h.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(key, value);
        }

        return await _client.SendAsync(request);
    }

    /// <summary>The document as the writer that collects statements one by one makes it.</summary>
    private byte[] Sorted(DumpFile file)
    {
        using var output = new MemoryStream();
        using var writer = new SortedWriter(output, file.Format!, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix });
        var hidden = file.Profile == DumpProfile.Core ? (string[])["description", "words", "sourceText"] : [];
        var sink = new Filter(writer, [.. hidden.Select(h => Encoding.UTF8.GetBytes("<https://w3id.org/museumxtd/ns#" + h))]);
        var snapshot = _server!.Dataset.Current.Snapshot;
        if (file.Format!.SupportsDatasets)
        {
            SnapshotQuads.WriteAll(snapshot, sink);
        }
        else
        {
            SnapshotQuads.Write(snapshot, snapshot.Union, default, sink);
        }

        writer.Complete();
        return output.ToArray();
    }

    private static byte[] Unpack(byte[] bytes)
    {
        using var input = Compression.Decompress(new MemoryStream(bytes));
        using var output = new MemoryStream();
        input.CopyTo(output);
        return output.ToArray();
    }

    private sealed class Filter(IQuadSink sink, IReadOnlyList<byte[]> hidden) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
            foreach (var name in hidden)
            {
                if (predicate.SequenceEqual(name))
                {
                    return;
                }
            }

            sink.Quad(subject, predicate, @object, graph);
        }
    }
}
