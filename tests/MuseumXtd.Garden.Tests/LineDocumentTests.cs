using System.Text;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden.Tests;

public sealed class LineDocumentTests
{
    [Theory]
    [InlineData("nquads")]
    [InlineData("ntriples")]
    public void Lines_are_those_of_the_sorted_writer(string name)
    {
        // Enough notes that the document is made in several parts, about things of which many of them speak.
        using var garden = new TemporaryGarden();
        for (var i = 0; i < 150; i++)
        {
            garden.Write($"p{i}.md", $"---\ntype: projet\nnom: Projet {i % 60}\nporteurs: [Atelier, Chantier {i % 7}]\npays: [France]\n---\nVoir [[p{i / 2}]].\n");
        }

        var format = RdfFormats.ByName(name)!;
        foreach (var graph in (GardenGraph[])[garden.Build(), GraphView.Of(TestFolders.Small).Garden, new GardenReader(new GardenOptions { Roots = [] }).Build()])
        {
            using var sorted = new MemoryStream();
            using (var writer = new SortedWriter(sorted, format, WriterOptions.Default))
            {
                foreach (var named in graph.Graphs.Where(g => format.SupportsDatasets || g.InUnion))
                {
                    named.WriteTo(writer);
                }

                writer.Complete();
            }

            using var lines = new MemoryStream();
            graph.WriteLinesTo(lines, format);
            Assert.Equal(Encoding.UTF8.GetString(sorted.ToArray()), Encoding.UTF8.GetString(lines.ToArray()));
        }
    }

    [Fact]
    public void Cancelled_writing_ends()
    {
        var graph = GraphView.Of(TestFolders.Small).Garden;
        Assert.Throws<OperationCanceledException>(() => graph.WriteLinesTo(Stream.Null, RdfFormats.NQuads, new CancellationToken(true)));
    }
}
