using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MuseumXtd.Store;

/// <summary>
/// The latest changes of a layer, as they came. To add one writes three numbers behind the others, where a sorted order is copied; and there are so few
/// that going through them all costs no more than a search. The states that follow one another share a log: each sees as many changes as there were.
/// </summary>
/// <remarks>A triple is added only where it is not there, and removed only where it is: so its changes take turns, and their signs add up to what they come to.</remarks>
internal readonly struct RecentChanges
{
    /// <summary>So many are kept as they came.</summary>
    public const int Most = 512;

    private readonly ChangeLog? _log;

    private RecentChanges(ChangeLog log, int count, int sum)
    {
        _log = log;
        Count = count;
        Sum = sum;
    }

    /// <summary>How many changes.</summary>
    public int Count { get; }

    /// <summary>How many triples there are more after them.</summary>
    public int Sum { get; }

    /// <summary>These and some more, those to add before those to remove; false when there is no room.</summary>
    public bool TryAdd(TripleIndex added, TripleIndex removed, out RecentChanges all)
    {
        var (at, more) = (Count, added.Count + removed.Count);
        all = this;
        if (more > Most - at)
        {
            return false;
        }

        // Where a state that nobody sees has gone on from here, or two go on at the same time, all but the first go on in a log of their own.
        var log = _log is not null && _log.TryClaim(at, more) ? _log : new ChangeLog(_log, at, more);
        foreach (var triple in added.Triples)
        {
            log.Set(at++, triple, 1);
        }

        foreach (var triple in removed.Triples)
        {
            log.Set(at++, triple, -1);
        }

        all = new RecentChanges(log, at, Sum + added.Count - removed.Count);
        return true;
    }

    /// <summary>How many rows there are more, with a term in first position.</summary>
    public int CountRows(TripleOrder order, TermId first)
    {
        var column = Column(order, 0);
        return SumWhere(column, first.Value, column, first.Value, column, first.Value);
    }

    /// <summary>How many rows there are more, with two terms given.</summary>
    public int CountRows(TripleOrder order, TermId first, TermId second)
    {
        var column = Column(order, 0);
        return SumWhere(column, first.Value, column, first.Value, Column(order, 1), second.Value);
    }

    /// <summary>1 where a triple was added, -1 where it was removed, 0 where it is as before.</summary>
    public int SignOf(Triple triple) =>
        SumWhere(Column(TripleOrder.Spo, 0), triple.A, Column(TripleOrder.Spo, 1), triple.B, Column(TripleOrder.Spo, 2), triple.C);

    /// <summary>The rows more and less in a range, sorted; of all that have the first term where the second is unbound. False when there are none.</summary>
    public bool TryGetRows(TripleOrder order, TermId first, TermId second, out ReadOnlySpan<ulong> more, out ReadOnlySpan<ulong> less)
    {
        var (rows, signs) = (Array.Empty<ulong>(), Array.Empty<int>());
        var count = 0;
        var column = Column(order, 0);
        var seconds = Column(order, 1);
        var thirds = Column(order, 2);
        for (var at = Next(column, first, 0); at < column.Length; at = Next(column, first, at + 1))
        {
            if (second.IsBound && seconds[at] != second.Value)
            {
                continue;
            }

            if (count == rows.Length)
            {
                Array.Resize(ref rows, Math.Max(8, 2 * count));
                Array.Resize(ref signs, rows.Length);
            }

            (rows[count], signs[count]) = (Pair.Of(seconds[at], thirds[at]), _log!.Signs[at]);
            count++;
        }

        if (count == 0)
        {
            more = [];
            less = [];
            return false;
        }

        rows.AsSpan(0, count).Sort(signs.AsSpan(0, count));
        var added = new ulong[count];
        var (adds, removes) = (0, 0);
        for (var at = 0; at < count;)
        {
            var (row, sign) = (rows[at], 0);
            for (; at < count && rows[at] == row; at++)
            {
                sign += signs[at];
            }

            // What is less takes the places of rows that were looked at.
            if (sign > 0)
            {
                added[adds++] = row;
            }
            else if (sign < 0)
            {
                rows[removes++] = row;
            }
        }

        more = added.AsSpan(0, adds);
        less = rows.AsSpan(0, removes);
        return adds + removes > 0;
    }

    /// <summary>The first term, from a given one on, that stands in first position of a change; unbound behind the last.</summary>
    public TermId NextKey(TripleOrder order, TermId from)
    {
        var column = Column(order, 0);
        var vectors = MemoryMarshal.Cast<uint, Vector128<uint>>(column);
        var (bound, leasts) = (Vector128.Create(from.Value), Vector128<uint>.AllBitsSet);
        foreach (var vector in vectors)
        {
            leasts = Vector128.Min(leasts, vector | Vector128.LessThan(vector, bound));
        }

        var least = uint.MaxValue;
        for (var lane = 0; lane < Vector128<uint>.Count; lane++)
        {
            least = Math.Min(least, leasts[lane]);
        }

        foreach (var key in column[(vectors.Length * Vector128<uint>.Count)..])
        {
            least = key >= from.Value ? Math.Min(least, key) : least;
        }

        return least == uint.MaxValue ? default : new TermId(least);
    }

    /// <summary>The terms in a position of an order, one for each change.</summary>
    public ReadOnlySpan<uint> Column(TripleOrder order, int position)
    {
        if (_log is null)
        {
            return [];
        }

        var place = (order, position) switch
        {
            (TripleOrder.Spo or TripleOrder.Sop, 0) or (TripleOrder.Pso or TripleOrder.Osp, 1) or (TripleOrder.Pos or TripleOrder.Ops, 2) => _log.Subjects,
            (TripleOrder.Pso or TripleOrder.Pos, 0) or (TripleOrder.Spo or TripleOrder.Ops, 1) or (TripleOrder.Sop or TripleOrder.Osp, 2) => _log.Predicates,
            _ => _log.Objects,
        };
        return place.AsSpan(0, Count);
    }

    /// <summary>The triples that there are more and less.</summary>
    public (TripleIndex More, TripleIndex Less) ToIndexes()
    {
        var subjects = Column(TripleOrder.Spo, 0);
        var predicates = Column(TripleOrder.Spo, 1);
        var objects = Column(TripleOrder.Spo, 2);
        var triples = new Triple[Count];
        for (var at = 0; at < triples.Length; at++)
        {
            triples[at] = new Triple(subjects[at], predicates[at], objects[at]);
        }

        var signs = _log is null ? [] : _log.Signs[..Count];
        Array.Sort(triples, signs);
        var (more, less) = (new TripleBuffer(), new TripleBuffer());
        for (var at = 0; at < triples.Length;)
        {
            var (triple, sign) = (triples[at], 0);
            for (; at < triples.Length && triples[at] == triple; at++)
            {
                sign += signs[at];
            }

            if (sign != 0)
            {
                (sign > 0 ? more : less).Add(triple);
            }
        }

        return (more.ToIndex(), less.ToIndex());
    }

    /// <summary>The sum of the signs of those changes that have given terms in three columns.</summary>
    private int SumWhere(ReadOnlySpan<uint> one, uint first, ReadOnlySpan<uint> two, uint second, ReadOnlySpan<uint> three, uint third)
    {
        if (_log is null)
        {
            return 0;
        }

        var signs = _log.Signs.AsSpan(0, Count);
        var (firsts, seconds, thirds) = (Vector128.Create(first), Vector128.Create(second), Vector128.Create(third));
        var sums = Vector128<int>.Zero;
        var at = 0;
        for (; at + Vector128<uint>.Count <= signs.Length; at += Vector128<uint>.Count)
        {
            var are = Vector128.Equals(Vector128.Create(one[at..]), firsts)
                & Vector128.Equals(Vector128.Create(two[at..]), seconds)
                & Vector128.Equals(Vector128.Create(three[at..]), thirds);
            sums += are.AsInt32() & Vector128.Create<int>(signs[at..]);
        }

        var sum = Vector128.Sum(sums);
        for (; at < signs.Length; at++)
        {
            sum += one[at] == first && two[at] == second && three[at] == third ? signs[at] : 0;
        }

        return sum;
    }

    private static int Next(ReadOnlySpan<uint> column, TermId value, int from)
    {
        var at = column[from..].IndexOf(value.Value);
        return at < 0 ? column.Length : from + at;
    }

    /// <summary>A column for each position, which only grow.</summary>
    private sealed class ChangeLog
    {
        private int _used;

        public ChangeLog(ChangeLog? before, int seen, int more)
        {
            if (before is not null)
            {
                before.Subjects.AsSpan(0, seen).CopyTo(Subjects);
                before.Predicates.AsSpan(0, seen).CopyTo(Predicates);
                before.Objects.AsSpan(0, seen).CopyTo(Objects);
                before.Signs.AsSpan(0, seen).CopyTo(Signs);
            }

            _used = seen + more;
        }

        public uint[] Subjects { get; } = new uint[Most];

        public uint[] Predicates { get; } = new uint[Most];

        public uint[] Objects { get; } = new uint[Most];

        public int[] Signs { get; } = new int[Most];

        /// <summary>Takes the next places for whoever saw all changes before them.</summary>
        public bool TryClaim(int seen, int more) => Interlocked.CompareExchange(ref _used, seen + more, seen) == seen;

        public void Set(int at, Triple triple, int sign)
        {
            (Subjects[at], Predicates[at], Objects[at]) = (triple.A, triple.B, triple.C);
            Signs[at] = sign;
        }
    }
}
