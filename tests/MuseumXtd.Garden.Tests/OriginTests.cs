using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Tests;

public sealed class OriginTests
{
    private static readonly Dictionary<string, string[]> Files = new(StringComparer.Ordinal);

    [Fact]
    public void Every_statement_of_a_small_garden_has_its_words_in_the_file() => Check(TestFolders.Small);

    [Fact]
    public void Every_statement_of_the_bundled_garden_has_its_words_in_the_file() => Check(TestFolders.Bundled);

    [Fact]
    public void Every_statement_of_the_real_garden_has_its_words_in_the_file()
    {
        if (TestFolders.Shared is { } shared)
        {
            Check(Path.Combine(shared, "garden"));
        }
    }

    [Fact]
    public void Unknown_statement_has_no_origin()
    {
        var view = GraphView.Of(TestFolders.Small);
        Assert.Empty(view.Garden.Origins.Of(new Iri("x:y"), new Iri("x:y"), new Iri("x:y")));
    }

    private static string[] Lines(string file)
    {
        if (!Files.TryGetValue(file, out var lines))
        {
            Files.Add(file, lines = File.ReadAllText(file).Split('\n'));
        }

        return lines;
    }

    private static void Check(string root)
    {
        var view = GraphView.Of(root);
        var checkedStatements = 0;
        foreach (var (graph, s, p, o) in view.NoteStatements)
        {
            var file = view.Garden.NoteFiles[graph];
            var origins = view.Garden.Origins.Of(s, p, o);
            Assert.Contains(origins, origin => origin.File == file);
            foreach (var origin in origins)
            {
                Assert.True(origin is { Line: > 0, Column: > 0 } && origin.Words.Length == origin.Length);
                var lines = Lines(Path.Combine(root, origin.File));
                var rest = string.Join('\n', lines.Skip(origin.Line - 1));
                Assert.Equal(origin.Words, rest.Substring(origin.Column - 1, origin.Length));
                checkedStatements++;
            }
        }

        Assert.True(checkedStatements > 100);
    }
}
