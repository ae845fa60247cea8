using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Server.Federation;

namespace MuseumXtd.Server.Tests;

/// <summary>SERVICE between two servers, and against endpoints that mean no good.</summary>
public sealed class FederationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;
    private MuseumXtdServer? _there;
    private MuseumXtdServer? _here;
    private WebApplication? _hostile;
    private HttpClient Client { get; set; } = new();

    private string Hostile => _hostile!.Urls.First();

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "there.ttl"), "@prefix : <http://x/> . :a :name \"A\"@en . :b :name \"B\"@en .");
        await File.WriteAllTextAsync(Path.Combine(_folder, "here.ttl"), "@prefix : <http://x/> . :a :p 1 . :b :p 2 . :c :p 3 .");
        _there = await MuseumXtdServer.StartAsync(new ServerOptions { Port = 0, Files = [Path.Combine(_folder, "there.ttl")] });
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _hostile = builder.Build();
        _hostile.Map("/redirect", http =>
        {
            http.Response.Redirect(_there.Url + "/sparql");
            return Task.CompletedTask;
        });
        _hostile.Map("/endless", EndlessAsync);
        _hostile.Map("/silent", http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        _hostile.Map("/drops", async http =>
        {
            http.Response.ContentType = "application/sparql-results+json";
            await http.Response.WriteAsync("{\"results\":{\"bindings\":[{\"x\":{\"type\":\"uri\",\"value\":\"http://x/a\"}}");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        _hostile.Map("/error", async http =>
        {
            http.Response.StatusCode = 500;
            await http.Response.WriteAsync("out of\norder");
        });
        await _hostile.StartAsync();
        _here = await MuseumXtdServer.StartAsync(new ServerOptions
        {
            Port = 0,
            Files = [Path.Combine(_folder, "here.ttl")],
            ServiceAllow = [_there.Url + "/sparql", Hostile + "/"],
            ServiceTimeout = TimeSpan.FromSeconds(2),
            MaxServiceBytes = 1 << 20,
        });
        Client = new HttpClient { BaseAddress = new Uri(_here.Url) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _here!.DisposeAsync();
        await _hostile!.DisposeAsync();
        await _there!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_allowed_endpoint_is_asked_and_its_answer_joined()
    {
        using var response = await AskAsync($"SELECT ?x ?n {{ ?x :p ?v SERVICE <{_there!.Url}/sparql> {{ ?x :name ?n }} }} ORDER BY ?n");
        Assert.Equal("x,n\r\nhttp://x/a,A\r\nhttp://x/b,B\r\n", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("http://example.org/sparql")]
    [InlineData("THERE/sparqlx/../other")]
    [InlineData("THERE/update")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user@127.0.0.1/sparql")]
    public async Task Other_endpoints_are_refused(string endpoint)
    {
        endpoint = endpoint.Replace("THERE", _there!.Url, StringComparison.Ordinal);
        using var response = await AskAsync($"SELECT * {{ ?x :p ?v SERVICE <{endpoint}> {{ ?x :name ?n }} }}");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("not allowed", await DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_allows_none_asks_none()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_there!.Url) };
        using var response = await client.GetAsync("/sparql?query=" + Uri.EscapeDataString($"SELECT * {{ SERVICE <{_here!.Url}/sparql> {{ ?s ?p ?o }} }}"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/redirect", "redirects are not followed")]
    [InlineData("/endless", "longer than 1 MB")]
    [InlineData("/silent", "no answer within 2 s")]
    [InlineData("/drops", "")]
    [InlineData("/error", "500 Internal Server Error: out of order")]
    [InlineData("/nothing", "404")]
    public async Task An_endpoint_that_fails_is_a_clear_error_unless_it_is_to_be_silent(string path, string expected)
    {
        using var response = await AskAsync($"SELECT ?v {{ ?x :p ?v SERVICE <{Hostile}{path}> {{ ?x :name ?n }} }}");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains(expected, await DetailAsync(response), StringComparison.Ordinal);
        Assert.Contains(Hostile + path, await DetailAsync(response), StringComparison.Ordinal);

        using var silent = await AskAsync($"SELECT ?v {{ ?x :p ?v SERVICE SILENT <{Hostile}{path}> {{ ?x :name ?n }} }} ORDER BY ?v");
        Assert.Equal("v\r\n1\r\n2\r\n3\r\n", await silent.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_time_of_the_query_ends_a_request_to_an_endpoint()
    {
        using var response = await AskAsync($"SELECT * {{ SERVICE <{Hostile}/silent> {{ ?x :name ?n }} }}", "&timeout=0.2");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("ServiceJoin", await DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Addresses_of_this_machine_and_of_private_networks_are_told_from_others(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://example.org", "https://example.org/sparql", true)]
    [InlineData("https://example.org/sparql", "https://EXAMPLE.org:443/sparql?x=1", true)]
    [InlineData("https://example.org/a/", "https://example.org/a/%2e%2e/b", false)]
    [InlineData("https://example.org", "https://example.org.evil.net/", false)]
    [InlineData("https://example.org", "http://example.org/", false)]
    [InlineData("https://example.org", "https://example.org:8443/", false)]
    public void A_prefix_covers_what_is_below_it_on_its_host(string prefix, string endpoint, bool covers) =>
        Assert.Equal(covers, ServicePrefix.Parse(prefix).Covers(new Uri(endpoint)));

    private static async Task EndlessAsync(HttpContext http)
    {
        http.Response.ContentType = "application/sparql-results+json";
        await http.Response.WriteAsync("{\"results\":{\"bindings\":[");
        for (var i = 0; i < 100_000; i++)
        {
            await http.Response.WriteAsync((i == 0 ? "" : ",") + "{\"x\":{\"type\":\"uri\",\"value\":\"http://x/a\"},\"n\":{\"type\":\"literal\",\"value\":\"A\"}}", http.RequestAborted);
        }
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    private Task<HttpResponseMessage> AskAsync(string query, string more = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/sparql?query=" + Uri.EscapeDataString("PREFIX : <http://x/> " + query) + more);
        request.Headers.Add("Accept", "text/csv");
        return Client.SendAsync(request);
    }
}
