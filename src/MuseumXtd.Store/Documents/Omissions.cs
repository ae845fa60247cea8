using MuseumXtd.Rdf;

namespace MuseumXtd.Store.Documents;

/// <summary>What of a snapshot is not written.</summary>
/// <param name="Predicates">No statement with one of these.</param>
/// <param name="IsUnionOnly">Whether named graphs that are no part of the union are left out.</param>
public sealed record Omissions(IReadOnlyList<Iri> Predicates, bool IsUnionOnly)
{
    /// <summary>Everything is written.</summary>
    public static Omissions None { get; } = new([], IsUnionOnly: false);

    /// <summary>The predicates, as a dictionary numbers them.</summary>
    internal HashSet<uint> PredicatesIn(TermDictionary dictionary)
    {
        var numbers = new HashSet<uint>();
        foreach (var predicate in Predicates)
        {
            if (dictionary.TryGetId(predicate.Encode(), out var id))
            {
                numbers.Add(id.Value);
            }
        }

        return numbers;
    }

    /// <summary>Whether a graph is left out.</summary>
    internal bool HasGraph(Snapshot snapshot, TermId graph) => IsUnionOnly && !snapshot.IsInUnion(graph);
}
