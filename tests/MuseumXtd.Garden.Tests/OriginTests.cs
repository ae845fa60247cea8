using MuseumXtd.Rdf.Syntax;
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
    public void Every_derived_statement_has_the_words_that_it_follows_from()
    {
        foreach (var root in (string[])[TestFolders.Small, TestFolders.Bundled])
        {
            var view = GraphView.Of(root);
            var derived = view.Graph("derived").Where(s => !s.P.Value.EndsWith("#status", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(derived);
            Assert.All(derived, s => Assert.NotEmpty(view.Garden.Origins.Of(s.S, s.P, s.O)));
        }
    }

    [Fact]
    public void Short_cut_that_does_not_hold_has_no_origin()
    {
        using var garden = new TemporaryGarden().Write("p.md", "---\ntype: projet\nnom: Phare\nporteurs: [Atelier]\npartenaires: [Chantier]\n---\n");
        var origins = garden.Build().Origins;
        Iri Of(string path) => new(GraphView.Base + path);
        Iri ledBy = new(GraphView.Ns + "ledBy");
        Assert.Equal(4, Assert.Single(origins.Of(Of("initiative/phare"), ledBy, Of("organisation/atelier"))).Line);
        Assert.Empty(origins.Of(Of("initiative/phare"), ledBy, Of("organisation/chantier")));
    }

    [Fact]
    public void Unknown_statement_has_no_origin()
    {
        var view = GraphView.Of(TestFolders.Small);
        Assert.Empty(view.Garden.Origins.Of(new Iri("x:y"), new Iri("x:y"), new Iri("x:y")));
    }

    [Theory]
    [InlineData(OriginForm.Reifiers)]
    [InlineData(OriginForm.Annotations)]
    public void Origins_are_written_as_rdf_that_reads_back_with_every_statement(OriginForm form)
    {
        var view = GraphView.Of(TestFolders.Small);
        using var output = new MemoryStream();
        using (var writer = new SortedWriter(output, RdfFormats.TriG, new WriterOptions()))
        {
            view.Garden.WriteOriginsTo(writer, form);
            writer.Complete();
        }

        output.Position = 0;
        var read = new Collector();
        RdfFormats.TriG.CreateReader().Read(output, read, ReaderOptions.Default);
        Assert.DoesNotContain(read.Quads, q => q.S is BlankNode || q.O is BlankNode);
        Assert.All(read.Quads, q => Assert.Equal(new Iri(GraphView.Base + "graph/origin"), q.G));
        var words = read.Quads.Where(q => q.P.Value.EndsWith(form == OriginForm.Reifiers ? "ns#words" : "oa#exact", StringComparison.Ordinal)).Select(q => ((Literal)q.O).LexicalForm).ToHashSet(StringComparer.Ordinal);
        if (form == OriginForm.Reifiers)
        {
            var reified = read.Quads.Where(q => q.P.Value.EndsWith("#reifies", StringComparison.Ordinal)).Select(q => (TripleTerm)q.O).ToHashSet();
            Assert.All(view.NoteStatements, s => Assert.Contains(new TripleTerm(s.S, s.P, s.O), reified));
        }
        else
        {
            var bodies = read.Quads.Where(q => q.P.Value.EndsWith("oa#hasBody", StringComparison.Ordinal)).Select(q => q.O).ToHashSet();
            Assert.All(view.NoteStatements, s => Assert.Contains(s.S, bodies));
        }

        Assert.All(view.NoteStatements, s => Assert.Contains(view.Garden.Origins.Of(s.S, s.P, s.O), o => words.Contains(o.Words)));
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

    private sealed class Collector : IQuadSink
    {
        public List<(Term S, Iri P, Term O, Term? G)> Quads { get; } = [];

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            Quads.Add((Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(@object), graph.IsEmpty ? null : Term.Decode(graph)));
    }
}
