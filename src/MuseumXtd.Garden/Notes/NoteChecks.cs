using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Notes;

/// <summary>Slips of authors that neither YAML nor Markdown minds.</summary>
internal static class NoteChecks
{
    private const int LongName = 500;

    // Nobody writes more; to look for what each may mean takes a while.
    private const int MostKeys = 500;

    /// <summary>Names in the text that are too long to be names; that of the note itself is its heading's or a field's.</summary>
    public static IEnumerable<Diagnostic> CheckNames(NoteFindings findings) =>
        from draft in findings.Drafts
        where draft.Name.Length > LongName && !draft.IsMain && !draft.IsAuthored
        select Problems.LongEntry(findings.Source.Path, draft.Origin.Line, draft.Origin.Column, draft.Name.Length);

    public static IEnumerable<Diagnostic> Check(Note note, GardenLexicon lexicon)
    {
        if (note.Heading is { } heading && heading.Text.Text.Length > LongName)
        {
            var origin = heading.Text.Origin(0, heading.Text.Text.Length);
            yield return Problems.LongName(note.Path, origin.Line, origin.Column, heading.Text.Text.Length);
        }

        foreach (var value in note.FrontMatter.Fields.Where(f => lexicon.Field(f.Key) is not (null or "description")).SelectMany(f => f.Values).Where(v => v.Text.Length > LongName))
        {
            var (line, column) = note.Source.Position(value.Start);
            yield return Problems.LongValue(note.Path, line, column, value.Text.Length);
        }

        if (note.UnfilledHeading is { } unfilled && note.FrontMatter.Fields.Any(f => f.IsUnfilled || lexicon.Field(f.Key) == "type"))
        {
            var origin = unfilled.Text.Origin(0, unfilled.Text.Text.Length);
            yield return Problems.UnfilledTemplate(note.Path, origin.Line, origin.Column, unfilled.Text.Text);
        }

        // Other programs have keys of their own: only in notes that state data is an unknown key suspect.
        if (!note.FrontMatter.Fields.Any(f => lexicon.Field(f.Key) == "type"))
        {
            yield break;
        }

        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in note.FrontMatter.Fields.Take(MostKeys))
        {
            var dot = field.Key.IndexOf('.', StringComparison.Ordinal);
            if (dot > 0 && lexicon.Field(field.Key[..dot]) is not null && told.Add(field.Key[..dot]))
            {
                var (line, column) = note.Source.Position(field.Start);
                yield return Problems.FrontMatterNotRead(note.Path, line, column, UnreadPart.KeysInValue);
            }

            if (!field.Key.Contains('.', StringComparison.Ordinal) && lexicon.Field(field.Key) is null && lexicon.NearestKey(field.Key) is { } nearest)
            {
                var (line, column) = note.Source.Position(field.Start);
                yield return Problems.MisspeltKey(note.Path, line, column, field.Key, nearest);
            }
        }
    }
}
