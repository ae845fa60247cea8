using System.Numerics;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// In how many ways the part of a pattern that hangs on one variable can be completed, for each value of that variable. The part is a
/// tree: the ways of a value are the product over its branches of the sum over the branch's triples of the ways of what they lead to.
/// A value that many triples lead to is worked out once.
/// </summary>
/// <remarks>This counts the solutions of an acyclic join in time linear in its triples (Yannakakis 1981), not in its solutions.</remarks>
internal sealed class WeightTree
{
    private readonly QueryContext _context;
    private readonly TripleIndex _index;
    private readonly Check[] _checks;
    private readonly Branch[] _branches;
    private readonly bool _remembers;
    private uint[] _keys = [];
    private long[] _ways = [];
    private int _known;

    public WeightTree(QueryContext context, TripleIndex index, Check[] checks, Branch[] branches)
    {
        _context = context;
        _index = index;
        _checks = checks;
        _branches = branches;
        _remembers = Array.Exists(branches, b => b.Next is not null);
    }

    /// <summary>The same tree for another thread, which knows nothing yet.</summary>
    public WeightTree CopyFor(QueryContext context) =>
        new(context, _index, _checks, [.. _branches.Select(b => b with { Next = b.Next?.CopyFor(context) })]);

    /// <summary>The ways for a value; at most 1 when it only matters whether there is any.</summary>
    public long Of(uint value, bool anyWillDo, Operator by)
    {
        if (!_remembers)
        {
            return Count(value, anyWillDo, by);
        }

        if (_known * 2 >= _keys.Length)
        {
            Grow(by);
        }

        var slot = SlotOf(value);
        if (_keys[slot] == value)
        {
            return _ways[slot];
        }

        var ways = Count(value, anyWillDo, by);

        // A branch never leads back to its own tree: the slot is still this value's.
        _keys[slot] = value;
        _ways[slot] = ways;
        _known++;
        return ways;
    }

    private long Count(uint value, bool anyWillDo, Operator by)
    {
        foreach (var check in _checks)
        {
            if (!check.Holds(_index, value))
            {
                return 0;
            }
        }

        long ways = 1;
        foreach (var branch in _branches)
        {
            var range = branch.Second == 0
                ? _index.Range(branch.Order, new TermId(value))
                : _index.Range(branch.Order, new TermId(value), new TermId(branch.Second));
            long sum = range.Count;
            if (branch.Next is { } next)
            {
                sum = 0;
                _context.Check(by, range.Count);
                foreach (var id in range.Third)
                {
                    sum = checked(sum + next.Of(id, anyWillDo, by));
                    if (anyWillDo && sum > 0)
                    {
                        break;
                    }
                }
            }

            if (sum == 0)
            {
                return 0;
            }

            ways = anyWillDo ? 1 : checked(ways * sum);
        }

        return ways;
    }

    private int SlotOf(uint value)
    {
        var mask = _keys.Length - 1;
        var slot = (int)((value * 0x9E3779B1u) >> (32 - BitOperations.Log2((uint)_keys.Length)));
        while (_keys[slot] != 0 && _keys[slot] != value)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow(Operator by)
    {
        var (keys, ways) = (_keys, _ways);
        var size = Math.Max(256, keys.Length * 4);
        _context.Charge((size - keys.Length) * (long)(sizeof(uint) + sizeof(long)), by);
        _keys = new uint[size];
        _ways = new long[size];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                var slot = SlotOf(keys[i]);
                (_keys[slot], _ways[slot]) = (keys[i], ways[i]);
            }
        }
    }

    /// <summary>A triple that must be there: the value stands where there is a 0, constants elsewhere.</summary>
    public readonly record struct Check(uint Subject, uint Predicate, uint Object)
    {
        /// <summary>Whether the triple with the value is there.</summary>
        public bool Holds(TripleIndex index, uint value) => index.Contains(
            new TermId(Subject == 0 ? value : Subject),
            new TermId(Predicate == 0 ? value : Predicate),
            new TermId(Object == 0 ? value : Object));
    }

    /// <summary>Triples that lead on from the value.</summary>
    /// <param name="Order">An order that has the value's position first.</param>
    /// <param name="Second">The constant in second position; 0 where the other two positions are free.</param>
    /// <param name="Next">What hangs on the third position, or null.</param>
    public sealed record Branch(TripleOrder Order, uint Second, WeightTree? Next);
}
