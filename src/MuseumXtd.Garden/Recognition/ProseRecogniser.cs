using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Initiatives that nothing but the prose of a note tells of: each reader knows one form of sentence, and all read a paragraph before the next one is read.</summary>
/// <param name="findings">What the note names.</param>
/// <param name="facts">
/// Made once for a note, as are the readers with the finders that they hold: finders keep their lists between calls. So each reads a stretch to its end before
/// it is asked again; no finder asks a reader.
/// </param>
internal sealed class ProseRecogniser(NoteFindings findings, FactFinder facts)
{
    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly NamedPlans _plans = new(findings);
    private readonly Appositions _appositions = new(findings, facts);
    private readonly Definitions _definitions = new(findings, facts);

    public void Recognise(Note note)
    {
        new PresentedName(findings).Recognise(note);
        new TitledThing(findings, facts).Recognise(note);
        var named = new NamedKinds(findings, facts, new NameExtent(_phrases, note.Heading?.Text));
        foreach (var block in note.Blocks)
        {
            if (findings.IsFull(block.Text))
            {
                return;
            }

            var isProse = IsProse(block, _phrases);
            var isTakeaway = !isProse && IsTakeaway(block);
            if (isProse ? _phrases["boilerplate"].IsMatch(block.Text) : block.Kind != BlockKind.ListItem)
            {
                continue;
            }

            if (isProse)
            {
                _plans.Recognise(block.Text);
                _appositions.Recognise(block.Text);
                _definitions.Recognise(block.Text);
            }

            named.Recognise(block.Text, isProse, isTakeaway);
        }
    }

    /// <summary>An item under "takeaways": it is no initiative, but may name one.</summary>
    private bool IsTakeaway(TextBlock block) => block.Kind == BlockKind.ListItem && block.IsUnder(_phrases["takeaways"]);

    /// <summary>Paragraphs, and items that tell what somebody tells of a project: these are no initiatives, but may name one.</summary>
    public static bool IsProse(TextBlock block, Phrases phrases) => block.Item is null
        && (block.Kind == BlockKind.Paragraph || (block.Kind == BlockKind.ListItem && phrases["work-of-authors"].IsMatch(block.Text)));
}
