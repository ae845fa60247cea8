using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Dumps;

/// <summary>
/// What a snapshot holds, in the order of sorted documents. Terms stay where they are in the store; a statement takes sixteen bytes, and a
/// distinct term eight, for as long as a file is written.
/// </summary>
internal sealed class SnapshotRows : OrderedQuads, IDisposable
{
    private readonly TermRanking _ranking;
    private readonly QuadRow[] _rows;

    private SnapshotRows(TermRanking ranking, QuadRow[] rows)
    {
        _ranking = ranking;
        _rows = rows;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<QuadRow> Rows => _rows;

    /// <inheritdoc/>
    public override int RankEnd => _ranking.RankEnd;

    /// <summary>The rows of a snapshot.</summary>
    /// <param name="snapshot">What is to be written.</param>
    /// <param name="withGraphs">Whether graphs are told apart; else their union is written as one.</param>
    /// <param name="profile">What is left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SnapshotRows Of(Snapshot snapshot, bool withGraphs, DumpProfile profile, CancellationToken cancellation)
    {
        var graphs = Graphs(snapshot, withGraphs, profile);
        var hidden = profile.HiddenPredicates(snapshot.Dictionary);
        var ranking = new TermRanking(snapshot.Dictionary);
        var count = 0;
        foreach (var (name, index) in graphs)
        {
            cancellation.ThrowIfCancellationRequested();
            count += Take(ranking, name, index, hidden);
        }

        ranking.Sort(cancellation);
        var rows = new QuadRow[count];
        var type = snapshot.Dictionary.TryGetId(Type, out var id) ? id.Value : 0;
        var filled = 0;
        foreach (var (name, index) in graphs.OrderBy(g => g.Name.IsBound ? ranking.RankOf(g.Name) : 0))
        {
            cancellation.ThrowIfCancellationRequested();
            filled += Fill(rows.AsSpan(filled), ranking, name, index, hidden, type);
        }

        return new SnapshotRows(ranking, rows);
    }

    /// <inheritdoc/>
    public void Dispose() => _ranking.Dispose();

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Term(int rank) => rank == 0 ? default : _ranking.Term(rank);

    /// <inheritdoc/>
    public override int RankOf(ReadOnlySpan<byte> term) => _ranking.RankOf(term);

    private static List<(TermId Name, TripleIndex Index)> Graphs(Snapshot snapshot, bool withGraphs, DumpProfile profile)
    {
        if (!withGraphs)
        {
            return [(default, snapshot.Union)];
        }

        var graphs = new List<(TermId, TripleIndex)> { (default, snapshot.DefaultGraph) };
        foreach (var value in snapshot.GraphNames)
        {
            var name = new TermId(value);
            if (snapshot.TryGetGraph(name, out var index) && !profile.Hides(snapshot, name))
            {
                graphs.Add((name, index));
            }
        }

        return graphs;
    }

    /// <summary>Takes the terms of an index; how many triples it has.</summary>
    private static int Take(TermRanking ranking, TermId name, TripleIndex index, HashSet<uint> hidden)
    {
        var keys = index.Keys(TripleOrder.Spo);
        var starts = index.Starts(TripleOrder.Spo);
        var all = index.All(TripleOrder.Spo);
        var count = 0;
        for (var key = 0; key < keys.Length; key++)
        {
            var before = count;
            uint last = 0;
            var isHidden = false;
            for (var row = starts[key]; row < starts[key + 1]; row++)
            {
                var predicate = all.Second[row];
                if (predicate != last)
                {
                    last = predicate;
                    isHidden = hidden.Contains(predicate);
                    if (!isHidden)
                    {
                        ranking.Add(new TermId(predicate));
                    }
                }

                if (!isHidden)
                {
                    ranking.Add(new TermId(all.Third[row]));
                    count++;
                }
            }

            if (count > before)
            {
                ranking.Add(new TermId(keys[key]));
            }
        }

        if (count > 0 && name.IsBound)
        {
            ranking.Add(name);
        }

        return count;
    }

    private static int Fill(Span<QuadRow> rows, TermRanking ranking, TermId name, TripleIndex index, HashSet<uint> hidden, uint type)
    {
        var starts = index.Starts(TripleOrder.Spo);
        var all = index.All(TripleOrder.Spo);
        var subjects = SortedSubjects(ranking, index);
        var tails = new List<ulong>();
        var graph = 0;
        var count = 0;
        foreach (var key in subjects)
        {
            tails.Clear();
            uint last = 0;
            ulong predicate = 0;
            var isHidden = false;
            for (var row = starts[key]; row < starts[key + 1]; row++)
            {
                if (all.Second[row] != last)
                {
                    last = all.Second[row];
                    isHidden = hidden.Contains(last);
                    predicate = isHidden || last == type ? 0 : (ulong)ranking.RankOf(new TermId(last)) << 32;
                }

                if (!isHidden)
                {
                    tails.Add(predicate | (uint)ranking.RankOf(new TermId(all.Third[row])));
                }
            }

            if (tails.Count == 0)
            {
                continue;
            }

            graph = graph == 0 && name.IsBound ? ranking.RankOf(name) : graph;
            var subject = ranking.RankOf(new TermId(index.Keys(TripleOrder.Spo)[key]));
            tails.Sort();
            foreach (var tail in tails)
            {
                rows[count++] = new QuadRow(graph, subject, (int)(tail >> 32), (int)(uint)tail);
            }
        }

        return count;
    }

    /// <summary>The places of the subjects of an index, by rank; those of which nothing is written come first.</summary>
    private static int[] SortedSubjects(TermRanking ranking, TripleIndex index)
    {
        var keys = index.Keys(TripleOrder.Spo);
        var places = new int[keys.Length];
        var ranks = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            places[i] = i;
            ranks[i] = ranking.RankOf(new TermId(keys[i]));
        }

        Array.Sort(ranks, places);
        return places;
    }
}
