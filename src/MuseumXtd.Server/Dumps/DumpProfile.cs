using MuseumXtd.Rdf;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Dumps;

/// <summary>How much of the dataset a file holds, because that decides under which licence it can be given away.</summary>
internal sealed class DumpProfile
{
    private readonly string[] _hiddenPredicates;
    private readonly bool _isUnionOnly;

    private DumpProfile(string name, string[] hiddenPredicates, bool isUnionOnly)
    {
        Name = name;
        _hiddenPredicates = hiddenPredicates;
        _isUnionOnly = isUnionOnly;
    }

    /// <summary>Everything, with the words of the notes: under the licence of the notes.</summary>
    public static DumpProfile Full { get; } = new("full", [], isUnionOnly: false);

    /// <summary>The facts alone, without prose or quotations: under CC0.</summary>
    public static DumpProfile Core { get; } = new(
        "core",
        ["https://w3id.org/museumxtd/ns#description", "https://w3id.org/museumxtd/ns#sourceText", "https://w3id.org/museumxtd/ns#words"],
        isUnionOnly: true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DumpProfile> All { get; } = [Full, Core];

    /// <summary>The name in paths.</summary>
    public string Name { get; }

    /// <summary>The predicates whose statements are left out.</summary>
    public HashSet<uint> HiddenPredicates(TermDictionary dictionary)
    {
        var hidden = new HashSet<uint>();
        foreach (var predicate in _hiddenPredicates)
        {
            if (dictionary.TryGetId(new Iri(predicate).Encode(), out var id))
            {
                hidden.Add(id.Value);
            }
        }

        return hidden;
    }

    /// <summary>Whether a graph is left out: the one that quotes the notes is no part of the union.</summary>
    public bool Hides(Snapshot snapshot, TermId graph) => _isUnionOnly && !snapshot.IsInUnion(graph);
}
