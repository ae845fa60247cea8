using System.Collections.Frozen;
using System.Collections.Immutable;
using MuseumXtd.Store.Files;

namespace MuseumXtd.Store;

/// <summary>
/// A state over a new dictionary that has only the terms which it uses. A dictionary otherwise keeps what was ever written: ids stay as long as
/// somebody reads an earlier state.
/// </summary>
internal static class TermSweep
{
    // Two columns of an order that each graph has.
    private const int BytesOfTriple = 2 * sizeof(uint);

    /// <summary>How many unused terms are worth a sweep: it costs what all that is used costs, and memory would grow in between by what they take.</summary>
    public static int WorthIt(int used, int least) => Math.Max(used / 2, least);

    /// <summary>The state anew, as the next generation with the same content; null where too few terms are unused to be worth it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="least">How many unused terms are worth it, where they are a third of all.</param>
    /// <param name="used">How many terms the state uses.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Snapshot? Of(Snapshot state, int least, out int used, CancellationToken cancellation)
    {
        var count = state.Dictionary.Count;
        var ids = IdMap.Of(
            PartsOf(state), [.. state.Graphs.Select(g => g.Key), .. state.OutsideUnion], count);
        used = ids.Count;
        if (count - used < WorthIt(used, least))
        {
            return null;
        }

        // Both states are there until nobody reads the one before.
        state.Dictionary.Room?.Invoke((state.Dictionary.Bytes / Math.Max(count, 1) * used) + (state.QuadCount * BytesOfTriple));
        var dictionary = TermDictionary.Of(ids.UsedTerms(state.Dictionary.Heap, count));
        var renamed = new Dictionary<TripleIndex, TripleIndex>(ReferenceEqualityComparer.Instance);
        var graphs = ImmutableDictionary.CreateBuilder<uint, TripleIndex>();
        foreach (var (name, index) in state.Graphs)
        {
            graphs.Add(ids[name], New(index)!);
        }

        // What nobody asked for is not made here: it would be kept, and changed with every commit from now on.
        return new Snapshot(
            state.Generation + 1,
            state.ContentHash,
            dictionary,
            graphs.ToImmutable(),
            state.OutsideUnion.Select(g => ids[g]).ToFrozenSet(),
            New(state.MadeUnion),
            state.MadeQuads is { } quads ? Renamed(quads, ids) : null,
            named: New(state.MadeNamedGraphs));

        TripleIndex? New(TripleIndex? index)
        {
            cancellation.ThrowIfCancellationRequested();
            if (index is null)
            {
                return null;
            }

            if (!renamed.TryGetValue(index, out var made))
            {
                // Several indexes may be kept beside one base: so they do again, in place of each having one of its own.
                made = index.Parts is var (@base, added, removed) ? New(@base)!.Apply(Renamed(added, ids), Renamed(removed, ids)) : Renamed(index, ids);
                renamed.Add(index, made);
            }

            return made;
        }
    }

    /// <summary>The indexes that are to be renamed, each once.</summary>
    private static HashSet<TripleIndex> PartsOf(Snapshot state)
    {
        var parts = new HashSet<TripleIndex>(ReferenceEqualityComparer.Instance);
        foreach (var index in state.Graphs.Select(g => g.Value).Append(state.MadeUnion).Append(state.MadeNamedGraphs).OfType<TripleIndex>())
        {
            if (index.Parts is var (@base, added, _))
            {
                // What is taken from a base is in it.
                parts.Add(@base);
                parts.Add(added);
            }
            else
            {
                parts.Add(index);
            }
        }

        return parts;
    }

    /// <summary>An index with other ids in the same order, so that nothing is sorted, in the orders in which it was asked.</summary>
    private static TripleIndex Renamed(TripleIndex index, IdMap ids)
    {
        if (index.Count == 0)
        {
            return TripleIndex.Empty;
        }

        var orders = new SortedOrder?[6];
        foreach (var order in Enum.GetValues<TripleOrder>())
        {
            if (order == TripleOrder.Spo || index.IsAsked(order))
            {
                var rows = index.Whole(order);
                var directory = orders[(int)TripleIndex.Sibling(order)]?.Directory ?? ids.Rename(rows.Directory);
                orders[(int)order] = new SortedOrder(directory, ids.Rename(rows.Second), ids.Rename(rows.Third));
            }
        }

        return TripleIndex.Of(orders);
    }

    private static QuadOrder Renamed(QuadOrder quads, IdMap ids) =>
        new(ids.Rename(quads.Subjects), ids.Rename(quads.Predicates), ids.Rename(quads.Objects), ids.Rename(quads.Graphs));
}
