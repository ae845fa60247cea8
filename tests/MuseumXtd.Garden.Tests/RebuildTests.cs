using System.Text;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden.Tests;

/// <summary>The same notes give the same bytes, however they were read.</summary>
public sealed class RebuildTests
{
    [Fact]
    public void Order_in_which_files_were_written_does_not_matter()
    {
        var files = Directory.EnumerateFiles(TestFolders.Small, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        using var forwards = Copy(files);
        files.Reverse();
        using var backwards = Copy(files);
        Assert.Equal(Bytes(forwards.Build()), Bytes(backwards.Build()));
    }

    [Fact]
    public void Two_readers_give_the_same_bytes_and_diagnostics()
    {
        var one = new GardenReader(new GardenOptions { Roots = [TestFolders.Bundled] }).Build();
        var two = new GardenReader(new GardenOptions { Roots = [TestFolders.Bundled] }).Build();
        Assert.Equal(Bytes(one), Bytes(two));
        Assert.Equal(one.Diagnostics, two.Diagnostics);
    }

    [Fact]
    public void Building_again_equals_building_anew_after_any_edit()
    {
        using var garden = Copy([.. Directory.EnumerateFiles(TestFolders.Small, "*", SearchOption.AllDirectories)]);
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root] });
        reader.Build();
        var edits = new Action[]
        {
            () => garden.Write("Notes/Nordlys.md", "---\ntype: organisation\nnom: Nordlys AB\nid: nordlys\n---\n"),
            () => File.Move(Path.Combine(garden.Root, "Notes/Phare.md"), Path.Combine(garden.Root, "Notes/Autre phare.md")),
            () => File.Delete(Path.Combine(garden.Root, "Notes/Le projet AURORE.md")),
            () => garden.Write("Notes/Nouveau.md", "# Liste d'initiatives\n- [[Nordlys]] (Suisse)\n"),
            () => garden.Write("Notes/Nordlys.md", "---\ntype: organisation\nnom: [\n---\n"),
        };
        foreach (var edit in edits)
        {
            edit();
            var again = reader.Build();
            var anew = new GardenReader(new GardenOptions { Roots = [garden.Root] }).Build();
            Assert.Equal(Bytes(anew), Bytes(again));
            Assert.Equal(anew.Diagnostics, again.Diagnostics);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Garden_with_a_table_of_identifiers_is_the_same_until_something_changes(bool named)
    {
        const string Table = "type,id,name,path,replaced-by\ninitiative,fanal,Phare,,\n";
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Phare\n---\n");
        using var elsewhere = new TemporaryGarden();
        var holder = (named ? elsewhere : garden).Write("identities.csv", Table);
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], IdentityRegistry = named ? Path.Combine(elsewhere.Root, "identities.csv") : null });
        var first = reader.Build();
        Thread.Sleep(60);
        Assert.Same(first, reader.Build());
        Assert.Same(first, reader.Build());
        holder.Write("identities.csv", Table);
        Assert.Same(first, reader.Build([Path.Combine(holder.Root, "identities.csv")]));
        holder.Write("identities.csv", Table.Replace("fanal", "lanterne", StringComparison.Ordinal));
        var second = reader.Build();
        Assert.NotSame(first, second);
        Assert.Equal(["Phare"], new GraphView(second).Values("note/a", "initiative/lanterne", "name"));
        File.Delete(Path.Combine(holder.Root, "identities.csv"));
        Assert.Equal(["Phare"], new GraphView(reader.Build()).Values("note/a", "initiative/phare", "name"));
    }

    [Fact]
    public void Table_of_identifiers_that_is_broken_or_too_large_is_told()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Phare\n---\n").Write("identities.csv", "type,id,name,path,replaced-by\ninitiative,fanal,Phare,,\ninitiative,\"x,,,\n");
        var graph = garden.Build();
        Assert.Single(graph.Diagnostics, d => d.Code == "MXG0501" && d.File == "identities.csv");
        Assert.Equal(["Phare"], new GraphView(graph).Values("note/a", "initiative/fanal", "name"));
        using (var stream = File.Create(Path.Combine(garden.Root, "identities.csv")))
        {
            stream.SetLength(1L << 30);
        }

        graph = garden.Build();
        Assert.Single(graph.Diagnostics, d => d.Code == "MXG0101" && d.File == "identities.csv");
        Assert.Equal(["Phare"], new GraphView(graph).Values("note/a", "initiative/phare", "name"));
    }

    [Fact]
    public void Saving_one_note_changes_few_graphs()
    {
        using var garden = Copy([.. Directory.EnumerateFiles(TestFolders.Small, "*", SearchOption.AllDirectories)]);
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root] });
        var before = reader.Build().Graphs.ToDictionary(g => g.Iri, g => g.ContentHash);
        garden.Write("Notes/Nordlys.md", "---\ntype: organisation\nnom: Nordlys\nid: nordlys\npays: Norvège\n---\n# Nordlys\n");
        var changed = reader.Build().Graphs.Where(g => before[g.Iri] != g.ContentHash).Select(g => g.Iri[(GraphView.Base + "graph/").Length..]).ToList();
        Assert.Contains("note/nordlys", changed);
        Assert.DoesNotContain("vocabulary", changed);
        Assert.DoesNotContain("note/initiatives-d-ici-et-d-ailleurs", changed);
    }

    [Fact]
    public void Base_iri_names_data_and_leaves_the_vocabulary()
    {
        var view = new GardenReader(new GardenOptions { Roots = [TestFolders.Small], BaseIri = "https://data.example.org/m" }).Build();
        Assert.NotNull(view.Graph("https://data.example.org/m/graph/note/nordlys"));
        Assert.Contains("<https://w3id.org/museumxtd/ns#Organisation>", Encoding.UTF8.GetString(Bytes(view)), StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_freezes_identifiers_and_redirects_old_ones()
    {
        using var garden = new TemporaryGarden()
            .Write("identities.csv", "type,id,name,path,replaced-by\ninitiative,vieux-nom,Neuf,,\ninitiative,disparu,,,vieux-nom\n")
            .Write("a.md", "---\ntype: projet\nnom: Neuf\n---\n");
        var graph = garden.Build();
        Assert.Equal(["initiative/vieux-nom"], new GraphView(graph).Values("note/a", "note/a", "describes"));
        Assert.Equal(GraphView.Base + "initiative/vieux-nom", graph.Redirects[GraphView.Base + "initiative/disparu"]);
    }

    [Fact]
    public void Output_is_readable_turtle_family_and_holds_no_path_of_this_machine()
    {
        var text = Encoding.UTF8.GetString(Bytes(GraphView.Of(TestFolders.Small).Garden));
        Assert.DoesNotContain(AppContext.BaseDirectory, text, StringComparison.Ordinal);
        var counter = new Counter();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text));
        RdfFormats.NQuads.CreateReader().Read(input, counter, ReaderOptions.Default);
        Assert.Equal(GraphView.Of(TestFolders.Small).Garden.Count, counter.Count);
    }

    private static TemporaryGarden Copy(List<string> files)
    {
        var garden = new TemporaryGarden();
        foreach (var file in files)
        {
            garden.Write(Path.GetRelativePath(TestFolders.Small, file), File.ReadAllBytes(file));
        }

        return garden;
    }

    private static byte[] Bytes(GardenGraph graph)
    {
        using var output = new MemoryStream();
        using (var writer = RdfFormats.NQuads.CreateWriter!(output, new WriterOptions()))
        {
            graph.WriteTo(writer);
            writer.Complete();
        }

        return output.ToArray();
    }

    private sealed class Counter : IQuadSink
    {
        public int Count { get; private set; }

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) => Count++;
    }
}
