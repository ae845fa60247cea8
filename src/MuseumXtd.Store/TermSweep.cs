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
    /// <summary>The state anew, as the next generation with the same content; null where most terms are used, or only few are not.</summary>
    /// <param name="state">The state.</param>
    /// <param name="least">How many unused terms are worth it, where they are half of all.</param>
    /// <param name="used">How many terms the state uses.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Snapshot? Of(Snapshot state, int least, out int used, CancellationToken cancellation)
    {
        var count = state.Dictionary.Count;
        var ids = IdMap.Of(state.Graphs, state.OutsideUnion, count);
        used = ids.Count;
        if (count - used < Math.Max(used, least))
        {
            return null;
        }

        var dictionary = TermDictionary.Of(ids.UsedTerms(state.Dictionary.Heap, count));
        var union = state.Union;
        var graphs = ImmutableDictionary.CreateBuilder<uint, TripleIndex>();
        TripleIndex? newUnion = null;
        foreach (var (name, index) in state.Graphs)
        {
            cancellation.ThrowIfCancellationRequested();
            var renamed = Renamed(index, ids, isAsked: index == union);
            graphs.Add(ids[name], renamed);
            newUnion = index == union ? renamed : newUnion;
        }

        cancellation.ThrowIfCancellationRequested();
        var outside = state.OutsideUnion.Select(g => ids[g]).ToFrozenSet();
        return graphs.Count < 2
            ? new Snapshot(state.Generation + 1, state.ContentHash, dictionary, graphs.ToImmutable(), outside)
            : new Snapshot(
                state.Generation + 1, state.ContentHash, dictionary, graphs.ToImmutable(), outside, newUnion ?? Renamed(union, ids, isAsked: true), Renamed(state.AllQuads(), ids));
    }

    /// <summary>An index with other ids in the same order, so that nothing is sorted: in all orders where it is asked, else in one.</summary>
    private static TripleIndex Renamed(TripleIndex index, IdMap ids, bool isAsked)
    {
        if (index.Count == 0)
        {
            return TripleIndex.Empty;
        }

        var orders = new SortedOrder?[6];
        KeyDirectory? directory = null;
        foreach (var order in isAsked ? Enum.GetValues<TripleOrder>() : [TripleOrder.Spo])
        {
            // The two orders with the same first position follow one another, and share their directory.
            var rows = index.In(order);
            directory = order is TripleOrder.Spo or TripleOrder.Pso or TripleOrder.Osp ? ids.Rename(rows.Directory) : directory;
            orders[(int)order] = new SortedOrder(directory!, ids.Rename(rows.Second), ids.Rename(rows.Third));
        }

        return TripleIndex.Of(orders);
    }

    private static QuadOrder Renamed(QuadOrder quads, IdMap ids) =>
        new(ids.Rename(quads.Subjects), ids.Rename(quads.Predicates), ids.Rename(quads.Objects), ids.Rename(quads.Graphs));
}
