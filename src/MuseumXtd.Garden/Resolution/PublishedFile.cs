using MuseumXtd.Garden.Projection;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Resolution;

/// <summary>A published file as it is now: its place in the garden, its identifier and its drafts among those of the others.</summary>
internal sealed class PublishedFile
{
    private Iri? _iri;
    private string _noteId = "";

    public PublishedFile(ReadFile file)
    {
        File = file;
        Nodes = file.Drafts.Count == 0 ? [] : new DraftNode[file.Drafts.Count];
        for (var i = 0; i < Nodes.Length; i++)
        {
            Nodes[i] = new DraftNode(file.Drafts[i], file.Names[i], this, i);
            Main ??= file.Drafts[i].IsMain ? Nodes[i] : null;
        }

        Orders = OrdersOf(file);
        var scopes = Array.FindAll(Nodes, n => n.Draft.Scope is not null).ToLookup(n => n.Draft.Scope!);
        foreach (var node in scopes.Count > 0 ? Nodes : [])
        {
            node.Belongings = scopes.Contains(node.Draft) ? [.. scopes[node.Draft]] : null;
        }
    }

    public ReadFile File { get; }

    /// <summary>The number of published files before this one, in the order of paths.</summary>
    public int Rank { get; set; }

    public DraftNode[] Nodes { get; }

    /// <summary>What the note is about.</summary>
    public DraftNode? Main { get; }

    /// <summary>What it says to be part of something, or to succeed something.</summary>
    public (Draft Draft, Fact Fact)[] Orders { get; }

    /// <summary>The things that this file is the first to name, in the order in which it names them. The array is never changed.</summary>
    public NamedResource[] Begun { get; set; } = [];

    /// <summary>The identifier of the note.</summary>
    public string NoteId
    {
        get => _noteId;
        set
        {
            (_iri, _noteId) = (_noteId == value ? _iri : null, value);
        }
    }

    /// <summary>The place of the note's graph among those of all notes.</summary>
    public int GraphRank { get; set; }

    /// <summary>What the file contributes to the graphs, once it was made.</summary>
    public NoteProjection? Projection { get; set; }

    /// <summary>The note.</summary>
    public Iri Iri(string baseIri) => _iri ??= new Iri($"{baseIri}note/{_noteId}");

    private static (Draft, Fact)[] OrdersOf(ReadFile file)
    {
        List<(Draft, Fact)>? orders = null;
        foreach (var draft in file.Drafts)
        {
            foreach (var fact in draft.Facts)
            {
                if (fact is { Kind: FactKind.PartOf or FactKind.Succeeds, Other: not null })
                {
                    (orders ??= []).Add((draft, fact));
                }
            }
        }

        return orders?.ToArray() ?? [];
    }
}
