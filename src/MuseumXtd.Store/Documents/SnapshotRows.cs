using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store.Documents;

/// <summary>
/// What a snapshot holds, in the order of sorted documents. Terms stay where they are in the store; a statement takes sixteen bytes, and a
/// distinct term eight, for as long as a file is written.
/// </summary>
public sealed class SnapshotRows : OrderedQuads, IDisposable
{
    private readonly TermRanking _ranking;
    private readonly ScratchMemory<QuadRow> _rows;

    private SnapshotRows(TermRanking ranking, ScratchMemory<QuadRow> rows)
    {
        _ranking = ranking;
        _rows = rows;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<QuadRow> Rows => _rows.GetSpan();

    /// <inheritdoc/>
    public override int RankEnd => _ranking.RankEnd;

    /// <summary>The rows of a snapshot.</summary>
    /// <param name="snapshot">What is to be written.</param>
    /// <param name="withGraphs">Whether graphs are told apart; else their union is written as one.</param>
    /// <param name="omissions">What is left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SnapshotRows Of(Snapshot snapshot, bool withGraphs, Omissions omissions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(omissions);
        var graphs = Graphs(snapshot, withGraphs, omissions);
        var hidden = omissions.PredicatesIn(snapshot.Dictionary);
        var ranking = new TermRanking(snapshot.Dictionary);
        var counts = new int[graphs.Count][];
        for (var i = 0; i < graphs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            counts[i] = Take(ranking, graphs[i].Name, graphs[i].Index, hidden);
        }

        ranking.Sort(cancellation);
        var rows = new ScratchMemory<QuadRow>(checked((int)counts.Sum(c => c.Sum(n => (long)n))));
        try
        {
            Fill(rows.Memory, ranking, snapshot, graphs, counts, hidden, cancellation);
            return new SnapshotRows(ranking, rows);
        }
        catch
        {
            ((IDisposable)rows).Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ((IDisposable)_rows).Dispose();
        _ranking.Dispose();
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Term(int rank) => rank == 0 ? default : _ranking.Term(rank);

    /// <inheritdoc/>
    public override int RankOf(ReadOnlySpan<byte> term) => _ranking.RankOf(term);

    private static void Fill(
        Memory<QuadRow> rows, TermRanking ranking, Snapshot snapshot, List<(TermId Name, TripleIndex Index)> graphs, int[][] counts, HashSet<uint> hidden, CancellationToken cancellation)
    {
        var type = snapshot.Dictionary.TryGetId(Type, out var id) ? id.Value : 0;
        var filled = 0;
        foreach (var i in Enumerable.Range(0, graphs.Count).OrderBy(i => graphs[i].Name.IsBound ? ranking.RankOf(graphs[i].Name) : 0))
        {
            cancellation.ThrowIfCancellationRequested();
            filled += Fill(rows[filled..], ranking, graphs[i].Name, graphs[i].Index, counts[i], hidden, type);
        }
    }

    private static List<(TermId Name, TripleIndex Index)> Graphs(Snapshot snapshot, bool withGraphs, Omissions omissions)
    {
        if (!withGraphs)
        {
            return [(default, snapshot.Union)];
        }

        var graphs = new List<(TermId, TripleIndex)> { (default, snapshot.DefaultGraph) };
        foreach (var value in snapshot.GraphNames)
        {
            var name = new TermId(value);
            if (snapshot.TryGetGraph(name, out var index) && !omissions.HasGraph(snapshot, name))
            {
                graphs.Add((name, index));
            }
        }

        return graphs;
    }

    /// <summary>Takes the terms of an index; how many triples of each subject are written.</summary>
    private static int[] Take(TermRanking ranking, TermId name, TripleIndex index, HashSet<uint> hidden)
    {
        var keys = index.Keys(TripleOrder.Spo);
        var starts = index.Starts(TripleOrder.Spo);
        var all = index.All(TripleOrder.Spo);
        var counts = new int[keys.Length];
        var any = false;
        for (var key = 0; key < keys.Length; key++)
        {
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
                    counts[key]++;
                }
            }

            if (counts[key] > 0)
            {
                any = true;
                ranking.Add(new TermId(keys[key]));
            }
        }

        if (any && name.IsBound)
        {
            ranking.Add(name);
        }

        return counts;
    }

    /// <summary>Writes the rows of a graph, parts of them on several cores: where each subject's begin is known before.</summary>
    private static int Fill(Memory<QuadRow> rows, TermRanking ranking, TermId name, TripleIndex index, int[] counts, HashSet<uint> hidden, uint type)
    {
        const int Part = 1 << 13;
        var subjects = SortedSubjects(ranking, index);
        var places = new int[subjects.Length + 1];
        for (var i = 0; i < subjects.Length; i++)
        {
            places[i + 1] = places[i] + counts[subjects[i]];
        }

        var total = places[^1];
        if (total == 0)
        {
            return 0;
        }

        var graph = name.IsBound ? ranking.RankOf(name) : 0;
        if (subjects.Length <= Part)
        {
            FillPart(0, subjects.Length);
        }
        else
        {
            Parallel.For(0, (subjects.Length + Part - 1) / Part, i => FillPart(i * Part, Math.Min(subjects.Length, (i + 1) * Part)));
        }

        return total;

        void FillPart(int from, int to)
        {
            var starts = index.Starts(TripleOrder.Spo);
            var keys = index.Keys(TripleOrder.Spo);
            var all = index.All(TripleOrder.Spo);
            var output = rows.Span;
            var tails = new List<ulong>();
            for (var i = from; i < to; i++)
            {
                var key = subjects[i];
                if (counts[key] == 0)
                {
                    continue;
                }

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

                tails.Sort();
                var subject = ranking.RankOf(new TermId(keys[key]));
                for (var t = 0; t < tails.Count; t++)
                {
                    output[places[i] + t] = new QuadRow(graph, subject, (int)(tails[t] >> 32), (int)(uint)tails[t]);
                }
            }
        }
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
