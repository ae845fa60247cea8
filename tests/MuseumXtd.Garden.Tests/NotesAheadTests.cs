using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Resolution;

namespace MuseumXtd.Garden.Tests;

public sealed class NotesAheadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_note_that_was_read_ahead_is_taken_once_and_only_with_the_content_that_it_had()
    {
        var ahead = new NotesAhead();
        ahead.Read([File("a.md", "# A\n"), File("b.md", "# B\n")], CancellationToken.None);
        Assert.Null(ahead.Take("a.md", NoteReader.HashOf("# Autre\n"u8)));
        Assert.Equal("# B\n", ahead.Take("b.md", NoteReader.HashOf("# B\n"u8))!.Source.Text);
        Assert.Null(ahead.Take("b.md", NoteReader.HashOf("# B\n"u8)));
    }

    [Fact]
    public void What_is_not_plain_to_read_is_left()
    {
        var ahead = new NotesAhead();
        var large = new string('a', (int)LargeFiles.LeastBytes);
        GardenFile[] files =
        [
            new GardenFile(new FileInfo(Path.Combine(_folder, "absent.md")), "absent.md", false), File("table.csv", "a,b\n"), File("large.md", large),
            File("hidden.md", "# H\n") with { IsOutOfSight = true }, File("last.md", "# Z\n"),
        ];
        ahead.Read(files, CancellationToken.None);
        Assert.Null(ahead.Take("table.csv", NoteReader.HashOf("a,b\n"u8)));
        Assert.Null(ahead.Take("large.md", NoteReader.HashOf(System.Text.Encoding.UTF8.GetBytes(large))));
        Assert.Null(ahead.Take("hidden.md", NoteReader.HashOf("# H\n"u8)));
        Assert.NotNull(ahead.Take("last.md", NoteReader.HashOf("# Z\n"u8)));
    }

    [Fact]
    public void Reading_ends_when_there_is_no_need_any_more()
    {
        var ahead = new NotesAhead();
        using var enough = new CancellationTokenSource();
        ahead.Read(Files(), enough.Token);
        Assert.NotNull(ahead.Take("1.md", NoteReader.HashOf("# 1\n"u8)));
        Assert.Null(ahead.Take("2.md", NoteReader.HashOf("# 2\n"u8)));

        IEnumerable<GardenFile> Files()
        {
            yield return File("1.md", "# 1\n");
            enough.Cancel();
            yield return File("2.md", "# 2\n");
        }
    }

    private GardenFile File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return new GardenFile(new FileInfo(path), name, false);
    }
}
