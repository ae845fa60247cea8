using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>The language in which a note says that it is written.</summary>
internal static class NoteLanguage
{
    /// <summary>Its tag; null when the note names none that is known.</summary>
    public static string? Of(Note note, GardenLexicon lexicon) =>
        Stated(note, lexicon).Select(s => lexicon.Languages.Find(s.Value.Text)).FirstOrDefault(t => t is not null);

    /// <summary>What stands there and is no language.</summary>
    public static IEnumerable<Diagnostic> Unknown(Note note, GardenLexicon lexicon)
    {
        foreach (var (key, value) in Stated(note, lexicon))
        {
            if (lexicon.Languages.Find(value.Text) is null)
            {
                var (line, column) = note.Source.Position(value.Start);
                yield return Problems.UnknownConcept(note.Path, line, column, key, value.Text, null);
            }
        }
    }

    private static IEnumerable<(string Key, FrontMatterValue Value)> Stated(Note note, GardenLexicon lexicon) =>
        note.FrontMatter.Fields.Where(f => lexicon.Field(f.Key) == "language").SelectMany(f => f.Values.Select(v => (f.Key, v)));
}
