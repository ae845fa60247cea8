using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Harvesting;
using MuseumXtd.Shacl;
using MuseumXtd.Store;
using Xunit.Abstractions;

namespace MuseumXtd.Server.Tests.Descriptions;

public sealed class DescriptionTests(ServerFixture server, ITestOutputHelper output) : IClassFixture<ServerFixture>
{
    private const string Dataset = "https://w3id.org/museumxtd/dataset";

    [Theory]
    [InlineData("text/turtle")]
    [InlineData("application/ld+json")]
    [InlineData("application/rdf+xml")]
    [InlineData("application/n-triples")]
    public async Task All_syntaxes_say_the_same_without_blank_nodes(string mediaType)
    {
        var expected = await ReadAsync("/dataset", "application/n-triples");
        var got = await ReadAsync("/dataset", mediaType);
        Assert.Equal(expected.Select(q => q.ToString()).Order(StringComparer.Ordinal), got.Select(q => q.ToString()).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(got, q => q.Subject is BlankNode || q.Object is BlankNode);
        Assert.Contains(got, q => q.Subject is Iri { Value: Dataset } && q.Object is Iri { Value: "http://rdfs.org/ns/void#Dataset" });
    }

    [Theory]
    [InlineData("fr", "Le jeu de données")]
    [InlineData("en", "The dataset")]
    public async Task People_get_a_page_that_search_engines_read_as_well(string language, string expected)
    {
        using var response = await server.SendAsync("/dataset?lang=" + language, "text/html");
        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.Contains("dump.core.ttl.gz", html, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Regex.Match(html, "<script type=\"application/ld\\+json\">(.*?)</script>").Groups[1].Value);
        Assert.Equal("Dataset", json.RootElement.GetProperty("@type").GetString());
        Assert.True(json.RootElement.GetProperty("distribution").GetArrayLength() > 10);
        Assert.Contains("rel=\"cite-as\"", string.Join(",", response.Headers.GetValues("Link")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_well_known_place_leads_to_it()
    {
        using var response = await server.SendAsync("/.well-known/void", method: HttpMethod.Head);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/dataset", response.Headers.Location!.ToString());
        using var refused = await server.SendAsync("/dataset", "image/png");
        Assert.Equal(HttpStatusCode.NotAcceptable, refused.StatusCode);
        Assert.Contains("text/turtle", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_counts_are_those_that_queries_give()
    {
        var description = await ReadAsync("/dataset", "text/turtle");
        Assert.Equal(await server.QueryAsync("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), Csv(Value(description, Dataset, "void:triples")));
        Assert.Equal(await server.QueryAsync("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"), Csv(Value(description, Dataset, "void:distinctSubjects")));
        Assert.Equal(await server.QueryAsync("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"), Csv(Value(description, Dataset, "void:distinctObjects")));
        Assert.Equal(await server.QueryAsync("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"), Csv(Value(description, Dataset, "void:properties")));
        Assert.Equal(
            await server.QueryAsync("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'https://w3id.org/museumxtd/')) }"),
            Csv(Value(description, Dataset, "void:entities")));
        foreach (var partition in Values(description, Dataset, "void:classPartition"))
        {
            var type = Value(description, partition, "void:class");
            Assert.Equal(await server.QueryAsync($"SELECT (COUNT(?s) AS ?n) {{ ?s a <{type}> }}"), Csv(Value(description, partition, "void:entities")));
        }

        foreach (var partition in Values(description, Dataset, "void:propertyPartition"))
        {
            var property = Value(description, partition, "void:property");
            var counts = $"{Value(description, partition, "void:triples")},{Value(description, partition, "void:distinctSubjects")},{Value(description, partition, "void:distinctObjects")}";
            Assert.Equal(
                $"t,s,o\r\n{counts}\r\n",
                await server.QueryAsync($"SELECT (COUNT(*) AS ?t) (COUNT(DISTINCT ?x) AS ?s) (COUNT(DISTINCT ?y) AS ?o) {{ ?x <{property}> ?y }}"));
        }

        var links = Values(description, Dataset, "void:subset").Where(l => Value(description, l, "void:linkPredicate").EndsWith("identifiedBy", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            await server.QueryAsync("SELECT (COUNT(*) AS ?n) { ?s <https://w3id.org/museumxtd/ns#identifiedBy> ?o FILTER(!STRSTARTS(STR(?o), 'https://w3id.org/museumxtd/')) }"),
            Csv(links.Sum(l => int.Parse(Value(description, l, "void:triples"), System.Globalization.CultureInfo.InvariantCulture)).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains(links, l => Value(description, Value(description, l, "void:objectsTarget"), "void:uriSpace") == "http://www.wikidata.org/entity/");

        static string Csv(string value) => $"n\r\n{value}\r\n";
    }

    [Fact]
    public async Task Files_are_as_large_as_it_says_and_have_its_digests_and_licences()
    {
        var description = await ReadAsync("/dataset", "text/turtle");
        var files = Values(description, Dataset, "dcat:distribution").Where(d => !d.EndsWith("edm.rdf", StringComparison.Ordinal) && Values(description, d, "dcat:downloadURL").Count > 0).ToList();
        Assert.Equal(24, files.Count);
        foreach (var file in files)
        {
            var bytes = await server.Client.GetByteArrayAsync(Value(description, file, "dcat:downloadURL"));
            Assert.Equal(bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), Value(description, file, "dcat:byteSize"));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Value(description, Value(description, file, "spdx:checksum"), "spdx:checksumValue"));
            Assert.Equal(
                file.Contains("core", StringComparison.Ordinal) ? "http://creativecommons.org/publicdomain/zero/1.0/" : "http://creativecommons.org/licenses/by/4.0/",
                Value(description, file, "dcterms:license"));
        }
    }

    [Fact]
    public async Task A_harvester_that_describes_the_dataset_by_SPARQL_gets_its_distributions_closed_over()
    {
        var description = await ReadAsync("/sparql?query=" + Uri.EscapeDataString($"DESCRIBE <{Dataset}>"), "text/turtle");
        var distributions = Values(description, Dataset, "dcat:distribution");
        Assert.NotEmpty(distributions);
        foreach (var distribution in distributions)
        {
            Assert.NotEmpty(Values(description, distribution, "dcat:accessURL"));
            var alone = await ReadAsync("/sparql?query=" + Uri.EscapeDataString($"DESCRIBE <{distribution}>"), "application/rdf+xml");
            Assert.Equal(Values(description, distribution, "schema:contentUrl"), Values(alone, distribution, "schema:contentUrl"));
            Assert.All(alone, q => Assert.StartsWith(distribution, ((Iri)q.Subject).Value, StringComparison.Ordinal));
        }

        // Whatever of its own it points to is described.
        var subjects = description.Select(q => q.Subject).ToHashSet();
        Assert.All(description.Where(q => q.Object is Iri o && o.Value.StartsWith(Dataset, StringComparison.Ordinal)), q => Assert.Contains(q.Object, subjects));
    }

    [Fact]
    public async Task It_is_a_graph_of_its_own_and_no_part_of_the_data()
    {
        const string Graph = "https://w3id.org/museumxtd/graph/dataset";
        var before = await server.QueryAsync("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
        var description = await ReadAsync("/dataset", "text/turtle");
        Assert.Equal(before, await server.QueryAsync("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"));
        Assert.Equal($"n\r\n{description.Count}\r\n", await server.QueryAsync($"SELECT (COUNT(*) AS ?n) FROM <{Graph}> {{ ?s ?p ?o }}"));
        Assert.Equal($"n\r\n{Values(description, Dataset, "dcat:distribution").Count(d => Values(description, d, "dcat:downloadURL").Count > 0)}\r\n", await server.QueryAsync($"PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT (COUNT(?d) AS ?n) FROM NAMED <{Graph}> {{ GRAPH ?g {{ <{Dataset}> dcat:distribution ?d . ?d dcat:downloadURL ?u }} }}"));
        Assert.DoesNotContain("dcat#", await server.Client.GetStringAsync("/dump.nq"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stays_as_it_is_while_the_notes_do()
    {
        using var first = await server.SendAsync("/dataset", "text/turtle");
        var tag = first.Headers.ETag!.ToString();
        var text = await first.Content.ReadAsStringAsync();
        await server.WriteAsync("Atelier ouvert.md", await server.ReadAsync("Atelier ouvert.md"));
        server.Dataset.Refresh();
        using var second = await server.SendAsync("/dataset", "text/turtle");
        Assert.Equal(text, await second.Content.ReadAsStringAsync());
        using var third = await server.SendAsync("/dataset", "text/turtle", ifNoneMatch: tag);
        Assert.Equal(HttpStatusCode.NotModified, third.StatusCode);
    }

    [Fact]
    public async Task It_follows_the_rules_of_DCAT_AP()
    {
        using var rules = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Descriptions", "dcat-ap-rules.ttl"));
        Assert.Empty(await ValidateAsync(rules));
    }

    [Fact]
    public async Task It_follows_the_rules_of_the_Dutch_register()
    {
        if (TestFolders.Shared is not { } shared)
        {
            output.WriteLine("Skipped: there is no folder with shared test data.");
            return;
        }

        using var rules = File.OpenRead(Path.Combine(shared, "harvest", "nde-requirements-datasets.shacl.ttl"));
        Assert.DoesNotContain(await ValidateAsync(rules), r => !r.StartsWith("Info", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Texts: https://creativecommons.org/licenses/by-sa/4.0/legalcode", "http://creativecommons.org/licenses/by-sa/4.0/")]
    [InlineData("CC0: http://creativecommons.org/publicdomain/zero/1.0/", "http://creativecommons.org/publicdomain/zero/1.0/")]
    [InlineData("All rights reserved.", "http://creativecommons.org/licenses/by/4.0/")]
    [InlineData(null, "http://creativecommons.org/licenses/by/4.0/")]
    public void The_licence_of_the_notes_is_what_the_garden_says(string? license, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;
        if (license is not null)
        {
            File.WriteAllText(Path.Combine(folder, "LICENSE"), license);
        }

        Assert.Equal(expected, NotesLicense.Of(new ServerOptions { Gardens = [folder] }));
        Assert.Equal("x:configured", NotesLicense.Of(new ServerOptions { Gardens = [folder], NotesLicense = "x:configured" }));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Addresses_are_those_of_the_public_server()
    {
        await using var other = await MuseumXtdServer.StartAsync(new ServerOptions
        {
            Port = 0, BaseIri = "https://data.example.org/", Harvest = new HarvestOptions { PublicUrl = "https://data.example.org", AdminEmail = "us@example.org", RepositoryName = "Us" },
        });
        using var client = new HttpClient { BaseAddress = new Uri(other.Url) };
        var description = Parse(await client.GetByteArrayAsync("/dataset.nt"), RdfFormats.NTriples);
        Assert.Equal("https://data.example.org/sparql", Value(description, "https://data.example.org/dataset", "void:sparqlEndpoint"));
        Assert.Equal("mailto:us@example.org", Value(description, "https://data.example.org/dataset#contact", "vcard:hasEmail"));
        Assert.DoesNotContain("127.0.0.1", string.Join(' ', description), StringComparison.Ordinal);
    }

    private async Task<List<string>> ValidateAsync(Stream rules)
    {
        using var response = await server.SendAsync("/dataset", "text/turtle");
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            RdfFormats.Turtle.CreateReader().Read(await response.Content.ReadAsStreamAsync(), transaction, ReaderOptions.Default);
            transaction.Commit();
        }

        var report = Validator.Validate(ShapeSet.Read(rules, RdfFormats.Turtle, ReaderOptions.Default), store.Current, ValidationOptions.Default);
        return [.. report.Results.Select(r => $"{r.Severity.Value[(r.Severity.Value.IndexOf('#', StringComparison.Ordinal) + 1)..]} {r.FocusNode} {r.Path} {r.Value}: {r.Message("en")}")];
    }

    private async Task<List<Quad>> ReadAsync(string path, string mediaType)
    {
        using var response = await server.SendAsync(path, mediaType);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Parse(await response.Content.ReadAsByteArrayAsync(), RdfFormats.ByMediaType(mediaType)!);
    }

    private static List<Quad> Parse(byte[] bytes, RdfFormat format)
    {
        var quads = new Quads();
        format.CreateReader().Read(new MemoryStream(bytes), quads, ReaderOptions.Default);
        return quads.All;
    }

    private static List<string> Values(List<Quad> statements, string subject, string predicate) =>
    [
        .. statements.Where(q => q.Subject is Iri s && s.Value == subject && q.Predicate == DescriptionGraph.Name(predicate))
            .Select(q => q.Object is Iri iri ? iri.Value : ((Literal)q.Object).LexicalForm).Order(StringComparer.Ordinal),
    ];

    private static string Value(List<Quad> statements, string subject, string predicate) => Assert.Single(Values(statements, subject, predicate));

    private sealed class Quads : IQuadSink
    {
        public List<Quad> All { get; } = [];

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            All.Add(new Quad(Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(@object)));
    }
}
