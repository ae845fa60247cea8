using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MuseumXtd.Server.Tests;

/// <summary>Pages as people walk through them: every link leads somewhere, every page has its landmarks, and nothing is said twice.</summary>
public sealed partial class PagesTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    // Lists are long and their pages alike: of each kind of address some are enough.
    private const int OfEachKind = 12;

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_link_from_the_home_page_on_leads_somewhere(string language)
    {
        var waiting = new Queue<(string Address, string From)>([("/?lang=" + language, "")]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var fragments = new List<(string Page, string Fragment, string From)>();
        while (waiting.TryDequeue(out var next))
        {
            using var response = await server.SendAsync(next.Address, "text/html, */*;q=0.5");
            Assert.True((int)response.StatusCode < 400, $"{next.From} links to {next.Address}: {response.StatusCode}");
            if (response.Headers.Location is { } location)
            {
                Assert.StartsWith("/", location.OriginalString, StringComparison.Ordinal);
                Follow(location.OriginalString, next.From, next.Address);
                continue;
            }

            if (response.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            var html = await response.Content.ReadAsStringAsync();
            read[next.Address] = CheckPage(html, next.Address);
            foreach (Match link in Link().Matches(html))
            {
                var target = WebUtility.HtmlDecode(link.Groups[1].Value);
                var (address, fragment) = target.IndexOf('#', StringComparison.Ordinal) is >= 0 and var cut ? (target[..cut], target[(cut + 1)..]) : (target, "");
                address = address.Length == 0 ? next.Address : address;
                if (address.StartsWith('/'))
                {
                    Follow(address, next.Address, null);
                    fragments.Add((address, fragment, next.Address));
                }
            }
        }

        Assert.True(read.Count > 20);
        foreach (var (page, fragment, from) in fragments)
        {
            Assert.True(fragment.Length == 0 || !read.TryGetValue(page, out var ids) || ids.Contains(fragment), $"{from} links to {page}#{fragment}, which is not there");
        }

        void Follow(string address, string from, string? redirected)
        {
            var path = address.Split('?')[0];
            var kind = path[..(path.LastIndexOf('/') + 1)] + (address.Contains("lang=" + language, StringComparison.Ordinal) ? "" : "?");
            if (seen.Add(address) && (redirected is not null || path.Count(c => c == '/') == 1 || (kinds[kind] = kinds.GetValueOrDefault(kind) + 1) <= OfEachKind))
            {
                waiting.Enqueue((address, from));
            }
        }
    }

    [Fact]
    public async Task A_property_with_several_values_is_named_once_and_other_languages_are_marked()
    {
        var html = await ReadAsync("/doc/place/ca?lang=fr");
        Assert.Matches("<th scope=\"rowgroup\" rowspan=\"[0-9]+\" title=\"https://w3id.org/museumxtd/ns#name\">nom</th>", html);
        Assert.Equal(2, html.Split("ns#name\"").Length);
        Assert.Contains("<small>en</small>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<small>fr</small>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_have_a_column_only_where_something_comes_from_a_note()
    {
        Assert.DoesNotContain(">Source</th>", await ReadAsync("/doc/place/ca?lang=fr"), StringComparison.Ordinal);
        Assert.Contains(">Source</th>", await ReadAsync("/doc/initiative/atelier-ouvert?lang=fr"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_type_of_a_resource_leads_to_all_others_of_it()
    {
        var html = await ReadAsync("/doc/initiative/atelier-ouvert?lang=en");
        Assert.Contains("<a href=\"/initiative?lang=en\">initiative</a>", html, StringComparison.Ordinal);
        Assert.Contains("<h1>Initiatives</h1>", await ReadAsync("/initiative?lang=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_points_at_a_resource_is_listed_once_with_all_ways()
    {
        var html = await ReadAsync("/doc/organisation/maison?lang=en");
        var citing = html[html.IndexOf("<h2>Mentioned by</h2>", StringComparison.Ordinal)..];
        Assert.Equal(2, citing.Split("href=\"/initiative/atelier-ouvert?").Length);
        Assert.Matches("/initiative/atelier-ouvert[^<]*</a>\\s*<small>[^<]+, [^<]+</small>", citing);
    }

    [Fact]
    public async Task A_name_that_was_found_is_the_heading_and_not_repeated()
    {
        var html = await ReadAsync("/search?q=atelier&lang=fr");
        var hit = html[html.IndexOf("<a href=\"/initiative/atelier-ouvert", StringComparison.Ordinal)..];
        hit = hit[..hit.IndexOf("</li>", StringComparison.Ordinal)];
        Assert.Contains("><mark>Atelier</mark> ouvert</a>", hit, StringComparison.Ordinal);
        Assert.Equal(2, hit.Split(" ouvert").Length);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    public async Task The_address_of_the_OData_service_opens_as_a_page(string accept)
    {
        using var response = await server.SendAsync("/odata?lang=fr", accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync();
        CheckPage(html, "/odata");
        Assert.Contains($"<code>{server.Url}/odata</code>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/odata/$metadata?lang=fr\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/odata/Initiatives?$format=csv&amp;lang=fr\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/odata", null)]
    [InlineData("/odata", "*/*")]
    [InlineData("/odata/", "application/json;odata.metadata=minimal, text/html;q=0.1")]
    [InlineData("/odata?$format=json", "text/html")]
    public async Task Clients_of_OData_get_the_service_document(string path, string? accept)
    {
        using var response = await server.SendAsync(path, accept);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"Initiatives\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "D’où cela vient", "ligne 3, colonne 6")]
    [InlineData("en", "Where this comes from", "line 3, column 6")]
    public async Task A_statement_leads_to_the_words_that_say_it(string language, string title, string place)
    {
        var resource = await ReadAsync("/doc/initiative/atelier-ouvert?lang=" + language);
        var address = WebUtility.HtmlDecode(Link().Matches(resource).First(m => m.Groups[1].Value.StartsWith("/provenance?", StringComparison.Ordinal) && m.Groups[1].Value.Contains("%23name&", StringComparison.Ordinal)).Groups[1].Value);
        var html = WebUtility.HtmlDecode(await ReadAsync(address));
        CheckPage(html, address);
        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
        Assert.Contains(place, html, StringComparison.Ordinal);
        Assert.Contains("<blockquote lang=\"\">Atelier ouvert</blockquote>", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/note/atelier-ouvert?lang={language}\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/initiative/atelier-ouvert?lang={language}\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/provenance?lang=en", HttpStatusCode.OK, "name=\"s\"")]
    [InlineData("/provenance?lang=en&s=https://w3id.org/museumxtd/place/ca&p=https://w3id.org/museumxtd/ns%23name", HttpStatusCode.OK, "No note says so")]
    [InlineData("/provenance?lang=en&s=https://example.org/%3Cb%3E", HttpStatusCode.BadRequest, "Bad terms.")]
    public async Task What_no_note_says_has_a_page_too(string address, HttpStatusCode status, string expected)
    {
        using var response = await server.SendAsync(address, "text/html");
        Assert.Equal(status, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync();
        CheckPage(html, address);
        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_has_a_title_in_French()
    {
        var source = Path.Combine(TestFolders.Repository, "src");
        var titles = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).SelectMany(f => ProblemTitle().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet();
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(source, "MuseumXtd.Server", "Pages", "texts.fr.json")))!;
        Assert.True(titles.Count > 30);
        Assert.Equal(titles.Order(StringComparer.Ordinal), texts.Keys.Where(k => k.StartsWith("problem.", StringComparison.Ordinal)).Select(k => k["problem.".Length..]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Colours_can_be_told_apart_in_each_scheme(string scheme)
    {
        var sheet = File.ReadAllText(Path.Combine(TestFolders.Repository, "src", "MuseumXtd.Server", "Pages", "style.css"));
        var from = scheme == "light" ? 0 : sheet.IndexOf("prefers-color-scheme:dark", StringComparison.Ordinal);
        var colours = Colour().Matches(sheet[from..]).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => Convert.ToInt32(m.Groups[2].Value, 16));

        // Text, links, buttons, and texts beside each other (WCAG 2.2, 1.4.3); borders of fields and the focus (1.4.11).
        foreach (var (one, other, least) in (ReadOnlySpan<(string, string, double)>)[("ink", "paper", 7), ("muted", "paper", 4.5), ("accent", "paper", 4.5), ("paper", "accent", 4.5)])
        {
            var contrast = (Math.Max(Luminance(colours[one]), Luminance(colours[other])) + 0.05) / (Math.Min(Luminance(colours[one]), Luminance(colours[other])) + 0.05);
            Assert.True(contrast >= least, $"{one} on {other}: {contrast:F2}");
        }

        // What is not among these is a colour of the browser, which may be too weak.
        Assert.Contains("::placeholder{color:var(--muted);opacity:1}", sheet, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?<!--[a-z]+)(?:color|background):#", sheet);

        static double Luminance(int rgb)
        {
            static double Linear(int part) => part / 255.0 is <= 0.04045 and var low ? low / 12.92 : Math.Pow(((part / 255.0) + 0.055) / 1.055, 2.4);
            return (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear((rgb >> 8) & 255)) + (0.0722 * Linear(rgb & 255));
        }
    }

    [Theory]
    [InlineData("fr", "Vouliez-vous dire « Suisse » ? Oui !", "Vouliez-vous dire «\u00A0Suisse\u00A0»\u202F? Oui\u202F!")]
    [InlineData("fr", "Lignes 1 ; 2 : a", "Lignes 1\u202F; 2\u00A0: a")]
    [InlineData("en", "One : two ?", "One : two ?")]
    public void No_line_ends_before_a_sign_that_goes_with_its_word(string language, string text, string set) => Assert.Equal(set, Pages.Typography.Set(text, language));

    [Fact]
    public async Task The_menu_tells_where_one_is()
    {
        Assert.Contains("href=\"/sparql?lang=en\" aria-current=\"page\"", await ReadAsync("/sparql?lang=en"), StringComparison.Ordinal);
        Assert.DoesNotContain("aria-current=", await ReadAsync("/doc/place/ca?lang=en"), StringComparison.Ordinal);
    }

    /// <summary>What every page has; the identifiers in it.</summary>
    private static HashSet<string> CheckPage(string html, string address)
    {
        foreach (var part in (string[])["<h1", "<main", "<header", "<footer", "<nav"])
        {
            Assert.True(html.Contains(part, StringComparison.Ordinal), $"{address} has no {part}>");
        }

        Assert.True(html.Split("<h1").Length == 2, $"{address} has several h1");
        Assert.False(FromElsewhere().IsMatch(html), $"{address} loads something");
        var ids = Id().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        Assert.True(ids.Count == ids.Distinct().Count(), $"{address} has an id twice");
        return [.. ids];
    }

    private async Task<string> ReadAsync(string address)
    {
        using var response = await server.SendAsync(address, "text/html");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("(?:new Problem\\(|Problem problem = new\\(|Problem [A-Z][A-Za-z]+\\([^)]*\\) => new\\(|Problem\\.WriteAsync\\(\\s*http,)\\s*[^,\"]+, \"([^\"]+)\"")]
    private static partial Regex ProblemTitle();

    [GeneratedRegex("--([a-z]+):#([0-9a-f]{6})")]
    private static partial Regex Colour();

    [GeneratedRegex(" src=|rel=\"stylesheet\"|@import|url\\(")]
    private static partial Regex FromElsewhere();
}
