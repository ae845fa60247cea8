using System.Net;
using System.Text.Json;
using MuseumXtd.Server;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Syntax;

namespace MuseumXtd.Server.Tests;

/// <summary>What authors do to files while a server runs, and what it then answers.</summary>
public sealed class LiveTests : IAsyncLifetime
{
    private readonly string _top = Directory.CreateTempSubdirectory("museumxtd-live-").FullName;
    private MuseumXtdServer _server = null!;

    private HttpClient Client { get; set; } = new();

    private string Garden => Path.Combine(_top, "garden");

    public async Task InitializeAsync()
    {
        Write("garden/Notes/Phare.md", Note("Phare"));
        Write("garden/Notes/Môle.md", Note("Môle"));
        Write("elsewhere/linked/Digue.md", Note("Digue"));
        Write("elsewhere/Quai.md", Note("Quai"));
        Directory.CreateSymbolicLink(Path.Combine(Garden, "Lié"), Path.Combine(_top, "elsewhere/linked"));
        File.CreateSymbolicLink(Path.Combine(Garden, "Quai.md"), Path.Combine(_top, "elsewhere/Quai.md"));
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_top, recursive: true);
    }

    [Fact]
    public async Task Editor_writes_another_file_and_renames_it()
    {
        Write("garden/Notes/.Phare.md.swp", Note("Fanal"));
        File.Move(Path.Combine(Garden, "Notes/.Phare.md.swp"), Path.Combine(Garden, "Notes/Phare.md"), overwrite: true);
        await NamesBecomeAsync("Digue", "Fanal", "Môle", "Quai");
    }

    [Fact]
    public async Task Editor_puts_the_old_file_aside_and_writes_a_new_one()
    {
        var path = Path.Combine(Garden, "Notes/Phare.md");
        File.Move(path, path + "~");
        Write("garden/Notes/Phare.md", Note("Fanal"));
        File.Delete(path + "~");
        await NamesBecomeAsync("Digue", "Fanal", "Môle", "Quai");
        Assert.Equal(HttpStatusCode.SeeOther, (await Client.GetAsync("/initiative/phare")).StatusCode);
    }

    [Fact]
    public async Task Editor_empties_the_file_before_it_writes_it()
    {
        await using (var file = File.Create(Path.Combine(Garden, "Notes/Phare.md")))
        {
            await file.FlushAsync();
            await Task.Delay(20);
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Note("Fanal")));
        }

        await NamesBecomeAsync("Digue", "Fanal", "Môle", "Quai");
    }

    [Fact]
    public async Task Folders_are_moved_about_out_of_the_garden_and_into_it()
    {
        Directory.Move(Path.Combine(Garden, "Notes"), Path.Combine(Garden, "Fiches"));
        await UntilAsync(async () => (await AskAsync("SELECT ?p WHERE { ?n a mxtd:Note ; mxtd:path ?p }")).Contains("Fiches/Phare.md", StringComparison.Ordinal));
        await NamesBecomeAsync("Digue", "Môle", "Phare", "Quai");

        // The notes are the same ones, elsewhere.
        Assert.Equal(HttpStatusCode.SeeOther, (await Client.GetAsync("/note/phare")).StatusCode);
        Write("garden/Fiches/Môle.md", Note("Jetée"));
        await NamesBecomeAsync("Digue", "Jetée", "Phare", "Quai");
        Directory.Move(Path.Combine(Garden, "Fiches"), Path.Combine(_top, "away"));
        await NamesBecomeAsync("Digue", "Quai");
        Directory.Move(Path.Combine(_top, "away"), Path.Combine(Garden, "Retour"));
        await NamesBecomeAsync("Digue", "Jetée", "Phare", "Quai");
    }

    [Fact]
    public async Task Notes_behind_symbolic_links_are_followed()
    {
        Write("elsewhere/linked/Digue.md", Note("Barrage"));
        await NamesBecomeAsync("Barrage", "Môle", "Phare", "Quai");
        Write("elsewhere/Quai.md", Note("Ponton"));
        await NamesBecomeAsync("Barrage", "Môle", "Phare", "Ponton");

        // A link that is made while the server runs.
        Write("elsewhere/new/Bouée.md", Note("Bouée"));
        Directory.CreateSymbolicLink(Path.Combine(Garden, "Neuf"), Path.Combine(_top, "elsewhere/new"));
        await NamesBecomeAsync("Barrage", "Bouée", "Môle", "Phare", "Ponton");
        Write("elsewhere/new/Bouée.md", Note("Balise"));
        await NamesBecomeAsync("Balise", "Barrage", "Môle", "Phare", "Ponton");
    }

    [Fact]
    public async Task Garden_that_was_away_is_followed_again_when_it_comes_back()
    {
        Directory.Delete(Garden, recursive: true);
        await Task.Delay(300);
        Write("garden/Notes/Bouée.md", Note("Bouée"));
        await NamesBecomeAsync("Bouée");
        await Task.Delay(2500);
        Write("garden/Notes/Bouée.md", Note("Balise"));
        await NamesBecomeAsync("Balise");
    }

    [Fact]
    public async Task Burst_of_saves_is_read_a_few_times_and_the_last_counts()
    {
        var before = _server.Dataset.Current.Snapshot.Generation;
        for (var i = 0; i < 300; i++)
        {
            Write($"garden/Notes/n{i % 30}.md", Note($"Tour {i}"));
        }

        await NamesBecomeAsync([.. Enumerable.Range(270, 30).Select(i => $"Tour {i}").Concat(["Digue", "Môle", "Phare", "Quai"])]);
        Assert.InRange(_server.Dataset.Current.Snapshot.Generation - before, 1, 100);
    }

    [Fact]
    public async Task Saves_that_never_pause_are_seen_all_the_same()
    {
        using var ending = new CancellationTokenSource();
        var saving = Task.Run(async () =>
        {
            for (var i = 0; !ending.IsCancellationRequested; i++)
            {
                Write("garden/Notes/Phare.md", Note($"Tour {i}"));
                await Task.Delay(10);
            }
        });
        await UntilAsync(async () => (await AskAsync("SELECT ?n WHERE { ?i a mxtd:Initiative ; mxtd:name ?n }")).Contains("Tour", StringComparison.Ordinal));
        Assert.False(saving.IsCompleted);
        await ending.CancelAsync();
        await saving;
    }

    [Fact]
    public async Task Query_that_runs_keeps_the_state_that_it_began_with()
    {
        var before = _server.Dataset.Current.Snapshot;
        var query = SparqlParser.ParseQuery("SELECT ?n WHERE { ?i a <https://w3id.org/museumxtd/ns#Initiative> ; <https://w3id.org/museumxtd/ns#name> ?n } ORDER BY ?n");
        using var running = (SolutionResults)new QueryEngine().Execute(query, before, QueryOptions.Default);
        Write("garden/Notes/Phare.md", Note("Fanal"));
        await NamesBecomeAsync("Digue", "Fanal", "Môle", "Quai");
        var names = new List<string>();
        while (running.NextBatch())
        {
            foreach (var id in running.Column(0))
            {
                names.Add(((MuseumXtd.Rdf.Literal)running.Terms.Decode(new MuseumXtd.Store.TermId(id))).LexicalForm);
            }
        }

        Assert.Equal(["Digue", "Môle", "Phare", "Quai"], names);
    }

    [Fact]
    public async Task Broken_note_stays_as_it_was_and_is_called_stale()
    {
        // At once: the note is not empty in between.
        Write("draft.md", "---\nnom: \"Phare\npays: [\n---\n");
        File.Move(Path.Combine(_top, "draft.md"), Path.Combine(Garden, "Notes/Phare.md"), overwrite: true);
        await UntilAsync(async () => (await Client.GetStringAsync("/diagnostics?format=json")).Contains("MXG0108", StringComparison.Ordinal));
        using var diagnostics = JsonDocument.Parse(await Client.GetStringAsync("/diagnostics?format=json"));
        Assert.Contains(diagnostics.RootElement.EnumerateArray(), d => d.GetProperty("code").GetString() == "MXG0108" && d.GetProperty("file").GetString() == "Notes/Phare.md");
        await NamesBecomeAsync("Digue", "Môle", "Phare", "Quai");
        Write("garden/Notes/Phare.md", Note("Phare"));
        await UntilAsync(async () => !(await Client.GetStringAsync("/diagnostics?format=json")).Contains("MXG0108", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Merged_thing_redirects_and_deleted_thing_is_gone_in_every_form_also_after_a_restart()
    {
        Write("garden/Notes/Môle.md", "---\ntype: projet\nnom: Môle\naliases: [Quai]\n---\n");
        File.Delete(Path.Combine(Garden, "Quai.md"));
        File.Delete(Path.Combine(Garden, "Notes/Phare.md"));
        await NamesBecomeAsync("Digue", "Môle");
        for (var round = 0; round < 2; round++)
        {
            foreach (var (path, location) in new[] { ("/initiative/quai", "/initiative/mole"), ("/doc/initiative/quai", "/doc/initiative/mole"), ("/doc/initiative/quai.ttl", "/doc/initiative/mole.ttl") })
            {
                using var moved = await Client.GetAsync(path);
                Assert.Equal(HttpStatusCode.MovedPermanently, moved.StatusCode);
                Assert.Equal(location, moved.Headers.Location!.OriginalString);
            }

            foreach (var path in new[] { "/initiative/phare", "/doc/initiative/phare", "/doc/initiative/phare.ttl", "/initiative/phare/p/x-lead", "/note/phare" })
            {
                using var gone = await Client.GetAsync(path);
                Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
                Assert.Equal(path.EndsWith(".ttl", StringComparison.Ordinal) ? "text/turtle" : "application/problem+json", gone.Content.Headers.ContentType!.MediaType);
                Assert.Contains("Phare", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, "/initiative/phare");
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
            using var page = await Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Gone, page.StatusCode);
            Assert.Contains("<h1>Phare</h1>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("/initiative/mole", await AskAsync("SELECT ?w WHERE { <https://w3id.org/museumxtd/initiative/quai> owl:deprecated true ; dcterms:isReplacedBy ?w }"), StringComparison.Ordinal);
            Client.Dispose();
            await _server.DisposeAsync();
            await StartAsync();
        }
    }

    [Theory]
    [InlineData("/dump.trig?origin=reifiers", 200)]
    [InlineData("/dump.nq?origin=annotations", 200)]
    [InlineData("/dump.jsonld?origin=annotations", 200)]
    [InlineData("/dump.jsonld?origin=reifiers", 400)]
    [InlineData("/dump.ttl?origin=reifiers", 400)]
    [InlineData("/dump.trig?origin=nonsense", 400)]
    public async Task Dump_tells_where_statements_come_from_when_it_is_asked(string path, int status)
    {
        using var response = await Client.GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 200)
        {
            Assert.Contains(path.Contains("reifiers", StringComparison.Ordinal) ? "reifies" : "Annotation", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task State_that_cannot_be_kept_is_told_and_everything_else_works()
    {
        var messages = new System.Collections.Concurrent.ConcurrentQueue<string>();
        File.WriteAllText(Path.Combine(_top, "file"), "");
        await using var server = await MuseumXtdServer.StartAsync(new ServerOptions
        {
            Gardens = [Garden],
            Port = 0,
            StateDirectory = Path.Combine(_top, "file"),
            Message = messages.Enqueue,
        });
        Assert.Contains(messages, m => m.Contains("cannot be kept", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        Assert.True((await client.GetAsync("/dump.ttl")).IsSuccessStatusCode);
    }

    private static string Note(string name) => $"---\ntype: projet\nnom: {name}\n---\n# {name}\n";

    private async Task StartAsync()
    {
        _server = await MuseumXtdServer.StartAsync(new ServerOptions { Gardens = [Garden], Port = 0, StateDirectory = Path.Combine(_top, "state") });
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_server.Url) };
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_top, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private async Task<string> AskAsync(string query)
    {
        const string Prefixes = "PREFIX mxtd: <https://w3id.org/museumxtd/ns#> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX dcterms: <http://purl.org/dc/terms/> ";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sparql?query=" + Uri.EscapeDataString(Prefixes + query));
        request.Headers.TryAddWithoutValidation("Accept", "text/csv");
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    private async Task NamesBecomeAsync(params string[] names)
    {
        string[] Sorted(IEnumerable<string> all) => [.. all.Order(StringComparer.Ordinal)];
        string[] found = [];
        await UntilAsync(
            async () =>
            {
                var answer = await AskAsync("SELECT DISTINCT ?n WHERE { ?i a mxtd:Initiative ; mxtd:name ?n }");
                found = Sorted(answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1));
                return found.SequenceEqual(Sorted(names));
            },
            () => string.Join(", ", found));
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, Func<string>? otherwise = null)
    {
        for (var end = DateTime.UtcNow.AddSeconds(30); !await holds(); await Task.Delay(20))
        {
            Assert.True(DateTime.UtcNow < end, "What was saved is not served: " + otherwise?.Invoke());
        }
    }
}
