using System.Net;
using MuseumXtd.Checks;
using MuseumXtd.Garden;

namespace MuseumXtd.Server.Tests;

/// <summary>What the article of a code shows is so: its example brings the code about at the line that is marked, and the correction does away with it.</summary>
public sealed class DiagnosticArticleTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Prefixes = """
        @prefix mxtd: <https://w3id.org/museumxtd/ns#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .

        """;

    public static TheoryData<string> Codes => [.. DiagnosticCatalogue.All.Where(a => a.Example.Count > 0).Select(a => a.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void An_example_brings_its_code_about_and_the_correction_does_not(string code)
    {
        var article = DiagnosticCatalogue.Find(code)!;
        var problem = Diagnosed(article, article.Example).FirstOrDefault(d => d.Code == code);
        Assert.True(problem is not null, $"{code} is not told; told are {string.Join("; ", Diagnosed(article, article.Example))}");
        var file = article.Example.FirstOrDefault(f => f.Path == problem.File);
        Assert.True(file is not null, $"{code} is told of {problem.File}");
        var marked = file.Lines.Select((l, i) => (l.Matters, Number: i + 1)).Where(l => l.Matters).Select(l => l.Number).ToList();
        Assert.True(problem.Line == 0 || marked.Contains(problem.Line), $"{problem} is not at a marked line: {string.Join(", ", marked)}");
        if (article.Fixed.Count > 0)
        {
            var replaced = article.Example.Where(f => article.Fixed.All(g => g.Path != f.Path)).Concat(article.Fixed.Where(f => f.Lines.Count > 0));
            Assert.Empty(Diagnosed(article, replaced));
            Assert.All(article.Fixed.Where(f => f.Lines.Count > 0), f => Assert.True(f.Lines.Any(l => l.Matters) || article.Fixed.Count > 1, $"{code} marks nothing in {f.Path}"));
        }
    }

    [Theory]
    [InlineData("fr", "Ce que cela veut dire", "Comment y remédier", "Dans ce jardin")]
    [InlineData("en", "What it means", "How to put it right", "In this garden")]
    public async Task Each_code_has_a_page_with_an_example_and_what_to_do(string language, params string[] headings)
    {
        foreach (var article in DiagnosticCatalogue.All)
        {
            using var response = await server.SendAsync($"/diagnostics/{article.Code}?lang={language}", "text/html");
            var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
            Assert.Contains(article.Title(language), html, StringComparison.Ordinal);
            Assert.All(headings[..2], h => Assert.Contains($">{h}</h2>", html, StringComparison.Ordinal));
            Assert.Contains(Pages.Typography.Set(article.Fix(language), language), html, StringComparison.Ordinal);
            Assert.All(article.Example.Concat(article.Fixed).SelectMany(f => f.Lines).Where(l => l.Matters), l => Assert.Contains($"<mark>{l.Text}</mark>", html, StringComparison.Ordinal));
        }
    }

    private static IReadOnlyList<Diagnostic> Diagnosed(DiagnosticArticle article, IEnumerable<SampleFile> files)
    {
        var top = Directory.CreateTempSubdirectory("museumxtd-article-").FullName;
        try
        {
            var ontology = Directory.CreateDirectory(Path.Combine(top, "ontology")).FullName;
            foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "ontology")))
            {
                File.Copy(file, Path.Combine(ontology, Path.GetFileName(file)));
            }

            if (article.Shape is { } shape)
            {
                File.WriteAllText(Path.Combine(ontology, "mxtd-shapes.ttl"), Prefixes + shape);
            }

            var garden = Directory.CreateDirectory(Path.Combine(top, "garden")).FullName;
            foreach (var file in files)
            {
                // Shapes begin with prefixes, which the example leaves out.
                var isOntology = file.Path.StartsWith("ontology/", StringComparison.Ordinal);
                var path = Path.Combine(isOntology ? top : garden, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, (isOntology ? Prefixes.ReplaceLineEndings(" ") : "") + string.Concat(file.Lines.Select(l => l.Text + "\n")));
            }

            var reader = new GardenReader(new GardenOptions { Roots = [garden], OntologyDirectory = ontology });
            return GardenShapes.Read(ontology).Check(reader.Build());
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }
}
