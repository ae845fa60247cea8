using System.Net;
using System.Text.RegularExpressions;
using MuseumXtd.Server;

namespace MuseumXtd.Server.Tests;

/// <summary>Thousands of problems on pages for people: small, by kind and by file, with a way to each line.</summary>
public sealed partial class DiagnosticsPagesTests : IAsyncLifetime
{
    private const string Odd = "<b>Été & \"mer\".md";

    private readonly string _garden = Directory.CreateTempSubdirectory("museumxtd-problems-").FullName;
    private MuseumXtdServer _server = null!;

    private HttpClient Client { get; set; } = new();

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 300; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(_garden, $"Note {i}.md"), $"---\ntype: projet\nnom: Vague {i}\npays: Suise\ndebut: hier\n---\nTexte [[nulle part {i}]].\n");
        }

        await File.WriteAllTextAsync(
            Path.Combine(_garden, Odd), "---\ntype: projet\nnom: Houle\npays: <Frannce>\n---\n" + string.Concat(Enumerable.Range(0, 250).Select(i => $"Ligne <i>{i}</i> [[rien {i}]].\n\n")));
        _server = await MuseumXtdServer.StartAsync(new ServerOptions { Gardens = [_garden], Port = 0, Watch = false });
        Client = new HttpClient { BaseAddress = new Uri(_server.Url) };
        Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_garden, recursive: true);
    }

    [Theory]
    [InlineData("fr", "1\u202F151 problèmes dans 301 fichiers", "Avertissement", "Tous les 550")]
    [InlineData("en", "1,151 problems in 301 files", "Warning", "All 550")]
    public async Task Overview_counts_all_and_shows_the_first_of_each_kind(string language, string counts, string severity, string all)
    {
        var html = await Client.GetStringAsync("/diagnostics?lang=" + language);
        var text = WebUtility.HtmlDecode(html);
        Assert.InRange(html.Length, 1_000, 60_000);
        Assert.Contains(counts, text, StringComparison.Ordinal);
        Assert.Contains(severity, text, StringComparison.Ordinal);
        Assert.Contains(all, text, StringComparison.Ordinal);
        foreach (var code in (string[])["MXG0204", "MXG0205", "MXG0301"])
        {
            Assert.Contains($"href=\"#{code}\"", html, StringComparison.Ordinal);
            Assert.Contains($"<h2 id=\"{code}\">", html, StringComparison.Ordinal);
            Assert.Contains($"href=\"/diagnostics/{code}?lang={language}\"", html, StringComparison.Ordinal);
        }

        Assert.Equal(30, Problem().Count(html));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>É", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_of_a_kind_is_on_one_page_of_it()
    {
        var places = new HashSet<string>();
        var next = "/diagnostics/MXG0301?lang=en";
        var pages = 0;
        while (next is not null)
        {
            var html = await Client.GetStringAsync(next);
            Assert.InRange(html.Length, 1_000, 100_000);
            places.UnionWith(Problem().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)));
            next = Next().Match(html) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
            pages++;
        }

        Assert.Equal(6, pages);
        Assert.Equal(550, places.Count);
    }

    [Fact]
    public async Task Link_of_a_problem_leads_to_its_line_in_its_file()
    {
        // The last one is not on the first page of its file.
        var last = Problem().Matches(await Client.GetStringAsync("/diagnostics/MXG0301?lang=en&page=3")).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))
            .Last(a => a.Contains("mer", StringComparison.Ordinal));
        var html = await Client.GetStringAsync(last);
        var line = last[(last.IndexOf('#', StringComparison.Ordinal) + 1)..];
        Assert.Contains($"<li id=\"{line}\">", html, StringComparison.Ordinal);
        Assert.Contains($"Line {line[1..]}, column", html, StringComparison.Ordinal);
        Assert.Matches($"<pre>Ligne &lt;i&gt;{(int.Parse(line[1..], System.Globalization.CultureInfo.InvariantCulture) - 6) / 2}&lt;/i&gt; <mark>", html);
        Assert.Contains("href=\"/note/", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/diagnostics?file=../etc/passwd", HttpStatusCode.NotFound)]
    [InlineData("/diagnostics?file=Note%200.md&page=99", HttpStatusCode.OK)]
    [InlineData("/diagnostics?file=Note%200.md&page=-1", HttpStatusCode.OK)]
    [InlineData("/diagnostics/MXG0301?page=999999999999", HttpStatusCode.OK)]
    [InlineData("/diagnostics/MXG9999", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_no_error_of_the_server(string address, HttpStatusCode status)
    {
        using var response = await Client.GetAsync(address);
        Assert.Equal(status, response.StatusCode);
    }

    [GeneratedRegex("<a class=\"iri\" href=\"([^\"]*#L[0-9]+)\">")]
    private static partial Regex Problem();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();
}
