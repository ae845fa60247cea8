using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Of what a sentence speaks, where its subject is a name: "X has been led by Y" says nothing of another thing.</summary>
internal sealed class Subjects(GardenLexicon lexicon)
{
    /// <summary>Whether the nearest subject with a name before a place in a sentence is another than an entity.</summary>
    public bool IsOther(Draft draft, PlainText text, int sentence, int at)
    {
        string? nearest = null;
        foreach (var verb in Prose.Matches(lexicon.Phrases["passive"], text, sentence, at))
        {
            nearest = Name(text, sentence, verb.Index) ?? nearest;
        }

        return nearest is not null && !IsSelf(draft, nearest);
    }

    /// <summary>The name that ends before a verb, and begins with the sentence or behind its last comma; null for nouns and pronouns.</summary>
    private string? Name(PlainText text, int sentence, int verb)
    {
        var end = verb;
        while (end > sentence && text.Text[end - 1] is ',' or ' ')
        {
            end--;
        }

        var comma = end > sentence ? text.Text.LastIndexOf(',', end - 1, end - sentence) : -1;
        return Names.Whole(text, comma < 0 ? sentence : comma + 1, end) is { } name && !lexicon.Phrases.Has("pronoun", TextFolding.Fold(name.Name))
            && lexicon.Concepts.Find("kinds", name.Name.Split(' ')[0]) is null ? name.Name : null;
    }

    /// <summary>Whether a name is one of an entity, or a part of one.</summary>
    public static bool IsSelf(Draft draft, string name)
    {
        var key = TextFolding.Words(name);
        return key.Length == 0 || IsNamed(draft, name) || Holds(draft.Name, key) || draft.Facts.Exists(f => f.Kind == FactKind.AltName && Holds(f.Value, key));

        static bool Holds(string whole, string part) => $" {TextFolding.Words(whole)} ".Contains($" {part} ", StringComparison.Ordinal);
    }

    /// <summary>Whether the name of an entity stands at a place of a text, of which another reading may have found the beginning only.</summary>
    public static bool IsAt(Draft draft, PlainText text, int at) => string.CompareOrdinal(text.Folded, at, TextFolding.Fold(draft.Name), 0, draft.Name.Length) == 0;

    /// <summary>Whether a name is that of an entity, or the first part of it.</summary>
    public static bool IsNamed(Draft draft, string name)
    {
        var key = TextFolding.NameKey(name);
        var (whole, part) = (TextFolding.Fold(draft.Name), TextFolding.Fold(name));
        return TextFolding.NameKey(draft.Name) == key
            || (whole.Length > part.Length && whole.StartsWith(part, StringComparison.Ordinal) && whole[part.Length] is '.' or ':' or ',' or '(')
            || draft.Facts.Exists(f => f.Kind == FactKind.AltName && TextFolding.NameKey(f.Value) == key);
    }

    /// <summary>Whether the file has told of a thing of this name that is no organisation.</summary>
    public static bool IsKnown(NoteFindings findings, string name) => findings.Known(EntityType.Initiative, name) is not null || findings.Known(EntityType.FundingScheme, name) is not null
        || findings.Known(EntityType.Output, name) is not null || NamesMain(findings, name);

    /// <summary>Whether the name of what the note is about begins so: it is read where that is.</summary>
    public static bool NamesMain(NoteFindings findings, string name) =>
        findings.Main is { } main && TextFolding.Words(main.Name).StartsWith(TextFolding.Words(name), StringComparison.Ordinal);
}
