using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>What the recognisers find in one note or table. It depends on that file and the ontology only.</summary>
internal sealed class NoteFindings(SourceText source, GardenLexicon lexicon, string language)
{
    // Who writes a note names a hundred things; tables may have more.
    private const int MostDrafts = 10_000;

    // By type and key.
    private readonly Dictionary<string, Draft>?[] _byName = new Dictionary<string, Draft>?[(int)EntityType.FundingScheme + 1];
    private readonly Dictionary<(EntityType Type, string Acronym), Draft> _byAcronym = [];
    private Action<Draft, string>? _acronymAdded;
    private bool _isFullTold;

    public SourceText Source { get; } = source;

    public GardenLexicon Lexicon { get; } = lexicon;

    public string Language { get; } = language;

    /// <summary>The entities, in the order in which the file names them.</summary>
    public List<Draft> Drafts { get; } = [];

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>The entity that the note is about.</summary>
    public Draft? Main { get; private set; }

    public Draft Add(Draft draft)
    {
        Main ??= draft.IsMain ? draft : null;
        Drafts.Add(draft);
        draft.AcronymAdded = _acronymAdded ??= (named, acronym) => _byAcronym.TryAdd((named.Type, acronym), named);
        if (draft.Scope is null)
        {
            NamesOf(draft.Type)[TextFolding.NameKey(draft.Name)] = draft;
        }

        return draft;
    }

    /// <summary>The entity of a type that the file has named so before, or null.</summary>
    public Draft? Known(EntityType type, string name) => _byName[(int)type]?.GetValueOrDefault(TextFolding.NameKey(name));

    /// <summary>The first entity of a type that is called so, or has this acronym besides its name, or null.</summary>
    public Draft? KnownAs(EntityType type, string acronym) => Known(type, acronym) is { } named && named.Name == acronym ? named
        : _byAcronym.GetValueOrDefault((type, acronym)) is { IsForgotten: false } other ? other : null;

    /// <summary>Whether a note has named more things than anybody writes of; it is told once, at a place in a text.</summary>
    public bool IsFull(PlainText text, int at = 0)
    {
        if (Drafts.Count <= MostDrafts)
        {
            return false;
        }

        if (!_isFullTold)
        {
            _isFullTold = true;
            var place = text.Origin(at, Math.Min(1, text.Text.Length - at));
            Diagnostics.Add(Problems.TooManyThings(Source.Path, place.Line, place.Column, MostDrafts));
        }

        return true;
    }

    /// <summary>Gives an entity another name.</summary>
    public void Rename(Draft draft, string name)
    {
        NamesOf(draft.Type).Remove(TextFolding.NameKey(draft.Name));
        draft.Name = name;
        NamesOf(draft.Type)[TextFolding.NameKey(name)] = draft;
    }

    /// <summary>Forgets the entities that were named since the list had this length.</summary>
    public void Forget(int count)
    {
        for (var i = Drafts.Count - 1; i >= count; i--)
        {
            Forget(Drafts[i]);
        }
    }

    /// <summary>Forgets those of the entities that were named since the list had this length which no fact names any more, and which tell nothing of the main one.</summary>
    public void ForgetUnnamed(int count, Draft main)
    {
        var unnamed = Drafts.Skip(count).Where(d => d != main && !d.IsNamed && !d.Facts.Exists(f => f.Other == main)).ToList();
        for (var i = unnamed.Count - 1; i >= 0; i--)
        {
            Forget(unnamed[i]);
        }
    }

    /// <summary>Forgets the entities that only a placeholder of a template names.</summary>
    public void ForgetPlaceholders()
    {
        if (!Drafts.Exists(d => Placeholders.AreIn(d.Name)))
        {
            return;
        }

        foreach (var unnamed in Drafts.Where(d => Placeholders.AreIn(d.Name)).ToList())
        {
            Forget(unnamed);
        }

        Drafts.ForEach(d => d.Facts.RemoveAll(f => f.Other is { IsForgotten: true }));
    }

    private Dictionary<string, Draft> NamesOf(EntityType type) => _byName[(int)type] ??= new(StringComparer.Ordinal);

    /// <summary>Forgets one entity.</summary>
    public void Forget(Draft draft)
    {
        NamesOf(draft.Type).Remove(TextFolding.NameKey(draft.Name));
        if (Drafts.LastIndexOf(draft) is var at and >= 0)
        {
            Drafts.RemoveAt(at);
        }

        draft.IsForgotten = true;
        if (Main == draft)
        {
            Main = Drafts.Find(d => d.IsMain);
        }
    }
}
