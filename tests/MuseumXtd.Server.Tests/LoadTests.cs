using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MuseumXtd.Server.Tests;

/// <summary>LOAD in updates, from a site in this process.</summary>
public sealed class LoadTests : IAsyncLifetime
{
    private readonly WebApplication _site = MakeSite();
    private string _url = "";

    public async Task InitializeAsync()
    {
        await _site.StartAsync();
        _url = _site.Urls.First();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("data/turtle")]
    [InlineData("data/named.ttl")]
    [InlineData("data/moved")]
    public async Task A_document_of_an_allowed_source_is_loaded(string path)
    {
        var (status, _, count) = await LoadAsync([$"{_url}/data/"], $"LOAD <{_url}/{path}> INTO GRAPH <urn:g>");

        Assert.Equal((HttpStatusCode.NoContent, 2), (status, count));
    }

    [Fact]
    public async Task Without_allowed_sources_nothing_is_loaded()
    {
        var (status, text, count) = await LoadAsync([], $"LOAD <{_url}/data/turtle> INTO GRAPH <urn:g>");

        Assert.Equal((HttpStatusCode.Conflict, 0), (status, count));
        Assert.Contains("--load-allow", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other/turtle", "is not allowed")]
    [InlineData("data/../other/turtle", "is not allowed")]
    [InlineData("data/led-away", "is not allowed")]
    [InlineData("data/circle", "redirects")]
    [InlineData("data/nothing", "404")]
    [InlineData("data/broken", "2:4")]
    [InlineData("data/unknown", "neither its media type nor its name")]
    [InlineData("data/large", "longer than")]
    [InlineData("data/slow", "within")]
    public async Task What_cannot_be_loaded_changes_nothing_and_says_why(string path, string why)
    {
        var (status, text, count) = await LoadAsync(
            [$"{_url}/data/"], $"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:p> 1 }} }} ; LOAD <{_url}/{path}> INTO GRAPH <urn:g>");

        Assert.Equal((HttpStatusCode.Conflict, 0), (status, count));
        Assert.Contains(why, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silent_goes_on_without_what_cannot_be_loaded()
    {
        var (status, _, count) = await LoadAsync(
            [$"{_url}/data/"], $"LOAD SILENT <{_url}/data/nothing> ; LOAD SILENT <urn:nowhere> ; LOAD <{_url}/data/turtle> INTO GRAPH <urn:g>");

        Assert.Equal((HttpStatusCode.NoContent, 2), (status, count));
    }

    [Fact]
    public async Task A_name_with_a_private_address_is_not_connected_to()
    {
        // The machine's own name is no name that says that it is private.
        var port = new Uri(_url).Port;
        var host = Dns.GetHostName();
        var (status, text, _) = await LoadAsync([$"http://{host}:{port}/data/"], $"LOAD <http://{host}:{port}/data/turtle>");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("cannot be read", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blank_node_is_a_new_one_each_time()
    {
        var (status, _, count) = await LoadAsync(
            [$"{_url}/data/"], $"LOAD <{_url}/data/blank> INTO GRAPH <urn:g> ; LOAD <{_url}/data/blank> INTO GRAPH <urn:g>");

        Assert.Equal((HttpStatusCode.NoContent, 2), (status, count));
    }

    private static async Task<(HttpStatusCode Status, string Text, int Count)> LoadAsync(string[] allowed, string update)
    {
        await using var server = await MuseumXtdServer.StartAsync(
            new ServerOptions { Port = 0, IsWritable = true, LoadAllow = allowed, MaxLoadBytes = 10_000, LoadTimeout = TimeSpan.FromSeconds(4) });
        using var client = new HttpClient();
        using var content = new StringContent(update, Encoding.UTF8, "application/sparql-update");
        using var response = await client.PostAsync(server.Url + "/update", content);
        var snapshot = server.Dataset.Current.Snapshot;
        var count = snapshot.Dictionary.TryGetId(new Rdf.Iri("urn:g").Encode(), out var id) && snapshot.TryGetGraph(id, out var graph) ? graph.Count : 0;
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), count);
    }

    private static WebApplication MakeSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.Run(http => http.Request.Path.Value switch
        {
            "/data/turtle" or "/other/turtle" => SendAsync(http, "text/turtle", "<> <urn:p> 1, 2 ."),
            "/data/named.ttl" => SendAsync(http, "text/plain", "<> <urn:p> 1, 2 ."),
            "/data/blank" => SendAsync(http, "text/turtle", "[] <urn:p> 1 ."),
            "/data/broken" => SendAsync(http, "text/turtle", "<> <urn:p> 1 .\n<> ? ."),
            "/data/unknown" => SendAsync(http, "application/octet-stream", "?"),
            "/data/large" => SendAsync(http, "text/turtle", string.Concat(Enumerable.Repeat("<urn:s> <urn:p> 1 .\n", 1000))),
            "/data/moved" => RedirectAsync(http, "turtle"),
            "/data/led-away" => RedirectAsync(http, "/other/turtle"),
            "/data/circle" => RedirectAsync(http, "circle"),
            "/data/slow" => Task.Delay(TimeSpan.FromMinutes(1), http.RequestAborted),
            _ => NotFoundAsync(http),
        });
        return site;
    }

    private static Task SendAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text);
    }

    private static Task RedirectAsync(HttpContext http, string to)
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    }

    private static Task NotFoundAsync(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
