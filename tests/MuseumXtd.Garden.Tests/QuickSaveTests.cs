namespace MuseumXtd.Garden.Tests;

/// <summary>Files that are replaced faster than clocks of file systems tick: the last one counts, whatever its time and length say.</summary>
public sealed class QuickSaveTests
{
    private static readonly DateTime Moment = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Theory]
    [InlineData("a.md")]
    [InlineData("a.md", ".a.md.new")]
    [InlineData("a.md", "b.md")]
    public void Note_that_is_replaced_twice_by_one_of_the_same_time_and_length_is_read(params string[] told)
    {
        using var garden = new TemporaryGarden();
        var path = Path.Combine(garden.Root, "a.md");
        Replace(path, "Houle 00");
        var reader = new GardenReader(new GardenOptions { Roots = [garden.Root], KeepLastGood = true });
        Assert.Equal(["Houle 00"], Names(reader.Build(), "00"));
        for (var i = 1; i <= 20; i += 2)
        {
            Replace(path, $"Houle {i:00}");
            Replace(path, $"Houle {i + 1:00}");
            Assert.Equal([$"Houle {i + 1:00}"], Names(reader.Build([.. told.Select(t => Path.Combine(garden.Root, t))]), $"{i + 1:00}"));
        }
    }

    private static string[] Names(GardenGraph graph, string number) => [.. new GraphView(graph).Values("note/a", "initiative/houle-" + number, "name")];

    private static void Replace(string path, string name)
    {
        var other = path + ".new";
        File.WriteAllText(other, $"---\ntype: projet\nnom: {name}\n---\n");
        File.SetLastWriteTimeUtc(other, Moment);
        File.Move(other, path, overwrite: true);
    }
}
