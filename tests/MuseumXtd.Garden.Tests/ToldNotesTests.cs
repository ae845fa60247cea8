namespace MuseumXtd.Garden.Tests;

/// <summary>What sentences name and say, and what those name that only look alike.</summary>
public sealed class ToldNotesTests
{
    public static TheoryData<string, string> Notes()
    {
        var notes = new TheoryData<string, string>();
        foreach (var (note, told) in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sentences"), "*.txt").Order(StringComparer.Ordinal).SelectMany(ToldNotes.Read))
        {
            notes.Add(note, string.Join('\n', told));
        }

        return notes;
    }

    [Theory]
    [MemberData(nameof(Notes))]
    public void Note_is_read_as_a_careful_person_reads_it(string note, string told) =>
        Assert.Equal(told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), ToldNotes.Tell(note));
}
