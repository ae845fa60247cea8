using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using MuseumXtd.Garden;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Tests;

/// <summary>Validation as a client sees it, and the ontology's shapes as diagnostics.</summary>
public sealed class ShaclTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix mxtd: <https://w3id.org/museumxtd/ns#> . @prefix ex: <http://example.org/> . ";
    private const string Strict = Prefixes + "ex:S a sh:NodeShape ; sh:targetClass mxtd:Initiative ; sh:property [ sh:path mxtd:startYear ; sh:maxInclusive 2000 ; sh:message \"Too late.\"@en , \"Trop tard.\"@fr ] .";

    [Fact]
    public async Task Shapes_are_answered_with_a_report_in_Turtle()
    {
        using var response = await PostAsync("/shacl?graph=default", Strict);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/turtle", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("sh:conforms false", text, StringComparison.Ordinal);
        Assert.Contains("sh:value 2021", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_is_negotiated()
    {
        using var triples = await PostAsync("/shacl", Strict, "application/n-triples");
        Assert.Contains("<http://www.w3.org/ns/shacl#conforms> \"false\"", await triples.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var text = await PostAsync("/shacl?lang=en", Strict, "text/plain");
        Assert.Contains("mxtd:startYear = 2021  Too late.", await text.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var none = await PostAsync("/shacl", Strict, "image/png");
        Assert.Equal(HttpStatusCode.NotAcceptable, none.StatusCode);
    }

    [Fact]
    public async Task One_graph_can_be_validated()
    {
        using var places = await PostAsync("/shacl?graph=" + Uri.EscapeDataString("https://w3id.org/museumxtd/graph/places") + "&lang=en", Strict, "text/plain");
        Assert.Equal("Conforms.\n", await places.Content.ReadAsStringAsync());
        using var missing = await PostAsync("/shacl?graph=" + Uri.EscapeDataString("https://example.org/none"), Strict);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Shapes_come_by_POST_only(string method)
    {
        using var response = await server.SendAsync("/shacl", null, new HttpMethod(method));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Bad_shapes_are_a_problem_with_a_place()
    {
        using var response = await PostAsync("/shacl", "\n  oops");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(2, problem.RootElement.GetProperty("line").GetInt32());
        using var illFormed = await PostAsync("/shacl", Prefixes + "ex:S a sh:NodeShape ; sh:minCount 1 .");
        Assert.Equal(HttpStatusCode.BadRequest, illFormed.StatusCode);
        Assert.Contains("sh:minCount is for property shapes only", await illFormed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unknown = await server.SendAsync("/shacl", null, HttpMethod.Post, new StringContent("x", Encoding.UTF8, "text/html"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, unknown.StatusCode);
    }

    [Fact]
    public async Task Shapes_that_unpack_to_too_much_are_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var spaces = Enumerable.Repeat((byte)' ', 1 << 20).ToArray();
            for (var i = 0; i < 17; i++)
            {
                await gzip.WriteAsync(spaces);
            }
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("text/turtle");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await server.SendAsync("/shacl", null, HttpMethod.Post, content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public void A_result_of_the_ontologys_shapes_is_a_diagnostic_at_its_line()
    {
        var ontology = Directory.CreateTempSubdirectory("museumxtd-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "ontology")))
            {
                File.Copy(file, Path.Combine(ontology, Path.GetFileName(file)));
            }

            File.AppendAllText(
                Path.Combine(ontology, "mxtd-shapes.ttl"),
                "\nmxtd:Strict a sh:NodeShape ; sh:targetClass mxtd:Initiative ; sh:property [ sh:path mxtd:startYear ; sh:maxInclusive 2000 ; sh:severity sh:Warning ; sh:message \"Too late.\"@en , \"Trop tard.\"@fr ] .\n");
            using var dataset = LiveDataset.Load(new ServerOptions { Gardens = [server.Garden], OntologyDirectory = ontology, Watch = false }, CancellationToken.None);
            var diagnostic = Assert.Single(dataset.Current.Diagnostics, d => d.Code.StartsWith("MXS", StringComparison.Ordinal));
            Assert.Equal(("Atelier ouvert.md", 7, Severity.Warning, "MXS0304"), (diagnostic.File, diagnostic.Line, diagnostic.Severity, diagnostic.Code));
            Assert.Equal("Atelier ouvert, mxtd:startYear = 2021 : Trop tard.", diagnostic.MessageFr);
            Assert.Equal("Atelier ouvert, mxtd:startYear = 2021: Too late.", diagnostic.MessageEn);
        }
        finally
        {
            Directory.Delete(ontology, recursive: true);
        }
    }

    private Task<HttpResponseMessage> PostAsync(string path, string shapes, string? accept = null) =>
        server.SendAsync(path, accept, HttpMethod.Post, new StringContent(shapes, Encoding.UTF8, "text/turtle"));
}
