using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>What the recognisers find in one note or table. It depends on that file and the ontology only.</summary>
internal sealed class NoteFindings(SourceText source, GardenLexicon lexicon, string language)
{
    public SourceText Source { get; } = source;

    public GardenLexicon Lexicon { get; } = lexicon;

    public string Language { get; } = language;

    /// <summary>The entities, in the order in which the file names them.</summary>
    public List<Draft> Drafts { get; } = [];

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>The entity that the note is about.</summary>
    public Draft? Main => Drafts.Find(d => d.IsMain);

    public Draft Add(Draft draft)
    {
        Drafts.Add(draft);
        return draft;
    }
}
